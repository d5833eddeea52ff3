"""A stream before its first token, what is known of one that ends early, and who is told of its end."""

import asyncio
import gc
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from litellm.core.call import Call
from litellm.core.ending import Kept
from litellm.core.errors import ConnectionFailed, InternalError, ProviderError, StreamBroken
from litellm.core.streaming import MOST_BEFORE_TOKEN, ChunkStream, HttpChunks, Streamed
from litellm.core.target import Target
from litellm.llms.openai.chat.streaming import OpenAIStreamDecoder
from litellm.proxy.forwarding import Events, PassingStream
from tests.core.fakes import FakeBody, FakePorts

TARGET = Target(provider="openai", model="m")
Make = Callable[..., Streamed]


def chat(body: FakeBody) -> Streamed:
    ports: Any = FakePorts()
    call = Call(id="1", endpoint="chat", model="m", input=[{"role": "user", "content": "Hi"}], stream=True)
    return ChunkStream(HttpChunks(body, OpenAIStreamDecoder(TARGET)), call, TARGET, ports)


class _Asked(msgspec.Struct):
    fields: dict[str, msgspec.Raw] = {}
    shown_model: msgspec.Raw = msgspec.Raw(b'"shown"')


def passing(body: FakeBody) -> Streamed:
    ports: Any = FakePorts()
    call = Call(id="1", endpoint="chat", model="m", input=_Asked(), stream=True)

    def failure(data: bytes) -> ProviderError:
        return InternalError(data.decode())

    return PassingStream(HttpChunks(body, Events(call, TARGET, failure)), call, TARGET, ports)


@pytest.fixture(params=[chat, passing], ids=["chunks", "events"])
def make(request: pytest.FixtureRequest) -> Make:
    return request.param  # type: ignore[no-any-return]


def event(delta: Any = None, finish: str | None = None, **more: Any) -> bytes:
    choice = {"index": 0, "delta": delta or {}, "finish_reason": finish}
    return b"data: " + msgspec.json.encode({"id": "c", "model": "m", "choices": [choice], **more}) + b"\n\n"


ROLE = event({"role": "assistant", "content": ""})
USAGE = b'data: {"id": "c", "model": "m", "choices": [], "usage": {"prompt_tokens": 1, "completion_tokens": 2}}\n\n'
HELLO = event({"content": "Hello"})
STOP = event(finish="stop")
DONE = b"data: [DONE]\n\n"
CALLS = event({"tool_calls": [{"index": 0, "id": "t", "function": {"name": "f", "arguments": "{"}}]})


def run(work: Any) -> Any:
    return asyncio.run(work)


async def read(stream: Any) -> list[Any]:
    return [chunk async for chunk in stream]


@pytest.mark.parametrize("before", [[ROLE], [ROLE, USAGE], [b": ping\n\n"], [ROLE[:30], ROLE[30:]]])
@pytest.mark.parametrize("end", [ConnectionFailed("reset"), b'data: {"error": {"message": "full"}}\n\n', b""])
def test_what_fails_before_its_first_token_is_no_stream(
    make: Make, before: list[bytes], end: bytes | Exception
) -> None:
    body = FakeBody(*before, end)
    stream: Any = make(body)
    ends: list[Any] = []
    stream.watch(lambda *told: ends.append(told))
    with pytest.raises(ProviderError) as caught:
        run(stream.prime())
    assert (body.closed, body.has_begun) == (1, False)
    assert ends == [(caught.value, False)]


@pytest.mark.parametrize(
    "token",
    [
        HELLO,
        CALLS,
        STOP,
        event({"reasoning_content": "Hm"}),
        event({"refusal": "No"}),
        event({"audio": {"id": "a"}}),
        event({"newer_kind": "x"}),
    ],
)
def test_a_stream_begins_with_its_first_token(make: Make, token: bytes) -> None:
    body = FakeBody(ROLE, b": ping\n\n", token, ConnectionFailed("reset"))
    stream: Any = make(body)
    run(stream.prime())
    assert body.has_begun
    assert stream.first_chunk_at == 1000.0


def test_what_came_before_the_first_token_is_given_out_in_order(make: Make) -> None:
    stream: Any = make(FakeBody(ROLE, HELLO, STOP, DONE))

    async def follow() -> list[Any]:
        await stream.prime()
        return await read(stream)

    chunks = run(follow())
    if isinstance(chunks[0], bytes):
        chunks = [msgspec.json.decode(each[6:]) for each in b"".join(chunks).split(b"\n\n") if each]
    assert [chunk["choices"][0]["delta"].get("content") for chunk in chunks] == ["", "Hello", None]
    assert stream.text() == "Hello"


def test_an_endless_stream_without_tokens_is_not_held_back_for_ever(make: Make) -> None:
    stream: Any = make(FakeBody(*[ROLE] * (MOST_BEFORE_TOKEN + 5)))
    run(stream.prime())
    assert stream.first_chunk_at is None


@pytest.mark.parametrize("size", [1, 3])
@pytest.mark.parametrize("newline", [b"\n", b"\r\n"])
def test_bytes_may_be_cut_anywhere(make: Make, size: int, newline: bytes) -> None:
    hello = event({"content": "H\u00e9llo \U0001f600"})
    data = (b": hi\n\n" + ROLE + hello + b":\n" + STOP + DONE).replace(b"\n", newline)
    stream: Any = make(FakeBody(*(data[at : at + size] for at in range(0, len(data), size))))

    async def follow() -> None:
        await stream.prime()
        await read(stream)

    run(follow())
    assert stream.text() == "H\u00e9llo \U0001f600"


@pytest.mark.parametrize("end", [ConnectionFailed("reset"), b""])
def test_a_stream_cut_after_its_first_token_broke_and_says_what_came(make: Make, end: bytes | Exception) -> None:
    stream: Any = make(FakeBody(HELLO, HELLO, end))
    ends: list[Any] = []
    stream.watch(lambda *told: ends.append(told))

    async def follow() -> None:
        await stream.prime()
        await read(stream)

    with pytest.raises(StreamBroken) as caught:
        run(follow())
    assert caught.value.partial == "HelloHello"
    assert (caught.value.provider, caught.value.model) == ("openai", "m")
    assert ends == [(caught.value, False)]


@pytest.mark.parametrize(("events", "tools", "reasons"), [((HELLO,), False, False), ((CALLS,), True, False)])
def test_what_a_continuation_must_know(make: Make, events: tuple[bytes, ...], tools: bool, reasons: bool) -> None:
    stream: Any = make(FakeBody(*events, USAGE, STOP, DONE))
    run(stream.prime())
    assert (stream.calls_tools, stream.reasons, stream.usage) == (tools, reasons, None)


def test_reasoning_is_noted(make: Make) -> None:
    stream: Any = make(FakeBody(event({"reasoning_content": "Hm"}), STOP))
    run(stream.prime())
    assert (stream.calls_tools, stream.reasons) == (False, True)


async def _finish(stream: Any) -> None:
    await read(stream)
    await stream.aclose()


async def _leave(stream: Any) -> None:
    await anext(stream)
    await stream.aclose()
    await stream.aclose()


async def _leave_at_the_finish(stream: Any) -> None:
    await anext(stream)
    await anext(stream)
    await stream.aclose()


async def _cancel(stream: Any) -> None:
    await anext(stream)

    async def silence() -> bytes:
        await asyncio.Event().wait()
        return b""

    stream._source._body.read = silence
    task = asyncio.ensure_future(anext(stream))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def _abandon(stream: Any) -> None:
    await anext(stream)


@pytest.mark.parametrize(
    ("how", "error", "finished"),
    [
        (_finish, type(None), True),
        (_leave, type(None), False),
        (_leave_at_the_finish, type(None), True),
        (_cancel, asyncio.CancelledError, False),
        (_abandon, type(None), False),
    ],
)
def test_the_end_is_told_once_however_it_comes(make: Make, how: Any, error: type[Any], finished: bool) -> None:
    ends: list[Any] = []
    hooked: list[Any] = []

    async def follow() -> None:
        stream: Any = make(FakeBody(HELLO, STOP, DONE))
        await stream.prime()
        stream.watch(lambda *told: ends.append(told))
        stream.on_end = hooked.append
        await how(stream)

    run(follow())
    gc.collect()
    assert [(type(why), whole) for why, whole in ends] == [(error, finished)]
    assert len(hooked) == 1


def test_who_asks_late_is_told_at_once(make: Make) -> None:
    stream: Any = make(FakeBody(HELLO, STOP, DONE))
    ends: list[Any] = []

    async def follow() -> None:
        await stream.prime()
        await read(stream)

    run(follow())
    stream.watch(lambda *told: ends.append(told))
    assert ends == [(None, True)]


def test_of_a_very_long_text_the_beginning_is_kept() -> None:
    kept = Kept(5)
    for part in ("abc", "def", "ghi"):
        kept.add(part)
    assert (kept.text(), kept.total, kept.share) == ("abcde", 9, 9 / 5)
    assert Kept(5).share == 1.0
