"""What a call cost is counted and told however the call ends, in both APIs; hooks have their moments."""

import asyncio
import gc
from collections.abc import Callable
from typing import Any

import pytest

import litellm
from litellm import _compose
from litellm.core.call import Call
from litellm.core.hooks import NO_HOOKS, Hooks, Record
from tests.support.faulty import CHAT, FaultyProvider, Peer, chunk, faulty, ok, streamed

MESSAGES = [{"role": "user", "content": "Hello"}]
PRICED = {"model": "openai/gpt-4o-mini", "messages": MESSAGES, "api_key": "sk-1"}
Complete = Callable[..., Any]


@pytest.fixture(params=["sync", "async"])
def complete(request: pytest.FixtureRequest) -> Complete:
    """`completion`, or `acompletion` run to its end; of a stream the first `read` are read, and it is closed."""

    async def acomplete(read: int, arguments: dict[str, Any]) -> Any:
        answer = await litellm.acompletion(**arguments)
        if not arguments.get("stream"):
            return answer
        found: list[Any] = []
        while len(found) < read and (each := await anext(answer, None)) is not None:
            found.append(each)
        await answer.aclose()
        return found

    def call(provider: FaultyProvider, read: int = 1000, **kwargs: Any) -> Any:
        arguments = {**PRICED, "api_base": provider.base, **kwargs}
        if request.param == "async":
            return asyncio.run(acomplete(read, arguments))
        answer = litellm.completion(**arguments)
        if not kwargs.get("stream"):
            return answer
        with answer:
            return [each for _, each in zip(range(read), answer, strict=False)]

    return call


@pytest.fixture
def budget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(litellm, "max_budget", 10.0)
    monkeypatch.setattr(litellm, "_current_cost", 0.0)


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Callable[[Hooks], None]:
    return lambda hooks: monkeypatch.setattr(_compose, "_hooks", lambda call: hooks)


@pytest.fixture
def records(use: Callable[[Hooks], None]) -> list[Record]:
    found: list[Record] = []
    use(Hooks(on_record=(found.append,)))
    return found


def _cut(peer: Peer) -> None:
    peer.begin_stream()
    peer.event(chunk("Hel"))
    peer.hang_up()


@pytest.mark.usefixtures("budget")
@pytest.mark.parametrize("read", [1, 1000])
def test_a_stream_without_usage_is_charged(complete: Complete, read: int) -> None:
    with faulty(streamed("Hel", "lo")) as provider:
        complete(provider, read, stream=True)
    assert 0 < litellm._current_cost < 0.001


@pytest.mark.usefixtures("budget")
def test_a_stream_that_breaks_is_charged_for_what_came(complete: Complete) -> None:
    with faulty(_cut) as provider, pytest.raises(litellm.MidStreamFallbackError):
        complete(provider, stream=True)
    assert litellm._current_cost > 0


def test_observers_are_told_what_a_stream_without_usage_cost(complete: Complete, records: list[Record]) -> None:
    with faulty(streamed("Hel", "lo")) as provider:
        complete(provider, stream=True)
    (record,) = records
    assert record.cost and record.cost > 0
    assert record.response.usage.completion_tokens == 1


def test_nothing_is_counted_for_nobody(complete: Complete, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_compose, "_hooks", lambda call: NO_HOOKS)
    monkeypatch.setattr("litellm.core.streaming.usage_of", lambda *_: pytest.fail("counted"))
    with faulty(streamed("Hel", "lo")) as provider:
        assert len(complete(provider, stream=True)) == 3


@pytest.mark.usefixtures("budget")
@pytest.mark.parametrize("refusal", ["rule", "schema"])
def test_an_answer_that_is_refused_is_paid_for(
    complete: Complete, records: list[Record], refusal: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = {"type": "json_schema", "json_schema": {"name": "n", "schema": {"type": "object"}}}
    asked: dict[str, Any] = {}
    if refusal == "rule":
        monkeypatch.setattr(litellm, "post_call_rules", [lambda text: False])
    else:
        asked = {"response_format": wanted, "enable_json_schema_validation": True}
    with faulty(ok) as provider, pytest.raises(litellm.APIResponseValidationError) as caught:
        complete(provider, **asked)
    (record,) = records
    assert type(record.error) is type(caught.value)
    assert record.cost and litellm._current_cost == record.cost


async def test_a_cancelled_call_is_told(records: list[Record]) -> None:
    begun = asyncio.Event()
    loop = asyncio.get_running_loop()

    def silent(peer: Peer) -> None:
        loop.call_soon_threadsafe(begun.set)
        peer.wait_until_gone()

    with faulty(silent) as provider:
        task = asyncio.ensure_future(litellm.acompletion(**PRICED, api_base=provider.base))  # type: ignore[arg-type]
        await begun.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert [type(record.error) for record in records] == [asyncio.CancelledError]


def test_a_call_that_is_forgotten_is_told(use: Callable[[Hooks], None]) -> None:
    records: list[Record] = []

    async def stop(call: Call) -> Call:
        await asyncio.Event().wait()
        return call

    use(Hooks(on_request=(stop,), on_record=(records.append,)))
    coroutine = litellm.acompletion(**PRICED)  # type: ignore[arg-type]
    asyncio.run(_step(coroutine))
    coroutine.close()
    assert [type(record.error) for record in records] == [GeneratorExit]


async def _step(coroutine: Any) -> None:
    coroutine.send(None)


def test_a_coroutine_callback_is_told_after_its_loop_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Any] = []

    async def note(*args: Any) -> None:
        told.append(args)

    monkeypatch.setattr(litellm, "success_callback", [note])
    held: list[Any] = []

    async def begin() -> None:
        held.append(await litellm.acompletion("mock/echo", MESSAGES, mock_response="hello there", stream=True))

    asyncio.run(begin())
    held.clear()
    gc.collect()
    litellm.core.recorder.recorder.flush()
    assert len(told) == 1


def test_an_error_nobody_foresaw_is_told(complete: Complete, use: Callable[[Hooks], None]) -> None:
    records: list[Record] = []

    async def broken(call: Call) -> Call:
        raise ZeroDivisionError

    use(Hooks(on_request=(broken,), on_record=(records.append,)))
    with faulty(ok) as provider, pytest.raises(ZeroDivisionError):
        complete(provider)
    assert [type(record.error) for record in records] == [ZeroDivisionError]


def test_a_model_that_repeats_itself_is_told_as_a_failure(
    complete: Complete, records: list[Record], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(litellm, "REPEATED_STREAMING_CHUNK_LIMIT", 3)
    with faulty(streamed(*["again"] * 9)) as provider, pytest.raises(litellm.InternalServerError):
        complete(provider, stream=True)
    (record,) = records
    assert isinstance(record.error, litellm.InternalServerError)
    assert record.cost and record.cost > 0


# -- hooks -------------------------------------------------------------------------------------------------------------


def test_a_hook_may_replace_the_answer(complete: Complete, use: Callable[[Hooks], None]) -> None:
    records: list[Record] = []

    async def louder(call: Call, result: Any) -> Any:
        text = result.choices[0].message.content.upper()
        return result.model_copy(update={"choices": [{"message": {"role": "assistant", "content": text}}]})

    use(Hooks(on_response=(louder,), on_record=(records.append,)))
    with faulty(ok) as provider:
        answer = complete(provider)
    assert answer is records[0].response
    assert records[0].cost and records[0].cost > 0
    assert "HELLO" in str(answer)
    assert CHAT["choices"][0]["message"]["content"] == "Hello"  # type: ignore[index]


def test_a_hook_that_refuses_the_answer_is_told(complete: Complete, use: Callable[[Hooks], None]) -> None:
    records: list[Record] = []

    async def refuse(call: Call, result: Any) -> Any:
        raise PermissionError(call.model)

    use(Hooks(on_response=(refuse,), on_record=(records.append,)))
    with faulty(ok) as provider, pytest.raises(PermissionError, match="gpt-4o-mini"):
        complete(provider)
    assert isinstance(records[0].error, PermissionError)


class Louder:
    """A stream's text in capitals."""

    def __init__(self, stream: Any, closed: list[bool]) -> None:
        self._stream = stream
        self._closed = closed

    async def __anext__(self) -> Any:
        each = await self._stream.__anext__()
        for choice in each.choices:
            choice.delta.content = choice.delta.content and choice.delta.content.upper()
        return each

    async def aclose(self) -> None:
        self._closed.append(True)
        await self._stream.aclose()


@pytest.mark.parametrize("read", [1, 1000])
def test_a_hook_may_wrap_a_stream(complete: Complete, use: Callable[[Hooks], None], read: int) -> None:
    records: list[Record] = []
    closed: list[bool] = []
    use(Hooks(wrap_stream=(lambda call, stream: Louder(stream, closed),), on_record=(records.append,)))
    with faulty(streamed("Hel", "lo")) as provider:
        chunks = complete(provider, read, stream=True)
    shown = "".join(each.choices[0].delta.content or "" for each in chunks)
    assert shown == ("HEL" if read == 1 else "HELLO")
    assert closed
    assert [record.response.choices[0].message.content for record in records] == [shown]
