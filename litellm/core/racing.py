"""Waiting for more than one thing: the ports' `race` and `acquire`, in an event loop and in threads."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from typing import Any, cast

from litellm.core.bridge import drive
from litellm.core.slots import Slots

First = Callable[[], Awaitable[Any]]
Second = Callable[[], Awaitable[Any] | None]
Wins = Callable[[Any], bool]
Drop = Callable[[Any], Awaitable[None]]
AnyFuture = asyncio.Future[Any] | Future[Any]


async def race(first: First, second: Second, after: float, *, wins: Wins, drop: Drop) -> Sequence[Any]:
    """`Ports.race` in an event loop: the loser is cancelled, and has ended when this returns."""
    running = [asyncio.ensure_future(first())]
    try:
        await asyncio.wait(running, timeout=after)
        if not running[0].done() and (other := second()) is not None:
            running.append(asyncio.ensure_future(other))
        found = _ended(running)
        while len(found) < len(running) and not any(map(wins, found)):
            await asyncio.wait([each for each in running if not each.done()], return_when=asyncio.FIRST_COMPLETED)
            found = _ended(running)
        kept = _kept(running, wins)
    except BaseException:
        await _drop(running, drop)
        raise
    await _drop([each for each in running if each not in kept], drop)
    return [each.result() for each in kept]


async def _drop(late: Sequence[asyncio.Future[Any]], drop: Drop) -> None:
    """End these, and drop what they come to nevertheless: nobody waits for what they say."""
    for each in late:
        each.cancel()
    for answer in await asyncio.gather(*late, return_exceptions=True):
        if not isinstance(answer, BaseException):
            await drop(answer)


def _ended(running: Iterable[AnyFuture]) -> list[Any]:
    return [each.result() for each in running if each.done()]


def _kept(running: Iterable[AnyFuture], wins: Wins) -> list[Any]:
    """Those that have ended, but for a second winner."""
    kept: list[Any] = []
    won = False
    for each in running:
        if not each.done() or (won and wins(each.result())):
            continue
        won = won or wins(each.result())
        kept.append(each)
    return kept


def race_in_threads(
    first: First, second: Second, after: float, *, wins: Wins, drop: Drop, pool: Executor
) -> Sequence[Any]:
    """`Ports.race` for blocking ports: the loser ends in its thread, and what it comes to is dropped there."""
    running = [_start(pool, first())]
    kept: list[Future[Any]] = []
    try:
        wait(running, timeout=after)
        if not running[0].done() and (other := second()) is not None:
            running.append(_start(pool, other))
        found = _ended(running)
        while len(found) < len(running) and not any(map(wins, found)):
            wait([each for each in running if not each.done()], return_when=FIRST_COMPLETED)
            found = _ended(running)
        kept = _kept(running, wins)
    finally:
        for late in running:
            if late not in kept:
                late.add_done_callback(lambda each: _drop_late(each, drop))
    return [each.result() for each in kept]


class DaemonThreads(Executor):
    """A thread for each piece of work, none of which holds up the interpreter's end; at most so many at a time.

    What comes when all are taken is done in the caller's own thread.
    """

    def __init__(self, most: int) -> None:
        self._places = threading.Semaphore(most)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        done: Future[Any] = Future()

        def run() -> None:
            try:
                done.set_result(fn(*args, **kwargs))
            except BaseException as error:
                done.set_exception(error)

        def run_and_leave() -> None:
            try:
                run()
            finally:
                self._places.release()

        if self._places.acquire(blocking=False):
            threading.Thread(target=run_and_leave, name="litellm-race", daemon=True).start()
        else:
            run()
        return done


def _start(pool: Executor, work: Awaitable[Any]) -> Future[Any]:
    return pool.submit(drive, cast(Coroutine[Any, Any, Any], work))


def _drop_late(late: Future[Any], drop: Drop) -> None:
    if late.exception() is None:
        drive(cast(Coroutine[Any, Any, None], drop(late.result())))


async def acquire(slots: Slots, seconds: float | None) -> bool:
    """`Ports.acquire` in an event loop."""
    loop = asyncio.get_running_loop()
    turn: asyncio.Future[None] = loop.create_future()

    def come() -> None:
        if not turn.done():
            turn.set_result(None)

    waiter = _Waiter(lambda: loop.call_soon_threadsafe(come))
    if slots.take_later(waiter.wake):
        return True
    try:
        async with asyncio.timeout(seconds):  # wait_for of Python 3.11 may swallow a cancellation
            await turn
        return True
    except TimeoutError:
        return waiter.leave()
    except asyncio.CancelledError:
        if waiter.leave():
            slots.release()
        raise


def acquire_in_thread(slots: Slots, seconds: float | None) -> bool:
    """`Ports.acquire` for blocking ports."""
    turn = threading.Event()
    waiter = _Waiter(turn.set)
    return slots.take_later(waiter.wake) or turn.wait(seconds) or waiter.leave()


class _Waiter:
    """Somebody waiting for a place, who may leave at the very moment it is given."""

    def __init__(self, call: Callable[[], Any]) -> None:
        self._call = call
        self._lock = threading.Lock()
        self._woken = False
        self._gone = False

    def wake(self) -> bool:
        """Give the place to the waiter; False when nobody waits any more."""
        with self._lock:
            if self._gone:
                return False
            try:
                self._call()
            except RuntimeError:  # its event loop is closed
                return False
            self._woken = True
            return True

    def leave(self) -> bool:
        """Wait no longer; whether the place had come after all."""
        with self._lock:
            self._gone = True
            return self._woken
