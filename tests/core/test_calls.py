"""Whole calls over a real connection, in both APIs: what a provider's failure looks like to the caller."""

import asyncio
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

import litellm
from litellm import _compose, exceptions
from litellm.core.plain_http import PlainPorts
from litellm.core.transport import AsyncPorts
from tests.support.faulty import CHAT, FaultyProvider, Peer, chunk, faulty, ok, refuses, streamed

MESSAGES = [{"role": "user", "content": "Hello"}]
Complete = Callable[..., Any]


@pytest.fixture(params=["sync", "async", "plain"])
def complete(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Complete:
    """`completion`, or `acompletion` run to its end, over either client; a stream is read into a list."""
    if request.param == "plain":
        monkeypatch.setattr(_compose, "_ports", lambda *_: PLAIN)

    def call(provider: FaultyProvider, **kwargs: Any) -> Any:
        arguments = {"model": "openai/m", "messages": MESSAGES, "api_key": "sk-1", "api_base": provider.base, **kwargs}
        if request.param == "sync":
            answer = litellm.completion(**arguments)
            return list(answer) if kwargs.get("stream") else answer
        return asyncio.run(_acomplete(arguments))

    return call


PLAIN = PlainPorts(AsyncPorts())


async def _acomplete(arguments: dict[str, Any]) -> Any:
    try:
        answer = await litellm.acompletion(**arguments)
        return [chunk async for chunk in answer] if arguments.get("stream") else answer
    finally:
        PLAIN.close()
        await asyncio.sleep(0)  # the transports say goodbye in the loop's next round


def text(chunks: list[Any]) -> str:
    return "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)


def test_an_answer(complete: Complete) -> None:
    with faulty(ok) as provider:
        response = complete(provider)

    assert response.choices[0].message.content == "Hello"
    assert response.usage.total_tokens == 4
    assert provider.requests[0].json() == {"model": "m", "messages": MESSAGES}
    assert provider.requests[0].headers["authorization"] == "Bearer sk-1"


def test_a_stream_names_the_role_once_and_finishes_once(complete: Complete) -> None:
    with faulty(streamed("Hel", "lo")) as provider:
        chunks = complete(provider, stream=True)

    assert text(chunks) == "Hello"
    assert [chunk.choices[0].delta.role for chunk in chunks] == ["assistant", None, None]
    assert [chunk.choices[0].finish_reason for chunk in chunks] == [None, None, "stop"]
    assert all(chunk.usage is None for chunk in chunks)


def test_usage_that_upstream_leaves_out_is_counted_when_asked_for(complete: Complete) -> None:
    with faulty(streamed("Hel", "lo")) as provider:
        *_, last = complete(provider, stream=True, stream_options={"include_usage": True})

    assert last.choices == []
    assert last.usage.completion_tokens == 1
    assert last.usage.prompt_tokens > 0


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, exceptions.BadRequestError),
        (401, exceptions.AuthenticationError),
        (403, exceptions.PermissionDeniedError),
        (404, exceptions.NotFoundError),
        (408, exceptions.Timeout),
        (422, exceptions.UnprocessableEntityError),
        (429, exceptions.RateLimitError),
        (500, exceptions.InternalServerError),
        (502, exceptions.BadGatewayError),
        (503, exceptions.ServiceUnavailableError),
        (504, exceptions.Timeout),
        (529, exceptions.InternalServerError),
    ],
)
@pytest.mark.parametrize("stream", [False, True])
def test_a_refusal_is_the_exception_of_its_status(
    complete: Complete, status: int, kind: type[Exception], stream: bool
) -> None:
    with (
        faulty(refuses(status, "upstream's words")) as provider,
        pytest.raises(kind, match="upstream's words") as caught,
    ):
        complete(provider, stream=stream, num_retries=0)

    assert caught.value.llm_provider == "openai"
    assert caught.value.model == "m"
    assert len(provider.requests) == 1


def test_retries_after_what_may_pass(complete: Complete) -> None:
    with faulty(refuses(503, headers={"retry-after": "0"}), refuses(429, headers={"retry-after": "0"}), ok) as provider:
        response = complete(provider)

    assert response.choices[0].message.content == "Hello"
    assert response._hidden_params["attempts"] == 3


def test_no_retry_when_told_so(complete: Complete) -> None:
    with faulty(refuses(503)) as provider, pytest.raises(exceptions.ServiceUnavailableError):
        complete(provider, num_retries=0)

    assert len(provider.requests) == 1


def test_fallback_after_the_first_model_fails(complete: Complete) -> None:
    with faulty(refuses(404), ok) as provider:
        fallback = {"model": "openai/other", "api_base": provider.base, "api_key": "sk-2", "temperature": 0.5}
        response = complete(provider, fallbacks=[fallback])

    assert response.choices[0].message.content == "Hello"
    assert provider.requests[1].json() == {"model": "other", "messages": MESSAGES, "temperature": 0.5}
    assert provider.requests[1].headers["authorization"] == "Bearer sk-2"


def test_a_prompt_too_long_goes_to_its_own_fallback(complete: Complete) -> None:
    long = refuses(400, "This model's maximum context length is 8 tokens")
    with faulty(long, ok) as provider:
        larger = {"openai/m": [{"model": "openai/large", "api_base": provider.base, "api_key": "sk-1"}]}
        complete(provider, context_window_fallbacks=[larger])

    assert provider.requests[1].json()["model"] == "large"


def _cut_before_the_first_chunk(peer: Peer) -> None:
    peer.begin_stream()
    peer.hang_up()


def _cut_after_a_chunk(peer: Peer) -> None:
    peer.begin_stream()
    peer.event(chunk("Hel"))
    peer.hang_up()


def _ends_without_a_finish(peer: Peer) -> None:
    peer.begin_stream()
    peer.event(chunk("Hel"))
    peer.end_stream()


def _error_in_the_stream(peer: Peer) -> None:
    peer.begin_stream()
    peer.event(chunk("Hel"))
    peer.event({"error": {"message": "overloaded", "code": 503}})
    peer.end_stream()


def test_a_stream_cut_before_its_first_chunk_is_retried(complete: Complete) -> None:
    with faulty(_cut_before_the_first_chunk, streamed("Hello")) as provider:
        assert text(complete(provider, stream=True, num_retries=1)) == "Hello"


def test_a_stream_cut_later_is_an_error(complete: Complete) -> None:
    with (
        faulty(_cut_after_a_chunk) as provider,
        pytest.raises(exceptions.MidStreamFallbackError, match="in the middle") as caught,
    ):
        complete(provider, stream=True, num_retries=0)

    assert caught.value.generated_content == "Hel"


def test_a_stream_that_never_says_it_is_complete_is_an_error(complete: Complete) -> None:
    with faulty(_ends_without_a_finish) as provider, pytest.raises(exceptions.MidStreamFallbackError) as caught:
        complete(provider, stream=True, num_retries=0)

    assert caught.value.generated_content == "Hel"
    assert "data:" in str(caught.value)


def test_an_error_in_the_stream_is_raised(complete: Complete) -> None:
    with (
        faulty(_error_in_the_stream) as provider,
        pytest.raises(exceptions.ServiceUnavailableError, match="overloaded"),
    ):
        complete(provider, stream=True, num_retries=0)


@pytest.mark.parametrize(
    "body", [b"not json sk-abcdefghijklmnop", b'{"id": "x"}', b"[]", b"", b'{"choices": 3}', b'{"choices": [{"index"']
)
def test_a_malformed_answer_is_an_error_that_quotes_it(complete: Complete, body: bytes) -> None:
    with (
        faulty(lambda peer: peer.answer(200, body)) as provider,
        pytest.raises(exceptions.APIConnectionError) as caught,
    ):
        complete(provider, num_retries=0)

    assert "sk-abcdefghijklmnop" not in str(caught.value)
    assert body[:8].decode() in str(caught.value)


def test_an_answer_cut_in_the_middle_is_an_error(complete: Complete) -> None:
    def cut(peer: Peer) -> None:
        peer.raw(b'HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{"id":')
        peer.hang_up()

    with faulty(cut) as provider, pytest.raises(exceptions.APIConnectionError):
        complete(provider, num_retries=0)


@pytest.mark.parametrize("stream", [False, True])
def test_a_silent_provider_times_out(complete: Complete, stream: bool) -> None:
    with faulty(lambda peer: peer.wait_until_gone() and None) as provider:
        started = time.monotonic()
        with pytest.raises(exceptions.Timeout, match="0.2 s"):
            complete(provider, timeout=0.2, stream=stream, num_retries=0)

    assert time.monotonic() - started < 3


def test_silence_between_two_chunks_times_out(complete: Complete) -> None:
    def stall(peer: Peer) -> None:
        peer.begin_stream()
        peer.event(chunk("Hel"))
        peer.wait_until_gone()

    with faulty(stall) as provider, pytest.raises(exceptions.Timeout):
        complete(provider, timeout=0.2, stream=True, num_retries=0)


def test_nobody_there(complete: Complete) -> None:
    with faulty(ok) as provider:
        pass
    with pytest.raises(exceptions.APIConnectionError, match="cannot reach"):
        complete(provider, num_retries=0)


def test_leaving_a_stream_early_ends_the_request_upstream() -> None:
    gone: list[bool] = []

    def endless(peer: Peer) -> None:
        peer.begin_stream()
        peer.event(chunk("Hel"))
        gone.append(peer.wait_until_gone())

    with faulty(endless, endless) as provider:
        arguments: dict[str, Any] = {
            "model": "openai/m",
            "messages": MESSAGES,
            "api_key": "k",
            "api_base": provider.base,
        }
        stream = litellm.completion(stream=True, **arguments)
        next(stream)
        del stream

        async def leave() -> None:
            stream = await litellm.acompletion(stream=True, **arguments)
            async for _ in stream:
                break
            await stream.aclose()

        asyncio.run(leave())
        assert provider.ended.wait(10)
    assert gone == [True, True]


def test_a_synchronous_call_inside_a_running_loop() -> None:
    async def inside() -> str:
        return (
            litellm.completion(model="openai/m", messages=MESSAGES, api_key="k", api_base=provider.base)
            .choices[0]
            .message.content
        )

    with faulty(ok) as provider:
        assert asyncio.run(inside()) == "Hello"


def test_many_loops_and_threads_share_the_process() -> None:
    answers: list[str] = []

    def work() -> None:
        for _ in range(3):
            arguments = {"model": "openai/m", "messages": MESSAGES, "api_key": "k", "api_base": provider.base}
            answers.append(litellm.completion(**arguments).choices[0].message.content)
            answers.append(asyncio.run(_acomplete(arguments)).choices[0].message.content)

    with faulty(ok) as provider:
        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert answers == ["Hello"] * 24


def test_cancelling_between_two_chunks_ends_the_request_upstream() -> None:
    gone: list[bool] = []

    def stall(peer: Peer) -> None:
        peer.begin_stream()
        peer.event(chunk("Hel"))
        gone.append(peer.wait_until_gone())

    async def cancel(provider: FaultyProvider) -> None:
        arguments = {"model": "openai/m", "messages": MESSAGES, "api_key": "k", "api_base": provider.base}
        stream = await litellm.acompletion(stream=True, **arguments)
        await anext(stream)
        waiting = asyncio.create_task(anext(stream))
        await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting

    with faulty(stall) as provider:
        asyncio.run(cancel(provider))
        assert provider.ended.wait(10)
    assert gone == [True]


def test_cancelling_before_the_answer_begins_frees_the_caller_at_once() -> None:
    done = threading.Event()

    async def cancel(provider: FaultyProvider) -> None:
        arguments = {"model": "openai/m", "messages": MESSAGES, "api_key": "k", "api_base": provider.base}
        task = asyncio.create_task(litellm.acompletion(**arguments))
        while not provider.requests:
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    with faulty(lambda _: done.wait(10) and None) as provider:
        started = time.monotonic()
        asyncio.run(cancel(provider))
        assert time.monotonic() - started < 5
        done.set()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"model": "no-such-thing"}, "no-such-thing"),
        ({"model": 7}, "model=7"),
        ({"messages": []}, "messages=\\[\\]"),
        ({"messages": "Hello"}, "messages='Hello'"),
        ({"messages": [{"content": "x"}]}, "messages\\[0\\]"),
        ({"timeout": "soon"}, "timeout='soon'"),
        ({"reasoning_effort": "high"}, "reasoning_effort"),
        ({"response_format": "json"}, "response_format='json'"),
    ],
)
def test_a_wrong_argument_is_named_and_nothing_is_sent(
    complete: Complete, arguments: dict[str, Any], words: str
) -> None:
    with faulty(ok) as provider:
        with pytest.raises(exceptions.BadRequestError, match=words):
            complete(provider, **arguments)
        assert provider.requests == []


def test_a_missing_key_says_what_to_set() -> None:
    with pytest.raises(exceptions.AuthenticationError, match="OPENAI_API_KEY"):
        litellm.completion("openai/m", MESSAGES)


def test_what_litellm_owns_never_reaches_the_provider(complete: Complete) -> None:
    owned = {
        "metadata": {"a": 1},
        "tags": ["x"],
        "cache": {"no-cache": True},
        "caching": True,
        "num_retries": 1,
        "retry_strategy": "exponential_backoff_retry",
        "base_model": "gpt-4o",
        "_skip_mcp_handler": True,
        "litellm_call_id": "id-1",
        "input_cost_per_token": 0.1,
        "weight": 2,
        "mock_testing_fallbacks": False,
    }
    with faulty(ok) as provider:
        complete(provider, headers={"x-mine": "1"}, seed=None, new_param="passes", **owned)

    assert provider.requests[0].json() == {"model": "m", "messages": MESSAGES, "new_param": "passes"}
    assert provider.requests[0].headers["x-mine"] == "1"
    assert CHAT["id"] == "chatcmpl-1"


def test_a_fallback_nobody_knows_does_not_fail_a_good_call(complete: Complete) -> None:
    with faulty(ok) as provider:
        complete(provider, fallbacks=["no such model", {"model": "openai/b", "nonsense": {}}, 5])
    assert len(provider.requests) == 1


def test_a_fallback_nobody_knows_is_passed_over(complete: Complete) -> None:
    with faulty(refuses(404), ok) as provider:
        good = {"model": "openai/other", "api_base": provider.base, "api_key": "sk-2"}
        response = complete(provider, fallbacks=["no such model", 5, good])

    assert provider.requests[1].json()["model"] == "other"
    assert response._hidden_params["attempts"] == 4


def test_a_fallback_nobody_knows_is_the_error_when_nothing_else_works(complete: Complete) -> None:
    with faulty(refuses(404)) as provider, pytest.raises(exceptions.BadRequestError, match="no such model"):
        complete(provider, fallbacks=["no such model"])


@pytest.mark.parametrize("setting", ["fallbacks", "default_fallbacks"])
def test_a_call_may_ask_for_no_fallbacks(complete: Complete, setting: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with faulty(refuses(404)) as provider:
        other = {"model": "openai/other", "api_base": provider.base, "api_key": "sk-2"}
        monkeypatch.setattr(litellm, setting, [other])
        with pytest.raises(exceptions.NotFoundError):
            complete(provider, fallbacks=[])
        assert len(provider.requests) == 1
        with pytest.raises(exceptions.NotFoundError):
            complete(provider)
        assert len(provider.requests) == 3


@pytest.mark.parametrize("body", [b'{"data": 3}', b'{"data": []}', b'{"choices": "no"}', b"{}"])
def test_an_embedding_or_text_without_its_list_is_an_error(body: bytes) -> None:
    with faulty(lambda peer: peer.answer(200, body)) as provider:
        account: dict[str, Any] = {"api_key": "k", "api_base": provider.base, "num_retries": 0}
        with pytest.raises(exceptions.APIConnectionError, match="without any embedding"):
            litellm.embedding("openai/m", ["x"], **account)
        with pytest.raises(exceptions.APIConnectionError, match="without any choice"):
            litellm.text_completion("x", "text-completion-openai/m", **account)
