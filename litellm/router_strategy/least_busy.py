"""`least-busy`: the deployment with the fewest requests in flight."""

from collections.abc import Sequence

from litellm.router_strategy import Ask, Strategy
from litellm.router_strategy.remembered import Remembered
from litellm.router_strategy.room import draw
from litellm.router_utils.deployments import Deployment
from litellm.router_utils.stats import Stats


def least_busy() -> Strategy:
    """The fewest in flight, as this process counts or all together if that is more; one of equals at random."""
    live = Remembered(_stats)

    def choose(candidates: Sequence[Deployment], ask: Ask) -> Deployment | None:
        if not candidates:
            return None
        loads = [
            stats.in_flight if stats.in_flight >= stats.fleet_in_flight else stats.fleet_in_flight
            for stats in live.of(candidates)
        ]
        least = min(loads)
        return draw([each for each, load in zip(candidates, loads, strict=True) if load == least], ask)

    return choose


def _stats(candidates: Sequence[Deployment]) -> list[Stats]:
    return [each.stats for each in candidates]
