"""What a call costs: the public functions of LiteLLM 1.x in dollars, and the exact bill behind them.

Prices come from the model map. Settings, clocks and the public exceptions are the callers' business: discounts, margins
and times are arguments.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Unpack

from litellm.cost.adjust import multiplied
from litellm.cost.calls import Call, kind_of, lines_for, search_units
from litellm.cost.money import CostBreakdown, Line, Part, Side, decimal, total_of
from litellm.cost.question import BreakdownOptions, CostOptions, Question, answer, dollars, entry_for, plain
from litellm.cost.rates import Rates
from litellm.cost.usage import read_usage, usage_of

__all__ = [
    "CostBreakdown",
    "Part",
    "completion_cost",
    "cost_breakdown",
    "cost_per_token",
    "get_response_cost_from_hidden_params",
    "response_cost_calculator",
]

_REPORTED = "llm_provider-x-litellm-response-cost"


def cost_per_token(
    model: str = "",
    prompt_tokens: int = 0,
    completion_tokens: int = 0,
    response_time_ms: float | None = 0.0,
    custom_llm_provider: str | None = None,
    region_name: str | None = None,
    prompt_characters: int | None = None,
    completion_characters: int | None = None,
    cache_creation_input_tokens: int | None = 0,
    cache_read_input_tokens: int | None = 0,
    custom_cost_per_token: Mapping[str, float] | None = None,
    custom_cost_per_second: float | None = None,
    number_of_queries: int | None = None,
    usage_object: Any = None,
    rerank_billed_units: Any = None,
    call_type: Any = "completion",
    audio_transcription_file_duration: float = 0.0,
    service_tier: str | None = None,
    response: Any = None,
    request_model: str | None = None,
    *,
    data_residency: str | None = None,
    at: float | None = None,
) -> tuple[float, float]:
    """Answer what a prompt and its completion cost, `(prompt dollars, completion dollars)`; tools are not in it.

    Arguments:
        prompt_tokens: all of the prompt's tokens, cached ones too.
        response_time_ms: for models and a `custom_cost_per_second` that price time.
        custom_cost_per_token: `{"input_cost_per_token": ..., "output_cost_per_token": ...}` over the map's prices.
        usage_object: counts in more detail; wins over the single counts. A `response` answers for it.
        number_of_queries: search units of a reranking or a search.
        service_tier: `flex`, `priority`, `ultrafast` or `batch`.
        request_model: the model to fall back to when the map does not list `model`.
        data_residency: `eu` or `us`, where the provider asks more for keeping data there.
        at: when the call was made, in seconds since 1970, for off-peak prices.

    Raises:
        ModelNotMappedError: the map does not list the model of this provider.
        UnknownProvider: nor does anything say whose model it is.

    >>> cost_per_token("gpt-4o", 1000, 100)
    (0.0025, 0.001)
    """
    elapsed = (response_time_ms or 0.0) / 1000
    if custom_cost_per_second is not None:
        return 0.0, float(decimal(custom_cost_per_second) * decimal(elapsed))
    counts = read_usage(
        usage_object
        or usage_of(response)
        or {
            "prompt_tokens": prompt_tokens,
            "completion_tokens": completion_tokens,
            "cache_creation_input_tokens": cache_creation_input_tokens,
            "cache_read_input_tokens": cache_read_input_tokens,
        }
    )
    call = Call(
        kind=kind_of(plain(call_type)),
        seconds=audio_transcription_file_duration,
        elapsed=elapsed,
        characters=prompt_characters,
        completion_characters=completion_characters,
        queries=number_of_queries or search_units(rerank_billed_units),
    )
    names = [name for name in (model, request_model) if name]
    _, entry = entry_for(names, custom_llm_provider, region=region_name, custom=custom_cost_per_token or {}, call=call)
    rates = Rates(entry, prompt_tokens=counts.prompt, service_tier=service_tier, at=at)
    lines = lines_for(call, counts, rates)
    lines = multiplied(lines, rates, modifiers=counts.modifiers, region=region_name, residency=data_residency)
    return _dollars(lines, "input"), _dollars(lines, "output")


def _dollars(lines: Sequence[Line], side: Side) -> float:
    return float(total_of([line for line in lines if line.side == side]))


def completion_cost(
    completion_response: Any = None,
    model: str | None = None,
    prompt: str = "",
    messages: Sequence[Any] = (),
    completion: str = "",
    total_time: float | None = 0.0,
    call_type: Any = None,
    **options: Unpack[CostOptions],
) -> float:
    """Answer what a call cost, in dollars, from its response or from the texts alone; arguments as `cost_breakdown`.

    Raises:
        ModelNotMappedError: the map does not list the model of this provider.
        UnknownProvider: nor does anything say whose model it is.

    >>> completion_cost({"model": "gpt-4o", "usage": {"prompt_tokens": 1000, "completion_tokens": 0}})
    0.0025
    """
    return dollars(
        Question(
            completion_response=completion_response,
            model=model,
            prompt=prompt,
            messages=messages,
            completion=completion,
            total_time=total_time,
            call_type=call_type,
            **options,
        )
    )


def cost_breakdown(completion_response: Any = None, **options: Unpack[BreakdownOptions]) -> CostBreakdown:
    """Make the bill of a call: integer nano-dollars, parts that add up, and where the prices came from.

    Arguments:
        completion_response: anything a call of this package returns; its usage is counted where it has one.
        model, base_model, litellm_model_name, router_model_id: names of the model besides the response's own. A
            `base_model` wins, for deployments under names of their own; so does the id of a deployment whose
            `custom_pricing` is registered (`True`).
        custom_llm_provider, region_name: whose model it is and where it ran.
        prompt, messages, completion: counted when there is no usage, by `count_tokens(model=, text=, messages=)`.
        total_time: milliseconds that the call took, for prices per second.
        call_type: the function called (`completion`, `image_generation`, ...), where the response does not tell.
        size, quality, n: of images, where the response does not tell.
        custom_cost_per_token, custom_cost_per_second, custom_pricing: prices that win over the map's, under its names.
        optional_params, standard_built_in_tools_params: the call's parameters: sizes, tiers, search options.
        service_tier: `flex`, `priority`, `ultrafast` or `batch`; what the response says wins.
        data_residency: `eu` or `us`, where the provider asks more for keeping data there.
        at: seconds since 1970, for off-peak prices; the response's `created` unless given.
        cost_discount_config: `{provider: fraction}`, taken off first.
        cost_margin_config: `{provider or "global": fraction or {"percentage": ..., "fixed_amount": dollars}}`.
        trust_provider: take the dollars that upstream reports over those that the map computes.

    Raises:
        ModelNotMappedError: the map does not list the model of this provider.
        UnknownProvider: nor does anything say whose model it is.
        TypeError: an argument that is none of these.

    >>> cost_breakdown({"model": "gpt-4o", "usage": {"prompt_tokens": 1000, "completion_tokens": 0}}).total_nanos
    2500000
    """
    return answer(Question(completion_response=completion_response, **options))


def get_response_cost_from_hidden_params(hidden_params: Any) -> float | None:
    """Answer the dollars that upstream itself named in its headers, `None` when it named none."""
    headers = hidden_params.get("additional_headers") if isinstance(hidden_params, Mapping) else None
    reported = headers.get(_REPORTED) if isinstance(headers, Mapping) else None
    return None if reported is None else float(reported)


def response_cost_calculator(
    response_object: Any, *, cache_hit: bool | None = None, **options: Unpack[BreakdownOptions]
) -> float:
    """Answer what a response cost, in dollars: nothing from a cache, upstream's own figure where it names one.

    Arguments:
        options: those of `cost_breakdown`.

    Raises:
        ModelNotMappedError: the map does not list the model of this provider.
    """
    if cache_hit:
        return 0.0
    reported = get_response_cost_from_hidden_params(getattr(response_object, "_hidden_params", None))
    if reported is not None:
        return reported
    options.setdefault("trust_provider", True)
    return dollars(Question(completion_response=response_object, **options))
