"""The Router in simulated worlds: `python -m benchmarks.simulation`. A table of every scenario, setting and rate, the
worst over 20 seeds, then one JSON line. The same code gives the same figures: nothing here waits and no clock is read.

`--only NAME` takes the scenarios whose names hold it; `--trace SCENARIO SETTING RATE SEED` prints the requests of one
run that failed or cost most.
"""

import argparse
import gc
import logging
import os
import sys
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from benchmarks.measure import report
from benchmarks.simulator import plots
from benchmarks.simulator.figures import Figures, Row, figures_of, measured, row_of
from benchmarks.simulator.run import Request, simulate
from benchmarks.simulator.scenario import FOLDER, Scenario, load, load_all

SEEDS = 20
TRACED = 8
Key = tuple[str, str, float]
Results = dict[Key, list[Figures]]


class Run(NamedTuple):
    """What one run is of."""

    scenario: str
    setting: str
    rate: float
    seed: int


@lru_cache
def _scenario(name: str) -> Scenario:
    return load(FOLDER / f"{name}.toml")


def play(run: Run) -> tuple[Run, Figures]:
    """Do one run and count."""
    scenario = _scenario(run.scenario)
    world, requests = simulate(scenario, scenario.setting(run.setting), run.rate, run.seed)
    return run, figures_of(scenario, world, requests)


def all_runs(scenarios: Sequence[Scenario], seeds: int) -> list[Run]:
    """Every run of the scenarios, the longest first so that no core waits at the end."""
    runs = [
        Run(scenario.name, setting.name, rate, seed)
        for scenario in scenarios
        for setting in scenario.settings
        for rate in scenario.rates_of(setting)
        for seed in range(seeds)
    ]
    return sorted(runs, key=lambda run: -run.rate * _scenario(run.scenario).duration)


def _prepare() -> None:
    """What a worker does once: load the package, be silent about failures, which are the point here."""
    import litellm  # noqa: F401

    logging.disable(logging.CRITICAL)
    gc.freeze()


def results(scenarios: Sequence[Scenario], seeds: int = SEEDS) -> Results:
    """Do every run on all cores."""
    found: dict[Key, dict[int, Figures]] = defaultdict(dict)
    with get_context("spawn").Pool(os.cpu_count(), _prepare) as pool:
        for run, figures in pool.imap_unordered(play, all_runs(scenarios, seeds)):
            found[run[:3]][run.seed] = figures
    return {key: [runs[seed] for seed in range(seeds)] for key, runs in found.items()}


def rows(scenarios: Sequence[Scenario], found: Results) -> list[Row]:
    """Sum up every setting of every scenario at every rate."""
    return [
        row_of(
            scenario,
            setting.name,
            rate,
            found[scenario.name, setting.name, rate],
            found[scenario.name, setting.against, rate] if setting.against else None,
        )
        for scenario in scenarios
        for setting in scenario.settings
        for rate in scenario.rates_of(setting)
    ]


def table(found: Sequence[Row]) -> str:
    """The rows for people."""
    columns = "success pooled calls most p50_s p99_s ratio share"
    head = f"{'scenario':28} {'setting':24} {'rate':>4} " + " ".join(f"{each:>7}" for each in columns.split())
    return "\n".join([head, *map(_line, found)])


def _line(row: Row) -> str:
    ratio = "" if row.p99_ratio is None else f"{row.p99_ratio:.3f}"
    return (
        f"{row.scenario:28} {row.setting:24} {row.rate:4g} {row.success:7.4f} {row.pooled:7.4f} {row.calls:7.3f} "
        f"{row.most_calls:7} {row.p50:7.3f} {row.p99:7.3f} {ratio:>7} {row.largest_share:7.3f}  "
        + (f"misses {', '.join(row.misses)}" if row.misses else "")
    ).rstrip()


def summary(scenarios: Sequence[Scenario], found: Sequence[Row]) -> dict[str, float]:
    """The figures that are promised: the worst of all rows for which there is a bar."""
    bars = {scenario.name: scenario.bars for scenario in scenarios}
    success = [row for row in found if bars[row.scenario].success is not None]
    return {
        "success_worst": min((row.success for row in success), default=1.0),
        "success_pooled_worst": min((row.pooled for row in success), default=1.0),
        "calls_worst": max((row.calls for row in found if bars[row.scenario].calls is not None), default=0.0),
        "over_attempts": sum(row.over for row in found),
        "hedging_p99_ratio_worst": max((row.p99_ratio for row in found if row.p99_ratio is not None), default=0.0),
        "rows_missing_a_bar": sum(bool(row.misses) for row in found),
    }


def draw(folder: Path, scenarios: Sequence[Scenario], found: Results) -> None:
    """Write the pictures of every scenario, each at the highest rate of its settings."""
    folder.mkdir(parents=True, exist_ok=True)
    for scenario in scenarios:
        runs = {each.name: found[scenario.name, each.name, max(scenario.rates_of(each))] for each in scenario.settings}
        success, calls = plots.over_time(runs)
        bars, title = scenario.bars, scenario.title
        pictures = {
            "success": plots.lines(f"Answered: {title}", success, bar=bars.success, low=0.9, high=1.0),
            "calls": plots.lines(f"Calls a request: {title}", calls, bar=bars.calls, low=1.0, high=3.0),
            "compared": compared(scenario, rows([scenario], found)),
        }
        for name, picture in pictures.items():
            (folder / f"{scenario.name}-{name}.svg").write_text(picture)


def compared(scenario: Scenario, found: Sequence[Row]) -> str:
    """The settings of a scenario beside each other, the worst of all seeds, those of one rate together."""
    told = sorted(found, key=lambda row: row.rate)
    rates = [row.rate for row in told]
    names = [row.setting if len(set(rates)) == 1 else f"{row.setting}, {row.rate:g}/s" for row in told]
    figures = (
        plots.Column("median, s", "{:.2f}", [row.p50 for row in told]),
        plots.Column("99th percentile, s", "{:.2f}", [row.p99 for row in told]),
        plots.Column("extra calls", "{:.1%}", [row.calls - 1 for row in told]),
        plots.Column("share of the busiest", "{:.0%}", [row.largest_share for row in told]),
    )
    return plots.compare(scenario.title, names, figures, rivals=rates)


def trace(run: Run) -> None:
    """Print the requests of a run that failed, then those that cost most, of the ones that are measured."""
    scenario = _scenario(run.scenario)
    world, requests = simulate(scenario, scenario.setting(run.setting), run.rate, run.seed)
    print("upstreams that fail:")
    for upstream in world.upstreams.values():
        told = ", ".join(f"{each.begins:.2f}-{each.ends:.2f} {each.kind}" for each in upstream.failing)
        print(f"  {upstream.name}: {told or 'never'}")
    counted = measured(scenario, world, requests)
    failed = [each for each in counted if each.error]
    costly = sorted((each for each in counted if not each.error and len(each.calls) > 1), key=lambda e: -len(e.calls))
    for title, chosen in (("failed", failed), ("took more than one call", costly)):
        print(f"{len(chosen)} of {len(counted)} measured requests {title}")
        for each in chosen[:TRACED]:
            print(_told(each))


def _told(request: Request) -> str:
    calls = "\n".join(
        f"    {sent.at:8.3f} {sent.deployment:4} {sent.outcome} {sent.ended:8.3f}" for sent in request.calls
    )
    return f"  at {request.arrived:.3f}, {request.seconds:.3f} s: {request.error or 'answered'}\n{calls}"


def main(argv: Sequence[str] | None = None) -> int:
    """Run, print, and tell by the exit status nothing but that it ran: the bars are held by `benchmarks.bars`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="part of the scenarios' names")
    parser.add_argument("--seeds", type=int, default=SEEDS)
    parser.add_argument("--plots", type=Path, metavar="DIR", help="write pictures there")
    parser.add_argument("--trace", nargs=4, metavar=("SCENARIO", "SETTING", "RATE", "SEED"))
    options = parser.parse_args(argv)
    if options.trace:
        name, setting, rate, seed = options.trace
        _prepare()
        trace(Run(name, setting, float(rate), int(seed)))
        return 0
    scenarios = load_all(options.only)
    found = results(scenarios, options.seeds)
    if options.plots:
        draw(options.plots, scenarios, found)
    summed_up = rows(scenarios, found)
    print(table(summed_up))
    report(summary(scenarios, summed_up))
    return 0


if __name__ == "__main__":
    sys.exit(main())
