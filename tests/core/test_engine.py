"""The engine over ports that only pretend, driven by hand and by an event loop: both must do the same."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import msgspec
import pytest

from litellm.core import engine, errors
from litellm.core.bridge import drive
from litellm.core.call import Call
from litellm.core.hooks import NO_HOOKS, Hooks
from litellm.core.http import HttpRequest, HttpResponse
from litellm.core.plan import RetryPlan, Route
from litellm.core.target import Secret, Target
from litellm.llms.base_llm.local import GivenChunks, LocalAdapter
from litellm.llms.openai.chat.transformation import OpenAIConfig
from litellm.types.stream import ModelResponseStream
from tests.core.fakes import FakeBody, FakePorts
from tests.support.faulty import CHAT, chunk

MESSAGES = [{"role": "user", "content": "Hi"}]
TARGET = Target(provider="openai", model="m", api_key=Secret("k"))
OTHER = Target(provider="openai", model="other", api_key=Secret("k"))
OK = HttpResponse(200, {"x-a": "1"}, msgspec.json.encode(CHAT))
BUSY = HttpResponse(503, {}, b'{"error": {"message": "busy"}}')
DONE = b"data: [DONE]\n\n"

Run = Callable[[Coroutine[Any, Any, Any]], Any]


@pytest.fixture(params=[drive, asyncio.run], ids=["by hand", "in a loop"])
def run(request: pytest.FixtureRequest) -> Run:
    return request.param  # type: ignore[no-any-return]


def call(**more: Any) -> Call:
    return Call(id="1", endpoint="chat", model="m", input=more.pop("input", MESSAGES), **more)


def event(*chunks: dict[str, Any]) -> bytes:
    return b"".join(b"data: " + msgspec.json.encode(each) + b"\n\n" for each in chunks)


def journey(
    ports: FakePorts,
    *targets: Target,
    asked: Call | None = None,
    retries: int = 0,
    adapter: Any = None,
    hooks: Hooks = NO_HOOKS,
    give_up_at: float = 1e9,
) -> Coroutine[Any, Any, engine.Answer]:
    asked = asked or call()
    plan = RetryPlan(routes=tuple(Route(asked, target) for target in targets or (TARGET,)), retries=retries)
    return engine.run(plan, lambda *_: adapter or OpenAIConfig(), ports, hooks=hooks, give_up_at=give_up_at)


def test_an_answer_tells_how_it_was_reached(run: Run) -> None:
    ports = FakePorts(BUSY, OK)
    answer = run(journey(ports, retries=1))

    assert answer.result.choices[0].message.content == "Hello"
    assert answer.headers == {"x-a": "1"}
    assert [outcome.error.status for outcome in answer.outcomes] == [503]
    assert answer.request == ports.requests[1]
    assert ports.slept == [0.5]


def test_the_last_error_counts_the_attempts(run: Run) -> None:
    ports = FakePorts(BUSY, BUSY, errors.ConnectionFailed("gone"))
    with pytest.raises(errors.ConnectionFailed, match="gone") as caught:
        run(journey(ports, retries=2))

    assert (caught.value.attempts, caught.value.provider, caught.value.model) == (3, "openai", "m")


def test_a_fallback_is_tried_at_once(run: Run) -> None:
    ports = FakePorts(HttpResponse(404, {}, b""), OK)
    assert run(journey(ports, TARGET, OTHER)).route.target is OTHER
    assert ports.slept == []


def test_no_attempt_starts_after_the_end_of_the_call(run: Run) -> None:
    late = FakePorts(BUSY, OK)
    with pytest.raises(errors.Unavailable):
        run(journey(late, retries=1, give_up_at=late.time + 0.4))
    assert late.slept == []

    without_a_wait = FakePorts(HttpResponse(404, {}, b""), OK)
    with pytest.raises(errors.NotFound):
        run(journey(without_a_wait, TARGET, OTHER, give_up_at=without_a_wait.time - 1))
    assert len(without_a_wait.requests) == 1


def test_observers_see_every_attempt(run: Run) -> None:
    seen: list[tuple[str, str]] = []

    def observe(call: Call, target: Target, request: HttpRequest) -> None:
        seen.append((target.model, request.url))

    run(journey(FakePorts(HttpResponse(404, {}, b""), OK), TARGET, OTHER, hooks=Hooks(on_attempt=(observe,))))
    assert seen == [(name, "https://api.openai.com/v1/chat/completions") for name in ("m", "other")]


def test_a_call_that_cannot_be_translated_is_the_callers_mistake(run: Run) -> None:
    ports = FakePorts()
    with pytest.raises(errors.BadRequest, match="format of openai.*AttributeError"):
        run(journey(ports, asked=call(input=["no message"])))
    assert ports.requests == []


@pytest.mark.parametrize("body", [b"", b"no json", b"[]", b"7", b"{}", b'{"choices": []}', b'{"choices": 3}', b"null"])
def test_an_answer_that_cannot_be_read_is_quoted(run: Run, body: bytes) -> None:
    with pytest.raises(errors.InvalidResponse) as caught:
        run(journey(FakePorts(HttpResponse(200, {}, body))))
    assert body.decode() in caught.value.message
    assert caught.value.body == body


# -- streams -----------------------------------------------------------------------------------------------------------


async def chunks_of(journey: Coroutine[Any, Any, engine.Answer]) -> list[Any]:
    answer = await journey
    return [each async for each in answer.result]


def streamed(*pieces: bytes | Exception, **params: Any) -> tuple[FakeBody, Coroutine[Any, Any, list[Any]]]:
    body = FakeBody(*pieces)
    return body, chunks_of(journey(FakePorts(body), asked=call(stream=True, params={"stream": True, **params})))


def shown(chunks: list[Any]) -> list[Any]:
    return [
        (choice.index, choice.delta.role, choice.delta.content, choice.finish_reason)
        for each in chunks
        for choice in each.choices
    ]


def test_a_stream_is_closed_when_it_is_over(run: Run) -> None:
    body, chunks = streamed(event(chunk("a")), event(chunk("b"), chunk(finish_reason="stop")) + DONE)
    assert shown(run(chunks)) == [(0, "assistant", "a", None), (0, None, "b", None), (0, None, None, "stop")]
    assert body.closed == 1


def test_each_of_many_choices_names_its_role_and_finishes_once(run: Run) -> None:
    def of(index: int, content: str | None = None, finish: str | None = None) -> dict[str, Any]:
        made = chunk(content, finish)
        made["choices"][0]["index"] = index  # type: ignore[index]
        return made

    body, chunks = streamed(
        event(of(0, "a"), of(1, "x"), of(0, None, "stop"), of(0, None, "stop"), of(1, "y"), of(1, None, "length"))
    )
    assert shown(run(chunks)) == [
        (0, "assistant", "a", None),
        (1, "assistant", "x", None),
        (0, None, None, "stop"),
        (0, None, None, None),
        (1, None, "y", None),
        (1, None, None, "length"),
    ]


def test_a_stream_cut_while_one_choice_is_open_is_broken(run: Run) -> None:
    second = chunk("x")
    second["choices"][0]["index"] = 1  # type: ignore[index]
    _, chunks = streamed(event(chunk("a"), second, chunk(finish_reason="stop")))
    with pytest.raises(errors.StreamBroken) as caught:
        run(chunks)
    assert caught.value.partial == "ax"


TOOL_CALL = {"index": 0, "id": "t", "type": "function", "function": {"name": "clock", "arguments": "{}"}}


@pytest.mark.parametrize(("delta", "reason"), [({"content": "a"}, "stop"), ({"tool_calls": [TOOL_CALL]}, "tool_calls")])
def test_a_choice_that_upstream_leaves_open_is_finished(run: Run, delta: dict[str, Any], reason: str) -> None:
    open_chunk = {**chunk(), "choices": [{"index": 0, "delta": delta, "finish_reason": None}]}
    *before, last = run(streamed(event(open_chunk), event(open_chunk) + DONE)[1])
    assert [each.choices[0].finish_reason for each in before] == [None, None]
    assert shown([last]) == [(0, None, None, reason)]
    assert (last.id, last.model, last.get("usage")) == (before[0].id, "m", None)


def test_only_the_open_choices_are_finished_and_before_the_usage(run: Run) -> None:
    second = chunk("x")
    second["choices"][0]["index"] = 1  # type: ignore[index]
    _, chunks = streamed(event(chunk("a"), second, chunk(None, "length")), DONE, stream_options={"include_usage": True})
    found = run(chunks)
    assert shown(found)[2:] == [(0, None, None, "length"), (1, None, None, "stop")]
    assert found[-1].choices == [] and found[-1].usage.completion_tokens > 0


def test_an_answer_of_nothing_still_finishes(run: Run) -> None:
    assert shown(run(streamed(DONE)[1])) == [(0, "assistant", None, "stop")]


@pytest.mark.parametrize("wrong", [event({"error": {"code": 429, "message": "slow down"}}), b"data: no\n\n"])
def test_chunks_that_came_with_an_error_are_given_out_before_it(run: Run, wrong: bytes) -> None:
    body = FakeBody(event(chunk("a"), chunk("b")) + wrong, errors.TimedOut("nothing more is read"))
    found: list[Any] = []

    async def read() -> None:
        answer = await journey(FakePorts(body), asked=call(stream=True))
        async for each in answer.result:
            found.append(each)

    with pytest.raises((errors.RateLimited, errors.InvalidResponse)):
        run(read())
    assert [content for _, _, content, _ in shown(found)] == ["a", "b"]
    assert body.closed == 1


def test_chunks_of_an_unfinished_last_event_are_given_out_before_the_cut(run: Run) -> None:
    found: list[Any] = []

    async def read() -> None:
        answer = await journey(FakePorts(FakeBody(event(chunk("a")).rstrip())), asked=call(stream=True))
        async for each in answer.result:
            found.append(each)

    with pytest.raises(errors.StreamBroken):
        run(read())
    assert len(found) == 1


@pytest.mark.parametrize("asynchronous", [True, False])
def test_the_loop_gets_its_turn_from_a_provider_that_is_always_ahead(run: Run, asynchronous: bool) -> None:
    ports = FakePorts(FakeBody(event(*[chunk("a")] * 40, chunk(finish_reason="stop")) + DONE))
    assert len(run(chunks_of(journey(ports, asked=call(stream=True, asynchronous=asynchronous))))) == 41
    assert ports.slept == [0, 0] * asynchronous


USAGE = {"prompt_tokens": 1, "completion_tokens": 2, "total_tokens": 3}


def test_usage_is_shown_to_whom_it_was_promised(run: Run) -> None:
    pieces = (event(chunk("a"), chunk(finish_reason="stop")), event({**chunk(), "choices": [], "usage": USAGE}), DONE)

    hidden = run(streamed(*pieces)[1])
    assert all(each.usage is None for each in hidden)
    assert len(hidden) == 2

    promised = run(streamed(*pieces, stream_options={"include_usage": True})[1])
    assert promised[-1].usage.total_tokens == 3
    assert len(promised) == 3


def test_a_refused_stream_is_the_refusal(run: Run) -> None:
    body = FakeBody(b'{"error": {"message": ', b'"slow down"}}', status=429)
    with pytest.raises(errors.RateLimited, match="slow down") as caught:
        run(chunks_of(journey(FakePorts(body), asked=call(stream=True))))
    assert body.closed == 1
    assert caught.value.headers["x-request-id"] == "r1"


@pytest.mark.parametrize("cut", [errors.TimedOut("silent"), errors.ConnectionFailed("cut")])
def test_a_refusal_keeps_its_status_when_its_body_is_cut(run: Run, cut: Exception) -> None:
    body = FakeBody(b"no", cut, status=401)
    with pytest.raises(errors.Authentication):
        run(chunks_of(journey(FakePorts(body), asked=call(stream=True))))
    assert body.closed == 1


def test_a_refusal_without_end_is_not_read_to_its_end(run: Run) -> None:
    piece = b"x" * (engine.MAX_REFUSAL_BYTES // 2)
    body = FakeBody(*[piece] * 100, status=500)
    with pytest.raises(errors.InternalError):
        run(chunks_of(journey(FakePorts(body), asked=call(stream=True))))
    assert asyncio.run(body.read()) == piece  # the rest was left where it was


def test_a_stream_that_breaks_before_its_first_chunk_is_retried(run: Run) -> None:
    broken, whole = FakeBody(event({"error": {"code": 503, "message": "x"}})), FakeBody(event(chunk("a")) + DONE)
    ports = FakePorts(broken, whole)
    assert shown(run(chunks_of(journey(ports, asked=call(stream=True), retries=1))))[0][2] == "a"
    assert (broken.closed, whole.closed) == (1, 1)


def test_leaving_early_closes_once_and_tells_once(run: Run) -> None:
    body = FakeBody(event(chunk("a"), chunk("b")), event(chunk("c")))
    ended: list[Any] = []

    async def leave() -> None:
        stream = (await journey(FakePorts(body), asked=call(stream=True))).result
        stream.on_end = ended.append
        assert (await anext(stream)).choices[0].delta.content == "a"
        await stream.aclose()
        await stream.aclose()
        with pytest.raises(StopAsyncIteration):
            await anext(stream)

    run(leave())
    assert (body.closed, ended) == (1, [None])


def test_a_failure_while_closing_is_still_told(run: Run) -> None:
    class Stuck(FakeBody):
        async def aclose(self) -> None:
            raise errors.ConnectionFailed("cannot close")

    ended: list[Any] = []

    async def read() -> None:
        stream = (await journey(FakePorts(Stuck(event(chunk("a")) + DONE)), asked=call(stream=True))).result
        stream.on_end = ended.append
        with pytest.raises(errors.ConnectionFailed):
            _ = [each async for each in stream]

    run(read())
    assert ended == [None]


async def test_cancelling_between_chunks_closes_upstream() -> None:
    reading = asyncio.Event()

    class Silent(FakeBody):
        async def read(self) -> bytes:
            if data := await super().read():
                return data
            reading.set()
            await asyncio.Event().wait()
            return b""

    body = Silent(event(chunk("a")))
    stream = (await journey(FakePorts(body), asked=call(stream=True))).result
    ended: list[Any] = []
    stream.on_end = ended.append
    await anext(stream)
    waiting = asyncio.ensure_future(anext(stream))
    await reading.wait()
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert body.closed == 1
    assert isinstance(ended[0], asyncio.CancelledError)


class Local(LocalAdapter):
    async def answer(self, call: Call, target: Target, ports: Any) -> Any:
        made = ModelResponseStream.from_dict(chunk("a", "stop"))
        return GivenChunks([made]) if call.stream else "whole"


def test_an_adapter_may_answer_by_itself(run: Run) -> None:
    assert run(journey(FakePorts(), adapter=Local())).result == "whole"
    assert shown(run(chunks_of(journey(FakePorts(), adapter=Local(), asked=call(stream=True))))) == [
        (0, "assistant", "a", "stop")
    ]


def test_a_coroutine_that_needs_a_loop_is_named() -> None:
    async def waits() -> None:
        await asyncio.sleep(0)

    with pytest.raises(RuntimeError, match="a synchronous call cannot wait for"):
        drive(waits())
