"""How long an exchange may still wait, and answers that are read within it, in an event loop or in a thread.

It knows no HTTP library: what reads and what closes is given.
"""

import asyncio
import os
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from functools import lru_cache
from typing import Any, NoReturn

from litellm.core.bridge import drive
from litellm.core.errors import InvalidResponse, ProviderError, TimedOut
from litellm.core.http import Deadlines, HttpRequest, HttpResponse
from litellm.core.ports import ByteStream

# Blocking waits that may be cut short at the same time, each by a thread of its own.
MOST_GUARDED = 256


class Clock:
    """How long one exchange may still wait."""

    __slots__ = ("_ends", "_stop_at", "deadlines", "request")

    def __init__(self, deadlines: Deadlines, request: HttpRequest) -> None:
        self.deadlines: Deadlines = deadlines
        self.request: HttpRequest = request
        self._stop_at: float | None = None
        self._ends: float | None = None
        if deadlines.total is not None or deadlines.first_token is not None:
            now = time.monotonic()
            self._stop_at = None if deadlines.total is None else now + deadlines.total
            self._ends = shorter(self._stop_at, None if deadlines.first_token is None else now + deadlines.first_token)

    def left(self, patience: float | None) -> float | None:
        """Seconds for one wait of at most `patience`, None without a limit. Raises `TimedOut` when there are none."""
        if self._ends is None:
            return patience
        left = self._ends - time.monotonic()
        if left <= 0:
            raise self.ran_out()
        return shorter(left, patience)

    def until_token(self) -> float | None:
        """Seconds in which the first token must come; None when it has, or may take any time."""
        return None if self._ends == self._stop_at else self.left(None)

    def began(self) -> None:
        """The first token has come."""
        self._ends = self._stop_at

    def ran_out(self) -> TimedOut:
        """The error for a wait that was too long."""
        return TimedOut(f"{shown_url(self.request)} did not answer in time ({_shown(self.deadlines)})")


def shorter(one: float | None, other: float | None) -> float | None:
    """The smaller of two limits, None being no limit."""
    if one is None or other is None:
        return other if one is None else one
    return min(one, other)


def longer(one: float | None, other: float | None) -> float | None:
    """The larger of two limits, None being no limit."""
    return None if one is None or other is None else max(one, other)


def shown_url(request: HttpRequest) -> str:
    """The request's URL without its query, which may hold a key."""
    return request.url.split("?")[0]


def _shown(deadlines: Deadlines) -> str:
    named = zip(("connect", "first byte", "between chunks", "total", "first token"), deadlines, strict=True)
    return ", ".join(f"{name} {seconds:g} s" for name, seconds in named if seconds is not None)


class Body:
    """An answer that is arriving; `read`, `rest` (all at once) and `leave` are the library's.

    `patience` is the library's own limit between two reads.

    The library goes on reading an answer that nobody holds any more, so an abandoned body closes its request itself.
    """

    def __init__(
        self,
        head: tuple[int, Mapping[str, str]],
        read: Callable[[], Any],
        rest: Callable[[], Any],
        leave: Callable[[], Any],
        *,
        clock: Clock,
        patience: float | None,
        failed: Callable[[Exception], NoReturn],
    ) -> None:
        self.status: int = head[0]
        self.headers: Mapping[str, str] = head[1]
        self._read = read
        self._rest = rest
        self._leave: Callable[[], Any] | None = leave
        self._clock = clock
        idle = clock.deadlines.between_chunks
        self._idle = idle if idle != patience else None
        self._failed = failed

    def began(self) -> None:
        self._clock.began()

    def comes_at_once(self, limit: int) -> bool:
        """Whether the rest may be left to the library: it is known to be small enough, and has no deadline of ours."""
        length = self.headers.get("content-length", "")
        if not length.isdecimal() or int(length) > limit or "content-encoding" in self.headers:
            return False
        return self._idle is None and self._clock.until_token() is None

    async def rest(self) -> bytes:
        """All that is still to come."""
        raise NotImplementedError

    async def aclose(self) -> None:
        raise NotImplementedError

    def __del__(self) -> None:
        if self._leave:
            try:
                drive(self.aclose())  # the library closes without waiting, in both of its forms
            except Exception:
                pass  # the interpreter may be shutting down; the connection dies with it


class BlockingBody(Body):
    async def read(self) -> bytes:
        try:
            self._clock.left(None)
            seconds = shorter(self._idle, self._clock.until_token())
            if seconds is None:
                return bytes(self._read() or b"")
            return bytes(self._guarded(seconds) or b"")
        except Exception as error:
            self._failed(error)

    async def rest(self) -> bytes:
        try:
            return bytes(self._rest())
        except Exception as error:
            self._failed(error)

    def _guarded(self, seconds: float) -> Any:
        """Read for so long; later, the thread that reads closes: the library lets nobody else."""
        leave = self._leave
        try:
            return in_thread(self._read, seconds, late=lambda _: leave and leave())
        except TimeoutError:
            self._leave = None
            raise

    async def aclose(self) -> None:
        leave, self._leave = self._leave, None
        if leave:
            leave()


class AsyncBody(Body):
    async def read(self) -> bytes:
        try:
            left = self._clock.left(self._idle)
            if left is None:
                return bytes(await self._read() or b"")
            async with asyncio.timeout(left):
                return bytes(await self._read() or b"")
        except Exception as error:
            self._failed(error)

    async def rest(self) -> bytes:
        try:
            return bytes(await self._rest())
        except Exception as error:
            self._failed(error)

    async def aclose(self) -> None:
        leave, self._leave = self._leave, None
        if leave:
            await leave()


async def whole(body: ByteStream, request: HttpRequest, limit: int) -> HttpResponse:
    """The answer with all of its body. Raises `InvalidResponse` for one of more than `limit` bytes."""
    parts: list[bytes] = []
    size = 0
    try:
        if isinstance(body, Body) and body.comes_at_once(limit):
            return HttpResponse(body.status, body.headers, await body.rest())
        while part := await body.read():
            parts.append(part)
            size += len(part)
            if size > limit:
                raise _too_large(request, limit)
    finally:
        await body.aclose()
    return HttpResponse(body.status, body.headers, parts[0] if len(parts) == 1 else b"".join(parts))


def _too_large(request: HttpRequest, limit: int) -> ProviderError:
    error = InvalidResponse(
        f"{shown_url(request)} answered with more than {limit} bytes, which is as much as one answer may have; "
        "ask for less, or for a stream"
    )
    error.retryable = False  # it would be as large again
    return error


def in_thread(work: Callable[[], Any], seconds: float, *, late: Callable[[Future[Any]], object]) -> Any:
    """Do blocking work in a thread and wait so long; raises TimeoutError, and `late` is called when it ends there.

    The thread does not hold up the interpreter's end. When too many such waits are under way, the work is done here,
    within the limits it has itself.
    """
    places = _places()
    if not places.acquire(blocking=False):
        return work()
    done: Future[Any] = Future()

    def run() -> None:
        try:
            done.set_result(work())
        except BaseException as error:
            done.set_exception(error)
        finally:
            places.release()

    threading.Thread(target=run, name="litellm-wait", daemon=True).start()
    try:
        return done.result(seconds)
    except TimeoutError:
        done.add_done_callback(late)
        raise


@lru_cache(maxsize=1)
def _places() -> threading.Semaphore:
    return threading.Semaphore(MOST_GUARDED)


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_places.cache_clear)
