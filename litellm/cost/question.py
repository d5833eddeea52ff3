"""One question about money, and its answer: which entry prices the call, which lines it has, what they add up to."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple, TypedDict

import msgspec

from litellm.core.errors import UnknownProvider
from litellm.core.model_map import Entry, find_key, model_cost, provider_of, split_provider
from litellm.cost import calls
from litellm.cost.adjust import Margin, adjusted, multiplied
from litellm.cost.calls import Call
from litellm.cost.media import image_key
from litellm.cost.money import CostBreakdown, Line, bill, decimal, total_of
from litellm.cost.rates import Rates
from litellm.cost.sizes import bucket_key
from litellm.cost.tools import tool_lines
from litellm.cost.usage import Counts, field, read_usage, usage_of
from litellm.model_info import ModelNotMappedError

CountTokens = Callable[..., int]


class CostOptions(TypedDict, total=False):
    """The optional arguments of `completion_cost`; `cost_breakdown` documents them."""

    custom_llm_provider: str | None
    region_name: str | None
    size: str | None
    quality: str | None
    n: int | None
    custom_cost_per_token: Mapping[str, float] | None
    custom_cost_per_second: float | None
    custom_pricing: Mapping[str, Any] | bool | None
    base_model: str | None
    optional_params: Mapping[str, Any] | None
    standard_built_in_tools_params: Mapping[str, Any] | None
    litellm_model_name: str | None
    router_model_id: str | None
    service_tier: str | None
    data_residency: str | None
    at: float | None
    cost_discount_config: Mapping[str, float] | None
    cost_margin_config: Mapping[str, Margin] | None
    count_tokens: CountTokens | None
    trust_provider: bool


class BreakdownOptions(CostOptions, total=False):
    """The optional arguments of `cost_breakdown`."""

    model: str | None
    prompt: str
    messages: Sequence[Any]
    completion: str
    total_time: float | None
    call_type: Any


class Question(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """Everything that may be known about a call whose price is asked; `cost_breakdown` documents the fields."""

    completion_response: Any = None
    model: str | None = None
    prompt: str = ""
    messages: Sequence[Any] = ()
    completion: str = ""
    total_time: float | None = 0.0
    call_type: Any = None
    custom_llm_provider: str | None = None
    region_name: str | None = None
    size: str | None = None
    quality: str | None = None
    n: int | None = None
    custom_cost_per_token: Mapping[str, float] | None = None
    custom_cost_per_second: float | None = None
    custom_pricing: Mapping[str, Any] | bool | None = None
    base_model: str | None = None
    optional_params: Mapping[str, Any] | None = None
    standard_built_in_tools_params: Mapping[str, Any] | None = None
    litellm_model_name: str | None = None
    router_model_id: str | None = None
    service_tier: str | None = None
    data_residency: str | None = None
    at: float | None = None
    cost_discount_config: Mapping[str, float] | None = None
    cost_margin_config: Mapping[str, Margin] | None = None
    count_tokens: CountTokens | None = None
    trust_provider: bool = False

    @cached_property
    def hidden(self) -> Mapping[str, Any]:
        """What this package noted about the response when it was made."""
        noted = field(self.completion_response, "_hidden_params")
        return noted if isinstance(noted, Mapping) else {}

    @cached_property
    def params(self) -> dict[str, Any]:
        """The call's parameters, null ones left out; those named outright win."""
        named = {"size": self.size, "quality": self.quality, "n": self.n}
        given = {**(self.optional_params or {}), **(self.standard_built_in_tools_params or {})}
        return {k: v for k, v in given.items() if v is not None} | {k: v for k, v in named.items() if v is not None}

    @cached_property
    def provider(self) -> str | None:
        """Whose model it is, where anything says so."""
        return self.custom_llm_provider or self.hidden.get("custom_llm_provider") or self._provider_in_name()

    @cached_property
    def region(self) -> str | None:
        """Where the model ran."""
        return self.region_name or self.hidden.get("region_name") or self.params.get("vertex_location")

    @cached_property
    def custom(self) -> dict[str, Any]:
        """Prices that win over the map's."""
        own = self.custom_pricing if isinstance(self.custom_pricing, Mapping) else {}
        return {**own, **(self.custom_cost_per_token or {})}

    @cached_property
    def names(self) -> list[str]:
        """The names under which the map may list the model, the most telling first."""
        deployment = self.router_model_id if self.custom_pricing is True else None
        answered = field(self.completion_response, "model")
        asked = self.litellm_model_name or self.hidden.get("litellm_model_name")
        names = (deployment, self.base_model, self.model, answered, asked)
        return list(dict.fromkeys(name for name in names if isinstance(name, str) and name))

    def _provider_in_name(self) -> str | None:
        return next((provider for name in self.names if (provider := split_provider(name)[0])), None)


class Priced(NamedTuple):
    """Lines, where their prices came from, and whose model it was."""

    lines: list[Line]
    source: str
    provider: str


def answer(question: Question) -> CostBreakdown:
    """Make the bill that `question` asks for."""
    priced = price(question)
    shown = next(iter(question.names), "")
    return bill(priced.lines, model=shown, provider=priced.provider, price_source=priced.source)


def dollars(question: Question) -> float:
    """Answer only the total that `question` asks for, in dollars."""
    return float(total_of(price(question).lines))


def price(question: Question) -> Priced:
    """Find the lines of a call, discounts and margins included."""
    priced = _price(question)
    discounts, margins = question.cost_discount_config or {}, question.cost_margin_config or {}
    if not (discounts or margins):
        return priced
    return priced._replace(lines=adjusted(priced.lines, priced.provider, discounts, margins))


def _price(question: Question) -> Priced:
    provider = question.provider or ""
    if question.custom_cost_per_second is not None:
        seconds = decimal((question.total_time or 0.0) / 1000)
        line = Line("seconds", "output", seconds, decimal(question.custom_cost_per_second))
        return Priced([line], "custom", provider)
    counts = _counts(question)
    if question.trust_provider and not question.custom and counts.dollars is not None:
        return Priced([Line("reported", "output", decimal(1), decimal(counts.dollars))], "provider", provider)
    return _price_by_entry(question, counts)


def _price_by_entry(question: Question, counts: Counts) -> Priced:
    call = calls.describe(
        question.completion_response,
        call_type=plain(question.call_type),
        params=question.params,
        prompt=question.prompt,
        elapsed=(question.total_time or 0.0) / 1000,
    )
    key, entry = entry_for(question.names, question.provider, region=question.region, custom=question.custom, call=call)
    provider = question.provider or provider_of(entry) or ""
    rates = Rates(entry, prompt_tokens=counts.prompt, service_tier=_service_tier(question), at=_moment(question))
    lines = calls.lines_for(call, counts, rates)
    modifiers, region, residency = _modifiers(question, counts), question.region, question.data_residency
    if modifiers or region or residency:
        lines = multiplied(lines, rates, modifiers=modifiers, region=region, residency=residency)
    response, params = question.completion_response, question.params
    lines += tool_lines(counts, rates, response=response, options=params, key=key, provider=provider)
    return Priced(lines, _source(key, entry, question), provider)


def entry_for(
    names: Sequence[str], provider: str | None, *, region: str | None, custom: Mapping[str, Any], call: Call
) -> tuple[str, Entry]:
    """Find the entry that prices a call: the first of `names` that the map lists, under its size class if need be.

    Raises:
        ModelNotMappedError: the map lists none of them, and there are no custom prices.
        UnknownProvider: nor does anything say whose model it is.
    """
    for name in names:
        key = image_key(name, provider, call.order) if call.kind == "image" else None
        key = key or find_key(name, provider, region=region)
        if key is not None:
            return key, {**model_cost()[key], **custom}
    if custom:
        return next(iter(names), "custom"), dict(custom)
    if (sized := _sized_key(names, provider, call)) is not None:
        return sized, model_cost()[sized]
    raise _unmapped(names, provider)


def _sized_key(names: Sequence[str], provider: str | None, call: Call) -> str | None:
    for name in names:
        owner = provider or split_provider(name)[0]
        key = bucket_key(name, owner, embedding=call.kind == "embedding") if owner else None
        if key in model_cost():
            return key
    return None


def _unmapped(names: Sequence[str], provider: str | None) -> Exception:
    name = next(iter(names), "")
    provider = provider or split_provider(name)[0]
    if provider is not None:
        return ModelNotMappedError(name, provider)
    return UnknownProvider(
        f"cannot tell whose model {name!r} is, nor what it costs: name it as 'provider/model', pass "
        "custom_llm_provider, or register it with litellm.register_model(...)",
        model=name,
    )


def _counts(question: Question) -> Counts:
    usage = usage_of(question.completion_response)
    texts = (question.prompt, question.messages, question.completion)
    if usage is not None or not any(texts):
        return read_usage(usage)
    count, model = question.count_tokens or _counter(), next(iter(question.names), "")
    chat, text = question.messages, question.prompt
    prompt = count(model=model, messages=chat) if chat else _text(count, model, text)
    return Counts(prompt=prompt, completion=_text(count, model, question.completion))


def _text(count: CountTokens, model: str, text: str) -> int:
    return count(model=model, text=text) if text else 0


def _counter() -> CountTokens:
    from litellm.core.tokens import token_counter

    return token_counter


def _service_tier(question: Question) -> str | None:
    """The tier that served the call: upstream's word first, as it may serve a lower one than was asked."""
    response = question.completion_response
    if calls.is_batch(plain(question.call_type)):
        return "batch"
    told = field(response, "service_tier") or field(field(response, "usage") or {}, "service_tier")
    return plain(told) or question.service_tier or plain(question.params.get("service_tier"))


def _moment(question: Question) -> float | None:
    created = field(question.completion_response, "created", "created_at")
    if question.at is not None:
        return question.at
    return float(created) if isinstance(created, (int, float)) and created > 0 else None


def _modifiers(question: Question, counts: Counts) -> list[str]:
    asked = (question.params.get("inference_geo"), question.params.get("speed"))
    return [*counts.modifiers, *(value for value in asked if isinstance(value, str))]


def _source(key: str, entry: Entry, question: Question) -> str:
    if question.custom:
        return "custom"
    return f"map:{key}" if any("cost" in name or name == "tiered_pricing" for name in entry) else f"unpriced:{key}"


def plain(value: Any) -> str | None:
    """Answer a name given as text or as an enum's member."""
    value = getattr(value, "value", value)
    return value if isinstance(value, str) else None
