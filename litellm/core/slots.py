"""A number of places that is given out in order, to threads and coroutines alike. Waiting itself is the ports'."""

import threading
from collections import deque
from collections.abc import Callable


class Slots:
    """At most `limit` holders at a time; who waits is woken in the order of asking."""

    __slots__ = ("_free", "_lock", "_waiting", "limit")

    def __init__(self, limit: int) -> None:
        self.limit: int = limit
        self._free = limit
        self._waiting: deque[Callable[[], bool]] = deque()
        # A stream that nobody closed gives its place back when it is collected, maybe in the midst of these lines.
        self._lock = threading.RLock()

    @property
    def free(self) -> int:
        """How many places are left."""
        return self._free

    def take(self) -> bool:
        """Take a place if there is one; whether there was."""
        with self._lock:
            if self._free > 0:
                self._free -= 1
                return True
            return False

    def take_later(self, wake: Callable[[], bool]) -> bool:
        """Take a place now, or be woken when it is one's turn: `wake` answers whether anybody still waits for it.

        True when there was a place at once. A waiter that was woken holds its place.
        """
        with self._lock:
            if self._free > 0:
                self._free -= 1
                return True
            self._waiting.append(wake)
            return False

    def release(self) -> None:
        """Give a place back: to the first who still waits, else to whoever comes."""
        while True:
            with self._lock:
                if not self._waiting:
                    self._free += 1
                    return
                wake = self._waiting.popleft()
            if wake():
                return
