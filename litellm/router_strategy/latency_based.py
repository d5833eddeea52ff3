"""`latency-based-routing`: the deployment that answered fastest of late."""

from collections.abc import Callable, Sequence
from operator import attrgetter

from litellm.router_strategy import Ask, Strategy
from litellm.router_strategy.remembered import Remembered
from litellm.router_strategy.room import draw, draw_with_room, has_room, with_room
from litellm.router_utils.deployments import Deployment
from litellm.router_utils.stats import SAMPLES, Mean, Stats

FAILING_SECONDS = 10.0
_Live = tuple[Deployment, Stats, Mean]


def latency_based(
    *, buffer: float = 0.0, size: int = SAMPLES, percentile: float | None = None, ttl: float = 3600.0
) -> Strategy:
    """The fewest seconds a token, or for a stream to the first one, among those with room.

    `buffer` is a share of the fastest one's time: whoever is slower by no more is as good, and one of these is drawn.
    The figure is the mean of the last `size` samples, or their `percentile` (0 to 100). Samples count for nothing once
    the last one is `ttl` seconds old. A deployment without samples is tried first, one request at a time where there
    are others, and not while it keeps failing.
    """
    whole = Remembered(lambda candidates: _live(candidates, attrgetter("latency"), size))
    streams = Remembered(lambda candidates: _live(candidates, attrgetter("first_token"), size))

    def choose(candidates: Sequence[Deployment], ask: Ask) -> Deployment | None:
        rows = (streams if ask.stream else whole).of(candidates)
        untried, times = _times(rows, ask.now - ttl, percentile)
        if untried:
            found = draw_with_room(_to_try(untried, ask.now, alone=not times), ask)
            if found is not None:
                return found
        return _fast(times, buffer, ask) or draw_with_room([row[0] for row in untried], ask)

    return choose


def _live(candidates: Sequence[Deployment], figure: Callable[[Stats], Mean], size: int) -> list[_Live]:
    """What a decision reads of each, with so many samples kept."""
    rows = [(each, each.stats, figure(each.stats)) for each in candidates]
    for _, _, mean in rows:
        if mean.size != size:
            mean.resize(size)
    return rows


def _times(
    rows: Sequence[_Live], since: float, percentile: float | None
) -> tuple[list[_Live], list[tuple[float, Deployment]]]:
    """Those without samples, and the times of the others."""
    untried: list[_Live] = []
    times: list[tuple[float, Deployment]] = []
    for row in rows:
        deployment, stats, mean = row
        time = mean.value if percentile is None else mean.percentile(percentile)
        if time is None or stats.observed_at < since:
            untried.append(row)
        else:
            times.append((time, deployment))
    return untried, times


def _to_try(untried: Sequence[_Live], now: float, *, alone: bool) -> list[Deployment]:
    """Those of the untried that do not fail now and, where others are known, are not being tried already."""
    return [
        deployment
        for deployment, stats, _ in untried
        if (alone or not stats.in_flight)
        and not (stats.consecutive_failures and now - stats.last_failed_at < FAILING_SECONDS)
    ]


def _fast(times: Sequence[tuple[float, Deployment]], buffer: float, ask: Ask) -> Deployment | None:
    """One of the fastest with room; all are looked at for room only when the first one drawn has none."""
    if not times:
        return None
    drawn = draw(_within(times, buffer), ask)
    if has_room(drawn, ask):
        return drawn
    roomy = set(with_room((deployment for _, deployment in times), ask))
    rest = [timed for timed in times if timed[1] in roomy]
    return draw(_within(rest, buffer), ask) if rest else None


def _within(times: Sequence[tuple[float, Deployment]], buffer: float) -> list[Deployment]:
    most = min([time for time, _ in times]) * (1.0 + buffer)
    return [deployment for time, deployment in times if time <= most]
