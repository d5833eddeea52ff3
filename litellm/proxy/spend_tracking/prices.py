"""What an answer cost, in US dollars: quickly where nothing but tokens can cost anything, else by the whole bill."""

from decimal import Decimal
from functools import lru_cache
from typing import Any

import msgspec

from litellm._settings import settings
from litellm.core.call import Call
from litellm.core.model_map import model_cost
from litellm.core.settle import cost_of
from litellm.core.target import Target
from litellm.cost.ordinary import SHORT_PROMPT, ordinary_prices
from litellm.proxy.forwarding import Passed

_ORDINARY_TIERS = (None, msgspec.Raw(b"null"), msgspec.Raw(b'"default"'))


class _Before(msgspec.Struct, forbid_unknown_fields=True):
    cached_tokens: int | None = None
    audio_tokens: int | None = None


class _After(msgspec.Struct, forbid_unknown_fields=True):
    reasoning_tokens: int | None = None
    audio_tokens: int | None = None
    accepted_prediction_tokens: int | None = None
    rejected_prediction_tokens: int | None = None


class _Tokens(msgspec.Struct, forbid_unknown_fields=True):
    """The usage of an answer that only text went into and came out of; anything else in it is for the whole bill."""

    prompt_tokens: int
    completion_tokens: int = 0
    total_tokens: int = 0
    prompt_tokens_details: _Before | None = None
    completion_tokens_details: _After | None = None


_read = msgspec.json.Decoder(_Tokens).decode


def price(result: Any, call: Call, target: Target) -> float | None:
    """The price of a whole answer, as the engine made it or as it came through; None where its model has none."""
    if type(result) is not Passed:
        return cost_of(result, call, target)
    if result.usage is None:
        return None
    if _is_ordinary(result, call):
        found = _of_tokens(result.usage, target)
        if found is not None:
            return found
    return cost_of(msgspec.json.decode(result.body), call, target)


def price_of_usage(usage: Any, call: Call, target: Target) -> float | None:
    """The price of a streamed answer, of which the usage is all that is left."""
    if usage is None:
        return None
    return cost_of({"model": target.model, "usage": usage}, call, target)


def _is_ordinary(passed: Passed, call: Call) -> bool:
    """Whether nothing but its tokens can cost anything: no prices of its own, no tier, no search that was cited."""
    if call.options.custom_pricing or settings.cost_discount_config or settings.cost_margin_config:
        return False
    return passed.service_tier in _ORDINARY_TIERS and b'"url_citation"' not in bytes(passed.result or b"")


def _of_tokens(usage: msgspec.Raw, target: Target) -> float | None:
    try:
        tokens = _read(usage)
    except msgspec.ValidationError:
        return None
    before, after = tokens.prompt_tokens_details, tokens.completion_tokens_details
    cached = before.cached_tokens or 0 if before else 0
    heard = (before and before.audio_tokens) or (after and after.audio_tokens)
    if heard or not cached <= tokens.prompt_tokens <= SHORT_PROMPT:
        return None
    entries = model_cost()
    prices = _prices(target.family, target.provider, id(entries), len(entries))
    if prices is None:
        return None
    paid, made, kept = prices
    return float((tokens.prompt_tokens - cached) * paid + cached * kept + tokens.completion_tokens * made)


@lru_cache(maxsize=1024)
def _prices(model: str, provider: str, map_id: int, map_size: int) -> tuple[Decimal, Decimal, Decimal] | None:
    """The model's prices in the map of this identity and size: another map answers anew."""
    return ordinary_prices(model, provider)
