"""Budgets of the router: US dollars that a provider, a deployment or a tag may cost in a period of time.

A period begins with the first answer that costs something, and again with the first one after its end.
"""

from collections.abc import Iterable, Mapping
from threading import Lock
from typing import Any, NamedTuple, Protocol

from litellm.core.durations import seconds
from litellm.core.errors import BadRequest
from litellm.router_utils.deployments import Deployment

_NANO = 1_000_000_000


class Budget(NamedTuple):
    """At most `limit` US dollars in `period` (seconds, and as it was written)."""

    limit: float
    period: int
    written: str


class Spending(Protocol):
    """Counts what was spent; may be shared between processes. Costs are nano-dollars, `now` and `period` seconds."""

    def add(self, key: str, cost: int, now: float, period: int) -> None:
        """Add to the running period of the key, which begins now when none runs."""
        ...

    def total(self, key: str, now: float) -> int:
        """What was spent in the period that runs."""
        ...


class LocalSpending:
    """The counts of this process."""

    __slots__ = ("_lock", "_periods")

    def __init__(self) -> None:
        self._periods: dict[str, tuple[int, float]] = {}
        self._lock = Lock()

    def add(self, key: str, cost: int, now: float, period: int) -> None:
        with self._lock:
            spent, end = self._periods.get(key, (0, 0.0))
            self._periods[key] = (spent + cost, end) if now < end else (cost, now + period)

    def total(self, key: str, now: float) -> int:
        spent, end = self._periods.get(key, (0, 0.0))
        return spent if now < end else 0


class Budgets:
    """The budgets of a router, and what was spent of them."""

    def __init__(
        self,
        *,
        providers: Mapping[str, Budget] | None = None,
        tags: Mapping[str, Budget] | None = None,
        spending: Spending | None = None,
    ) -> None:
        self._providers = providers or {}
        self._tags = tags or {}
        self._spending: Spending = LocalSpending() if spending is None else spending

    def spent(self, deployment: Deployment, cost: float, tags: Iterable[str], now: float) -> None:
        """Count a cost in US dollars against the deployment, its provider and the request's tags."""
        nano = round(cost * _NANO)
        budgets = [*self._budgets_of(deployment), *self._budgets_of_tags(tags)]
        for _, key, budget in budgets:
            self._spending.add(key, nano, now, budget.period)

    def remaining(self, deployment: Deployment, now: float) -> float | None:
        """US dollars that are left to the deployment, by the smallest of its budgets; None without one."""
        left = [budget.limit - self._total(key, now) for _, key, budget in self._budgets_of(deployment)]
        return min(left, default=None)

    def over(self, deployment: Deployment, now: float) -> str | None:
        """Which budget of the deployment or its provider is spent, in words; None when none is."""
        return self._first_over(self._budgets_of(deployment), now)

    def over_by_tag(self, tags: Iterable[str], now: float) -> str | None:
        """Which budget of these tags is spent, in words; None when none is."""
        return self._first_over(self._budgets_of_tags(tags), now) if self._tags else None

    def _first_over(self, budgets: Iterable[tuple[str, str, Budget]], now: float) -> str | None:
        for whose, key, budget in budgets:
            total = self._total(key, now)
            if total >= budget.limit:
                return f"Exceeded budget for {whose}: {total:.6g} >= {budget.limit:g} US dollars in {budget.written}"
        return None

    def _total(self, key: str, now: float) -> float:
        return self._spending.total(key, now) / _NANO

    def _budgets_of(self, deployment: Deployment) -> Iterable[tuple[str, str, Budget]]:
        budget = self._providers.get(deployment.provider)
        if budget is not None:
            key = f"provider_spend:{deployment.provider}:{budget.written}"
            yield f"provider {deployment.provider}", key, budget
        own = budget_of_deployment(deployment)
        if own is not None:
            yield f"deployment {deployment.model}", f"deployment_spend:{deployment.id}:{own.written}", own

    def _budgets_of_tags(self, tags: Iterable[str]) -> Iterable[tuple[str, str, Budget]]:
        for tag in tags:
            budget = self._tags.get(tag)
            if budget is not None:
                yield f"tag {tag}", f"tag_spend:{tag}:{budget.written}", budget


def budget_of_deployment(deployment: Deployment) -> Budget | None:
    """The deployment's own budget; None unless it has both `max_budget` and `budget_duration`."""
    limit, period = deployment.params.get("max_budget"), deployment.params.get("budget_duration")
    if limit is None or period is None:
        return None
    return _budget(limit, period, f"model_list: {deployment.group!r}")


def read_budgets(given: Mapping[str, Any] | None, name: str) -> dict[str, Budget]:
    """The budgets of a setting: `{"name": {"budget_limit": 10, "time_period": "1d"}}`, or `max_budget` and
    `budget_duration` there. `name` is the setting's. Raises `BadRequest` for another shape.
    """
    return {whose: _read(entry, f"{name}[{whose!r}]") for whose, entry in (given or {}).items()}


def _read(entry: Any, place: str) -> Budget:
    get = getattr(entry, "get", None)
    if get is None:
        raise BadRequest(f"{place}={entry!r}: give a dict such as {{'budget_limit': 10, 'time_period': '1d'}}")
    limit, period = get("budget_limit"), get("time_period")
    return _budget(
        get("max_budget") if limit is None else limit, get("budget_duration") if period is None else period, place
    )


def _budget(limit: Any, period: Any, place: str) -> Budget:
    try:
        number = -1.0 if isinstance(limit, bool) else float(limit)
    except (TypeError, ValueError):
        number = -1.0
    if not 0 <= number < float("inf"):
        raise BadRequest(f"{place}: {limit!r} is no budget; give US dollars, a number from 0 on")
    return Budget(number, seconds(period, f"{place}: period"), period)
