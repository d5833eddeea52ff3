"""When a second attempt joins, how many may, and which requests never have one."""

from typing import Any

import pytest

from litellm.router_utils.hedging import (
    FREE_HEDGES,
    MOST_MEDIANS,
    USUAL_MEDIANS,
    count_request,
    delay_for,
    may_be_doubled,
    take_hedge,
)
from litellm.router_utils.settings import HedgeSettings
from litellm.router_utils.state import GroupFigures

P95 = HedgeSettings(delay="p95")


def test_a_delay_in_seconds_is_that() -> None:
    assert delay_for(HedgeSettings(delay=2.5), GroupFigures(), stream=False) == 2.5


def times(*seconds: float) -> GroupFigures:
    figures = GroupFigures()
    for each in seconds:
        figures.first_tokens.add(each)
    return figures


def test_nobody_knows_what_is_slow_before_there_were_answers() -> None:
    assert delay_for(P95, times(), stream=True) is None
    assert delay_for(P95, times(*[1.0] * 9), stream=False) is None


def test_few_answers_tell_only_their_median() -> None:
    assert delay_for(P95, times(*[1.0] * 8, 9.0), stream=True) == USUAL_MEDIANS


def test_a_quantile_counts_up_to_so_many_medians() -> None:
    assert delay_for(P95, times(*[1.0] * 60, *[2.0] * 20), stream=True) == 2.0
    assert delay_for(P95, times(*[1.0] * 60, *[100.0] * 20), stream=True) == MOST_MEDIANS


def test_hedges_stay_within_their_share() -> None:
    figures, settings = GroupFigures(), HedgeSettings(max_percent=10)
    assert sum(take_hedge(settings, figures) for _ in range(50)) == FREE_HEDGES
    for _ in range(100):
        count_request(figures)
    assert sum(take_hedge(settings, figures) for _ in range(50)) == 10


def test_the_past_counts_ever_less() -> None:
    figures = GroupFigures()
    figures.hedged = 100
    for _ in range(1001):
        count_request(figures)
    assert (figures.hedged, figures.requests) == (50, 500.5)


@pytest.mark.parametrize(
    ("params", "may"),
    [
        ({}, True),
        ({"store": False, "tools": []}, True),
        ({"tools": [{"type": "function", "function": {"name": "f"}}]}, True),
        ({"store": True}, False),
        ({"web_search_options": {}}, False),
        ({"tools": [{"type": "function"}, {"type": "code_interpreter"}]}, False),
    ],
)
def test_only_what_does_no_more_than_answer_is_doubled(params: Any, may: bool) -> None:
    assert may_be_doubled(params) is may
