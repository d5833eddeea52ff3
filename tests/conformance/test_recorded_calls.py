"""Recorded calls of LiteLLM 1.x, one test a case file: the bar is 97 % of what is delivered, and no hang."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conformance.bench import Bench, Verdict
from tests.conformance.cases import HERE, delivered, groups, known_differences, load

pytestmark = pytest.mark.conformance
ROOT = Path(__file__).parents[2]
BAR = 0.97


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    with Bench() as bench:
        yield bench


@pytest.mark.parametrize("group", groups())
def test_calls_do_what_was_recorded(group: str, bench: Bench) -> None:
    cases = [case for case in load(HERE / "cases" / f"{group}.json") if delivered(case) and not case.doubt]
    if not cases:
        pytest.skip("not delivered yet")
    verdicts = [bench.run(case) for case in cases]
    assert not [verdict.case.id for verdict in verdicts if verdict.hung]
    mended = [verdict.case.id for verdict in verdicts if verdict.passed and verdict.case.id in known_differences()]
    assert not mended, "listed as known differences, but they pass"
    scored = [verdict for verdict in verdicts if verdict.case.id not in known_differences()]
    failed = [verdict for verdict in scored if not verdict.passed]
    assert len(failed) <= (1 - BAR) * len(scored), report(failed, len(scored))


def report(failed: list[Verdict], total: int) -> str:
    """The failing cases with where they first differ."""
    lines = [f"{verdict.case.id}\n    " + "\n    ".join(verdict.differences[:3]) for verdict in failed[:10]]
    return f"{len(failed)} of {total} calls differ\n" + "\n".join(lines)


def test_every_known_difference_is_decided() -> None:
    known = known_differences()
    ids = {case.id for group in groups() for case in load(HERE / "cases" / f"{group}.json")}
    assert known.keys() <= ids
    assert all(entry["reason"] and (ROOT / entry["decision"]).is_file() for entry in known.values())
    assert len(known) <= (1 - BAR) * len(ids), "explained or not, a difference is one more thing that is not the same"
