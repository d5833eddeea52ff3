"""What changes a bill after its lines are known: places and speeds, then discounts, then margins."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import msgspec

from litellm.cost.money import ZERO, Line, decimal, total_of
from litellm.cost.rates import Rates

_ONE = Decimal(1)
_EVERYONE = "global"

Margin = float | Mapping[str, float]


def multiplied(
    lines: Sequence[Line], rates: Rates, *, modifiers: Sequence[str], region: str | None, residency: str | None
) -> list[Line]:
    """Apply the entry's own multipliers: for a named geography or speed, a regional endpoint, a region of the data."""
    factor = _ONE
    for modifier in dict.fromkeys(modifiers):
        factor *= _number(rates.entry.get("provider_specific_entry") or {}, modifier)
    if region and region != _EVERYONE:
        factor *= _number(rates.entry, "regional_endpoint_uplift_multiplier")
    if residency:
        factor *= _number(rates.entry, f"regional_processing_uplift_multiplier_{residency}")
    if factor == _ONE:
        return list(lines)
    return [msgspec.structs.replace(line, rate=line.rate * factor) for line in lines]


def _number(source: Mapping[str, Any], name: str) -> Decimal:
    value = source.get(name)
    return decimal(value) if isinstance(value, (int, float)) else _ONE


def adjusted(
    lines: Sequence[Line], provider: str, discounts: Mapping[str, float], margins: Mapping[str, Margin]
) -> list[Line]:
    """Add a provider's discount, then the margin on what is left.

    Arguments:
        discounts: `{provider: fraction}`; 0.05 is five percent less.
        margins: `{provider or "global": fraction}` or `{"percentage": fraction, "fixed_amount": dollars}`.
    """
    result = list(lines)
    if discount := discounts.get(provider):
        result.append(Line("discount", "adjustment", -total_of(result), decimal(discount)))
    margin = margins.get(provider, margins.get(_EVERYONE))
    if margin is not None:
        result.extend(_margin_lines(total_of(result), margin))
    return result


def _margin_lines(base: Decimal, margin: Margin) -> list[Line]:
    if isinstance(margin, Mapping):
        fraction, fixed = decimal(margin.get("percentage") or 0), decimal(margin.get("fixed_amount") or 0)
    else:
        fraction, fixed = decimal(margin), ZERO
    lines = [Line("margin", "adjustment", base, fraction), Line("margin_fixed", "adjustment", _ONE, fixed)]
    return [line for line in lines if line.amount]
