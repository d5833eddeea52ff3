"""Two attempts side by side, and waiting for a place: in an event loop and in threads."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from litellm.core import racing
from litellm.core.slots import Slots


def wins(answer: Any) -> bool:
    return str(answer).startswith("ok")


class Track:
    """Runners that wait for one another, and what was dropped."""

    def __init__(self) -> None:
        self.dropped: list[Any] = []
        self.cancelled: list[str] = []

    async def drop(self, answer: Any) -> None:
        self.dropped.append(answer)

    async def run(self, comes_to: Any, *, after: asyncio.Event | None = None, sets: asyncio.Event | None = None) -> Any:
        try:
            if after is not None:
                await after.wait()
        except asyncio.CancelledError:
            self.cancelled.append(comes_to)
            raise
        if sets is not None:
            sets.set()
        if isinstance(comes_to, Exception):
            raise comes_to
        return comes_to

    async def race(self, first: Any, second: Any, after: float = 0.0) -> Any:
        return await racing.race(lambda: first, lambda: second, after, wins=wins, drop=self.drop)


async def test_a_first_that_is_quick_enough_runs_alone() -> None:
    track = Track()
    found = await racing.race(
        lambda: track.run("ok"), lambda: pytest.fail("nobody joins"), 10.0, wins=wins, drop=track.drop
    )
    assert found == ["ok"]


async def test_with_nobody_to_join_the_first_is_waited_for() -> None:
    track, gate = Track(), asyncio.Event()

    def nobody() -> None:
        gate.set()

    assert await racing.race(lambda: track.run("bad", after=gate), nobody, 0.0, wins=wins, drop=track.drop) == ["bad"]


async def test_the_second_wins_and_the_first_is_cancelled() -> None:
    track = Track()
    assert await track.race(track.run("first", after=asyncio.Event()), track.run("ok")) == ["ok"]
    assert track.cancelled == ["first"]


async def test_the_first_wins_after_all() -> None:
    track, joined = Track(), asyncio.Event()

    async def second() -> str:
        joined.set()
        return await track.run("second", after=asyncio.Event())  # type: ignore[no-any-return]

    assert await track.race(track.run("ok", after=joined), second()) == ["ok"]
    assert track.cancelled == ["second"]


async def test_one_that_failed_is_told_beside_the_winner() -> None:
    track, failed = Track(), asyncio.Event()
    assert await track.race(track.run("ok", after=failed), track.run("bad", sets=failed)) == ["ok", "bad"]


async def test_when_both_fail_both_are_told() -> None:
    track, joined = Track(), asyncio.Event()
    assert await track.race(track.run("bad 1", after=joined), track.run("bad 2", sets=joined)) == ["bad 1", "bad 2"]
    assert track.dropped == []


async def test_a_second_winner_is_dropped() -> None:
    track, gate = Track(), asyncio.Event()
    asyncio.get_running_loop().call_later(0.005, gate.set)
    assert await track.race(track.run("ok 1", after=gate), track.run("ok 2", after=gate)) == ["ok 1"]
    assert track.dropped == ["ok 2"]


async def test_an_answer_that_comes_with_the_cancelling_is_dropped() -> None:
    track = Track()

    async def stubborn() -> str:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            pass
        return "ok, but late"

    assert await track.race(stubborn(), track.run("ok")) == ["ok"]
    assert track.dropped == ["ok, but late"]


async def test_what_breaks_is_raised_and_the_other_ended() -> None:
    track = Track()
    with pytest.raises(KeyError):
        await track.race(track.run("first", after=asyncio.Event()), track.run(KeyError("a mistake")))
    assert track.cancelled == ["first"]


async def test_what_breaks_beside_an_answer_drops_the_answer() -> None:
    track, gate = Track(), asyncio.Event()
    # Both end in the same turn of the loop, so that the race sees the answer and the mistake together.
    first, second = track.run(KeyError("a mistake"), after=gate), track.run("ok", after=gate)
    asyncio.get_running_loop().call_later(0.005, gate.set)
    with pytest.raises(KeyError):
        await track.race(first, second)
    assert track.dropped == ["ok"]


async def test_a_second_that_cannot_be_found_ends_the_first() -> None:
    track = Track()

    def broken() -> Any:
        raise ValueError("no such deployment")

    with pytest.raises(ValueError, match="no such"):
        await racing.race(lambda: track.run("a", after=asyncio.Event()), broken, 0.0, wins=wins, drop=track.drop)
    assert track.cancelled == ["a"]


@pytest.mark.parametrize("after", [0.0, 10.0])
async def test_cancelling_ends_everybody(after: float) -> None:
    track = Track()
    first, second = track.run("a", after=asyncio.Event()), track.run("b", after=asyncio.Event())
    racers = asyncio.ensure_future(track.race(first, second, after))
    while after == 0.0 and len(asyncio.all_tasks()) < 4:
        await asyncio.sleep(0)
    await asyncio.sleep(0)
    racers.cancel()
    with pytest.raises(asyncio.CancelledError):
        await racers
    assert track.cancelled == (["a", "b"] if after == 0.0 else ["a"])
    second.close()


async def test_being_cancelled_while_the_loser_ends_is_not_lost() -> None:
    track, ending = Track(), asyncio.Event()

    async def slow_to_end() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ending.set()
            await asyncio.Event().wait()

    racers = asyncio.ensure_future(track.race(slow_to_end(), track.run("ok")))
    await ending.wait()
    racers.cancel()
    with pytest.raises(asyncio.CancelledError):
        await racers


# -- in threads --------------------------------------------------------------------------------------------------------


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(4) as made:
        yield made


def threads(pool: ThreadPoolExecutor, track: Track, first: Callable[[], Any], second: Callable[[], Any]) -> Any:
    async def run(work: Callable[[], Any]) -> Any:
        return work()

    return racing.race_in_threads(lambda: run(first), lambda: run(second), 0.001, wins=wins, drop=track.drop, pool=pool)


def waiting(event: threading.Event, comes_to: Any) -> Callable[[], Any]:
    return lambda: comes_to if event.wait(5) else "never"


def test_a_thread_that_is_late_is_dropped_when_it_ends(pool: ThreadPoolExecutor) -> None:
    track, gate = Track(), threading.Event()
    assert threads(pool, track, waiting(gate, "ok, but late"), lambda: "ok") == ["ok"]
    assert track.dropped == []
    gate.set()
    pool.shutdown()
    assert track.dropped == ["ok, but late"]


def test_the_first_thread_wins_over_one_that_failed(pool: ThreadPoolExecutor) -> None:
    track, gate = Track(), threading.Event()

    def fails() -> str:
        gate.set()
        return "bad"

    found = threads(pool, track, waiting(gate, "ok"), fails)
    assert "ok" in found and set(found) <= {"ok", "bad"}


def test_threads_that_both_fail_are_both_told(pool: ThreadPoolExecutor) -> None:
    gate = threading.Event()

    def fails() -> str:
        gate.set()
        return "bad 2"

    assert threads(pool, Track(), waiting(gate, "bad 1"), fails) == ["bad 1", "bad 2"]


def test_what_breaks_in_a_thread_is_raised_and_the_other_dropped(pool: ThreadPoolExecutor) -> None:
    track, gate = Track(), threading.Event()

    def breaks() -> str:
        raise KeyError("a mistake")

    with pytest.raises(KeyError):
        threads(pool, track, waiting(gate, "ok"), breaks)
    gate.set()
    pool.shutdown()
    assert track.dropped == ["ok"]


def test_nobody_to_join_in_threads(pool: ThreadPoolExecutor) -> None:
    gate = threading.Event()

    async def first() -> Any:
        return waiting(gate, "ok")()

    found = racing.race_in_threads(first, lambda: gate.set(), 0.001, wins=wins, drop=Track().drop, pool=pool)
    assert found == ["ok"]


# -- places ------------------------------------------------------------------------------------------------------------


async def test_coroutines_get_places_in_the_order_of_asking() -> None:
    slots, order = Slots(1), list[int]()
    slots.take()

    async def ask(number: int) -> None:
        assert await racing.acquire(slots, 5)
        order.append(number)
        slots.release()

    asking = [asyncio.ensure_future(ask(number)) for number in range(5)]
    await asyncio.sleep(0)
    slots.release()
    await asyncio.gather(*asking)
    assert order == [0, 1, 2, 3, 4]
    assert slots.free == 1


async def test_who_waited_long_enough_leaves_without_a_place() -> None:
    slots = Slots(1)
    slots.take()
    assert not await racing.acquire(slots, 0.001)
    slots.release()
    assert slots.free == 1


async def test_who_is_cancelled_holds_no_place() -> None:
    slots = Slots(1)
    slots.take()
    waiting = asyncio.ensure_future(racing.acquire(slots, 5))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    slots.release()
    assert slots.free == 1


async def test_who_is_cancelled_as_its_place_comes_gives_it_back() -> None:
    slots = Slots(1)
    slots.take()
    waiting = asyncio.ensure_future(racing.acquire(slots, 5))
    await asyncio.sleep(0)
    slots.release()  # the place is theirs, though they have not been told yet
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert slots.free == 1


def test_a_place_goes_past_a_loop_that_is_closed() -> None:
    slots = Slots(1)
    slots.take()

    loop = asyncio.new_event_loop()
    waiter = racing._Waiter(lambda: loop.call_soon_threadsafe(lambda: None))
    assert not slots.take_later(waiter.wake)
    loop.close()
    slots.release()
    assert slots.free == 1


def test_threads_wait_for_a_place_at_most_so_long() -> None:
    slots = Slots(1)
    assert racing.acquire_in_thread(slots, 0.001)
    assert not racing.acquire_in_thread(slots, 0.001)
    slots.release()
    assert slots.free == 1


def test_no_more_threads_than_places_at_any_time() -> None:
    slots, lock = Slots(3), threading.Lock()
    here = most = 0

    def work() -> None:
        nonlocal here, most
        for _ in range(50):
            assert racing.acquire_in_thread(slots, 5)
            with lock:
                here += 1
                most = max(most, here)
            with lock:
                here -= 1
            slots.release()

    with ThreadPoolExecutor(16) as pool:
        for each in [pool.submit(work) for _ in range(16)]:
            each.result()
    assert (most <= 3, slots.free) == (True, 3)


def test_daemon_threads_are_bounded_and_end_with_the_interpreter() -> None:
    gate = threading.Event()
    pool = racing.DaemonThreads(1)
    first = pool.submit(lambda: (gate.wait(5), threading.current_thread()))
    second = pool.submit(threading.current_thread)
    assert second.result() is threading.current_thread()  # no thread was left
    gate.set()
    assert first.result()[1].daemon
    assert isinstance(pool.submit(lambda: 1 / 0).exception(5), ZeroDivisionError)
