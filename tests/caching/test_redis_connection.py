"""A server that is slow, away, restarted or shared by several event loops: nobody waits for it longer than agreed."""

import asyncio
import logging
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from litellm.caching.redis_connection import Address, Command, Due, Limits, RedisConnection, Script
from litellm.core.bridge import drive
from tests.support.redis import RedisServer, deaf_server, free_port, needed, silent_server, until

pytestmark = needed

COUNT = Script("return redis.call('INCR', KEYS[1])")
ECHO = Script("return ARGV[1]")
WRONG = Script("return redis.error_reply('MISCONF no room')")


def echo(word: str) -> Command:
    return Command(ECHO, ("{t}",), (word,))


def nobody(reply: Any) -> None:
    raise AssertionError(f"a reply came late: {reply!r}")


class Told:
    """A source with one command to send; it keeps the replies."""

    def __init__(self, command: Command) -> None:
        self.waiting = [command]
        self.replies: list[Any] = []

    def due(self, now: float) -> Due:
        commands, self.waiting = self.waiting, []
        return Due([(command, self.replies.append) for command in commands], None)

    def forked(self) -> None:
        self.waiting = []


@pytest.fixture
def open_to() -> Iterator[Callable[..., RedisConnection]]:
    made: list[RedisConnection] = []

    def connect(port: int, **limits: Any) -> RedisConnection:
        made.append(RedisConnection(Address(host="127.0.0.1", port=port), Limits(**{"probe": 0.05, **limits})))
        return made[-1]

    yield connect
    for connection in made:
        connection.close()


Open = Callable[..., RedisConnection]


async def test_a_question_is_answered(server: RedisServer, open_to: Open) -> None:
    connection = open_to(server.port)
    assert await connection.ask(echo("a"), nobody, asynchronous=True) == b"a"


async def test_many_questions_get_their_own_answers(server: RedisServer, open_to: Open) -> None:
    connection = open_to(server.port, deadline=2.0)
    asked = (connection.ask(echo(str(number)), nobody, asynchronous=True) for number in range(500))
    assert await asyncio.gather(*asked) == [str(number).encode() for number in range(500)]


def test_event_loops_come_and_go(server: RedisServer, open_to: Open) -> None:
    connection = open_to(server.port)

    async def once() -> Any:
        return await connection.ask(echo("a"), nobody, asynchronous=True)

    assert [asyncio.run(once()) for _ in range(3)] == [b"a"] * 3


def test_a_synchronous_caller_is_answered(server: RedisServer, open_to: Open) -> None:
    connection = open_to(server.port)
    assert drive(connection.ask(echo("a"), nobody, asynchronous=False)) == b"a"


async def test_a_synchronous_caller_inside_an_event_loop_is_answered(server: RedisServer, open_to: Open) -> None:
    connection = open_to(server.port)
    assert drive(connection.ask(echo("a"), nobody, asynchronous=False)) == b"a"


@pytest.mark.parametrize("kind", [silent_server, deaf_server])
@pytest.mark.parametrize("asynchronous", [True, False])
def test_a_server_that_does_not_answer_delays_few_questions(
    kind: Callable[[], AbstractContextManager[int]],
    asynchronous: bool,
    open_to: Open,
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def ask(connection: RedisConnection) -> list[float]:
        spent = []
        for _ in range(50):
            start = time.perf_counter()
            assert await connection.ask(echo("a"), lambda reply: None, asynchronous=asynchronous) is None
            spent.append(time.perf_counter() - start)
        return spent

    with kind() as port:
        connection = open_to(port, probe=0.2)
        spent = asyncio.run(ask(connection)) if asynchronous else drive(ask(connection))
        connection.close()
    assert max(spent) < 0.2
    assert sorted(spent)[-4] < 0.01
    assert [r.levelno for r in caplog.records if "is not usable" in r.message] == [logging.WARNING]


async def test_a_server_that_is_not_there_delays_nothing(open_to: Open) -> None:
    connection = open_to(free_port(), deadline=5.0)
    start = time.perf_counter()
    assert [await connection.ask(echo("a"), nobody, asynchronous=True) for _ in range(5)] == [None] * 5
    assert time.perf_counter() - start < 1.0
    assert not connection.available


async def test_a_server_that_comes_back_is_used_again(
    server: RedisServer, open_to: Open, caplog: pytest.LogCaptureFixture
) -> None:
    connection = open_to(server.port)
    assert await connection.ask(echo("a"), nobody, asynchronous=True) == b"a"
    server.stop()
    while connection.available:
        assert await connection.ask(echo("a"), lambda reply: None, asynchronous=True) is None
    server.start()
    async with asyncio.timeout(10):
        while not connection.available:
            await asyncio.sleep(0.01)
    assert await connection.ask(echo("b"), nobody, asynchronous=True) == b"b"
    said = [record.message.split("(")[0] for record in caplog.records if "Redis at" in record.message]
    assert [("not usable" in line, "answers again" in line) for line in said] == [(True, False), (False, True)]


async def test_a_new_event_loop_looks_whether_the_server_is_back(server: RedisServer, open_to: Open) -> None:
    connection = open_to(server.port)
    server.stop()

    async def until_away() -> None:
        while connection.available:
            await connection.ask(echo("a"), lambda reply: None, asynchronous=True)

    await asyncio.to_thread(asyncio.run, until_away())
    server.start()
    async with asyncio.timeout(10):
        while await connection.ask(echo("a"), nobody, asynchronous=True) is None:
            await asyncio.sleep(0.01)


async def test_a_reply_after_the_deadline_is_told(server: RedisServer, open_to: Open) -> None:
    connection = open_to(server.port)
    late: list[Any] = []
    await connection.ask(echo("a"), nobody, asynchronous=True)
    server.run("CLIENT", "PAUSE", "150")
    assert await connection.ask(echo("b"), late.append, asynchronous=True) is None
    async with asyncio.timeout(10):
        while not late:
            await asyncio.sleep(0.005)
    assert late == [b"b"]
    assert connection.available


async def test_a_lost_command_is_told_as_lost(server: RedisServer, open_to: Open) -> None:
    connection = open_to(server.port)
    late: list[Any] = []
    await connection.ask(echo("a"), nobody, asynchronous=True)
    server.run("CLIENT", "PAUSE", "5000")
    assert await connection.ask(echo("b"), late.append, asynchronous=True) is None
    server.stop()
    async with asyncio.timeout(10):
        while not late:
            await asyncio.sleep(0.005)
    assert late == [None]


async def test_a_caller_who_leaves_is_told_late(server: RedisServer, open_to: Open) -> None:
    connection = open_to(server.port, deadline=5.0)
    late: list[Any] = []
    await connection.ask(echo("a"), nobody, asynchronous=True)
    server.run("CLIENT", "PAUSE", "100")
    asking = asyncio.create_task(connection.ask(echo("b"), late.append, asynchronous=True))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    asking.cancel()
    async with asyncio.timeout(10):
        while not late:
            await asyncio.sleep(0.005)
    assert late == [b"b"]


async def test_a_loop_that_was_held_blames_itself(server: RedisServer, open_to: Open) -> None:
    connection = open_to(server.port)
    await connection.ask(echo("a"), nobody, asynchronous=True)
    asking = asyncio.create_task(connection.ask(echo("b"), nobody, asynchronous=True))
    for _ in range(3):
        await asyncio.sleep(0)
    time.sleep(0.1)  # a caller's own code holds the loop: this is what is tested
    assert await asking == b"b"


async def test_forgotten_scripts_are_sent_again(server: RedisServer, open_to: Open) -> None:
    connection = open_to(server.port)
    count = Command(COUNT, ("{t}",), ())
    assert await connection.ask(count, nobody, asynchronous=True) == 1
    server.run("SCRIPT", "FLUSH")
    assert await connection.ask(count, nobody, asynchronous=True) == 2


async def test_a_server_that_refuses_scripts_is_away(
    server: RedisServer, open_to: Open, caplog: pytest.LogCaptureFixture
) -> None:
    connection = open_to(server.port)
    for _ in range(3):
        assert await connection.ask(Command(WRONG, ("{t}",), ()), lambda reply: None, asynchronous=True) is None
    assert not connection.available
    assert "MISCONF no room" in caplog.text


async def test_a_wrong_password_is_told_without_it(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    server = RedisServer(tmp_path, "--requirepass", "right")
    server._process = subprocess.Popen(server._command, stdout=subprocess.DEVNULL)
    try:
        until(lambda: not server._listens() and server.port and _connects(server))
        good = RedisConnection(Address(url=f"redis://:right@127.0.0.1:{server.port}"))
        assert await good.ask(echo("a"), nobody, asynchronous=True) == b"a"
        bad = RedisConnection(Address(url=f"redis://:hidden@127.0.0.1:{server.port}"))
        while bad.available:
            assert await bad.ask(echo("a"), nobody, asynchronous=True) is None
        assert "is not usable" in caplog.text
        assert "hidden" not in caplog.text + repr(bad)
    finally:
        good.close()
        bad.close()
        server.stop()


def _connects(server: RedisServer) -> bool:
    try:
        return b"NOAUTH" in server.run("PING")
    except OSError:
        return False


def test_the_background_sends_what_there_is(server: RedisServer, open_to: Open) -> None:
    connection = open_to(server.port)
    source = Told(Command(COUNT, ("{t}",), ()))
    connection.attach(source)
    connection.nudge(asynchronous=False)
    until(lambda: source.replies)
    assert source.replies == [1]


def test_a_loop_that_ends_sends_what_is_left(server: RedisServer, open_to: Open) -> None:
    connection = open_to(server.port, flush=0.2)
    source = Told(Command(COUNT, ("{t}",), ()))
    source.waiting = []
    connection.attach(source)

    async def leave() -> None:
        await connection.ask(echo("a"), nobody, asynchronous=True)
        source.waiting = [Command(COUNT, ("{t}",), ())]
        connection.nudge()

    asyncio.run(leave())
    assert source.replies == [1]


SCRIPT = """
import asyncio, os, sys
from litellm.caching.redis_connection import Address, Command, Due, Limits, RedisConnection, Script
from litellm.core.bridge import drive
COUNT = Command(Script("return redis.call('INCR', KEYS[1])"), ("{t}",), ())
class Source:
    waiting = []
    def due(self, now):
        commands, self.waiting = self.waiting, []
        return Due([(command, lambda reply: None) for command in commands], None)
    def forked(self): self.waiting = []
connection = RedisConnection(Address(host="127.0.0.1", port=int(sys.argv[1])), Limits(deadline=2.0, flush=60.0))
source = Source()
connection.attach(source)
ask = lambda: drive(connection.ask(COUNT, lambda reply: None, asynchronous=False))
"""


def run(script: str, port: int) -> list[str]:
    command = [sys.executable, "-W", "ignore", "-c", SCRIPT + script, str(port)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.split()


def test_a_process_that_ends_sends_what_is_left(server: RedisServer) -> None:
    assert run("print(ask()); source.waiting = [COUNT, COUNT]", server.port) == ["1"]
    assert server.run("GET", "{t}") == b"$1\r\n3\r\n"


def test_a_forked_child_has_a_connection_of_its_own(server: RedisServer) -> None:
    script = """
print(ask(), flush=True)
source.waiting = [COUNT]
child = os.fork()
if not child:
    print(ask(), flush=True)
    os._exit(0 if source.waiting == [] else 1)
assert os.waitpid(child, 0)[1] == 0
print(ask())
"""
    assert run(script, server.port) == ["1", "2", "3"]


def test_a_cluster_is_asked_by_key(tmp_path: Path) -> None:
    server = RedisServer(tmp_path, "--cluster-enabled", "yes", "--cluster-port", str(free_port()))
    server.start()
    try:
        server.run("CLUSTER", "ADDSLOTSRANGE", "0", "16383")
        until(lambda: b"cluster_state:ok" in server.run("CLUSTER", "INFO"))
        nodes = [{"host": "127.0.0.1", "port": server.port}]
        connection = RedisConnection(Address(startup_nodes=nodes), Limits(deadline=2.0))

        async def twice() -> list[Any]:
            count = Command(COUNT, ("{t}",), ())
            return [await connection.ask(count, nobody, asynchronous=True) for _ in range(2)]

        assert asyncio.run(twice()) == [1, 2]
    finally:
        server.stop()
