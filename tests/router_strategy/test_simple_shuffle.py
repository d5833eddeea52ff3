from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litellm.router_strategy.simple_shuffle import simple_shuffle
from tests.router_strategy.support import ask, deployment, group

PICKS = 100_000


def shares(candidates, picks=PICKS):
    choose, asked = simple_shuffle(), ask(rng=Random(11))
    drawn = Counter(choose(candidates, asked).id for _ in range(picks))
    return {name: count / picks for name, count in drawn.items()}


def test_draws_by_weight() -> None:
    candidates = (deployment("a", weight=5), deployment("b", weight=3), deployment("c", weight=2))
    found = shares(candidates)
    assert found == {name: pytest.approx(due, rel=0.01) for name, due in (("a", 0.5), ("b", 0.3), ("c", 0.2))}


@pytest.mark.parametrize("metric", ["rpm", "tpm"])
def test_draws_by_limits_where_nobody_has_a_weight(metric) -> None:
    candidates = (deployment("a", **{metric: 900}), deployment("b", **{metric: 100}), deployment("c"))
    assert shares(candidates) == {"a": pytest.approx(0.9, rel=0.01), "b": pytest.approx(0.1, rel=0.03)}


def test_the_first_metric_that_anyone_has_decides_alone() -> None:
    candidates = (deployment("a", weight=1, tpm=1), deployment("b", rpm=1000, tpm=1000))
    assert shares(candidates, 1000) == {"a": 1.0}


def test_a_metric_of_nothing_but_zeros_is_none() -> None:
    candidates = (deployment("a", weight=0, rpm=1), deployment("b", weight=0, rpm=3))
    assert shares(candidates) == {"a": pytest.approx(0.25, rel=0.03), "b": pytest.approx(0.75, rel=0.01)}


@pytest.mark.parametrize("weight", [None, 0])
def test_all_are_as_likely_without_a_metric(weight) -> None:
    found = shares(group("abcd", weight=weight))
    assert found == {name: pytest.approx(0.25, rel=0.03) for name in "abcd"}


def test_there_may_be_nobody() -> None:
    assert simple_shuffle()((), ask()) is None


def test_a_changed_list_is_read_anew() -> None:
    choose, candidates = simple_shuffle(), [deployment("a", weight=1)]
    assert choose(candidates, ask()).id == "a"
    candidates[0] = deployment("b", weight=1)
    assert choose(candidates, ask()).id == "b"


class Fixed(Random):
    def __init__(self, value):
        super().__init__()
        self.value = value

    def random(self):
        return self.value


weights = st.lists(st.one_of(st.just(0.0), st.floats(1e-9, 1e9)), min_size=1, max_size=20)


@given(weights, st.floats(0, 1, exclude_max=True))
def test_whatever_is_drawn_has_a_share(given_weights, drawn) -> None:
    candidates = tuple(deployment(str(number), weight=weight) for number, weight in enumerate(given_weights))
    found = simple_shuffle()(candidates, ask(rng=Fixed(drawn)))
    assert found in candidates and (found.weight or not any(given_weights))


@given(weights)
def test_the_ends_of_the_draw_are_the_first_and_last_with_a_share(given_weights) -> None:
    candidates = tuple(deployment(str(number), weight=weight) for number, weight in enumerate(given_weights))
    kept = [each for each in candidates if each.weight] or candidates
    choose = simple_shuffle()
    assert choose(candidates, ask(rng=Fixed(0.0))) is kept[0]
    heaviest_last = kept[-1].weight == max(each.weight for each in kept)
    if heaviest_last:
        assert choose(candidates, ask(rng=Fixed(1 - 2**-53))) is kept[-1]


def test_a_draw_that_rounds_up_to_the_whole_is_the_last() -> None:
    candidates = group("a", weight=5e-324)
    assert simple_shuffle()(candidates, ask(rng=Fixed(1 - 2**-53))) is candidates[0]
