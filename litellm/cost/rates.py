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
        self.entry: Mapping[str, Any] = _with_overrides(entry, prompt_tokens, at)
        self.service: str | None = SERVICE_TIERS.get((service_tier or "").lower())
        self.thresholds: list[int] = _crossed(self.entry, prompt_tokens)

    def price(self, *names: str) -> Decimal | None:
        """Answer the price in dollars of the first of `names` that the entry prices."""
        for name in names:
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


def _crossed(entry: Mapping[str, Any], prompt_tokens: int) -> list[int]:
    tiers = {int(found[1]) for name in entry if "_above_" in name and (found := _THRESHOLD.search(name))}
    return sorted((size for size in tiers if prompt_tokens > size * 1000), reverse=True)


def _main_name(name: str) -> str:
    return "output_cost_per_token" if name.startswith("output_") else "input_cost_per_token"


def _with_overrides(entry: Mapping[str, Any], prompt_tokens: int, at: float | None) -> Mapping[str, Any]:
    if tiers := entry.get("tiered_pricing"):
        entry = {**entry, **_prices(_tier_of(tiers, prompt_tokens))}
    off_peak = entry.get("off_peak_pricing")
    if off_peak and at is not None and is_off_peak(off_peak, at):
        cheaper = {name: price for name, price in _prices(off_peak).items() if price <= entry.get(name, price)}
        entry = {**entry, **cheaper}
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
    named = window.get("weekdays")
    days = {_weekday(day) for day in named} if named is not None else set(range(1, 8))
    spans = window.get("hours_utc", "00:00-00:00")
    return any(_in_span(span, moment, days) for span in ([spans] if isinstance(spans, str) else spans))


def _weekday(day: int | str) -> int:
    return day if isinstance(day, int) else _DAYS.index(day.lower()) + 1


def _in_span(span: str, moment: datetime, days: set[int]) -> bool:
    """A span that ends after midnight belongs to the day on which it began."""
    start, end = (time.fromisoformat(edge) for edge in span.split("-"))
    now, today = moment.time(), moment.isoweekday()
    if start < end:
        return today in days and start <= now < end
    yesterday = (today + 5) % 7 + 1
    return (today in days and now >= start) or (yesterday in days and now < end)
