"""Asks a Redis or Valkey server without ever waiting for a slow one: deadline, breaker, pipeline.

Each event loop has a connection of its own; synchronous callers share that of a loop in a daemon thread, which is
started when the first of them asks. It knows no key and no script.
"""

import asyncio
import os
import threading
import time
import weakref
from concurrent.futures import Future
from typing import Any

from litellm.caching.redis_link import Asked, Clock, Due, Limits, Link, Source, Told
from litellm.caching.redis_outage import Breaker
from litellm.caching.redis_wire import Address, Argument, Command, Script

__all__ = ["Address", "Argument", "Command", "Due", "Limits", "RedisConnection", "Script", "Source", "Told"]

_LIMITS = Limits()


class RedisConnection:
    """A server that may be slow, away or never there; nothing is connected before the first question.

    >>> shared = RedisConnection(Address(host="cache"), Limits(deadline=0.05))
    """

    def __init__(self, address: Address, limits: Limits = _LIMITS, *, clock: Clock = time.time) -> None:
        self.address = address
        self.limits = limits
        self._clock = clock
        self._source: Source | None = None
        self._begin()

    def __repr__(self) -> str:
        return f"RedisConnection({self.address!r})"

    def _begin(self) -> None:
        self._breaker = Breaker(repr(self.address), self.limits.failures)
        self._links = _Links(self.address, self._breaker, self.limits, self._clock, self._source)
        self._end = weakref.finalize(self, self._links.stop)

    def attach(self, source: Source) -> None:
        """Send what this source has, in the background, from now on; it must not hold this connection."""
        self._source = source
        self._links.source = source

    @property
    def available(self) -> bool:
        """Whether it is worth asking now."""
        return not self._breaker.is_open

    async def ask(self, command: Command, late: Told, *, asynchronous: bool) -> Any:
        """The reply, or None when there was none within the deadline; while the server is away, None at once.

        `late` is told the reply that comes after None was returned, and None when it is not known whether the command
        ran. With `asynchronous` False this waits in the calling thread.
        """
        self._after_fork()
        link = self._links.of_loop() if asynchronous else None
        if self._breaker.is_open:
            self.nudge(asynchronous=asynchronous)
            return None
        if link is None:
            return self._ask_in_thread(command, late)
        future: asyncio.Future[Any] = link.loop.create_future()
        asked = Asked(command, lambda reply: None if future.done() else future.set_result(reply), late)
        link.put(asked, self.limits.deadline)
        try:
            return await future
        except asyncio.CancelledError:
            link.abandon(asked)
            raise

    def _ask_in_thread(self, command: Command, late: Told) -> Any:
        link = self._links.of_thread()
        answer: Future[Any] = Future()
        asked = Asked(command, answer.set_result, late)
        link.loop.call_soon_threadsafe(link.put, asked, self.limits.deadline)
        try:
            return answer.result(2 * self.limits.deadline)
        except TimeoutError:
            link.loop.call_soon_threadsafe(link.abandon, asked)
            return None

    def nudge(self, *, asynchronous: bool | None = None) -> None:
        """There is something to send in the background; `asynchronous` None: in the running loop, if there is one."""
        self._after_fork()
        link = None if asynchronous is False else self._links.of_loop()
        if link is not None:
            link.follow()
        else:
            link = self._links.of_thread()
            link.loop.call_soon_threadsafe(link.follow)

    def close(self) -> None:
        """Send what is left, disconnect from every loop and end the thread."""
        self._links.stop()
        self._begin_again()

    def _begin_again(self) -> None:
        self._end.detach()
        self._begin()

    def _after_fork(self) -> None:
        if self._links.process != os.getpid():
            if self._source is not None:
                self._source.forked()
            self._begin_again()


class _Links:
    """The connections of one process: one an event loop, and one in the thread."""

    def __init__(self, address: Address, breaker: Breaker, limits: Limits, clock: Clock, source: Source | None) -> None:
        self.process = os.getpid()
        self.source = source
        self._parts = (address, breaker, limits, clock)
        self._by_loop: dict[asyncio.AbstractEventLoop, Link] = {}
        self._lock = threading.Lock()
        self._thread: _Thread | None = None

    def _new(self) -> Link:
        return Link(*self._parts, self.source)

    def of_loop(self) -> Link | None:
        """The link of the running event loop; None when none runs in this thread."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            return None
        found = self._by_loop.get(loop)
        if found is None:
            with self._lock:
                self._by_loop = {old: link for old, link in self._by_loop.items() if not old.is_closed()}
                found = self._by_loop[loop] = self._new()
        return found

    def of_thread(self) -> Link:
        """The link of the background loop."""
        with self._lock:
            if self._thread is None or not self._thread.alive:
                self._thread = _Thread(self._new)
            return self._thread.link

    def stop(self) -> None:
        """End all of them; what they have is sent first, as far as that takes no time worth mentioning."""
        if self.process != os.getpid():
            return
        for loop, link in list(self._by_loop.items()):
            if not loop.is_closed():
                loop.call_soon_threadsafe(link.stop)
        self._by_loop.clear()
        if self._thread is not None:
            self._thread.stop()
            self._thread = None


class _Thread:
    """A daemon thread whose event loop serves synchronous callers."""

    link: Link

    def __init__(self, new: Any) -> None:
        self._new = new
        self._ready = threading.Event()
        self._loop: asyncio.AbstractEventLoop
        self._stopping: asyncio.Event
        self._thread = threading.Thread(target=self._run, name="litellm-redis", daemon=True)
        self._thread.start()
        self._ready.wait()

    @property
    def alive(self) -> bool:
        return self._thread.is_alive()

    def _run(self) -> None:
        try:
            asyncio.run(self._live())
        except RuntimeError:
            if not self._ready.is_set():
                raise
            # else: the interpreter ended while the loop did

    async def _live(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stopping = asyncio.Event()
        self.link = self._new()
        self._ready.set()
        await self._stopping.wait()
        await self.link.drain()

    def stop(self) -> None:
        if self.alive and self._thread is not threading.current_thread():
            self._loop.call_soon_threadsafe(self._stopping.set)
            self._thread.join(0.5)
