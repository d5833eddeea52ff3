"""The in-loop HTTP client: connections kept and replaced, answers framed in every way, callers who leave."""

import asyncio
import threading
from collections.abc import AsyncIterator

import pytest

from litellm.core import plain_http
from litellm.core.errors import BadRequest, ConnectionFailed, TimedOut
from litellm.core.http import Deadlines, HttpRequest
from litellm.core.plain_http import PlainPorts
from litellm.core.transport import AsyncPorts, TransportOptions
from tests.support.faulty import Peer, faulty, ok

PATIENT = Deadlines(2.0, 2.0, 2.0, None)


@pytest.fixture
async def ports() -> AsyncIterator[PlainPorts]:
    ports = PlainPorts(AsyncPorts())
    yield ports
    ports.close()
    await asyncio.sleep(0)


def post(base: str, body: bytes = b"{}", *, stream: bool = False, **headers: str) -> HttpRequest:
    return HttpRequest("POST", f"{base}/v1/x?y=1", {"x-mine": "1", **headers}, body, stream)


async def test_a_connection_serves_one_request_after_the_other(ports: PlainPorts) -> None:
    with faulty(ok) as provider:
        first = await ports.send(post(provider.base), PATIENT)
        await ports.send(post(provider.base, b"x" * 100_000), PATIENT)

        assert first.status == 200
        assert b"Hello" in first.body
        assert [peer.path for peer in provider.requests] == ["/v1/x?y=1", "/v1/x?y=1"]
        assert len(provider.requests[1].body) == 100_000
        assert provider.requests[0].headers["x-mine"] == "1"
        assert len(provider._connections) == 1


def answer_and_leave(peer: Peer) -> None:
    ok(peer)
    peer.hang_up()


async def test_a_kept_connection_that_died_unseen_is_replaced(
    ports: PlainPorts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plain_http, "SURELY_KEPT", 0.0)
    with faulty(answer_and_leave, ok) as provider:
        assert (await ports.send(post(provider.base), PATIENT)).status == 200
        assert provider.ended.wait(10)  # its end has come, though the loop had no time to notice
        assert (await ports.send(post(provider.base), PATIENT)).status == 200


async def test_a_kept_connection_that_died_before_the_loop_s_eyes_is_replaced(ports: PlainPorts) -> None:
    with faulty(answer_and_leave, ok) as provider:
        assert (await ports.send(post(provider.base), PATIENT)).status == 200
        assert provider.ended.wait(10)
        for _ in range(3):
            await asyncio.sleep(0)
        assert (await ports.send(post(provider.base), PATIENT)).status == 200


async def test_what_was_sent_on_a_kept_connection_is_not_sent_again(ports: PlainPorts) -> None:
    with faulty(ok, lambda peer: peer.hang_up()) as provider:
        assert (await ports.send(post(provider.base), PATIENT)).status == 200
        with pytest.raises(ConnectionFailed, match="before its answer"):
            await ports.send(post(provider.base), PATIENT)
        assert len(provider.requests) == 2


async def test_a_new_connection_that_breaks_off_is_no_retry(ports: PlainPorts) -> None:
    with faulty(lambda peer: peer.hang_up()) as provider:
        with pytest.raises(ConnectionFailed, match="before its answer"):
            await ports.send(post(provider.base), PATIENT)
        assert len(provider.requests) == 1


@pytest.mark.parametrize(
    ("answer", "body"),
    [
        (b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", b"abcde"),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n", b""),
        (b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok", b"ok"),
        (b"HTTP/1.0 200 OK\r\n\r\nuntil the end", b"until the end"),
        (b"HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\nok", b"ok"),
    ],
)
async def test_every_framing_of_an_answer(ports: PlainPorts, answer: bytes, body: bytes) -> None:
    def script(peer: Peer) -> None:
        peer.raw(answer)
        if b"content-length" not in answer and b"chunked" not in answer:
            peer.hang_up()

    with faulty(script) as provider:
        response = await ports.send(post(provider.base), PATIENT)

    assert (response.status, response.body) == (200, body)


async def test_no_http_at_all(ports: PlainPorts) -> None:
    with faulty(lambda peer: peer.raw(b"SSH-2.0-OpenSSH\r\n\r\n")) as provider:
        with pytest.raises(ConnectionFailed, match="no HTTP/1.1 answer"):
            await ports.send(post(provider.base), PATIENT)


@pytest.mark.parametrize("deadlines", [Deadlines(1, 0.05, 0.05, None), Deadlines(1, None, None, 0.05)])
async def test_silence(ports: PlainPorts, deadlines: Deadlines) -> None:
    with faulty(lambda peer: peer.wait_until_gone() and None) as provider:
        with pytest.raises(TimedOut, match="0.05 s"):
            await ports.send(post(provider.base), deadlines)


@pytest.mark.parametrize("headers", [{"x": "a\r\nx-evil: 1"}, {"x": "\u20ac"}])
async def test_a_header_cannot_smuggle(ports: PlainPorts, headers: dict[str, str]) -> None:
    with faulty(ok) as provider:
        with pytest.raises(BadRequest, match="cannot be built"):
            await ports.send(post(provider.base, **headers), PATIENT)
        assert provider.requests == []


async def test_cancelling_before_the_answer_ends_the_request_upstream(ports: PlainPorts) -> None:
    gone: list[bool] = []
    arrived = threading.Event()

    def wait(peer: Peer) -> None:
        arrived.set()
        gone.append(peer.wait_until_gone())

    with faulty(wait) as provider:
        task = asyncio.create_task(ports.send(post(provider.base), PATIENT))
        await asyncio.to_thread(arrived.wait)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await asyncio.to_thread(provider.ended.wait, 10)
    assert gone == [True]


async def test_a_slow_reader_holds_the_sender_back(ports: PlainPorts) -> None:
    size = 32 * 1024 * 1024

    def flood(peer: Peer) -> None:
        peer.raw(b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n" % size)
        peer.raw(b"x" * size)

    with faulty(flood) as provider:
        body = await ports.open(post(provider.base, stream=True), PATIENT)
        received = 0
        while part := await body.read():
            received += len(part)
            assert len(part) < 8 * 1024 * 1024
        await body.aclose()

    assert received == size


async def test_what_is_not_plain_goes_the_general_way(ports: PlainPorts, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ConnectionFailed, match="cannot reach https"):
        await ports.send(post("https://127.0.0.1:1"), PATIENT)
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")

    assert PlainPorts(AsyncPorts())._general_only
    assert not PlainPorts(AsyncPorts(TransportOptions(use_environment_proxies=False)))._general_only
