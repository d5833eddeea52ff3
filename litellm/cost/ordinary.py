"""The price of an ordinary answer: text in, some of it from a cache, text out, at plain prices a token.

Most answers are that, and this says their price in a tenth of the time of a whole bill. Whatever is not ordinary about
a usage or a price is `None` here, and is priced by `litellm.cost.question`, which a test holds this to.
"""

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from litellm.core.model_map import find_key, model_cost
from litellm.cost.money import exact
from litellm.cost.sizes import bucket_key
from litellm.types.usage import Usage

# Prices of an entry that apply to other things than an ordinary answer's tokens.
_OF_OTHER_THINGS = (
    "audio", "image", "video", "pixel", "character", "batches", "flex", "priority", "ultrafast", "search_context",
    "file_search", "code_interpreter", "computer_use", "vector_store", "ocr", "cache_creation", "query", "embedding",
)  # fmt: skip
# Up to here no model charges by the length of a prompt.
SHORT_PROMPT = 100_000
_PLAIN = frozenset({"input_cost_per_token", "output_cost_per_token", "cache_read_input_token_cost"})
_COUNTS_OF_OTHER_THINGS = ("audio_tokens", "image_tokens", "video_tokens")


class _Prices(NamedTuple):
    input: Any
    output: Any
    cached: Any


def ordinary_cost(usage: Any, model: str, provider: str) -> float | None:
    """Dollars of an answer with this usage; None when it, or the model's price, is not ordinary.

    >>> ordinary_cost(Usage(prompt_tokens=1000, completion_tokens=0, total_tokens=1000), "gpt-4o", "openai")
    0.0025
    """
    counts = _counts(usage)
    if counts is None:
        return None
    entry = _entry(model, provider)
    prices = _prices(entry) if entry is not None else None
    if prices is None:
        return None
    prompt, cached, completion = counts
    total = (prompt - cached) * exact(prices.input) + cached * exact(prices.cached)
    return float(total + completion * exact(prices.output))


def ordinary_prices(model: str, provider: str) -> tuple[Decimal, Decimal, Decimal] | None:
    """Dollars a token of a model: of input, of output, of input from a cache; None when its price is not ordinary."""
    entry = _entry(model, provider)
    prices = _prices(entry) if entry is not None else None
    return (exact(prices.input), exact(prices.output), exact(prices.cached)) if prices is not None else None


def _entry(model: str, provider: str) -> Mapping[str, Any] | None:
    entries = model_cost()
    key = _key(model, provider, id(entries), len(entries))
    return entries.get(key) if key is not None else None


@lru_cache(maxsize=1024)
def _key(model: str, provider: str, map_id: int, map_size: int) -> str | None:
    """The model's key in the map that has this identity and size: another map answers anew."""
    return find_key(model, provider)


def is_listed(model: str, provider: str) -> bool:
    """Whether the map may price a model of this provider, by its name or by its size."""
    entries = model_cost()
    return _key(model, provider, id(entries), len(entries)) is not None or bucket_key(model, provider) is not None


def _prices(entry: Mapping[str, Any]) -> _Prices | None:
    if not _all_ordinary(frozenset(entry)):
        return None
    paid, made = entry.get("input_cost_per_token"), entry.get("output_cost_per_token")
    if paid is None or made is None:
        return None
    cached = entry.get("cache_read_input_token_cost")
    return _Prices(paid, made, paid if cached is None else cached)


@lru_cache(maxsize=1024)
def _all_ordinary(names: frozenset[str]) -> bool:
    return all(map(_is_ordinary, names))


def _is_ordinary(name: str) -> bool:
    """Whether a field of an entry leaves ordinary answers at their plain prices."""
    if name in _PLAIN or ("cost" not in name and "pricing" not in name):
        return True
    return "_above_" in name or any(thing in name for thing in _OF_OTHER_THINGS)


def _counts(usage: Any) -> tuple[int, int, int] | None:
    """Prompt, cached and completion tokens of a usage in which nothing else counts."""
    if not isinstance(usage, Usage) or usage.model_extra or usage.cost is not None or usage.server_tool_use is not None:
        return None
    before, after = usage.prompt_tokens_details, usage.completion_tokens_details
    cached = 0
    if before is not None:
        if any(value for name, value in before.items() if name not in ("cached_tokens", "text_tokens")):
            return None
        cached = before.cached_tokens or 0
    if after is not None and any(getattr(after, name, None) for name in _COUNTS_OF_OTHER_THINGS):
        return None
    prompt = usage.prompt_tokens or 0
    return (prompt, cached, usage.completion_tokens or 0) if cached <= prompt <= SHORT_PROMPT else None
