"""Answers made up here: the built-in model and `mock_response`, in both APIs."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

import litellm
from litellm import exceptions

MESSAGES = [{"role": "system", "content": "x"}, {"role": "user", "content": [{"type": "text", "text": "Hello there"}]}]


@pytest.fixture(params=["sync", "async"])
def complete(request: pytest.FixtureRequest) -> Callable[..., Any]:
    async def later(**arguments: Any) -> Any:
        answer = await litellm.acompletion(**arguments)
        return [chunk async for chunk in answer] if arguments.get("stream") else answer

    def call(**more: Any) -> Any:
        arguments = {"model": "mock/echo", "messages": MESSAGES, **more}
        if request.param == "async":
            return asyncio.run(later(**arguments))
        answer = litellm.completion(**arguments)
        return list(answer) if more.get("stream") else answer

    return call


def test_the_built_in_model_says_the_last_message_back(complete: Any) -> None:
    answer = complete()
    assert answer.choices[0].message.content == "Hello there"
    assert (answer.usage.prompt_tokens, answer.usage.completion_tokens, answer.usage.total_tokens) == (10, 20, 30)


def test_texts_dicts_lists_and_responses(complete: Any) -> None:
    whole = litellm.ModelResponse(choices=[{"message": {"content": "whole"}}])
    as_dict = {"choices": [{"index": 0, "message": {"role": "assistant", "content": "dict"}, "finish_reason": "stop"}]}

    assert complete(model="openai/gpt-4o", mock_response="text").choices[0].message.content == "text"
    assert complete(mock_response=as_dict).choices[0].message.content == "dict"
    assert complete(mock_response=whole).choices[0].message.content == "whole"
    assert [each.message.content for each in complete(mock_response=["a", "b"]).choices] == ["a", "b"]
    assert [each.message.content for each in complete(mock_response="x", n=2).choices] == ["x", "x"]


def test_tool_calls(complete: Any) -> None:
    calls = [{"id": "1", "type": "function", "function": {"name": "f", "arguments": "{}"}}]
    assert complete(mock_tool_calls=calls).choices[0].message.tool_calls[0].function.name == "f"
    chunks = complete(mock_tool_calls=calls, stream=True)
    (found,) = [chunk.choices[0].delta.tool_calls for chunk in chunks if chunk.choices[0].delta.tool_calls]
    assert (found[0].index, found[0].function.name) == (0, "f")


def test_streams_come_in_pieces_and_finish_once(complete: Any) -> None:
    chunks = complete(mock_response="Hello there", stream=True, stream_options={"include_usage": True})
    *said, finish, usage = chunks
    assert "".join(chunk.choices[0].delta.content for chunk in said) == "Hello there"
    assert len(said) > 1
    assert finish.choices[0].finish_reason == "stop"
    assert (usage.choices, usage.usage.total_tokens) == ([], 30)


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    ("mock", "kind"),
    [
        ("litellm.RateLimitError", exceptions.RateLimitError),
        ("litellm.ContextWindowExceededError", exceptions.ContextWindowExceededError),
        ("litellm.InternalServerError", exceptions.InternalServerError),
        ("Exception: content_filter_policy", exceptions.ContentPolicyViolationError),
        ("Exception: mock_streaming_error", exceptions.MidStreamFallbackError),
        (exceptions.AuthenticationError("no", "p", "m"), exceptions.AuthenticationError),
        (ValueError("plain"), exceptions.InternalServerError),
    ],
)
def test_errors_that_are_asked_for(complete: Any, mock: Any, kind: type[Exception], stream: bool) -> None:
    with pytest.raises(kind):
        complete(mock_response=mock, stream=stream, num_retries=0)


def test_a_timeout_that_is_asked_for(complete: Any) -> None:
    with pytest.raises(exceptions.Timeout, match="0.01 s"):
        complete(mock_timeout=True, timeout=0.01, num_retries=0)


def test_a_delay(complete: Any) -> None:
    assert complete(mock_response="x", mock_delay=0.001).choices[0].message.content == "x"


def test_texts_and_embeddings() -> None:
    text = litellm.text_completion("Once", "mock/echo")
    assert text.choices[0].text == "Once"  # type: ignore[union-attr]
    made = litellm.embedding("mock/embed", ["a", "b"])
    assert [item.index for item in made.data] == [0, 1]
    assert len(made.data[0].embedding) == 1536
    assert litellm.embedding("mock/embed", "a", mock_response=[1.0, 2.0]).data[0].embedding == [1.0, 2.0]
