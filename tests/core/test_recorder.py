"""Observers run in order, beside the program, and never hurt it."""

import asyncio
import logging
import os
import threading

import pytest

from litellm.core import recorder as module
from litellm.core.recorder import Recorder, in_loop


def test_in_the_order_in_which_they_were_told() -> None:
    recorder, seen = Recorder(), []

    async def asynchronous() -> None:
        await asyncio.sleep(0)
        seen.append("b")

    recorder.tell(lambda: seen.append("a"))
    recorder.tell(asynchronous)
    recorder.tell(lambda: seen.append(threading.current_thread().name))
    recorder.flush()
    assert seen == ["a", "b", "litellm-recorder"]


def _fail() -> None:
    raise ValueError("broken callback")


async def _cancel() -> None:
    raise asyncio.CancelledError


async def _fail_later() -> None:
    raise ValueError("broken callback")


@pytest.mark.parametrize("observe", [_fail, _cancel, _fail_later])
def test_what_an_observer_raises_is_logged_and_the_next_is_told(
    observe: object, caplog: pytest.LogCaptureFixture
) -> None:
    recorder, seen = Recorder(), []
    recorder.tell(observe)  # type: ignore[arg-type]
    recorder.tell(lambda: seen.append(1))
    recorder.flush()
    assert seen == [1]
    assert "a callback failed" in caplog.text


def test_flushing_what_was_never_told_returns_at_once() -> None:
    Recorder().flush()


def test_slow_observers_are_bounded(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(module, "MAX_WAITING", 3)
    recorder, busy, go, seen = Recorder(), threading.Event(), threading.Event(), []

    def slow() -> None:
        busy.set()
        go.wait(10)

    recorder.tell(slow)
    busy.wait(10)
    for number in range(10):
        recorder.tell(lambda number=number: seen.append(number))  # type: ignore[misc]
    go.set()
    recorder.flush()
    assert seen == [0, 1, 2]
    assert recorder.dropped == 7
    assert [record.levelno for record in caplog.records] == [logging.WARNING]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
@pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork:DeprecationWarning")
def test_a_forked_child_tells_its_own_and_not_its_parents() -> None:
    recorder, busy, go = Recorder(), threading.Event(), threading.Event()
    module.os.register_at_fork(after_in_child=recorder.reset)  # type: ignore[attr-defined]

    def slow() -> None:
        busy.set()
        go.wait(10)

    seen: list[str] = []
    recorder.tell(slow)
    busy.wait(10)
    recorder.tell(lambda: seen.append("parent's"))
    child = os.fork()
    if child == 0:
        recorder.tell(lambda: seen.append("child's"))
        recorder.flush()
        os._exit(0 if seen == ["child's"] else 1)
    go.set()
    recorder.flush()
    assert os.waitpid(child, 0)[1] == 0
    assert seen == ["parent's"]


async def test_a_coroutine_runs_in_the_callers_loop(caplog: pytest.LogCaptureFixture) -> None:
    done, loops = asyncio.Event(), []

    async def observe() -> None:
        loops.append(asyncio.get_running_loop())
        done.set()

    in_loop(_fail_later())
    in_loop(observe())
    await done.wait()
    assert loops == [asyncio.get_running_loop()]
    assert "a callback failed" in caplog.text


def test_what_a_closing_loop_did_not_start_is_told_all_the_same() -> None:
    seen = []

    async def observe() -> None:
        seen.append(1)

    async def program() -> None:
        in_loop(observe())

    asyncio.run(program())
    module.recorder.flush()
    assert seen == [1]
