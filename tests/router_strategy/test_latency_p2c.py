from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litellm.router_strategy.latency_p2c import STALE_SECONDS, cost, latency_p2c
from tests.router_strategy.support import NOW, answered, ask, deployment, group


def counted(candidates, picks=2000, **fields):
    choose, asked = latency_p2c(), ask(**fields)
    return Counter(choose(candidates, asked).id for _ in range(picks))


def test_the_faster_of_two() -> None:
    a, b = candidates = group("ab")
    answered(a, 1.0)
    answered(b, 2.0)
    assert counted(candidates) == {"a": 2000}


def test_load_weighs_as_much_as_latency() -> None:
    a, b = candidates = group("ab")
    answered(a, 1.0)
    answered(b, 2.5)
    a.stats.in_flight = 1
    assert counted(candidates) == {"a": 2000}
    a.stats.in_flight = 2
    assert counted(candidates) == {"b": 2000}
    b.stats.fleet_in_flight = 1
    assert counted(candidates) == {"a": 2000}


def test_among_many_only_the_worst_is_left_out() -> None:
    candidates = group("abc")
    for each, seconds in zip(candidates, (1.0, 2.0, 3.0), strict=True):
        answered(each, seconds)
    found = counted(candidates, 9000)
    assert found == {"a": pytest.approx(6000, rel=0.05), "b": pytest.approx(3000, rel=0.1)}


def test_a_slow_answer_counts_at_once() -> None:
    a, b = candidates = group("ab")
    answered(a, 1.0)
    answered(b, 2.0)
    answered(a, 30.0)
    assert counted(candidates) == {"b": 2000}


def test_what_nobody_measured_is_tried_with_one_request_at_a_time() -> None:
    a, b = candidates = group("ab")
    answered(a, 0.01)
    assert counted(candidates) == {"b": 2000}
    b.stats.begin(NOW)
    a.stats.in_flight = 50
    assert counted(candidates) == {"a": 2000}


def test_the_unmeasured_share_a_burst() -> None:
    candidates, choose, asked = group("abcd"), latency_p2c(), ask()
    for _ in range(40):
        choose(candidates, asked).stats.begin(NOW)
    assert max(each.stats.in_flight for each in candidates) - min(each.stats.in_flight for each in candidates) <= 2


def test_one_that_just_failed_is_avoided_until_it_is_forgiven() -> None:
    a, b = candidates = group("ab")
    answered(a, 0.5)
    answered(b, 1.0)
    a.stats.failed(NOW)
    assert counted(candidates) == {"b": 2000}
    assert counted(candidates, now=NOW + 20) == {"b": 2000}
    later = counted(candidates, now=NOW + 60)
    assert later["a"] > 1800
    answered(a, 0.5)
    assert counted(candidates) == {"a": 2000}


def test_more_failures_cost_more_and_an_unmeasured_one_pays_too() -> None:
    a, b = group("ab")
    a.stats.failed(NOW)
    assert cost(a.stats, NOW) > cost(b.stats, NOW) == 0
    before = cost(a.stats, NOW)
    a.stats.failed(NOW)
    assert cost(a.stats, NOW) > before
    assert cost(a.stats, NOW + 5) < cost(a.stats, NOW)


def test_a_stale_idle_one_is_asked_now_and_then() -> None:
    a, b = candidates = group("ab")
    answered(a, 1.0)
    answered(b, 9.0)
    assert counted(candidates, now=NOW + STALE_SECONDS) == {"a": 2000}
    found = counted(candidates, now=NOW + STALE_SECONDS + 1)
    assert 20 < found["b"] < 120
    b.stats.begin(NOW)
    assert counted(candidates, now=NOW + STALE_SECONDS + 1) == {"a": 2000}


def test_one_that_fails_is_never_asked_for_being_stale() -> None:
    a, b = candidates = group("ab")
    answered(a, 1.0)
    answered(b, 9.0)
    b.stats.failed(NOW)
    assert counted(candidates, now=NOW + STALE_SECONDS + 1) == {"a": 2000}


def test_those_without_room_are_not_drawn() -> None:
    a, b, c = candidates = (deployment("a", rpm=0), deployment("b"), deployment("c"))
    answered(a, 0.1)
    answered(b, 1.0)
    answered(c, 2.0)
    assert counted(candidates) == {"b": 2000}
    assert counted((a, b)) == {"b": 2000}
    assert latency_p2c()((a,), ask()) is None
    assert latency_p2c()((a, a), ask()) is None


def test_there_may_be_one_or_nobody() -> None:
    (a,) = candidates = group("a")
    assert latency_p2c()(candidates, ask()) is a
    assert latency_p2c()((), ask()) is None


@given(st.lists(st.tuples(st.floats(0.01, 10), st.integers(0, 9), st.booleans()), max_size=8), st.integers())
def test_the_chosen_has_room_and_is_never_the_dearest_of_all(figures, seed) -> None:
    candidates = tuple(deployment(str(n), rpm=None if roomy else 0) for n, (_, _, roomy) in enumerate(figures))
    for each, (seconds, load, _) in zip(candidates, figures, strict=True):
        answered(each, seconds)
        each.stats.in_flight = load
    asked = ask()
    asked.rng.seed(seed)
    found = latency_p2c()(candidates, asked)
    costs = sorted(cost(each.stats, NOW) for each in candidates if each.rpm is None)
    if not costs:
        assert found is None
    else:
        assert found.rpm is None and cost(found.stats, NOW) <= costs[max(0, len(costs) - 2)]
