"""Who is next in a group's queue."""

from typing import Any

import pytest

from litellm.router_utils.scheduler import Scheduler


def test_lower_priorities_come_first_then_who_came_first() -> None:
    scheduler = Scheduler()
    with scheduler.place("g", 5) as early:
        assert early.is_first()
        with scheduler.place("g", 5) as late, scheduler.place("g", 0) as urgent:
            assert [place.is_first() for place in (early, late, urgent)] == [False, False, True]
        assert early.is_first()


def test_who_leaves_from_the_middle_is_passed_over() -> None:
    scheduler = Scheduler()
    first = scheduler.place("g", 1)
    first.__enter__()
    middle = scheduler.place("g", 2)
    middle.__enter__()
    with scheduler.place("g", 3) as last:
        middle.__exit__(None, None, None)
        assert not last.is_first()
        first.__exit__(None, None, None)
        assert last.is_first()
    assert scheduler.first("g") is None


def test_groups_wait_apart() -> None:
    scheduler = Scheduler()
    with scheduler.place("a", 0) as one, scheduler.place("b", 255) as other:
        assert one.is_first() and other.is_first()


@pytest.mark.parametrize("wrong", [-1, 256, True, "high", 1.5])
def test_a_priority_is_a_number_up_to_255(wrong: Any) -> None:
    with pytest.raises(ValueError, match="from 0"), Scheduler().place("g", wrong):
        pass
