"""A stream that breaks after its first token goes on elsewhere: one answer to its reader, the sum of its parts."""

from typing import Any

import msgspec
import pytest

from litellm import Router, Usage
from litellm.exceptions import MidStreamFallbackError, Timeout
from tests.support.faulty import FaultyProvider, Peer, Script, chunk, faulty, streamed

QUESTION = [{"role": "user", "content": "Say the alphabet."}]


def breaks_after(*texts: str, usage: dict[str, int] | None = None) -> Script:
    """Streams these texts, then hangs up."""

    def script(peer: Peer) -> None:
        peer.begin_stream()
        for text in texts:
            peer.event(chunk(text, **({"usage": usage} if usage else {})))
        peer.hang_up()

    return script


def silent_after(*texts: str) -> Script:
    def script(peer: Peer) -> None:
        peer.begin_stream()
        for text in texts:
            peer.event(chunk(text))
        peer.wait_until_gone(5.0)

    return script


def finishes(*texts: str, usage: dict[str, int]) -> Script:
    def script(peer: Peer) -> None:
        peer.begin_stream()
        for text in texts:
            peer.event(chunk(text))
        peer.event(chunk(None, "stop"))
        peer.event({**chunk(), "choices": [], "usage": usage})
        peer.event(b"[DONE]")
        peer.end_stream()

    return script


def router(first: FaultyProvider, second: FaultyProvider, **settings: Any) -> Router:
    """A router whose first request goes to `first`."""
    models = [
        {
            "model_name": "abc",
            "litellm_params": {"model": "openai/abc", "api_base": each.base, "api_key": "k", "order": order},
        }
        for order, each in enumerate((first, second))
    ]
    return Router(models, **{"stream_continuation": True, "stream_idle_timeout": 0.3, **settings})


def text_of(chunks: list[Any]) -> str:
    return "".join(each.choices[0].delta.content or "" for each in chunks if each.choices)


async def test_a_broken_stream_goes_on_elsewhere_and_its_parts_are_one() -> None:
    used = {"prompt_tokens": 30, "completion_tokens": 2, "total_tokens": 32}
    with faulty(breaks_after("a ", "b ")) as first, faulty(finishes("c ", "d", usage=used)) as second:
        stream = await router(first, second).acompletion(
            "abc", QUESTION, stream=True, stream_options={"include_usage": True}
        )
        chunks = [each async for each in stream]
    assert text_of(chunks) == "a b c d"
    assert len({each.id for each in chunks}) == 1
    assert [each.choices[0].delta.role for each in chunks if each.choices].count("assistant") == 1
    assert [each.choices[0].finish_reason for each in chunks if each.choices][-1] == "stop"
    usage = chunks[-1].usage
    assert usage.completion_tokens > 2 and usage.prompt_tokens > 30  # what the broken part took is in it
    asked = second.requests[0].json()["messages"]
    assert asked[-1] == {"role": "assistant", "content": "a b ", "prefix": True}  # type: ignore[index]


def test_it_goes_on_after_silence_for_a_synchronous_caller() -> None:
    with faulty(silent_after("a ")) as first, faulty(streamed("b")) as second:
        stream = router(first, second).completion("abc", QUESTION, stream=True)
        assert text_of(list(stream)) == "a b"
    attempts = stream._hidden_params["routing"]["attempts"]
    assert [each["outcome"] for each in attempts] == ["TimedOut", "success"]


async def test_the_failure_is_raised_when_nobody_goes_on() -> None:
    with faulty(breaks_after("a ")) as first, faulty(breaks_after("b ")) as second:
        stream = await router(first, second, num_retries=0, max_attempts=2).acompletion("abc", QUESTION, stream=True)
        chunks = []
        with pytest.raises(MidStreamFallbackError) as raised:
            async for each in stream:
                chunks.append(each)
    assert text_of(chunks) == "a b "
    assert raised.value.generated_content == "b "


async def test_a_tool_call_is_never_continued() -> None:
    call = {"index": 0, "id": "c1", "type": "function", "function": {"name": "f", "arguments": '{"a'}}

    def script(peer: Peer) -> None:
        peer.begin_stream()
        event = chunk()
        event["choices"][0]["delta"] = {"role": "assistant", "content": None, "tool_calls": [call]}  # type: ignore[index]
        peer.event(event)
        peer.hang_up()

    with faulty(script) as first, faulty(streamed("b")) as second:
        stream = await router(first, second).acompletion("abc", QUESTION, stream=True)
        with pytest.raises(MidStreamFallbackError):
            [each async for each in stream]
        assert not second.requests


async def test_without_the_setting_a_broken_stream_is_an_error() -> None:
    with faulty(silent_after("a ")) as first, faulty(streamed("b")) as second:
        stream = await router(first, second, stream_continuation=False).acompletion("abc", QUESTION, stream=True)
        with pytest.raises(Timeout):
            [each async for each in stream]
        assert not second.requests


async def test_places_and_costs_are_settled_for_every_part() -> None:
    used = {"prompt_tokens": 30, "completion_tokens": 2, "total_tokens": 32}
    with faulty(breaks_after("a ")) as first, faulty(finishes("b", usage=used)) as second:
        made = router(first, second)
        stream = await made.acompletion("abc", QUESTION, stream=True)
        assert text_of([each async for each in stream]) == "a b"
        in_flight = [each.stats.in_flight for each in made.routing.catalog.by_id.values()]
    assert in_flight == [0, 0]


def test_events_as_bytes_become_one_answer() -> None:
    from litellm.core.continuation import ContinuedStream

    class Part:
        first_chunk_at = 1.0
        usage = msgspec.Raw(b'{"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}')
        calls_tools = reasons = False

        def text(self) -> str:
            return "a"

    stream = ContinuedStream(Part(), lambda error, text: None)  # type: ignore[arg-type, return-value]
    first = b'data: {"id":"one","created":1,"model":"m","choices":[]}\n\n'
    assert stream._as_one(first) == first
    stream._spent.append(Usage(prompt_tokens=4, completion_tokens=5, total_tokens=9))
    later = b'data: {"id":"two","created":2,"model":"n","choices":[],"usage":{"total_tokens":2}}\n\n'
    shown = msgspec.json.decode(stream._as_one(later)[len(b"data: ") :])
    assert (shown["id"], shown["created"], shown["model"]) == ("one", 1, "m")
    assert (shown["usage"]["prompt_tokens"], shown["usage"]["completion_tokens"]) == (5, 6)
