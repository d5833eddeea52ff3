"""Exact money: decimals in, integer nano-dollars out, parts that add up to their total."""

from collections.abc import Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from functools import lru_cache
from typing import Literal

import msgspec

NANO = Decimal(10) ** 9
ZERO = Decimal(0)

Side = Literal["input", "output", "tool", "adjustment"]


class Line(msgspec.Struct, frozen=True):
    """`quantity` of one thing at `rate` dollars each."""

    kind: str
    side: Side
    quantity: Decimal
    rate: Decimal

    @property
    def amount(self) -> Decimal:
        """The exact price of this line in dollars."""
        return self.quantity * self.rate


class Part(msgspec.Struct, frozen=True):
    """One line of a bill: what, how much of it, dollars each, and its share of the total in nano-dollars."""

    kind: str
    side: Side
    quantity: float
    rate: float
    nanos: int


class CostBreakdown(msgspec.Struct, frozen=True):
    """A bill: `total_nanos` is rounded once, half to even, and `parts` add up to it exactly.

    `price_source` says where the rates came from: `map:<key>`, `custom`, `provider` (upstream named the price), or
    `unpriced:<key>` when the map lists the model without a price. `dollars` is the exact total before rounding.
    """

    model: str
    provider: str
    price_source: str
    parts: tuple[Part, ...]
    total_nanos: int
    dollars: Decimal


def decimal(value: float | str | Decimal) -> Decimal:
    """Turn a price or a count into the decimal that its shortest text names: `2.5e-06` is exactly 0.0000025."""
    return exact(value) if isinstance(value, float) else Decimal(value)


@lru_cache(maxsize=4096)
def exact(value: float) -> Decimal:
    """The decimal that a price's shortest text names."""
    return Decimal(repr(value))


def nanos(dollars: Decimal) -> int:
    """Round dollars to whole nano-dollars, half to even."""
    return int((dollars * NANO).to_integral_value(ROUND_HALF_EVEN))


def share_out(amounts: Sequence[Decimal]) -> tuple[int, list[int]]:
    """Round the sum of `amounts` once and split it over them, the largest remainders first.

    >>> share_out([Decimal("0.0000000004")] * 3)
    (1, [1, 0, 0])
    """
    total = nanos(sum(amounts, ZERO))
    exact = [amount * NANO for amount in amounts]
    floors = [int(value.to_integral_value(ROUND_FLOOR)) for value in exact]
    left = total - sum(floors)
    by_remainder = sorted(range(len(exact)), key=lambda at: floors[at] - exact[at])
    for at in by_remainder[:left]:
        floors[at] += 1
    return total, floors


def total_of(lines: Sequence[Line]) -> Decimal:
    """Add up lines, exactly."""
    return sum((line.amount for line in lines), ZERO)


def bill(lines: Sequence[Line], *, model: str, provider: str, price_source: str) -> CostBreakdown:
    """Make the bill of `lines`."""
    total, shares = share_out([line.amount for line in lines])
    parts = tuple(
        Part(line.kind, line.side, float(line.quantity), float(line.rate), share)
        for line, share in zip(lines, shares, strict=True)
    )
    return CostBreakdown(model, provider, price_source, parts, total, total_of(lines))
