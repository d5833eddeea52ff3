"""The strategies by the name that `routing_strategy` gives them, each made from `routing_strategy_args`.

It knows which arguments a strategy takes and what they may be; no strategy reads raw settings.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from litellm.router_strategy import Strategy
from litellm.router_strategy.cost_based import cost_based
from litellm.router_strategy.latency_based import latency_based
from litellm.router_strategy.latency_p2c import latency_p2c
from litellm.router_strategy.least_busy import least_busy
from litellm.router_strategy.simple_shuffle import simple_shuffle
from litellm.router_strategy.usage_based import usage_based
from litellm.router_utils.stats import SAMPLES

Arguments = Mapping[str, Any]
_Maker = Callable[[Arguments], Strategy]


class _Number(NamedTuple):
    """What an argument may be; `above` is the bound that it must exceed."""

    default: float | None
    words: str
    least: float = 0.0
    most: float = float("inf")
    above: bool = False
    whole: bool = False

    def allows(self, value: Any) -> bool:
        if isinstance(value, bool) or not isinstance(value, int if self.whole else int | float):
            return False
        return (value > self.least if self.above else value >= self.least) and value <= self.most


_SECONDS = "seconds above 0"
_LATENCY = {
    "ttl": _Number(3600.0, _SECONDS, above=True),
    "lowest_latency_buffer": _Number(0.0, "a share of the fastest one's time, from 0 on"),
    "max_latency_list_size": _Number(SAMPLES, "a whole number of samples from 1 on", least=1, whole=True),
    "percentile": _Number(None, "a number above 0 and up to 100", most=100, above=True),
}
# The counters are those of the clock's minute whatever the time to live of a shared key, which is all that this says.
_USAGE = {"ttl": _Number(60.0, _SECONDS, above=True)}


def _latency_based(given: Arguments) -> Strategy:
    values = _read("latency-based-routing", given, _LATENCY)
    return latency_based(
        buffer=values["lowest_latency_buffer"],
        size=int(values["max_latency_list_size"]),
        percentile=values["percentile"],
        ttl=values["ttl"],
    )


def _plain(name: str, make: Callable[[], Strategy], known: Mapping[str, _Number] | None = None) -> _Maker:
    """A strategy that no argument changes."""

    def made(given: Arguments) -> Strategy:
        _read(name, given, known or {})
        return make()

    return made


def _read(strategy: str, given: Arguments, known: Mapping[str, _Number]) -> dict[str, Any]:
    """The arguments with their defaults. Raises ValueError for one that is unknown or that is no such number."""
    for name, value in given.items():
        rule = known.get(name)
        if rule is None:
            raise ValueError(f"routing_strategy_args: {strategy!r} takes no {name!r}; {_takes(name, known)}")
        if value is not None and not rule.allows(value):
            raise ValueError(f"routing_strategy_args: {name}={value!r} of {strategy!r}: give {rule.words}")
    return {name: rule.default if given.get(name) is None else given[name] for name, rule in known.items()}


def strategy_of(name: str, arguments: Arguments) -> Strategy:
    """A new strategy of this name. Raises ValueError for a name or an argument that there is not.

    >>> choose = strategy_of("latency-based-routing", {"lowest_latency_buffer": 0.2})
    """
    make = STRATEGIES.get(name)
    if make is None:
        raise ValueError(f"routing_strategy={name!r}: no such strategy; there are {', '.join(sorted(STRATEGIES))}")
    return make(arguments)


def _takes(name: str, known: Mapping[str, _Number]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, list(known), n=1)
    if near:
        return f"did you mean {near[0]!r}?"
    return f"it takes {', '.join(known)}" if known else "it takes no arguments"


STRATEGIES: Mapping[str, _Maker] = {
    "simple-shuffle": _plain("simple-shuffle", simple_shuffle),
    "least-busy": _plain("least-busy", least_busy),
    "usage-based-routing": _plain("usage-based-routing", usage_based, _USAGE),
    "usage-based-routing-v2": _plain("usage-based-routing-v2", usage_based, _USAGE),
    "latency-based-routing": _latency_based,
    "latency-based-routing-p2c": _plain("latency-based-routing-p2c", latency_p2c),
    "cost-based-routing": _plain("cost-based-routing", cost_based),
    # Budgets are a filter of the candidates; among those that are left, the draw is the usual one.
    "provider-budget-routing": _plain("provider-budget-routing", simple_shuffle),
}
"""Name to what makes the strategy of `routing_strategy_args`; raises ValueError for arguments that it does not take."""

COUNTING = frozenset({"usage-based-routing", "usage-based-routing-v2"})
"""Strategies that want to know what a request may take, so that one in flight counts."""

LIMITED = frozenset({"latency-based-routing", "latency-based-routing-p2c", "cost-based-routing"})
"""Strategies that keep to the limits of a minute where there are some."""

RESERVING = frozenset({"usage-based-routing-v2"})
"""Strategies whose caller reserves a request in the shared counters before it is sent."""
