"""The table behind `make conformance`: provider by kind of call, passed of total."""

import argparse
import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.conformance.bench import Bench, Verdict
from tests.conformance.cases import HERE, Case, delivered, groups, known_differences, load

Table = dict[str, dict[str, list[Verdict | None]]]
"""Group, then kind, then one entry a case: its verdict, or None for a capability that is not delivered yet."""


def arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="make conformance ARGS=...", description=__doc__)
    parser.add_argument("--only", default="", help="names of case files, with commas")
    parser.add_argument("--kind", default="", help="kinds of call, with commas")
    parser.add_argument("--grep", default="", help="regular expression on the case id")
    parser.add_argument("--failures", action="store_true", help="list each failing case and where it differs")
    parser.add_argument("--all", action="store_true", help="run what is not delivered yet too")
    parser.add_argument("--doubts", action="store_true", help="run the recordings that are not trusted too")
    parser.add_argument("--cases", type=Path, default=HERE / "cases", help="folder of case files")
    parser.add_argument("--python", default=sys.executable, help="interpreter that has the litellm under test")
    parser.add_argument("--trace", action="store_true", help="show the library's own output and tracebacks")
    return parser.parse_args(argv)


def chosen(options: argparse.Namespace) -> Iterable[Case]:
    """The cases that the command line asks for."""
    only, kinds = (set(filter(None, text.split(","))) for text in (options.only, options.kind))
    for group in groups(options.cases):
        for case in load(options.cases / f"{group}.json"):
            if only and not only & {group, case.raw["provider"]}:
                continue
            if (not kinds or case.kind in kinds) and re.search(options.grep, case.id):
                if options.doubts or not case.doubt:
                    yield case


def run(options: argparse.Namespace) -> Table:
    """Run the chosen cases."""
    table: Table = defaultdict(lambda: defaultdict(list))
    with Bench(options.python, trace=options.trace) as bench:
        for case in chosen(options):
            wanted = options.all or delivered(case)
            table[case.group][case.kind].append(bench.run(case) if wanted else None)
    return table


def cell(entries: list[Verdict | None]) -> str:
    """`passed/total`, or that the capability is not delivered yet."""
    verdicts = [entry for entry in entries if entry]
    return f"{sum(v.passed for v in verdicts)}/{len(verdicts)}" if verdicts else "not yet"


def print_table(table: Table) -> None:
    """Providers down, kinds across, then the kinds that nobody has yet."""
    kinds = sorted({kind for row in table.values() for kind in row})
    later = [kind for kind in kinds if all(not any(row[kind]) for row in table.values() if kind in row)]
    shown = [kind for kind in kinds if kind not in later]
    widths = [max(len(kind), 7) for kind in shown]
    print(f"{'':28}", *(f"{kind:>{width}}" for kind, width in zip(shown, widths, strict=True)))
    for group, row in table.items():
        cells = (cell(row[kind]) if kind in row else "" for kind in shown)
        print(f"{group:28}", *(f"{text:>{width}}" for text, width in zip(cells, widths, strict=True)))
    if later:
        cases = sum(len(row[kind]) for row in table.values() for kind in later if kind in row)
        print(f"\nnot yet: {', '.join(later)} ({cases} cases)")


def print_failures(failed: Iterable[Verdict]) -> None:
    """Each failing case with its first differences."""
    for verdict in failed:
        mark = "known" if verdict.case.id in known_differences() else "FAIL"
        print(f"\n{mark} {verdict.case.id}")
        for line in verdict.differences[:6]:
            print(f"     {line[:260]}")


def main(argv: Sequence[str] | None = None) -> int:
    """Run, print, and tell by the exit status whether all passed."""
    options = arguments(argv)
    started = time.monotonic()
    table = run(options)
    verdicts = [entry for row in table.values() for entries in row.values() for entry in entries if entry]
    failed = [verdict for verdict in verdicts if not verdict.passed]
    print_table(table)
    if options.failures:
        print_failures(failed)
    known = sum(verdict.case.id in known_differences() for verdict in failed)
    hung = sum(verdict.hung for verdict in failed)
    print(f"\n{len(verdicts)} cases in {time.monotonic() - started:.0f} s, {known} known differences, {hung} hung")
    print(f"{len(verdicts) - len(failed)} passed, {len(failed)} failed")
    return int(len(failed) > known)


if __name__ == "__main__":
    sys.exit(main())
