"""What several processes share over a real Redis: limits that hold over all of them, leases that the dead give back."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from litellm.caching.redis_connection import Address, Limits, RedisConnection
from litellm.core.bridge import drive
from litellm.router_utils.shared_state import Granted, Place, SharedState, Shares
from litellm.router_utils.stats import Stats
from tests.support.redis import RedisServer, free_port, needed, until

pytestmark = needed

MINUTE = 29_000_000
NOW = MINUTE * 60.0
PATIENT = Limits(deadline=5.0, probe=0.05)


class Ports:
    def __init__(self, asynchronous: bool) -> None:
        self.asynchronous = asynchronous


LOOP: Any = Ports(True)
THREAD: Any = Ports(False)


class One:
    """A deployment as far as it is shared."""

    def __init__(
        self,
        id: str = "a",
        *,
        rpm: float | None = None,
        tpm: float | None = None,
        itpm: float | None = None,
        otpm: float | None = None,
        parallel: int | None = None,
    ) -> None:
        self.id = id
        self.rpm, self.tpm, self.itpm, self.otpm, self.parallel = rpm, tpm, itpm, otpm, parallel
        self.stats = Stats()

    @property
    def fleet(self) -> tuple[int, int, int, int]:
        window = self.stats.fleet
        assert window is not None
        return window.requests, window.input_tokens, window.output_tokens, self.stats.fleet_in_flight


class Clock:
    """The time that a process believes it is."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> float:
        return self.now


class Process:
    """A router's shared state with its own clock, as another process would have it."""

    def __init__(self, port: int, shares: Shares, limits: Limits = PATIENT) -> None:
        self.clock = Clock()
        self.shared = SharedState(
            RedisConnection(Address(host="127.0.0.1", port=port), limits, clock=self.clock), shares
        )

    async def admit(self, *wanted: One, read: int = 0, written: int = 0, ports: Any = LOOP) -> Granted | None:
        return await self.shared.admit(
            "g", wanted, input_tokens=read, output_tokens=written, now=self.clock.now, ports=ports
        )

    async def index(self, *wanted: One, read: int = 0, written: int = 0) -> int:
        granted = await self.admit(*wanted, read=read, written=written)
        assert granted is not None
        return granted.index

    async def place(self, *wanted: One, read: int = 0, written: int = 0) -> Place:
        granted = await self.admit(*wanted, read=read, written=written)
        assert granted is not None and granted.place is not None
        return granted.place

    def settle(self, place: Place, **figures: Any) -> None:
        self.shared.settle(place, now=self.clock.now, **figures)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    server = RedisServer(tmp_path_factory.mktemp("redis"))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def server(running: RedisServer) -> RedisServer:
    running.run("FLUSHALL")
    return running


class Processes:
    def __init__(self, port: int) -> None:
        self.port = port
        self.made: list[Process] = []

    def __call__(self, shares: Shares = Shares(), limits: Limits = PATIENT) -> Process:  # noqa: B008
        self.made.append(Process(self.port, shares, limits))
        return self.made[-1]


@pytest.fixture
def process(server: RedisServer) -> Iterator[Processes]:
    processes = Processes(server.port)
    yield processes
    for made in processes.made:
        made.shared.close()


async def eventually(happens: Any) -> None:
    """Wait for the background to have told and heard."""
    async with asyncio.timeout(10):
        while not happens():
            await asyncio.sleep(0.002)


# -- limits ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "limits, read, written, granted",
    [
        ({"rpm": 3}, 10, 10, 3),
        ({"tpm": 100}, 30, 10, 2),
        ({"tpm": 80.0}, 30, 10, 2),
        ({"itpm": 100}, 30, 1000, 3),
        ({"otpm": 100}, 1000, 30, 3),
        ({"rpm": 0}, 0, 0, 0),
        ({"rpm": 5, "tpm": 1000, "otpm": 20}, 1, 10, 2),
        ({"parallel": 2}, 1, 1, 2),
    ],
)
async def test_a_limit_holds_over_all_processes(
    process: Processes, limits: dict[str, float], read: int, written: int, granted: int
) -> None:
    processes = [process(), process()]
    one: Any = One(**limits)  # type: ignore[arg-type]
    taken = [await processes[turn % 2].index(one, read=read, written=written) for turn in range(6)]
    assert taken == [0] * granted + [-1] * (6 - granted)


async def test_the_first_with_room_is_taken(process: Processes) -> None:
    first = process()
    wanted = (One("a", rpm=1), One("b", tpm=50), One("c"))
    assert [await first.index(*wanted, read=20) for _ in range(5)] == [0, 1, 1, 2, 2]


async def test_a_new_minute_begins_at_zero(process: Processes) -> None:
    first, one = process(), One(rpm=1)
    first.clock.now = NOW + 59.5
    assert [await first.index(one), await first.index(one)] == [0, -1]
    first.clock.now = NOW + 60.0
    assert [await first.index(one), await first.index(one)] == [0, -1]
    assert one.fleet[0] == 1


async def test_a_refusal_says_when_there_may_be_room(process: Processes) -> None:
    first = process()
    first.clock.now = NOW + 45.0
    full = One("a", rpm=0)
    assert await first.admit(full) == Granted(index=-1, retry_after=15.0)
    assert await first.admit(full, One("b", parallel=0)) == Granted(index=-1, retry_after=0.0)


async def test_settled_tokens_are_what_counts(process: Processes) -> None:
    first, other, one = process(), process(), One(tpm=100)
    place = await first.place(one, read=20, written=80)
    assert await other.index(one, read=1) == -1
    first.settle(place, more_input=5, more_output=-60)
    assert one.fleet[:3] == (1, 25, 20)
    there = One(tpm=100)
    while await other.index(there, read=30, written=25) < 0:
        await asyncio.sleep(0.002)
    assert there.fleet[:3] == (2, 55, 45)


async def test_tokens_of_a_minute_that_is_over_do_not_count_for_the_next(process: Processes) -> None:
    first, one = process(), One(tpm=100)
    first.clock.now = NOW + 59.0
    place = await first.place(one, written=100)
    first.clock.now = NOW + 61.0
    first.settle(place, more_output=-90)
    assert await first.index(one, written=30) == 0
    await asyncio.sleep(0.05)
    assert await first.index(one, written=70) == 0
    assert one.fleet[:3] == (2, 0, 100)


# -- requests in flight ------------------------------------------------------------------------------------------


async def test_a_place_is_free_when_its_request_ends(process: Processes) -> None:
    first, other, one = process(), process(), One(parallel=1)
    place = await first.place(one)
    assert await other.index(one) == -1
    first.settle(place)
    async with asyncio.timeout(10):
        while await other.index(one) < 0:
            await asyncio.sleep(0.002)


async def test_a_lease_of_a_long_request_is_renewed(process: Processes) -> None:
    shares = Shares(lease_seconds=10.0)
    first, other, one = process(shares), process(shares), One(parallel=1)
    await first.place(one)
    for later in (4.0, 8.0, 12.0, 16.0):
        first.clock.now = other.clock.now = NOW + later
        first.shared.note("x", One("x"), input_tokens=0, output_tokens=0, now=first.clock.now, asynchronous=True)
        await asyncio.sleep(0.05)
        assert await other.index(one) == -1


async def test_the_lease_of_the_dead_ends(process: Processes) -> None:
    shares = Shares(lease_seconds=10.0)
    dead, other, one = process(shares), process(shares), One(parallel=1)
    await dead.place(one)
    dead.shared._connection._links.stop()  # killed: it says nothing any more
    other.clock.now = NOW + 9.9
    assert await other.index(one) == -1
    other.clock.now = NOW + 10.0
    assert await other.index(one) == 0


async def test_all_requests_in_flight_can_be_seen(process: Processes) -> None:
    shares = Shares(in_flight=True)
    first, other = process(shares), process(shares)
    mine, theirs = One(), One()
    places = [
        first.shared.note("g", mine, input_tokens=3, output_tokens=4, now=NOW, asynchronous=True) for _ in range(3)
    ]
    assert mine.fleet == (3, 9, 12, 3)
    other.shared.know("g", [theirs])
    while theirs.fleet != (3, 9, 12, 3):
        await other.place(One("other"))
        await asyncio.sleep(0.002)
    for place in places:
        first.settle(place)
    assert mine.fleet == (3, 9, 12, 0)
    while theirs.fleet != (3, 9, 12, 0):
        await other.place(One("other"))
        await asyncio.sleep(0.002)


async def test_a_request_that_ends_before_it_was_told_leaves_nothing(process: Processes, server: RedisServer) -> None:
    first, one = process(Shares(in_flight=True)), One()
    first.settle(first.shared.note("g", one, input_tokens=1, output_tokens=1, now=NOW, asynchronous=True))
    await eventually(lambda: any("usage" in key for key in server.keys()))
    assert not any("leases" in key for key in server.keys())


# -- cooldowns and latencies -------------------------------------------------------------------------------------


async def test_a_cooldown_is_one_everywhere(process: Processes) -> None:
    first, other = process(), process()
    other.shared.know("g", [One()])
    first.shared.cool("g", "a", NOW + 30.5, "RateLimited 429")
    assert first.shared.cooled == {"a": (NOW + 30.5, "RateLimited 429")}
    while other.shared.cooled != {"a": (NOW + 30.5, "RateLimited 429")}:
        await other.index(One())
        await asyncio.sleep(0.002)
    first.shared.warm("g", "a")
    assert first.shared.cooled == {}
    while other.shared.cooled:
        await other.index(One())
        await asyncio.sleep(0.002)


async def test_a_cooldown_that_is_over_is_forgotten(process: Processes) -> None:
    first, other = process(), process()
    first.shared.cool("g", "a", NOW + 1.0, "RateLimited 429")
    while not other.shared.cooled:
        await other.index(One())
        await asyncio.sleep(0.002)
    first.clock.now = other.clock.now = NOW + 2.0
    while other.shared.cooled:
        await other.index(One())
        await asyncio.sleep(0.002)


async def test_latencies_are_those_of_all(process: Processes) -> None:
    shares = Shares(samples=3)
    first, other = process(shares), process(shares)
    mine, theirs = One(), One()
    for seconds in (9.0, 0.25, 0.5, 0.75):
        place = first.shared.note("g", mine, input_tokens=0, output_tokens=0, now=NOW, asynchronous=True)
        first.settle(place, latency=seconds, first_token=2 * seconds)
    other.shared.know("g", [theirs])
    while theirs.stats.latency.samples() != (0.25, 0.5, 0.75):
        await other.index(One("other"))
        await asyncio.sleep(0.002)
    assert (theirs.stats.latency.value, theirs.stats.first_token.value) == (0.5, 1.0)


# -- a server that does not answer -------------------------------------------------------------------------------


async def test_without_an_answer_the_caller_decides(process: Processes) -> None:
    process.port = free_port()
    first, one = process(), One(rpm=1)
    assert [await first.admit(one) for _ in range(3)] == [None] * 3
    place = first.shared.note("g", one, input_tokens=1, output_tokens=2, now=NOW, asynchronous=True)
    first.settle(place, more_output=3)
    assert one.fleet[:3] == (1, 1, 5)
    assert not first.shared.available


async def test_what_was_done_meanwhile_is_told_afterwards(process: Processes, server: RedisServer) -> None:
    first, one = process(limits=Limits(probe=0.05)), One(rpm=100, parallel=3)
    place = await first.place(one)
    server.stop()
    while first.shared.available:
        assert await first.admit(one) is None
    first.settle(place)
    first.shared.note("g", one, input_tokens=4, output_tokens=0, now=NOW, asynchronous=True)
    server.start()
    there = One(rpm=100)
    other = process()
    while there.stats.fleet is None or there.fleet[1] != 4:
        await other.admit(there)
        await asyncio.sleep(0.005)


@pytest.mark.parametrize("limit", [{"parallel": 1}, {"rpm": 1}])
async def test_what_was_granted_too_late_is_given_back(
    process: Processes, server: RedisServer, limit: dict[str, int]
) -> None:
    first, other = process(limits=Limits(probe=0.05)), process()
    one: Any = One(**limit)  # type: ignore[arg-type]
    await first.place(One("warm"))
    server.run("CLIENT", "PAUSE", "120")
    assert await first.admit(one) is None
    async with asyncio.timeout(10):
        while await other.index(one) < 0:
            await asyncio.sleep(0.002)


async def test_a_report_without_an_answer_counts_once(process: Processes, server: RedisServer) -> None:
    """It ran, but the connection broke before the reply: it is sent again, and not added again."""
    first, one = process(), One()
    first.shared.note("g", one, input_tokens=7, output_tokens=0, now=NOW, asynchronous=True)
    group = first.shared._fleet.group("g")
    command, number = group.command(NOW, sender="me", lease_seconds=15.0, samples=0)
    for _ in range(2):
        reply = await first.shared._connection.ask(command, lambda late: None, asynchronous=True)
        assert reply[0] == [1, 7, 0, 0]
    group.answer(None, number, ["a"], MINUTE, 0)
    assert group.command(NOW, sender="me", lease_seconds=15.0, samples=0)[0].args == command.args
    group.answer(reply, number, ["a"], MINUTE, 0)
    assert one.fleet[:3] == (1, 7, 0)


# -- keys --------------------------------------------------------------------------------------------------------


async def test_keys_of_a_group_are_in_one_slot_and_expire(process: Processes, server: RedisServer) -> None:
    first = process(Shares(in_flight=True, samples=5))
    first.clock.now = __import__("time").time()
    one = One(rpm=5)
    first.settle(await first.place(one, read=1), latency=1.0)
    await first.place(one)
    first.shared.cool("g", "a", first.clock.now + 60, "why")
    kinds = {"usage", "leases", "cooldowns", "latencies", "batch"}
    await eventually(lambda: {key.split(":")[2] for key in server.keys()} == kinds)
    for key in server.keys():
        assert key.startswith("{litellm:g}:")
        seconds = int(server.run("TTL", key)[1:])
        assert 0 < seconds <= (3600 if "latencies" in key else 120)


# -- real processes ----------------------------------------------------------------------------------------------

WORKER = """
import asyncio, sys, threading
from litellm.caching.redis_connection import Address, Limits, RedisConnection
from litellm.core.bridge import drive
from litellm.router_utils.shared_state import SharedState, Shares
from tests.router_utils.test_shared_state import LOOP, NOW, One, THREAD
kind, port = sys.argv[1], int(sys.argv[2])
connection = RedisConnection(Address(host="127.0.0.1", port=port), Limits(deadline=10.0), clock=lambda: NOW)
shared = SharedState(connection, Shares(lease_seconds=0.3))
taken = []
def ask(ports, one):
    return shared.admit("g", [one], input_tokens=1, output_tokens=1, now=NOW, ports=ports)
async def task():
    for _ in range(3):
        granted = await ask(LOOP, One(rpm=50))
        taken.append(granted.index + 1)
async def tasks():
    await asyncio.gather(*(task() for _ in range(20)))
def thread():
    for _ in range(3):
        taken.append(drive(ask(THREAD, One(rpm=50))).index + 1)
if kind == "tasks":
    asyncio.run(tasks())
elif kind == "threads":
    threads = [threading.Thread(target=thread) for _ in range(20)]
    [each.start() for each in threads]
    [each.join() for each in threads]
print(sum(taken), len(taken), flush=True)
"""


def start(kind: str, port: int) -> subprocess.Popen[str]:
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", WORKER, kind, str(port)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root)


def test_four_processes_together_take_what_the_limit_allows(server: RedisServer) -> None:
    workers = [start(kind, server.port) for kind in ("tasks", "threads", "tasks", "threads")]
    said = [worker.communicate(timeout=60)[0].split() for worker in workers]
    assert [int(asked) for _, asked in said] == [60] * 4
    assert sum(int(taken) for taken, _ in said) == 50


HOLDER = """
import sys, time
from litellm.caching.redis_connection import Address, Limits, RedisConnection
from litellm.core.bridge import drive
from litellm.router_utils.shared_state import SharedState, Shares
from tests.router_utils.test_shared_state import One, THREAD
connection = RedisConnection(Address(host="127.0.0.1", port=int(sys.argv[1])), Limits(deadline=10.0))
shared = SharedState(connection, Shares(lease_seconds=0.5))
one = One(parallel=2)
for _ in range(2):
    granted = drive(shared.admit("g", [one], input_tokens=1, output_tokens=1, now=time.time(), ports=THREAD))
    assert granted.index == 0
print("held", flush=True)
sys.stdin.read()
"""


def test_a_killed_process_frees_its_places(server: RedisServer) -> None:
    import time

    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", HOLDER, str(server.port)]
    holder = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root)
    connection = RedisConnection(Address(host="127.0.0.1", port=server.port), PATIENT)
    shared, one = SharedState(connection, Shares(lease_seconds=0.5)), One(parallel=2)

    def index() -> int:
        asking = shared.admit("g", [one], input_tokens=1, output_tokens=1, now=time.time(), ports=THREAD)
        granted = drive(asking)
        assert granted is not None
        return granted.index

    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        assert index() == -1
        holder.kill()
        holder.communicate()
        until(lambda: index() == 0)
    finally:
        holder.kill()
        shared.close()
