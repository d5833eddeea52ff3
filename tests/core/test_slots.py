"""Places are given out in order, and to those who still wait."""

import pytest

from litellm.core.slots import Slots


class Waiter:
    """Somebody who notes when it is woken; one that left says so."""

    def __init__(self, order: list[str], name: str, *, here: bool = True) -> None:
        self.order, self.name, self.here = order, name, here

    def __call__(self) -> bool:
        if self.here:
            self.order.append(self.name)
        return self.here


def test_no_more_than_the_limit_are_taken() -> None:
    slots = Slots(2)
    assert [slots.take() for _ in range(3)] == [True, True, False]
    assert slots.free == 0


def test_who_waits_is_woken_in_order_and_holds_the_place() -> None:
    slots, order = Slots(1), list[str]()
    assert slots.take()
    assert not any(slots.take_later(Waiter(order, name)) for name in "abc")
    slots.release()
    slots.release()
    assert order == ["a", "b"]
    assert slots.free == 0 and not slots.take()
    slots.release()
    assert order == ["a", "b", "c"]
    slots.release()
    assert slots.free == 1


def test_a_place_passes_over_those_who_left() -> None:
    slots, order = Slots(1), list[str]()
    slots.take()
    for waiter in (Waiter(order, "gone", here=False), Waiter(order, "b"), Waiter(order, "gone too", here=False)):
        slots.take_later(waiter)
    slots.release()
    assert order == ["b"]
    slots.release()
    assert slots.free == 1


@pytest.mark.parametrize("free", [True, False])
def test_asking_later_takes_what_is_free(free: bool) -> None:
    slots = Slots(1)
    if not free:
        slots.take()
    assert slots.take_later(Waiter([], "a")) is free
