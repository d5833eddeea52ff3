"""`latency-based-routing-p2c`: of two drawn at random, the one that is likely to answer sooner.

Power of two choices over peak-EWMA latency and load, as Finagle balances
(https://twitter.github.io/finagle/guide/Clients.html#power-of-two-choices-p2c-least-loaded). Two draws keep a herd
from running to the fastest, and cost the same for two deployments as for a thousand.
"""

from collections.abc import Sequence
from math import exp

from litellm.router_strategy import Ask, Strategy
from litellm.router_strategy.room import has_room, with_room
from litellm.router_utils.deployments import Deployment
from litellm.router_utils.stats import Stats

UNMEASURED_SECONDS = 1000.0
FAILURE_SECONDS = 10.0
FORGIVING_SECONDS = 10.0
MOST_FAILURES = 5
STALE_SECONDS = 10.0
PROBED = 1 / 32


def latency_p2c() -> Strategy:
    """The cheaper of two by seconds × (requests in flight + 1), among those with room.

    A deployment that nobody measured is free while it has nothing in flight and dear once it has: it is tried with one
    request at a time. Failures in a row add seconds that fade. A deployment that is idle, and was not measured of late,
    is asked now and then though it is the dearer one, so that one slow answer does not exclude it for good.
    """

    def choose(candidates: Sequence[Deployment], ask: Ask) -> Deployment | None:
        first, second = _pair(candidates, ask)
        if first is None or second is None:
            return first if first is not None and has_room(first, ask) else None
        if not (has_room(first, ask) and has_room(second, ask)):
            first, second = _pair(with_room(candidates, ask), ask)
            if first is None or second is None:
                return first
        if cost(second.stats, ask.now) < cost(first.stats, ask.now):
            first, second = second, first
        return second if _is_stale(second.stats, ask.now) and ask.rng.random() < PROBED else first

    return choose


def _pair(candidates: Sequence[Deployment], ask: Ask) -> tuple[Deployment | None, Deployment | None]:
    """Two different ones, or as many as there are."""
    count = len(candidates)
    if count < 2:
        return (candidates[0] if count else None), None
    random = ask.rng.random
    one, other = int(random() * count), int(random() * (count - 1))
    return candidates[one], candidates[other + (other >= one)]


def cost(stats: Stats, now: float) -> float:
    """Seconds that one more request is likely to wait."""
    load = max(stats.in_flight, stats.fleet_in_flight)
    seconds = stats.peak(now)
    waiting = 0.0 if stats.observed_at else UNMEASURED_SECONDS * load
    failures = stats.consecutive_failures
    if failures:
        faded = exp(min(0.0, stats.last_failed_at - now) / FORGIVING_SECONDS)
        seconds += FAILURE_SECONDS * min(failures, MOST_FAILURES) * faded
    return seconds * (load + 1) + waiting


def _is_stale(stats: Stats, now: float) -> bool:
    idle = not (stats.in_flight or stats.fleet_in_flight or stats.consecutive_failures)
    return idle and now - stats.observed_at > STALE_SECONDS
