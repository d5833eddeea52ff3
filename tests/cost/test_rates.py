"""Which of an entry's prices applies."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from litellm.cost.rates import Rates

TIERED = {
    "input_cost_per_token": 2e-6,
    "input_cost_per_token_above_200k_tokens": 4e-6,
    "input_cost_per_token_above_272k_tokens": 6e-6,
    "output_cost_per_token": 1e-5,
    "output_cost_per_token_above_200k_tokens": 1.5e-5,
    "cache_read_input_token_cost": 2e-7,
    "output_cost_per_reasoning_token": 2e-5,
}


def price(entry: dict[str, Any], name: str, **call: Any) -> float | None:
    found = Rates(entry, **call).price(name)
    return None if found is None else float(found)


@pytest.mark.parametrize(
    ("tokens", "expected"), [(0, 2e-6), (200_000, 2e-6), (200_001, 4e-6), (272_000, 4e-6), (272_001, 6e-6)]
)
def test_a_crossed_threshold_reprices_every_token(tokens: int, expected: float) -> None:
    assert price(TIERED, "input_cost_per_token", prompt_tokens=tokens) == expected


def test_prices_without_a_tier_of_their_own_follow_their_side() -> None:
    assert price(TIERED, "cache_read_input_token_cost", prompt_tokens=250_000) == 4e-7
    assert price(TIERED, "output_cost_per_reasoning_token", prompt_tokens=250_000) == 3e-5
    assert price(TIERED, "output_cost_per_token", prompt_tokens=300_000) == 1.5e-5


def test_the_first_name_with_a_price_wins_even_at_zero() -> None:
    rates = Rates({"input_cost_per_token": 1e-6, "cache_read_input_token_cost": 0.0})
    assert rates.price("cache_read_input_token_cost", "input_cost_per_token") == 0
    assert rates.price("input_cost_per_audio_token", "input_cost_per_token") == Decimal("0.000001")
    assert rates.price("input_cost_per_audio_token") is None


SERVED = {
    "input_cost_per_token": 2e-6,
    "input_cost_per_token_flex": 1e-6,
    "input_cost_per_token_priority": 4e-6,
    "input_cost_per_token_above_200k_tokens": 3e-6,
    "input_cost_per_token_above_200k_tokens_flex": 1.25e-6,
    "output_cost_per_token": 8e-6,
    "output_cost_per_token_ultrafast": 8e-5,
    "input_cost_per_audio_token": 6e-6,
    "input_cost_per_query": 0.25,
}


@pytest.mark.parametrize(
    ("tier", "expected"),
    [(None, 2e-6), ("default", 2e-6), ("auto", 2e-6), ("flex", 1e-6), ("FLEX", 1e-6), ("priority", 4e-6)],
)
def test_a_service_tier_has_its_own_price(tier: str | None, expected: float) -> None:
    assert price(SERVED, "input_cost_per_token", service_tier=tier) == expected


def test_a_service_tier_without_a_price_is_standard() -> None:
    assert price(SERVED, "output_cost_per_token", service_tier="priority") == 8e-6
    assert price(SERVED, "output_cost_per_token", service_tier="ultrafast") == 8e-5
    assert price(SERVED, "input_cost_per_query", service_tier="flex") == 0.25


def test_audio_follows_its_sides_service_tier() -> None:
    assert price(SERVED, "input_cost_per_audio_token", service_tier="flex") == 3e-6
    assert price(SERVED, "input_cost_per_audio_token", service_tier="priority") == 1.2e-5


def test_long_prompts_in_a_service_tier() -> None:
    assert price(SERVED, "input_cost_per_token", service_tier="flex", prompt_tokens=300_000) == 1.25e-6
    assert price(SERVED, "input_cost_per_token", service_tier="priority", prompt_tokens=300_000) == 3e-6


def test_a_batch_is_half_price_unless_the_entry_says_otherwise() -> None:
    assert price(SERVED, "input_cost_per_token", service_tier="batch") == 1e-6
    assert price(SERVED, "input_cost_per_token", service_tier="batches", prompt_tokens=300_000) == 1.5e-6
    own = {"input_cost_per_token": 2e-6, "input_cost_per_token_batches": 1.9e-6}
    assert price(own, "input_cost_per_token", service_tier="batch") == 1.9e-6


BY_LENGTH = {
    "tiered_pricing": [
        {"range": [0, 32000], "input_cost_per_token": 1e-6, "output_cost_per_token": 2e-6},
        {"range": [32000, 128000], "input_cost_per_token": 3e-6, "output_cost_per_token": 4e-6},
    ]
}


@pytest.mark.parametrize(("tokens", "expected"), [(1, 1e-6), (32000, 1e-6), (32001, 3e-6), (999_999, 3e-6)])
def test_a_list_of_tiers_prices_the_whole_prompt(tokens: int, expected: float) -> None:
    assert price(BY_LENGTH, "input_cost_per_token", prompt_tokens=tokens) == expected


NIGHTLY = {
    "input_cost_per_token": 2e-6,
    "output_cost_per_token": 4e-6,
    "off_peak_pricing": {
        "input_cost_per_token": 1e-6,
        "windows": [
            {"hours_utc": ["16:30-00:30"], "weekdays": [1, 2, 3, 4, 5]},
            {"hours_utc": "00:00-00:00", "weekdays": ["saturday", "Sunday"]},
        ],
    },
}


@pytest.mark.parametrize(
    ("moment", "off_peak"),
    [
        ("2026-11-23T16:29", False),  # a Monday
        ("2026-11-23T16:30", True),
        ("2026-11-24T00:29", True),
        ("2026-11-24T00:30", False),
        ("2026-11-28T12:00", True),  # a Saturday
        ("2026-11-30T00:10", False),  # a Monday: its night began on Sunday
    ],
)
def test_off_peak_hours(moment: str, off_peak: bool) -> None:
    at = datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp()
    assert price(NIGHTLY, "input_cost_per_token", at=at) == (1e-6 if off_peak else 2e-6)
    assert price(NIGHTLY, "output_cost_per_token", at=at) == 4e-6


def test_off_peak_hours_never_make_a_call_dearer() -> None:
    reseller = {**NIGHTLY, "input_cost_per_token": 5e-7}
    at = datetime(2026, 11, 28, 12, tzinfo=UTC).timestamp()
    assert price(reseller, "input_cost_per_token", at=at) == 5e-7


def test_without_a_time_the_peak_price_holds() -> None:
    assert price(NIGHTLY, "input_cost_per_token") == 2e-6
