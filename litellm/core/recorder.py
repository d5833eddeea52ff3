"""Tells observers of finished calls, off the caller's path: in a thread after a synchronous call, else in the loop.

The only file besides the transport that may start a thread. What an observer raises is logged and goes no further.
"""

import asyncio
import atexit
import inspect
import logging
import os
import queue
import threading
from collections.abc import Callable, Coroutine
from typing import Any

_log = logging.getLogger("LiteLLM")

MAX_WAITING = 50_000

_tasks: set[asyncio.Task[Any]] = set()


class Recorder:
    """Runs observers one after the other, in the order in which calls ended.

    When they are slower than the program for so long that `MAX_WAITING` of them wait, further ones are dropped and
    counted in `dropped`; the log says so once.
    """

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Start anew; a forked child has no thread, and what waited in its parent is its parent's to tell."""
        self._queue: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self.dropped: int = 0

    def tell(self, observe: Callable[[], Any]) -> None:
        """Call `observe` soon, in this recorder's thread; a coroutine it returns is run there to its end."""
        if self._thread is None or not self._thread.is_alive():
            self._start()
        if self._queue.qsize() >= MAX_WAITING:
            self._drop()
        else:
            self._queue.put(observe)

    def _drop(self) -> None:
        if not self.dropped:
            _log.warning("callbacks are slower than the calls they are told of: some of these are not told any more")
        self.dropped += 1

    def flush(self, seconds: float = 5.0) -> None:
        """Wait until everything told so far has been observed, at most so long."""
        if self._thread is None or not self._thread.is_alive():
            return
        reached = threading.Event()
        self._queue.put(reached.set)
        reached.wait(seconds)

    def _start(self) -> None:
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._work, name="litellm-recorder", daemon=True)
                self._thread.start()

    def _work(self) -> None:
        loop: asyncio.AbstractEventLoop | None = None
        while True:
            observe = self._queue.get()
            try:
                outcome = observe()
                if inspect.isawaitable(outcome):
                    loop = loop or asyncio.new_event_loop()
                    loop.run_until_complete(outcome)
            except (Exception, asyncio.CancelledError):
                _log.exception("a callback failed; the call it was told of is not affected")


def in_loop(work: Coroutine[Any, Any, Any]) -> None:
    """Run a coroutine that nobody waits for in the caller's own event loop, where the objects it uses live.

    One that still waits for something when the loop shuts down is cancelled with it, which is logged. After the loop's
    end (a forgotten call or stream is collected then) it is run in the recorder's thread.
    """
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        recorder.tell(lambda: work)
        return

    def done(task: asyncio.Task[Any]) -> None:
        _tasks.discard(task)
        if task.cancelled():
            work.close()
            _log.warning("a callback did not end before its event loop did: let it end, or make it a plain function")

    task = loop.create_task(guarded(work))
    _tasks.add(task)
    task.add_done_callback(done)


async def guarded(work: Coroutine[Any, Any, Any]) -> None:
    """Run what nobody waits for; a failure is logged."""
    try:
        await work
    except Exception:
        _log.exception("a callback failed; the call it was told of is not affected")


recorder: Recorder = Recorder()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=recorder.reset)
atexit.register(recorder.flush)
