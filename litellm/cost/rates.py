"""Which price of a model's entry applies: prompt-length tiers, service tiers, off-peak hours.

A tier covers the whole prompt once its threshold is passed. Where an entry names no price for a tier, the price follows
its side's main price, so that half-price processing halves audio too.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, time
from decimal import Decimal
from typing import Any

from litellm.cost.money import decimal

_THRESHOLD = re.compile(r"_above_(\d+)k_tokens")
_HALF = Decimal("0.5")
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

SERVICE_TIERS = {
    "flex": "flex",
    "priority": "priority",
    "ultrafast": "ultrafast",
    "batch": "batches",
    "batches": "batches",
}
_DISCOUNTS = frozenset({"flex", "batches"})


class Rates:
    """The prices of one entry for one call."""

    __slots__ = ("entry", "service", "thresholds")

    def __init__(
        self,
        entry: Mapping[str, Any],
        *,
        prompt_tokens: int = 0,
        service_tier: str | None = None,
        at: float | None = None,
    ) -> None:
        """Choose among an entry's prices.

        Arguments:
            prompt_tokens: all tokens of the prompt, cached ones too.
            service_tier: `flex`, `priority`, `ultrafast`, `batch`; anything else is standard.
            at: when the call was made, in seconds since 1970; off-peak prices need it.
        """
        self.entry = _with_overrides(entry, prompt_tokens, at)
        self.service = SERVICE_TIERS.get((service_tier or "").lower())
        crossed = {int(size) for name in self.entry for size in _THRESHOLD.findall(name)}
        self.thresholds = sorted((size for size in crossed if prompt_tokens > size * 1000), reverse=True)

    def price(self, *names: str) -> Decimal | None:
        """Answer the price in dollars of the first of `names` that the entry prices."""
        for name in names:
            if name in self.entry or any(f"{name}_above_{size}k_tokens" in self.entry for size in self.thresholds):
                found = self._applicable(name)
                if found is not None:
                    return found
        return None

    def _applicable(self, name: str) -> Decimal | None:
        tiered = self._tiered(name)
        if tiered is None or self.service is None:
            return tiered
        exact = self._number(self._tier_name(name) + f"_{self.service}")
        return exact if exact is not None else self._served(name, tiered)

    def _served(self, name: str, standard: Decimal) -> Decimal:
        """The service tier's price where the entry does not name one for this very prompt length."""
        main = _main_name(name)
        if self.service not in _DISCOUNTS and self._tier_name(main) != main:
            return standard  # long prompts are served at standard speed unless the entry prices them
        base, served = self._number(name), self._number(f"{name}_{self.service}")
        if served is not None and not base:
            return served
        if served is None and "token" in name:
            base, served = self._number(main), self._number(f"{main}_{self.service}")
        if base and served is not None:
            return standard * served / base
        return standard * _HALF if self.service == "batches" else standard

    def _tiered(self, name: str) -> Decimal | None:
        own = self._number(self._tier_name(name))
        if own is None or self._tier_name(name) != name:
            return own
        main = _main_name(name)
        base, main_tiered = self._number(main), self._number(self._tier_name(main))
        if name != main and "token" in name and base and main_tiered is not None:
            return own * main_tiered / base
        return own

    def _tier_name(self, name: str) -> str:
        for size in self.thresholds:
            if self._number(tiered := f"{name}_above_{size}k_tokens") is not None:
                return tiered
        return name

    def _number(self, name: str) -> Decimal | None:
        value = self.entry.get(name)
        return None if value is None else decimal(value)


def _main_name(name: str) -> str:
    return "output_cost_per_token" if name.startswith("output_") else "input_cost_per_token"


def _with_overrides(entry: Mapping[str, Any], prompt_tokens: int, at: float | None) -> Mapping[str, Any]:
    if tiers := entry.get("tiered_pricing"):
        entry = {**entry, **_prices(_tier_of(tiers, prompt_tokens))}
    off_peak = entry.get("off_peak_pricing")
    if off_peak and at is not None and is_off_peak(off_peak, at):
        entry = {**entry, **_prices(off_peak)}
    return entry


def _prices(source: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in source.items() if "cost" in name}


def _tier_of(tiers: list[Mapping[str, Any]], prompt_tokens: int) -> Mapping[str, Any]:
    for tier in tiers:
        if "range" in tier and prompt_tokens <= tier["range"][1]:
            return tier
    return tiers[-1] if "range" in tiers[-1] else tiers[0]


def is_off_peak(pricing: Mapping[str, Any], at: float) -> bool:
    """Tell whether `at`, in seconds since 1970, falls into one of the windows: UTC hours on weekdays (1 is Monday)."""
    moment = datetime.fromtimestamp(at, UTC)
    return any(_in_window(window, moment) for window in pricing.get("windows", ()))


def _in_window(window: Mapping[str, Any], moment: datetime) -> bool:
    days = window.get("weekdays")
    if days is not None and moment.isoweekday() not in {_weekday(day) for day in days}:
        return False
    spans = window.get("hours_utc", "00:00-00:00")
    return any(_in_span(span, moment.time()) for span in ([spans] if isinstance(spans, str) else spans))


def _weekday(day: int | str) -> int:
    return day if isinstance(day, int) else _DAYS.index(day.lower()) + 1


def _in_span(span: str, now: time) -> bool:
    start, end = (time.fromisoformat(edge) for edge in span.split("-"))
    if start < end:
        return start <= now < end
    return now >= start or now < end
