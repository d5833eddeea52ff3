from litellm.router_strategy.remembered import Remembered
from tests.router_strategy.support import group


def test_the_same_tuple_is_read_once() -> None:
    seen = []
    remembered = Remembered(lambda candidates: seen.append(candidates) or len(seen))
    first, equal = group("ab"), group("ab")
    assert [remembered.of(first), remembered.of(first), remembered.of(equal), remembered.of(first)] == [1, 1, 2, 1]
    remembered.forget()
    assert remembered.of(first) == 3


def test_a_list_may_change_and_is_read_every_time() -> None:
    remembered = Remembered(len)
    candidates = list(group("ab"))
    assert remembered.of(candidates) == 2
    candidates.pop()
    assert remembered.of(candidates) == 1


def test_tuples_that_come_once_do_not_pile_up() -> None:
    remembered = Remembered(lambda candidates: [each.id for each in candidates])
    for _ in range(1000):
        assert remembered.of(group("ab")) == ["a", "b"]
    assert len(remembered._known) <= 64
