import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litellm.router_utils.patterns import Match, Patterns, fill

_TEXT = st.text("ab/-", max_size=6)
_PATTERN = st.text("ab/*", min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("names", "model", "expected"),
    [
        (["*", "openai/*"], "openai/gpt-4o", Match("openai/*", ("gpt-4o",))),
        (["*", "openai/*"], "claude", Match("*", ("claude",))),
        (["openai/*", "openai/gpt-*"], "openai/gpt-4o", Match("openai/gpt-*", ("4o",))),
        (["*-mini"], "gpt-4o-mini", Match("*-mini", ("gpt-4o",))),
        (["*-mini"], "gpt-4o", None),
        (["gpt-4*"], "gpt-4", Match("gpt-4*", ("",))),
        (["bedrock/*/anthropic.*"], "bedrock/us/anthropic.claude", Match("bedrock/*/anthropic.*", ("us", "claude"))),
        (["a*a"], "a", None),
        (["exact"], "exact", None),
        ([], "anything", None),
    ],
)
def test_the_most_specific_pattern_and_what_its_stars_stood_for(
    names: list[str], model: str, expected: Match | None
) -> None:
    assert Patterns(names).match(model) == expected


def test_more_literal_characters_come_first_then_fewer_stars_then_the_name() -> None:
    assert list(Patterns(["*", "b*", "a*", "a*b*", "ab*", "plain"])) == ["ab*", "a*b*", "a*", "b*", "*"]


def test_patterns_without_a_star_are_none() -> None:
    assert not Patterns(["gpt-4o"])
    assert Patterns(["gpt-*"])


@pytest.mark.parametrize(
    ("template", "captured", "expected"),
    [
        ("openai/*", ("gpt-4o",), "openai/gpt-4o"),
        ("*/*", ("us", "claude"), "us/claude"),
        ("azure/*", ("us", "claude"), "azure/us"),
        ("*-*", ("only",), "only-only"),
        ("openai/gpt-4o", ("other",), "openai/gpt-4o"),
        ("openai/*", (), "openai/*"),
    ],
)
def test_captured_text_fills_the_stars_in_turn(template: str, captured: tuple[str, ...], expected: str) -> None:
    assert fill(template, captured) == expected


@given(_PATTERN, _TEXT)
def test_a_match_is_the_one_that_a_regular_expression_would_make(pattern: str, model: str) -> None:
    found = Patterns([pattern]).match(model)
    expected = "*" in pattern and re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), model, re.DOTALL)
    assert bool(found) == bool(expected)


@given(_PATTERN, _TEXT)
def test_filling_a_pattern_with_its_own_captures_gives_the_model(pattern: str, model: str) -> None:
    found = Patterns([pattern]).match(model)
    if found:
        assert fill(found.pattern, found.captured) == model


def test_a_hostile_name_takes_no_longer_than_a_long_one() -> None:
    assert Patterns(["*a" * 30 + "b"]).match("a" * 50_000) is None
