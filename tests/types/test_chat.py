"""Completions and chunks: defaults, names of vendors, usage."""

from __future__ import annotations

import re

import pytest

from litellm.types.chat import ChatCompletionMessageToolCall, Choices, Function, Message, ModelResponse
from litellm.types.finish_reasons import map_finish_reason
from litellm.types.mixin import decode
from litellm.types.stream import Delta, ModelResponseStream, StreamingChoices
from litellm.types.usage import PromptTokensDetailsWrapper, Usage

UUID = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"


def test_an_empty_response_has_one_empty_choice() -> None:
    made = ModelResponse()
    assert re.fullmatch(f"chatcmpl-{UUID}", made.id)
    assert made.object == "chat.completion"
    assert made.created > 1_700_000_000
    assert made.choices == [Choices(finish_reason="stop", index=0, message=Message(content=None, role="assistant"))]
    assert made.usage == Usage(prompt_tokens=0, completion_tokens=0, total_tokens=0)


def test_a_response_from_dicts() -> None:
    made = ModelResponse(model="m", choices=[{"message": {"content": "hi"}}], usage={"prompt_tokens": 3}, x_vendor=1)
    assert made.choices[0].message.content == made["choices"][0]["message"]["content"] == "hi"
    assert made.usage.prompt_tokens == 3
    assert made.x_vendor == 1


def test_a_response_that_is_a_stream_holds_deltas() -> None:
    made = ModelResponse(stream=True)
    assert made.object == "chat.completion.chunk"
    assert made.choices[0].delta == Delta()
    assert "usage" not in made
    given = ModelResponse(stream=True, choices=[{"delta": {"content": "x"}}])
    assert given.choices[0].delta.content == "x"


def test_message_leaves_out_what_is_none_and_empty() -> None:
    made = Message(content="x", tool_calls=[], audio=None, annotations=None, reasoning_content=None, refusal="no")
    assert made.model_dump() == {"content": "x", "role": "assistant", "refusal": "no"}
    assert made.tool_calls is None
    assert decode(Message, b'{"content":"x","tool_calls":[]}').model_dump() == {"content": "x", "role": "assistant"}


@pytest.mark.parametrize("cls", [Message, Delta])
def test_reasoning_is_renamed(cls: type[Message] | type[Delta]) -> None:
    for made in (cls(reasoning="why"), decode(cls, b'{"reasoning":"why"}'), cls.from_dict({"reasoning": "why"})):
        assert made.reasoning_content == "why"
        assert "reasoning" not in made
    both = cls(reasoning="short", reasoning_content="long")
    assert (both.reasoning_content, both.reasoning) == ("long", "short")


def test_tool_calls_of_a_delta_are_numbered_and_typed() -> None:
    calls = [{"id": "a", "function": {"name": "f"}}, {"id": "b", "type": None, "function": {"name": "g"}}]
    for made in (Delta(tool_calls=calls), Delta.from_dict({"tool_calls": calls})):
        assert [call.index for call in made.tool_calls] == [0, 1]
        assert [call.type for call in made.tool_calls] == ["function", "function"]
    kept = decode(Delta, b'{"tool_calls":[{"index":4,"function":{"arguments":"{"}}]}')
    assert kept.tool_calls[0].index == 4


def test_arguments_of_a_function_are_text() -> None:
    assert Function(arguments={"a": 1}, name="f").arguments == '{"a":1}'
    assert Function(arguments=None, name="f").arguments == ""
    assert decode(Function, b'{"name":"f","arguments":{"a":1}}').arguments == '{"a":1}'


def test_a_tool_call_has_an_id_and_a_type() -> None:
    made = ChatCompletionMessageToolCall(function={"name": "f", "arguments": "{}"}, id=None, type=None)
    assert re.fullmatch(UUID, made.id)
    assert made.type == "function"
    assert made.function.name == "f"


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("end_turn", "stop"),
        ("STOP", "stop"),
        ("eos_token", "stop"),
        ("MAX_TOKENS", "length"),
        ("tool_use", "tool_calls"),
        ("SAFETY", "content_filter"),
        ("IMAGE_ANYTHING", "content_filter"),
        ("guardrail_intervened", "content_filter"),
        ("function_call", "function_call"),
    ],
)
def test_finish_reasons(theirs: str, ours: str) -> None:
    assert map_finish_reason(theirs) == ours
    assert Choices(finish_reason=theirs).finish_reason == ours
    assert decode(StreamingChoices, f'{{"finish_reason":"{theirs}"}}'.encode()).finish_reason == ours


def test_an_unknown_finish_reason_is_stop_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    assert map_finish_reason("bored") == "stop"
    assert "bored" in caplog.text


def test_a_chunk_may_have_no_finish_reason_and_a_choice_must() -> None:
    assert decode(StreamingChoices, b'{"finish_reason":null}').finish_reason is None
    assert decode(StreamingChoices, b'{"finish_reason":""}').finish_reason is None
    assert decode(Choices, b'{"finish_reason":null}').finish_reason == "stop"


def test_an_empty_chunk() -> None:
    made = ModelResponseStream()
    assert made.object == "chat.completion.chunk"
    assert made.choices == [StreamingChoices(index=0, delta=Delta(), finish_reason=None)]
    assert made.usage is None
    assert "usage" not in made


def test_usage_of_none_is_zero() -> None:
    made = Usage(prompt_tokens=None, completion_tokens=None, total_tokens=None)
    assert made.model_dump() == {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}


def test_reasoning_tokens_leave_the_rest_as_text() -> None:
    made = Usage(completion_tokens=10, reasoning_tokens=4, completion_tokens_details={"image_tokens": 1})
    assert made.completion_tokens_details.model_dump() == {"reasoning_tokens": 4, "text_tokens": 5, "image_tokens": 1}
    assert Usage(completion_tokens=1, reasoning_tokens=4).completion_tokens_details.text_tokens == 0


@pytest.mark.parametrize("name", ["cache_read_input_tokens", "prompt_cache_hit_tokens"])
def test_cache_reads_become_cached_tokens(name: str) -> None:
    for made in (Usage(**{name: 7}), decode(Usage, f'{{"{name}":7}}'.encode())):
        assert made.prompt_tokens_details.cached_tokens == 7
        assert made[name] == 7


def test_cache_writes_become_creation_tokens_and_given_details_stay() -> None:
    made = Usage(cache_creation_input_tokens=5, prompt_tokens_details=PromptTokensDetailsWrapper(cached_tokens=1))
    assert made.prompt_tokens_details.model_dump() == {"cached_tokens": 1, "cache_creation_tokens": 5}
    assert Usage(cache_read_input_tokens=9, prompt_tokens_details={"cached_tokens": 2}).prompt_tokens_details == (
        PromptTokensDetailsWrapper(cached_tokens=2)
    )
