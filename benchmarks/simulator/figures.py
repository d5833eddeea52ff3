"""What is counted in a run, and the worst of it over the seeds of a setting. Pure."""

from collections import Counter
from collections.abc import Sequence
from math import ceil
from typing import NamedTuple

from benchmarks.simulator.run import Request
from benchmarks.simulator.scenario import Bars, Scenario
from benchmarks.simulator.world import SETTLING, World


class Figures(NamedTuple):
    """One run. `measured` requests are those of the bars; `over` are all requests with more calls than promised.

    `timeline` is requests, answers and calls of every second.
    """

    requests: int
    measured: int
    answered: int
    calls: int
    most_calls: int
    over: int
    p50: float
    p99: float
    shares: Counter[str]
    timeline: tuple[tuple[int, int, int], ...] = ()


def figures_of(scenario: Scenario, world: World, requests: Sequence[Request]) -> Figures:
    """The figures of a run."""
    counted = measured(scenario, world, requests)
    seconds = sorted(each.seconds for each in requests if not each.error)
    return Figures(
        requests=len(requests),
        measured=len(counted),
        answered=sum(not each.error for each in counted),
        calls=sum(len(each.calls) for each in counted),
        most_calls=max(len(each.calls) for each in requests),
        over=sum(len(each.calls) > scenario.bars.most_calls for each in requests),
        p50=quantile(seconds, 0.5),
        p99=quantile(seconds, 0.99),
        shares=Counter(sent.deployment for each in requests for sent in each.calls),
        timeline=_timeline(scenario, requests),
    )


def measured(scenario: Scenario, world: World, requests: Sequence[Request]) -> list[Request]:
    """The requests of which something is promised."""
    if scenario.measured == "all":
        return list(requests)
    if scenario.measured == "begun":
        first = world.changes[0]
        return [each for each in requests if not first <= each.arrived < first + SETTLING]
    return [each for each in requests if world.settled(each.arrived, each.ended)]


def quantile(ordered: Sequence[float], share: float) -> float:
    """The value that this share of the ordered values does not exceed (nearest rank); 0 of none."""
    return ordered[max(0, ceil(share * len(ordered)) - 1)] if ordered else 0.0


def _timeline(scenario: Scenario, requests: Sequence[Request]) -> tuple[tuple[int, int, int], ...]:
    bins = [[0, 0, 0] for _ in range(ceil(scenario.duration))]
    for each in requests:
        bin = bins[int(each.arrived)]
        bin[0] += 1
        bin[1] += not each.error
        bin[2] += len(each.calls)
    return tuple((a, b, c) for a, b, c in bins)


class Row(NamedTuple):
    """A setting of a scenario at a rate: the worst of its seeds; `pooled` is success over all of them."""

    scenario: str
    setting: str
    rate: float
    success: float
    pooled: float
    calls: float
    most_calls: int
    over: int
    p50: float
    p99: float
    largest_share: float
    p99_ratio: float | None
    misses: tuple[str, ...]


def row_of(
    scenario: Scenario, name: str, rate: float, runs: Sequence[Figures], against: Sequence[Figures] | None
) -> Row:
    """What the runs of all seeds come to, beside those of the setting that they are compared with."""
    ratio = max(own.p99 / other.p99 for own, other in zip(runs, against, strict=True)) if against else None
    row = Row(
        scenario=scenario.name,
        setting=name,
        rate=rate,
        success=min(run.answered / run.measured for run in runs),
        pooled=sum(run.answered for run in runs) / sum(run.measured for run in runs),
        calls=max(run.calls / run.measured for run in runs),
        most_calls=max(run.most_calls for run in runs),
        over=sum(run.over for run in runs),
        p50=max(run.p50 for run in runs),
        p99=max(run.p99 for run in runs),
        largest_share=max(_largest(run.shares) for run in runs),
        p99_ratio=ratio,
        misses=(),
    )
    return row._replace(misses=_misses(row, scenario.bars))


def _largest(shares: Counter[str]) -> float:
    return max(shares.values()) / shares.total() if shares else 0.0


def _misses(row: Row, bars: Bars) -> tuple[str, ...]:
    found = {
        "success": bars.success is not None and row.success < bars.success,
        "calls": bars.calls is not None and row.calls > bars.calls,
        "attempts": row.over > 0,
        "p99": bars.p99_ratio is not None and row.p99_ratio is not None and row.p99_ratio > bars.p99_ratio,
    }
    return tuple(name for name, missed in found.items() if missed)
