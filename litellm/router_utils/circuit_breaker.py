"""Keeps requests from a deployment that fails, and lets a few through to see whether it has recovered.

Knows neither deployments nor errors, has no clock and no lock: whoever shares a breaker calls it under its own lock.
"""

from collections import deque
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

State = Literal["closed", "open", "half-open"]
NO_PROBE = 0
_Count = Annotated[int, Meta(ge=1)]
_Seconds = Annotated[float, Meta(gt=0, le=1e12)]


class BreakerSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When a breaker opens and for how long; times are in seconds.

    It opens when, of at least `minimum_requests` that ended in the last `window`, the share that failed reaches
    `failure_threshold` (0 … 1), or when `consecutive_failures` came one after the other. It stays open for
    `open_seconds`, twice as long after each probe that fails, up to `max_open_seconds`; then `half_open_requests` at a
    time go through as probes.
    """

    failure_threshold: Annotated[float, Meta(gt=0, le=1)] = 0.5
    minimum_requests: _Count = 5
    window: _Seconds = 10.0
    open_seconds: _Seconds = 5.0
    max_open_seconds: _Seconds = 60.0
    half_open_requests: _Count = 1
    consecutive_failures: _Count = 5


class CircuitBreaker:
    """Closed: all go through. Open: none. Half-open: a few probes; one success closes it, one failure opens it again.

    `begin` answers a ticket, which goes back, once, with `success`, `failure` or `abandoned`: so what a request that
    began before it opened says of the past is not taken for a probe's word. Example:

        ticket = breaker.begin(now)
        breaker.success(later, ticket)
    """

    __slots__ = (
        "_ended",
        "_failed",
        "_failures_in_a_row",
        "_generation",
        "_open_seconds",
        "_probes",
        "open_until",
        "settings",
    )

    def __init__(self, settings: BreakerSettings) -> None:
        self.settings = settings
        self._generation = 1
        self._open_seconds = 0.0
        self.open_until: float | None = None  # when the first probe may go; None while closed
        self._clear()

    def _clear(self) -> None:
        self._ended: deque[tuple[float, bool]] = deque()
        self._failed = 0
        self._failures_in_a_row = 0
        self._probes = 0

    def state(self, now: float) -> State:
        """Where it stands."""
        if self.open_until is None:
            return "closed"
        return "open" if now < self.open_until else "half-open"

    def allows(self, now: float) -> bool:
        """Whether a request may begin."""
        if self.open_until is None:
            return True
        return now >= self.open_until and self._probes < self.settings.half_open_requests

    def begin(self, now: float) -> int:
        """A request begins; the ticket of a probe, or `NO_PROBE`.

        One that is sent although the breaker is open, since nobody else is left, gets a ticket too: its success closes
        the breaker, its failure changes nothing.
        """
        if self.open_until is None:
            return NO_PROBE
        if not self.allows(now):
            return -self._generation
        self._probes += 1
        return self._generation

    def success(self, now: float, ticket: int) -> None:
        """A request was answered."""
        if abs(ticket) == self._generation:
            self._close()
        elif self.open_until is None:
            self._count(now, failed=False)

    def failure(self, now: float, ticket: int, *, asked: float | None = None) -> None:
        """A request failed in a way that speaks against the deployment, which `asked` for so many seconds of rest."""
        if asked:
            self._open(now, asked)
        elif ticket == self._generation:
            self._open(now, min(self._open_seconds * 2, self.settings.max_open_seconds))
        elif self.open_until is None:
            self._count(now, failed=True)
            if self._tripped():
                self._open(now, self.settings.open_seconds)

    def abandoned(self, ticket: int) -> None:
        """A request ended without saying anything about the deployment: a probe gives its slot back."""
        if ticket == self._generation:
            self._probes -= 1

    def _count(self, now: float, *, failed: bool) -> None:
        self._ended.append((now, failed))
        self._failed += failed
        self._failures_in_a_row = self._failures_in_a_row + 1 if failed else 0
        while self._ended[0][0] <= now - self.settings.window:
            self._failed -= self._ended.popleft()[1]

    def _tripped(self) -> bool:
        if self._failures_in_a_row >= self.settings.consecutive_failures:
            return True
        ended = len(self._ended)
        enough = ended >= self.settings.minimum_requests
        return enough and self._failed >= self.settings.failure_threshold * ended

    def _open(self, now: float, seconds: float) -> None:
        self._clear()
        self._generation += 1  # probes of the time before are no longer probes
        self._open_seconds = seconds
        self.open_until = now + seconds

    def _close(self) -> None:
        self._clear()
        self._generation += 1
        self.open_until = None
