"""What a router remembers between calls: who rests and until when, breakers, places at once, and figures of groups.

Callers hold `lock` while they change it, since threads and coroutines share it. It decides nothing.
"""

import threading
from collections import deque
from collections.abc import Container
from typing import Any, NamedTuple

from litellm.core.slots import Slots
from litellm.router_utils.circuit_breaker import BreakerSettings, CircuitBreaker
from litellm.router_utils.deployments import Deployment
from litellm.router_utils.stats import Stats

_SAMPLES = 200
_FRESH = 20
_ENOUGH = 3
_MOST_GROUPS = 5_000


class Rest(NamedTuple):
    """A deployment's cooldown: until when (seconds since the epoch), and what it failed with."""

    until: float
    status: int
    reason: str


class Quantiles:
    """The last answers' times; a quantile of them is worked out anew every 20 answers."""

    __slots__ = ("_known", "_samples", "_since")

    def __init__(self) -> None:
        self._samples: deque[float] = deque(maxlen=_SAMPLES)
        self._known: dict[float, float] = {}
        self._since = 0

    def __len__(self) -> int:
        return len(self._samples)

    def add(self, seconds: float) -> None:
        self._samples.append(seconds)
        self._since += 1
        if self._since >= _FRESH or len(self._samples) < _FRESH:
            self._since = 0
            self._known.clear()

    def at(self, share: float) -> float | None:
        """The time within which this share of the answers came, None before there were enough of them."""
        if len(self._samples) < _ENOUGH:
            return None
        known = self._known.get(share)
        if known is None:
            ordered = sorted(self._samples)
            known = self._known[share] = ordered[int(share * (len(ordered) - 1))]
        return known


class GroupFigures:
    """What is counted over all deployments of a group: times to an answer and to a first token, tokens, hedges."""

    __slots__ = ("answers", "first_tokens", "hedged", "longest_output", "requests")

    def __init__(self) -> None:
        self.answers: Quantiles = Quantiles()
        self.first_tokens: Quantiles = Quantiles()
        self.longest_output: int = 0
        self.requests: float = 0.0
        self.hedged: float = 0.0


class State:
    """The memory of one router, by deployment id and by name of group. It outlives changes of the model list."""

    def __init__(self) -> None:
        # The collector may end an abandoned stream at any point, so in a thread that holds the lock already.
        self.lock = threading.RLock()
        self.resting: dict[str, Rest] = {}
        self.unhealthy: dict[str, float] = {}
        self.suspects: dict[str, Stats] = {}
        self.tripped: dict[str, CircuitBreaker] = {}
        self._stats: dict[str, Stats] = {}
        self._slots: dict[str, Slots] = {}
        self._breakers: dict[str, CircuitBreaker] = {}
        self._groups: dict[str, GroupFigures] = {}

    def stats(self, key: str) -> Stats:
        """The figures of a deployment, the same ones for its id for ever."""
        found = self._stats.get(key)
        return found if found is not None else self._stats.setdefault(key, Stats())

    def figures(self, group: str) -> GroupFigures:
        """The figures of a group. Callers make up names where a pattern serves them: the oldest are forgotten."""
        found = self._groups.get(group)
        if found is not None:
            return found
        with self.lock:
            if len(self._groups) >= _MOST_GROUPS:
                del self._groups[next(iter(self._groups))]
            return self._groups.setdefault(group, GroupFigures())

    def slots(self, deployment: Deployment) -> Slots | None:
        """The places of a deployment that takes so many requests at once, None where there is no such limit."""
        limit = deployment.parallel
        if limit is None:
            return None
        with self.lock:
            found = self._slots.get(deployment.id)
            if found is None or found.limit != limit:
                found = self._slots[deployment.id] = Slots(limit)
            return found

    def breaker(self, deployment: Deployment, settings: BreakerSettings) -> CircuitBreaker:
        """The circuit breaker of a deployment, by these settings from now on. The caller holds the lock."""
        found = self._breakers.get(deployment.id)
        if found is None:
            found = self._breakers[deployment.id] = CircuitBreaker(settings)
        found.settings = settings
        return found

    def rests(self, key: str, now: float) -> Rest | None:
        """The cooldown that a deployment is in; one that is over is forgotten."""
        rest = self.resting.get(key)
        if rest is not None and rest.until <= now:
            self.resting.pop(key, None)
            return None
        return rest

    def keep(self, ids: Container[str]) -> None:
        """Forget the deployments that are no longer there."""
        with self.lock:
            for known in self._by_id():
                for key in [key for key in known if key not in ids]:
                    del known[key]

    def _by_id(self) -> tuple[dict[str, Any], ...]:
        return (
            self.resting,
            self.unhealthy,
            self.suspects,
            self.tripped,
            self._stats,
            self._slots,
            self._breakers,
        )

    def forget(self) -> None:
        """Forget every cooldown and every figure."""
        with self.lock:
            for known in (*self._by_id(), self._groups):
                known.clear()
