"""Waiting for more than one thing: the ports' `race` and `acquire`, in an event loop and in threads."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from typing import Any, cast

from litellm.core.bridge import drive
from litellm.core.slots import Slots

First = Callable[[], Awaitable[Any]]
Second = Callable[[], Awaitable[Any] | None]
Wins = Callable[[Any], bool]
Drop = Callable[[Any], Awaitable[None]]


async def race(first: First, second: Second, after: float, *, wins: Wins, drop: Drop) -> Sequence[Any]:
    """`Ports.race` in an event loop: the loser is cancelled, and has ended when this returns."""
    running: list[asyncio.Future[Any]] = [asyncio.ensure_future(first())]
    found: list[Any] = []
    try:
        await asyncio.wait(running, timeout=after)
        if not running[0].done() and (other := second()) is not None:
            running.append(asyncio.ensure_future(other))
        while True:
            done, pending = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
            found += [task.result() for task in running if task in done]
            running = [task for task in running if task in pending]
            if not running or any(map(wins, found)):
                return await _winners(found, wins, drop)
    finally:
        await _cancel(running, drop)


async def _winners(found: list[Any], wins: Wins, drop: Drop) -> list[Any]:
    """All that was found but for a second winner."""
    kept, won = [], False
    for each in found:
        if won and wins(each):
            await drop(each)
            continue
        won = won or wins(each)
        kept.append(each)
    return kept


async def _cancel(running: Sequence[asyncio.Future[Any]], drop: Drop) -> None:
    for task in running:
        task.cancel()
    for task in running:
        try:
            await drop(await task)
        except (asyncio.CancelledError, Exception):
            pass  # it was told to end, and nobody waits for what it says


def race_in_threads(
    first: First, second: Second, after: float, *, wins: Wins, drop: Drop, pool: Executor
) -> Sequence[Any]:
    """`Ports.race` for blocking ports: the loser ends in its thread, and what it comes to is dropped there."""
    running: set[Future[Any]] = {_start(pool, first())}
    found: list[Any] = []
    wait(running, timeout=after)
    if not any(each.done() for each in running) and (other := second()) is not None:
        running.add(_start(pool, other))
    while running:
        done, running = wait(running, return_when=FIRST_COMPLETED)
        found += [each.result() for each in done]
        if any(map(wins, found)):
            break
    for late in running:
        late.add_done_callback(lambda each: _drop_late(each, drop))
    return drive(_winners(found, wins, drop))


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
        await asyncio.wait_for(turn, seconds)
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
