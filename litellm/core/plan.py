"""What to try next, as a value: the engine asks, the plan answers, nobody waits and nobody remembers.

A plan is pure: the same outcomes always give the same next step.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, Protocol

import msgspec

from litellm.core.call import Call
from litellm.core.errors import ContentPolicyViolation, ContextWindowExceeded, ProviderError
from litellm.core.ports import Ports
from litellm.core.retry_policy import retries as retries_by_policy
from litellm.core.target import Target

MAX_ATTEMPTS = 50
MAX_RETRY_AFTER = 60.0
FIRST_WAIT = 0.5
LONGEST_WAIT = 8.0


class Route(NamedTuple):
    """A call as it goes to one target; a fallback may bring its own parameters."""

    call: Call
    target: Target


class Ended(NamedTuple):
    """How what a lease was held for ended: `at` seconds since the epoch, after so many `seconds`.

    `first_token` is the seconds to a stream's first token; `result` the whole answer, or the stream that has ended. An
    attempt without an error was answered, unless its caller left before the end (`cancelled`).
    """

    at: float
    seconds: float
    first_token: float | None = None
    result: Any = None
    error: ProviderError | None = None
    cancelled: bool = False


class Lease(Protocol):
    """What an attempt holds while it runs: a place at its deployment. `route` is where it goes, once that is known."""

    route: Route

    async def begin(self, ports: Ports) -> None:
        """Take the place, maybe after waiting for it, and settle the route.

        Raises `ProviderError` when there is none; nothing was sent.
        """
        ...

    def accept(self, result: Any, now: float) -> None:
        """An answer has come, or the first token of a stream. Raises `ProviderError` when it counts as a failure."""
        ...

    def end(self, ended: Ended) -> None:
        """Give the place back; called once for every lease that began."""
        ...


class Attempt(NamedTuple):
    """Try this route, after waiting so many seconds; `error` is why there is no such route: the attempt has failed.

    With a `lease` the route is what the lease says. `hedge` is a second attempt that joins after so many seconds
    without an answer, None when there is nobody to ask by then: whichever answers first wins.
    """

    route: Route
    wait: float = 0.0
    error: ProviderError | None = None
    lease: Lease | None = None
    hedge: Callable[[], "Attempt | None"] | None = None
    hedge_after: float = 0.0


class Outcome(NamedTuple):
    """How one attempt ended: it failed, with this error."""

    route: Route
    error: ProviderError


class Fallback:
    """A route that is looked for when the plan gets there, once; one that cannot be found is an attempt that failed."""

    __slots__ = ("_call", "_find", "_found")

    def __init__(self, call: Call, find: Callable[[], Route]) -> None:
        self._call = call
        self._find = find
        self._found: Attempt | None = None

    def attempt(self) -> Attempt:
        """Try it; the same at every time."""
        if self._found is None:
            try:
                self._found = Attempt(self._find())
            except ProviderError as error:
                self._found = Attempt(Route(self._call, Target(provider="", model=error.model)), error=error)
        return self._found

    def tried(self, outcomes: tuple[Outcome, ...]) -> bool:
        """Whether one of these attempts went there."""
        found = self._found
        return found is not None and any(outcome.route is found.route for outcome in outcomes)


class Plan(Protocol):
    """Decides every step of one call."""

    def next_step(self, outcomes: tuple[Outcome, ...]) -> Attempt | None:
        """The next attempt, given how the ones before ended; None to give up."""
        ...

    def failure(self, outcomes: tuple[Outcome, ...]) -> ProviderError:
        """The error of a call that is given up."""
        ...

    @property
    def continues(self) -> bool:
        """Whether a stream that broke may go on elsewhere."""
        ...

    def continuation(self, error: ProviderError, text: str) -> "Plan | None":
        """The plan to go on with when a stream broke after so much text, None when it is to fail."""
        ...

    def explanation(self, answered: Route | None = None) -> Mapping[str, Any]:
        """What is told of the way to the answer, which came by this route, beside it (`_hidden_params`)."""
        ...


class RetryPlan(msgspec.Struct, frozen=True, kw_only=True):
    """The SDK's plan: retries on each of the routes in turn, then the fallbacks.

    `retries` counts the tries after the first on every route; `policy` (see `core.retry_policy`) wins over it for the
    errors that it names. `jitter` (0 … 1) is drawn once, so that the plan itself stays deterministic. An error of
    `context_window` or `content_policy` goes straight to its own fallback, once; when that fails too, the fallbacks go
    on where they were.
    """

    routes: tuple[Route, ...]
    fallbacks: tuple[Fallback, ...] = ()
    retries: int = 0
    constant_wait: bool = False
    jitter: float = 0.0
    policy: Mapping[str, int] | None = None
    context_window: Fallback | None = None
    content_policy: Fallback | None = None

    def next_step(self, outcomes: tuple[Outcome, ...]) -> Attempt | None:
        if not outcomes:
            return Attempt(self.routes[0])
        if len(outcomes) >= MAX_ATTEMPTS:
            return None
        route, error = outcomes[-1]
        detour = self._detour(error)
        if detour and not detour.tried(outcomes):
            return detour.attempt()
        if not route.target.provider:
            return self._next_route(outcomes)  # nothing was found there, so nothing can be tried again
        tries = sum(outcome.route is route for outcome in outcomes)
        if tries <= self._retries(error):
            return Attempt(route, backoff(error, tries, jitter=self.jitter, constant=self.constant_wait))
        return self._next_route(outcomes)

    def failure(self, outcomes: tuple[Outcome, ...]) -> ProviderError:
        return outcomes[-1].error

    @property
    def continues(self) -> bool:
        return False

    def continuation(self, error: ProviderError, text: str) -> None:
        return None

    def explanation(self, answered: Route | None = None) -> Mapping[str, Any]:
        return {}

    def _retries(self, error: ProviderError) -> int:
        number = retries_by_policy(self.policy, error) if self.policy else None
        if number is not None:
            return number
        return self.retries if error.retryable else 0

    def _next_route(self, outcomes: tuple[Outcome, ...]) -> Attempt | None:
        tried = sum(any(outcome.route is route for outcome in outcomes) for route in self.routes)
        if tried < len(self.routes):
            return Attempt(self.routes[tried])
        return next((each.attempt() for each in self.fallbacks if not each.tried(outcomes)), None)

    def _detour(self, error: ProviderError) -> Fallback | None:
        if isinstance(error, ContextWindowExceeded):
            return self.context_window
        if isinstance(error, ContentPolicyViolation):
            return self.content_policy
        return None


def backoff(error: ProviderError, tries: int, *, jitter: float, constant: bool = False) -> float:
    """Seconds to wait before a route is tried again after so many tries: what upstream asks for, else ever longer."""
    asked = retry_after(error.headers)
    if asked is not None:
        return asked
    wait = FIRST_WAIT if constant else min(FIRST_WAIT * 2.0 ** (tries - 1), LONGEST_WAIT)
    return wait * (1 - 0.25 * jitter)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """The seconds that upstream asks to wait, when they are at most 60: a number or a date (RFC 9110 §10.2.3).

    >>> retry_after({"retry-after": "Sun, 06 Nov 1994 08:49:40 GMT", "date": "Sun, 06 Nov 1994 08:49:37 GMT"})
    3.0
    """
    for name, scale in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        try:
            seconds = float(headers.get(name, "")) * scale
        except ValueError:
            continue
        if 0 <= seconds <= MAX_RETRY_AFTER:
            return seconds
    return _until_date(headers.get("retry-after", ""), headers.get("date", ""))


def _until_date(date: str, now: str) -> float | None:
    """Seconds from upstream's own clock to a date, so that ours need not agree with it."""
    if not date.endswith("GMT") or not now:
        return None
    from email.utils import parsedate_to_datetime

    try:
        seconds = (parsedate_to_datetime(date) - parsedate_to_datetime(now)).total_seconds()
    except (ValueError, TypeError):
        return None
    return seconds if 0 <= seconds <= MAX_RETRY_AFTER else None
