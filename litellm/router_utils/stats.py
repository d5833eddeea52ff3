"""The live figures of one deployment, as this process sees them and as others report them. Counts; decides nothing.

Times are seconds since the epoch and come in as arguments. Minutes are those of the clock, as providers count limits.
"""

from collections import deque
from collections.abc import Iterable
from math import ceil, exp

SAMPLES = 10
EWMA_SECONDS = 10.0
STUCK_AFTER = 2.0
NEW_SHARE = 0.2
LONGEST_PROBATION = 30.0
LEAST_REST = 1.0
_MINUTE = 60.0


class Window:
    """Counters of the running minute."""

    __slots__ = ("failed", "input_tokens", "minute", "output_tokens", "requests", "succeeded")

    def __init__(self) -> None:
        self.minute: int = -1
        self._clear()

    def _clear(self) -> None:
        self.requests: int = 0
        self.input_tokens: int = 0
        self.output_tokens: int = 0
        self.succeeded: int = 0
        self.failed: int = 0

    def at(self, now: float) -> "Window":
        """The counters of the minute of `now`: a new minute begins at zero."""
        minute = int(now // _MINUTE)
        if minute != self.minute:
            self.minute = minute
            self._clear()
        return self

    @property
    def tokens(self) -> int:
        """Input and output together."""
        return self.input_tokens + self.output_tokens


class Mean:
    """The mean of the last samples; None before there is one.

    It is reckoned when it is read: most strategies never do.
    """

    __slots__ = ("_mean", "_percentile", "_ranked", "_samples", "size")

    def __init__(self, size: int = SAMPLES) -> None:
        self.size: int = size
        self._samples: deque[float] = deque(maxlen=size)
        self._mean: float | None = None
        self._ranked: float | None = None
        self._percentile = -1.0

    def add(self, value: float) -> None:
        self._samples.append(value)
        self._mean = None
        self._percentile = -1.0

    @property
    def value(self) -> float | None:
        """The mean."""
        if self._mean is None and self._samples:
            self._mean = sum(self._samples) / len(self._samples)
        return self._mean

    def resize(self, size: int) -> None:
        """Keep so many samples from now on."""
        if size == self.size:
            return
        self.replace(self._samples, size=size)

    def replace(self, samples: Iterable[float], *, size: int) -> None:
        """Keep these samples, the last so many of them, in place of those there are."""
        self.size = size
        self._samples = deque(samples, maxlen=size)
        self._mean = None
        self._percentile = -1.0

    def percentile(self, share: float) -> float | None:
        """The sample that `share` percent of the samples do not exceed (nearest rank); None before there is one."""
        if share != self._percentile:
            ordered = sorted(self._samples)
            self._ranked = ordered[max(0, ceil(share / 100 * len(ordered)) - 1)] if ordered else None
            self._percentile = share
        return self._ranked

    def samples(self) -> tuple[float, ...]:
        """The samples themselves, the oldest first."""
        return tuple(self._samples)


class Stats:
    """What is known of one deployment.

    `in_flight` counts requests that have begun and not ended. `window` counts this minute: requests and tokens as they
    are reserved, corrected when they are settled. `latency` is seconds per output token, `first_token` seconds to the
    first one of a stream, `usual` seconds until something comes back. `fleet` is the minute as all processes together
    report it, None without shared state; `fleet_in_flight` likewise. `observed_at` is when a time to an answer was last
    seen, 0 before. `waiting` holds when each request began that nothing has come back for, the oldest first; `heard_at`
    is when anything last came back. `probed_at` is when a deployment that failed was last given a request to see
    whether it recovered, 0 when none is under way.
    """

    __slots__ = (
        "_peak",
        "consecutive_failures",
        "first_token",
        "fleet",
        "fleet_in_flight",
        "in_flight",
        "last_failed_at",
        "last_succeeded_at",
        "latency",
        "heard_at",
        "observed_at",
        "probed_at",
        "usual",
        "waiting",
        "window",
    )

    def __init__(self) -> None:
        self.in_flight: int = 0
        self.fleet: Window | None = None
        self.fleet_in_flight: int = 0
        self.window: Window = Window()
        self.latency: Mean = Mean()
        self.first_token: Mean = Mean()
        self.consecutive_failures: int = 0
        self.last_failed_at: float = 0.0
        self.last_succeeded_at: float = 0.0
        self._peak = 0.0
        self.observed_at: float = 0.0
        self.waiting: dict[object, float] = {}
        self.usual: float | None = None
        self.heard_at: float = 0.0
        self.probed_at: float = 0.0

    def begin(self, now: float, *, input_tokens: int = 0, output_tokens: int = 0, of: object = None) -> None:
        """A request begins (`of` tells it from others): it counts against this minute with the tokens it may take."""
        self.in_flight += 1
        if of is not None:
            self.waiting[of] = now
        window = self.window.at(now)
        window.requests += 1
        window.input_tokens += input_tokens
        window.output_tokens += output_tokens

    def heard(self, now: float, of: object) -> None:
        """Something came back for a request."""
        self.heard_at = now
        self.waiting.pop(of, None)

    def is_stuck(self, now: float) -> bool:
        """Whether nothing came back for much longer than an answer usually takes."""
        if not self.waiting or self.usual is None:
            return False
        oldest = next(iter(self.waiting.values()))
        return self.heard_at < oldest and now - oldest > STUCK_AFTER * self.usual

    def may_be_probed(self, now: float) -> bool:
        """Whether a deployment that failed may be given a request: one at a time, ever more seldom while it fails."""
        if self.probed_at and now - self.probed_at < LONGEST_PROBATION:
            return False
        seconds = min(2.0 ** (self.consecutive_failures - 1), LONGEST_PROBATION)
        return now >= self.last_failed_at + seconds

    def withdraw(self, now: float, begun: float) -> None:
        """A request that has begun will not be sent: it does not count against its minute."""
        window = self.window.at(now)
        if int(begun // _MINUTE) == window.minute:
            window.requests -= 1

    def may_be_tried(self, now: float) -> bool:
        """Whether one that rests may be asked all the same, since all others rest too: one request at a time."""
        return not self.probed_at and now >= self.last_failed_at + LEAST_REST

    def settle(self, now: float, begun: float, *, input_tokens: int, output_tokens: int, of: object = None) -> None:
        """Correct the minute in which a request began by what it took beyond its reserve (negative: less)."""
        self.in_flight -= 1
        self.waiting.pop(of, None)
        window = self.window.at(now)
        if int(begun // _MINUTE) == window.minute:
            window.input_tokens += input_tokens
            window.output_tokens += output_tokens

    def succeeded(
        self, now: float, *, seconds: float, output_tokens: int = 0, first_token: float | None = None
    ) -> None:
        """A request was answered after so many seconds."""
        self.window.at(now).succeeded += 1
        self.consecutive_failures = 0
        self.last_succeeded_at = now
        self.latency.add(seconds / output_tokens if output_tokens else seconds)
        if first_token is not None:
            self.first_token.add(first_token)
        heard = seconds if first_token is None else first_token
        self.usual = heard if self.usual is None else self.usual + (heard - self.usual) * NEW_SHARE
        self.observe(now, heard)

    def failed(self, now: float, *, seconds: float = 0.0, penalty: float | None = None) -> None:
        """A request failed after so many seconds; a `penalty` (seconds) counts as if it had been answered that late."""
        self.window.at(now).failed += 1
        self.consecutive_failures += 1
        self.last_failed_at = now
        if penalty is not None:
            self.latency.add(penalty)
            self.first_token.add(penalty)
            self.observe(now, seconds)

    def observe(self, now: float, seconds: float) -> None:
        """Follow a rise at once and a fall slowly: the peak-sensitive moving average of Finagle's P2C balancer."""
        current = self.peak(now)
        if seconds >= current:
            self._peak = seconds
        else:
            weight = exp((self.observed_at - now) / EWMA_SECONDS)
            self._peak = self._peak * weight + seconds * (1.0 - weight)
        self.observed_at = now

    def peak(self, now: float) -> float:
        """The peak-sensitive average of the seconds to an answer, 0 before there was one."""
        return self._peak
