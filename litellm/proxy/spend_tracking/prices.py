"""What an answer cost, in US dollars: quickly where nothing but tokens can cost anything, else by the whole bill."""

from typing import Any

import msgspec

from litellm._settings import settings
from litellm.core.call import Call
from litellm.core.settle import cost_of
from litellm.core.target import Target
from litellm.cost.ordinary import ordinary_cost
from litellm.proxy.forwarding import Passed
from litellm.types.decoding import decode
from litellm.types.usage import Usage

_ORDINARY_TIERS = (None, msgspec.Raw(b"null"), msgspec.Raw(b'"default"'))


def price(result: Any, call: Call, target: Target) -> float | None:
    """The price of a whole answer, as the engine made it or as it came through; None where its model has none."""
    if type(result) is not Passed:
        return cost_of(result, call, target)
    if result.usage is None:
        return None
    if _is_ordinary(result, call):
        found = ordinary_cost(decode(Usage, bytes(result.usage)), target.family, target.provider)
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
