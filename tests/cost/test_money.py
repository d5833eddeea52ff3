"""Money adds up: one rounding for a total, and parts that sum to it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litellm.cost.money import Line, bill, decimal, nanos, share_out

dollars = st.decimals(min_value=-1000, max_value=1000, places=15, allow_nan=False)
lines = st.builds(
    Line,
    kind=st.just("input"),
    side=st.just("input"),
    quantity=st.integers(-10_000_000, 10_000_000).map(Decimal),
    rate=st.decimals(min_value=0, max_value=1, places=12, allow_nan=False),
)


@given(st.lists(dollars))
def test_parts_sum_to_the_total_which_is_rounded_once(amounts: list[Decimal]) -> None:
    total, parts = share_out(amounts)
    assert sum(parts) == total == nanos(sum(amounts, Decimal(0)))


@given(st.lists(dollars, min_size=1))
def test_no_part_is_off_by_a_whole_nano_dollar(amounts: list[Decimal]) -> None:
    _, parts = share_out(amounts)
    assert all(abs(part - amount * 10**9) < 1 for part, amount in zip(parts, amounts, strict=True))


@given(st.lists(lines))
def test_a_bill_sums_to_its_total(made: list[Line]) -> None:
    result = bill(made, model="m", provider="p", price_source="custom")
    assert sum(part.nanos for part in result.parts) == result.total_nanos
    assert abs(result.dollars * 10**9 - result.total_nanos) <= Decimal("0.5")


@pytest.mark.parametrize(("text", "rounded"), [("0.5", 0), ("1.5", 2), ("2.5", 2), ("2.500001", 3), ("-0.5", 0)])
def test_halves_go_to_the_even_nano_dollar(text: str, rounded: int) -> None:
    assert nanos(Decimal(text) / 10**9) == rounded


@pytest.mark.parametrize(
    ("price", "exact"), [(2.5e-06, "0.0000025"), (0.1, "0.1"), (3, "3"), ("1.10", "1.10"), (Decimal("7"), "7")]
)
def test_a_price_is_the_decimal_that_its_text_names(price: float, exact: str) -> None:
    assert decimal(price) == Decimal(exact)
