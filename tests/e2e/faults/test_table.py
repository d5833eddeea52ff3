"""Every fault, in every form of a call, by every way: what the caller sees, how often upstream is asked, how long."""

import time

import pytest

from tests.e2e.faults.provider import Provider
from tests.e2e.faults.table import FAULTS, HEALTHY, KEY, REFUSALS, WORDS, Fault
from tests.e2e.faults.ways import Seen, Way

SOON = 2.0


def ids(fault: Fault) -> str:
    return fault.group


def check(fault: Fault, seen: Seen) -> None:
    """What the row says of a call that nobody helps."""
    assert (seen.error, seen.status) == (fault.error, fault.status), seen
    assert fault.says in seen.message
    assert KEY not in seen.everything
    assert len(seen.message) < 1000
    assert seen.text == (WORDS if fault.error is None else fault.partial)


@pytest.mark.parametrize("fault", [*FAULTS, *REFUSALS], ids=ids)
def test_alone(fault: Fault, way: Way, faults: Provider) -> None:
    started = time.monotonic()
    seen = way(fault.group, stream=fault.stream)
    assert time.monotonic() - started < SOON
    check(fault, seen)
    assert faults.calls() == [fault.group] * (fault.script is not None)


@pytest.mark.parametrize("fault", [each for each in FAULTS if each.error], ids=ids)
def test_with_a_fallback(fault: Fault, way: Way, faults: Provider) -> None:
    """Until its first token is there, a call may still be answered elsewhere; after it, the break is told."""
    started = time.monotonic()
    seen = way(f"{fault.group}+", stream=fault.stream)
    assert time.monotonic() - started < SOON
    asked = [fault.group] * (fault.script is not None)
    if fault.rescued:
        assert (seen.text, seen.error) == (WORDS, None)
        assert faults.calls() == [*asked, HEALTHY]
    else:
        check(fault, seen)
        assert faults.calls() == asked
