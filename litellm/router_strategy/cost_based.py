"""`cost-based-routing`: the deployment whose tokens are cheapest, within its limits."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from math import inf
from typing import Any

from litellm.core.model_map import model_cost
from litellm.model_info import ModelNotMappedError, find_entry
from litellm.router_strategy import Ask, Strategy
from litellm.router_strategy.remembered import Remembered
from litellm.router_strategy.room import draw_with_room
from litellm.router_utils.deployments import Deployment

_PRICES = ("input_cost_per_token", "output_cost_per_token")
_KEPT = 10_000


def cost_based() -> Strategy:
    """The lowest price of an input and an output token together; one of equals at random, unknown prices last."""
    read_at = (0, 0)
    prices = lru_cache(_KEPT)(price)
    ranks = Remembered(lambda candidates: _ranked({each: prices(each) for each in candidates}))

    def choose(candidates: Sequence[Deployment], ask: Ask) -> Deployment | None:
        nonlocal read_at
        entries = model_cost()
        if (id(entries), len(entries)) != read_at:  # models were registered: prices may have come
            read_at = (id(entries), len(entries))
            prices.cache_clear()
            ranks.forget()
        return next((found for rank in ranks.of(candidates) if (found := draw_with_room(rank, ask))), None)

    return choose


def price(deployment: Deployment) -> float:
    """US dollars of one input and one output token: its own prices, else the model map's; infinite when unknown."""
    sources = (deployment.params, deployment.info, _listed(deployment))
    found = [next((source[name] for source in sources if source.get(name) is not None), None) for name in _PRICES]
    known = [float(each) for each in found if each is not None]
    return sum(known) if known else inf


def _listed(deployment: Deployment) -> Mapping[str, Any]:
    """What the model map says; `base_model` names the model where the provider's name for it is the user's own."""
    base = deployment.info.get("base_model") or deployment.params.get("base_model")
    try:
        return find_entry(base)[1] if base else _entry_of(deployment)
    except ModelNotMappedError:
        return {}


def _entry_of(deployment: Deployment) -> Mapping[str, Any]:
    return find_entry(deployment.model, deployment.provider, region=deployment.region)[1]


def _ranked(prices: Mapping[Deployment, float]) -> list[list[Deployment]]:
    """Deployments by price, the cheapest first, those of one price together."""
    ordered = sorted(prices, key=prices.__getitem__)
    return [list(rank) for _, rank in groupby(ordered, key=prices.__getitem__)]
