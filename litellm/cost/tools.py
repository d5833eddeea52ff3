"""Lines of a bill for tools that the provider runs itself: web search, maps, file search, code, computer use.

OpenAI's prices are those of its own price page where the map has none: https://platform.openai.com/docs/pricing
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from litellm.core.model_map import model_cost
from litellm.cost.money import Line, decimal
from litellm.cost.rates import Rates
from litellm.cost.usage import Counts, field
from litellm.types.model_rules import (
    FILE_SEARCH_PRICES,
    SEARCH_BILLED_PER_PROMPT,
    SEARCH_BILLED_PER_QUERY,
    SEARCH_UNCOUNTED,
)


def tool_lines(
    counts: Counts, rates: Rates, *, response: Any, options: Mapping[str, Any], key: str, provider: str
) -> list[Line]:
    """Price the built-in tools that a response shows were used.

    Arguments:
        options: the call's parameters, for `web_search_options` and the size of a search's context.
        key: the map's name of the model.
        provider: whose sessions and file searches these are.
    """
    calls = list(_called(response))
    made = counts.searches or calls.count("web_search_call") or int(_searched(response, rates, options))
    searches = min(made, 1) if _once_per_prompt(key, rates) else made
    return [
        *_unit("web_searches", searches, _search_price(counts, rates, options)),
        *_unit("map_queries", counts.map_queries, rates.entry.get("google_maps_grounding_cost_per_query")),
        *_unit("file_searches", calls.count("file_search_call"), FILE_SEARCH_PRICES.get(provider)),
        *_unit("code_sessions", _code_sessions(calls), _session_price(provider)),
    ]


def _search_price(counts: Counts, rates: Rates, options: Mapping[str, Any]) -> float | None:
    prices = rates.entry.get("search_context_cost_per_query") or {}
    asked = field(field(options, "web_search_options") or {}, "search_context_size")
    size = counts.search_context or asked or "medium"
    price: float | None = prices.get(f"search_context_size_{size}", prices.get("search_context_size_medium"))
    return price


def _once_per_prompt(key: str, rates: Rates) -> bool:
    if rates.entry.get("web_search_billing_unit") == "per_query" or key in SEARCH_BILLED_PER_QUERY:
        return False
    return rates.entry.get("litellm_provider") in SEARCH_BILLED_PER_PROMPT


def _searched(response: Any, rates: Rates, options: Mapping[str, Any]) -> bool:
    if _cites_the_web(response):
        return True
    uncounted = rates.entry.get("litellm_provider") in SEARCH_UNCOUNTED and field(response, "choices") is not None
    return uncounted and options.get("web_search_options") is not None


def _called(response: Any) -> Iterator[str]:
    output = field(response, "output")
    for item in output if isinstance(output, (list, tuple)) else ():
        kind = field(item, "type")
        if isinstance(kind, str):
            yield kind


def _cites_the_web(response: Any) -> bool:
    choices = field(response, "choices")
    for choice in choices if isinstance(choices, (list, tuple)) else ():
        notes = field(field(choice, "message") or {}, "annotations") or ()
        if any(field(note, "type") == "url_citation" for note in notes):
            return True
    return False


def _code_sessions(calls: list[str]) -> int:
    """A session lasts an hour, so that all calls of one response share it."""
    return int("code_interpreter_call" in calls)


def _session_price(provider: str) -> float | None:
    price: float | None = model_cost().get(f"{provider}/container", {}).get("code_interpreter_cost_per_session")
    return price


def _unit(kind: str, quantity: int, price: float | Decimal | None) -> Iterator[Line]:
    if quantity > 0 and price:
        yield Line(kind, "tool", decimal(quantity), decimal(price))
