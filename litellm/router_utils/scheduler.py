"""The queue of a model group's requests, by priority: who is first while no deployment is free."""

from collections.abc import Iterator
from contextlib import contextmanager
from heapq import heappop, heappush
from itertools import count
from threading import Lock

from litellm.core.errors import TimedOut


class Place:
    """A request's place in a queue."""

    __slots__ = ("_key", "_queue", "_scheduler")

    def __init__(self, scheduler: "Scheduler", queue: str, key: tuple[int, int]) -> None:
        self._scheduler = scheduler
        self._queue = queue
        self._key = key

    def is_first(self) -> bool:
        """Whether nobody is before this request."""
        return self._scheduler.first(self._queue) == self._key

    def late(self, model: str, seconds: float) -> TimedOut:
        """The error of a request whose turn did not come."""
        return TimedOut(
            f"model={model!r}: its turn (priority {self._key[0]}) did not come in {seconds:g} s: none was free",
            model=model,
        )


class Scheduler:
    """One queue for each model group; lower priorities first, then who came first."""

    def __init__(self) -> None:
        self._queues: dict[str, list[tuple[int, int]]] = {}
        self._gone: set[tuple[int, int]] = set()
        self._numbers = count()
        self._lock = Lock()  # a router may be used from several event loops at once

    @contextmanager
    def place(self, queue: str, priority: int) -> Iterator[Place]:
        """A place in the queue, until the context ends.

        Raises ValueError for a priority outside 0 … 255.
        """
        if isinstance(priority, bool) or not isinstance(priority, int) or not 0 <= priority <= 255:
            raise ValueError(f"priority={priority!r}: give a whole number from 0 (first) to 255 (last)")
        key = (priority, next(self._numbers))
        with self._lock:
            heappush(self._queues.setdefault(queue, []), key)
        try:
            yield Place(self, queue, key)
        finally:
            self._leave(queue, key)

    def first(self, queue: str) -> tuple[int, int] | None:
        """Who is next."""
        with self._lock:
            waiting = self._queues.get(queue)
            return waiting[0] if waiting else None

    def _leave(self, queue: str, key: tuple[int, int]) -> None:
        with self._lock:
            self._gone.add(key)
            waiting = self._queues[queue]
            while waiting and waiting[0] in self._gone:
                self._gone.discard(heappop(waiting))
            if not waiting:
                del self._queues[queue]
