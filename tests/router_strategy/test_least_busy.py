from hypothesis import given
from hypothesis import strategies as st

from litellm.router_strategy.least_busy import least_busy
from tests.router_strategy.support import NOW, ask, group


def test_the_fewest_in_flight_is_chosen_as_requests_begin_and_end() -> None:
    a, b = candidates = group("ab")
    choose = least_busy()
    a.stats.begin(NOW)
    assert choose(candidates, ask()) is b
    b.stats.begin(NOW)
    b.stats.begin(NOW)
    assert choose(candidates, ask()) is a
    for _ in range(2):
        b.stats.settle(NOW, NOW, input_tokens=0, output_tokens=0)
    assert choose(candidates, ask()) is b


def test_equals_share_the_draw() -> None:
    candidates, choose, asked = group("abc"), least_busy(), ask()
    candidates[0].stats.begin(NOW)
    assert {choose(candidates, asked).id for _ in range(50)} == {"b", "c"}


def test_other_processes_count() -> None:
    a, b = candidates = group("ab")
    a.stats.fleet_in_flight = 3
    b.stats.begin(NOW)
    assert least_busy()(candidates, ask()) is b


def test_there_may_be_nobody() -> None:
    assert least_busy()((), ask()) is None


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=10))
def test_nobody_is_less_busy_than_the_chosen(loads) -> None:
    candidates = group("abcdefghij"[: len(loads)])
    for each, (own, fleet) in zip(candidates, loads, strict=True):
        each.stats.in_flight, each.stats.fleet_in_flight = own, fleet
    found = least_busy()(candidates, ask()).stats
    assert max(found.in_flight, found.fleet_in_flight) == min(max(pair) for pair in loads)
