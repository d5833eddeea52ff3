"""Tells whether a server is worth asking, and the log when that changes. It asks nothing itself."""

import logging
import threading

_log = logging.getLogger("LiteLLM")


class Breaker:
    """Opens after so many failures in a row; while it is open nobody waits for the server.

    Failures of questions that were asked before the last one counted are of the same moment, and count once. The log
    has one warning an outage, and one line at its end.
    """

    __slots__ = ("_allowed", "_failures", "_last", "_lock", "_name", "is_open")

    def __init__(self, name: str, allowed: int) -> None:
        self._name = name
        self._allowed = allowed
        self._failures = 0
        self._last = 0.0
        self._lock = threading.Lock()
        self.is_open: bool = False

    def answered(self) -> None:
        """The server answered in time."""
        self._failures = 0

    def failed(self, asked: float, now: float, reason: str) -> None:
        """A question asked at `asked` had no answer at `now` (seconds of one monotonic clock)."""
        with self._lock:
            if self.is_open or asked < self._last:
                return
            self._last = now
            self._failures += 1
            if self._failures < self._allowed:
                return
            self.is_open = True
        _log.warning(
            "Redis at %s is not usable (%s): limits, cooldowns and loads are those of each process alone until it is",
            self._name,
            reason,
        )

    def close(self) -> None:
        """The server answers again."""
        with self._lock:
            self._failures = 0
            if not self.is_open:
                return
            self.is_open = False
        _log.warning("Redis at %s answers again: limits, cooldowns and loads are shared again", self._name)
