import pytest
from hypothesis import given
from hypothesis import strategies as st

from litellm.router_strategy.latency_based import FAILING_SECONDS, latency_based
from tests.router_strategy.support import NOW, answered, ask, deployment, group, uses


def drawn(choose, candidates, **fields):
    asked = ask(**fields)
    return {found.id for _ in range(60) if (found := choose(candidates, asked)) is not None}


def test_the_fewest_seconds_a_token() -> None:
    a, b = candidates = group("ab")
    a.stats.succeeded(NOW, seconds=2.0, output_tokens=10)
    b.stats.succeeded(NOW, seconds=3.0, output_tokens=100)
    assert drawn(latency_based(), candidates) == {"b"}


def test_a_stream_is_judged_by_its_first_token() -> None:
    a, b = candidates = group("ab")
    a.stats.succeeded(NOW, seconds=1.0, output_tokens=10, first_token=0.9)
    b.stats.succeeded(NOW, seconds=9.0, output_tokens=10, first_token=0.1)
    assert drawn(latency_based(), candidates) == {"a"}
    assert drawn(latency_based(), candidates, stream=True) == {"b"}


def test_only_the_last_samples_count() -> None:
    a, b = candidates = group("ab")
    choose = latency_based(size=2)
    choose(candidates, ask())
    answered(a, 9.0, 1.0, 1.0)
    answered(b, 1.5, 1.5, 1.5)
    assert drawn(choose, candidates) == {"a"}
    assert drawn(latency_based(size=10), candidates) == {"a"}


def test_more_samples_than_usual_can_be_kept() -> None:
    a, b = candidates = group("ab")
    choose = latency_based(size=20)
    choose(candidates, ask())
    answered(a, *[9.0] * 10, *[1.0] * 10)
    answered(b, *[3.0] * 20)
    assert drawn(choose, candidates) == {"b"}


@pytest.mark.parametrize("buffer, found", [(0.0, {"a"}), (0.1, {"a", "b"}), (0.5, {"a", "b", "c"})])
def test_whoever_is_within_the_buffer_is_as_good(buffer, found) -> None:
    candidates = group("abcd")
    for each, seconds in zip(candidates, (1.0, 1.1, 1.5, 1.6), strict=True):
        answered(each, seconds)
    assert drawn(latency_based(buffer=buffer), candidates) == found


def test_a_percentile_forgives_or_punishes_a_rare_slow_answer() -> None:
    a, b = candidates = group("ab")
    answered(a, *[1.0] * 9, 100.0)
    answered(b, *[2.0] * 10)
    assert drawn(latency_based(), candidates) == {"b"}
    assert drawn(latency_based(percentile=50), candidates) == {"a"}
    assert drawn(latency_based(percentile=90), candidates) == {"a"}
    assert drawn(latency_based(percentile=95), candidates) == {"b"}
    answered(a, *[50.0] * 5)
    assert drawn(latency_based(percentile=50), candidates) == {"b"}


def test_those_without_samples_are_tried_first_one_request_at_a_time() -> None:
    a, b = candidates = group("ab")
    answered(a, 0.001)
    assert drawn(latency_based(), candidates) == {"b"}
    b.stats.begin(NOW)
    assert drawn(latency_based(), candidates) == {"a"}
    assert drawn(latency_based(), (b,)) == {"b"}


def test_samples_of_whole_answers_tell_nothing_of_streams() -> None:
    a, b = candidates = group("ab")
    answered(a, 0.001)
    b.stats.succeeded(NOW, seconds=5.0, output_tokens=1)
    assert drawn(latency_based(), candidates) == {"a"}
    assert drawn(latency_based(), candidates, stream=True) == {"b"}


def test_one_that_keeps_failing_is_not_tried_first() -> None:
    a, b = candidates = group("ab")
    answered(a, 1.0)
    b.stats.failed(NOW)
    assert drawn(latency_based(), candidates) == {"a"}
    assert drawn(latency_based(), candidates, now=NOW + FAILING_SECONDS) == {"b"}
    assert drawn(latency_based(), (b,)) == {"b"}
    c = deployment("c")
    c.stats.begin(NOW)
    assert drawn(latency_based(), (b, c)) == {"c"}


def test_old_samples_count_for_nothing() -> None:
    a, b = candidates = group("ab")
    answered(a, 1.0, at=NOW - 100)
    answered(b, 0.5)
    assert drawn(latency_based(ttl=100), candidates) == {"b"}
    assert drawn(latency_based(ttl=99), candidates) == {"a"}
    answered(a, 5.0)
    assert drawn(latency_based(ttl=99), candidates) == {"b"}


def test_a_penalty_is_a_slow_answer() -> None:
    a, b = candidates = group("ab")
    answered(a, 1.0)
    answered(b, 2.0)
    a.stats.failed(NOW, penalty=1000.0)
    assert drawn(latency_based(), candidates) == {"b"}
    assert drawn(latency_based(), candidates, stream=True) == {"b"}


def test_the_next_fastest_takes_what_the_fastest_has_no_room_for() -> None:
    a, b, c = candidates = (deployment("a", rpm=1), deployment("b", tpm=100), deployment("c"))
    answered(a, 1.0)
    answered(b, 2.0)
    answered(c, 3.0)
    assert drawn(latency_based(), candidates, input_tokens=100) == {"a"}
    uses(a, requests=1)
    assert drawn(latency_based(), candidates, input_tokens=100) == {"b"}
    assert drawn(latency_based(), candidates, input_tokens=101) == {"c"}
    assert latency_based()((a,), ask()) is None


def test_the_fastest_with_room_sets_the_buffer() -> None:
    a, b, c = candidates = (deployment("a", rpm=0), deployment("b"), deployment("c"))
    answered(a, 1.0)
    answered(b, 2.0)
    answered(c, 2.1)
    assert drawn(latency_based(buffer=0.1), candidates) == {"b", "c"}


def test_the_untried_without_room_leave_it_to_the_others() -> None:
    a, b = candidates = (deployment("a", rpm=0), deployment("b"))
    answered(b, 1.0)
    assert drawn(latency_based(), candidates) == {"b"}


def test_there_may_be_nobody() -> None:
    assert latency_based()((), ask()) is None


@given(st.lists(st.tuples(st.floats(0.001, 10), st.booleans()), min_size=1, max_size=8), st.floats(0, 2))
def test_the_chosen_has_room_and_is_within_the_buffer_of_the_fastest_that_has(figures, buffer) -> None:
    candidates = tuple(deployment(str(n), rpm=None if roomy else 0) for n, (_, roomy) in enumerate(figures))
    for each, (seconds, _) in zip(candidates, figures, strict=True):
        answered(each, seconds)
    times = [seconds for seconds, roomy in figures if roomy]
    found = latency_based(buffer=buffer)(candidates, ask())
    if not times:
        assert found is None
    else:
        assert found.rpm is None and found.stats.latency.value <= min(times) * (1 + buffer)
