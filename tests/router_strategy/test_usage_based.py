import pytest
from hypothesis import given
from hypothesis import strategies as st

from litellm.router_strategy.room import has_room
from litellm.router_strategy.usage_based import usage_based
from tests.router_strategy.support import NOW, ask, deployment, group, used, uses


def test_the_fewest_tokens_this_minute() -> None:
    a, b, c = candidates = group("abc")
    uses(a, read=10, written=20)
    uses(b, read=25, written=4)
    uses(c, read=1, written=30)
    assert usage_based()(candidates, ask()) is b


def test_a_new_minute_begins_at_zero() -> None:
    a, b = candidates = group("ab", tpm=100)
    uses(a, read=90)
    assert usage_based()(candidates, ask(input_tokens=20)) is b
    uses(b, read=100)
    assert usage_based()(candidates, ask(input_tokens=20)) is None
    asked = ask(now=NOW + 60, input_tokens=20)
    assert {usage_based()(candidates, asked) for _ in range(50)} == {a, b}


@pytest.mark.parametrize(
    "limits, taken, fits, exceeds",
    [
        ({"rpm": 3}, (2, 0, 0), {}, None),
        ({"tpm": 100}, (0, 40, 40), {"input_tokens": 10, "output_tokens": 10}, {"input_tokens": 21}),
        ({"itpm": 100}, (0, 90, 500), {"input_tokens": 10, "output_tokens": 500}, {"input_tokens": 11}),
        ({"otpm": 100}, (0, 500, 90), {"output_tokens": 10, "input_tokens": 500}, {"output_tokens": 11}),
    ],
)
def test_a_request_must_fit_in_what_is_left_to_the_last_token(limits, taken, fits, exceeds) -> None:
    full = deployment("full", **limits)
    uses(full, *taken)
    assert usage_based()((full,), ask(**fits)) is full
    if exceeds is None:
        full.stats.begin(NOW)
    assert usage_based()((full,), ask(**(exceeds or {}))) is None


def test_the_next_lightest_takes_what_the_lightest_has_no_room_for() -> None:
    small, large = candidates = (deployment("small", tpm=100), deployment("large", tpm=10_000))
    uses(large, read=500)
    assert usage_based()(candidates, ask(input_tokens=101)) is large
    assert usage_based()(candidates, ask(input_tokens=100)) is small


def test_other_processes_count_where_they_know_of_more() -> None:
    a, b = candidates = group("ab", rpm=10)
    uses(a, read=50)
    b.stats.fleet = used(read=100)
    assert usage_based()(candidates, ask()) is a
    a.stats.fleet = used(requests=10)
    assert usage_based()(candidates, ask()) is b
    a.stats.fleet = b.stats.fleet = used(requests=10, read=100, at=NOW - 60)
    assert usage_based()(candidates, ask()) is b


def test_a_limit_of_zero_takes_nothing() -> None:
    assert usage_based()(group("ab", rpm=0), ask()) is None


def test_equals_share_the_draw_and_there_may_be_nobody() -> None:
    choose, asked, candidates = usage_based(), ask(), group("abc")
    assert {choose(candidates, asked).id for _ in range(50)} == {"a", "b", "c"}
    assert choose((), asked) is None


taken = st.tuples(st.integers(0, 4), st.integers(0, 60), st.integers(0, 60))


@given(st.lists(st.tuples(taken, taken), min_size=1, max_size=8), st.integers(0, 60), st.integers(0, 60))
def test_the_chosen_has_room_and_nobody_with_room_used_less(figures, read, written) -> None:
    candidates = group("abcdefgh"[: len(figures)], rpm=4, tpm=120, itpm=80, otpm=80)
    for each, (own, fleet) in zip(candidates, figures, strict=True):
        uses(each, *own)
        each.stats.fleet = used(*fleet)
    asked = ask(input_tokens=read, output_tokens=written)
    roomy = [each for each in candidates if has_room(each, asked)]
    found = usage_based()(candidates, asked)
    assert (found is None) == (not roomy)
    if found is not None:
        assert found in roomy and tokens(found) == min(map(tokens, roomy))


def tokens(each):
    return max(each.stats.window.tokens, each.stats.fleet.tokens)
