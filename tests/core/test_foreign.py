"""Clients that users bring: httpx, httpx2 and OpenAI's, told by their shape."""

import asyncio
import importlib
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

from litellm.core.bridge import drive
from litellm.core.errors import BadRequest, ConnectionFailed, TimedOut
from litellm.core.http import Deadlines, HttpRequest
from litellm.core.transport import AsyncPorts, BlockingPorts

REQUEST = HttpRequest("POST", "https://upstream.test/v1", {"x-mine": "1"}, b"body")
DEADLINES = Deadlines(1.0, 2.0, 3.0, None)


@pytest.fixture(params=["httpx", "httpx2"])
def library(request: pytest.FixtureRequest) -> Any:
    return pytest.importorskip(request.param)


def echo(library: Any) -> Any:
    def answer(request: Any) -> Any:
        seen = f"{request.method} {request.url} {request.headers['x-mine']} {request.extensions['timeout']['read']}"
        return library.Response(418, headers={"X-Kind": "Tea"}, content=seen.encode() + b" " + request.content)

    return library.MockTransport(answer)


SEEN = b"POST https://upstream.test/v1 1 2.0 body"


def test_a_synchronous_client(library: Any) -> None:
    with library.Client(transport=echo(library)) as client:
        response = drive(BlockingPorts().send(REQUEST, DEADLINES, client))
    assert (response.status, response.headers["x-kind"], response.body) == (418, "Tea", SEEN)


async def test_an_asynchronous_client(library: Any) -> None:
    async with library.AsyncClient(transport=echo(library)) as client:
        response = await AsyncPorts().send(REQUEST, DEADLINES, client)
    assert (response.status, response.headers["x-kind"], response.body) == (418, "Tea", SEEN)


def streaming(library: Any, failure: Exception | None = None) -> Any:
    class Parts(library.SyncByteStream, library.AsyncByteStream):  # type: ignore[misc,name-defined]
        def __iter__(self) -> Iterator[bytes]:
            yield from (b"a", b"b")
            if failure:
                raise failure

        async def __aiter__(self) -> AsyncIterator[bytes]:
            for part in self:
                yield part

    return library.MockTransport(lambda request: library.Response(200, stream=Parts()))


async def read(ports: Any, client: Any) -> list[bytes]:
    body = await ports.open(REQUEST, DEADLINES, client)
    parts = []
    try:
        while part := await body.read():
            parts.append(part)
    finally:
        await body.aclose()
    return parts


def test_streams_of_both_kinds(library: Any) -> None:
    with library.Client(transport=streaming(library)) as client:
        assert drive(read(BlockingPorts(), client)) == [b"a", b"b"]

    async def program() -> list[bytes]:
        async with library.AsyncClient(transport=streaming(library)) as client:
            return await read(AsyncPorts(), client)

    assert asyncio.run(program()) == [b"a", b"b"]


def test_what_goes_wrong_is_named(library: Any) -> None:
    for failure, kind in (
        (library.ReadTimeout("late"), TimedOut),
        (library.ConnectError("refused"), ConnectionFailed),
    ):

        def fail(request: Any, failure: Exception = failure) -> Any:
            raise failure

        with library.Client(transport=library.MockTransport(fail)) as client, pytest.raises(kind, match="given client"):
            drive(BlockingPorts().send(REQUEST, DEADLINES, client))
        with library.Client(transport=streaming(library, failure)) as client, pytest.raises(kind, match="given client"):
            drive(read(BlockingPorts(), client))


def test_an_asynchronous_client_in_a_synchronous_call_is_refused(library: Any) -> None:
    client = library.AsyncClient(transport=echo(library))
    with pytest.raises(BadRequest, match="asynchronous.*acompletion"):
        drive(BlockingPorts().send(REQUEST, DEADLINES, client))
    asyncio.run(client.aclose())


def test_openais_clients_lend_what_they_send_with() -> None:
    openai = pytest.importorskip("openai")
    client = openai.OpenAI(api_key="k")
    library = importlib.import_module(type(client._client).__mro__[2].__module__.split(".")[0])
    with openai.OpenAI(api_key="k", http_client=library.Client(transport=echo(library))) as own:
        assert drive(BlockingPorts().send(REQUEST, DEADLINES, own)).body == SEEN
    client.close()


@pytest.mark.parametrize("client", [7, "httpx", object()])
def test_what_is_no_client_is_refused_by_its_kind(client: Any) -> None:
    with pytest.raises(BadRequest, match=f"client={type(client).__name__}"):
        drive(BlockingPorts().send(REQUEST, DEADLINES, client))
