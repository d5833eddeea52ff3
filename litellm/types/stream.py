"""A chunk of a streamed chat completion (https://platform.openai.com/docs/api-reference/chat/streaming)."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import UNSET

from litellm.types.finish_reasons import OpenAIFinishReason, map_finish_reason
from litellm.types.mixin import JSON, Model, unset
from litellm.types.parts import (
    MESSAGE_POSITIONS,
    ChatCompletionAudioResponse,
    ChatCompletionCustomToolCallFunction,
    ChoiceLogprobs,
    Function,
    FunctionCall,
    ModelResponseBase,
)
from litellm.types.usage import Usage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class ChatCompletionDeltaToolCall(Model):
    """A piece of a tool call; pieces of one call share its `index`."""

    index: int = unset()
    id: str | None = unset()
    type: str | None = "function"
    function: Function = unset()
    custom: ChatCompletionCustomToolCallFunction | None = unset()
    provider_specific_fields: dict[str, Any] | None = unset()

    _positional = ("id", "function", "type", "index")

    if TYPE_CHECKING:

        def __init__(
            self,
            id: str | None = None,
            function: Function | Mapping[str, Any] | None = None,
            type: str | None = None,
            index: int = 0,
            **params: Any,
        ) -> None: ...


class Delta(Model):
    """What a chunk adds to the message; the fields of `Message`, none of them given unless the chunk gives it.

    Tool calls without an index are numbered by their place in the list.
    """

    role: str | None = unset()
    content: str | None = unset()
    reasoning_content: str | None = unset()
    tool_calls: list[ChatCompletionDeltaToolCall] | None = unset()
    refusal: str | None = unset()
    annotations: list[dict[str, Any]] | None = unset()
    audio: ChatCompletionAudioResponse | None = unset()
    function_call: FunctionCall | None = unset()
    reasoning: str | None = unset()
    images: list[dict[str, Any]] | None = unset()
    thinking_blocks: list[dict[str, Any]] | None = unset()
    reasoning_items: list[dict[str, Any]] | None = unset()
    provider_specific_fields: dict[str, Any] | None = unset()

    _positional = MESSAGE_POSITIONS

    _absent_when_none = frozenset(
        "function_call tool_calls audio images provider_specific_fields reasoning_content thinking_blocks "
        "reasoning_items annotations reasoning role".split()
    )

    if TYPE_CHECKING:

        def __init__(
            self,
            content: str | None = None,
            role: str | None = None,
            function_call: FunctionCall | Mapping[str, Any] | None = None,
            tool_calls: Sequence[ChatCompletionDeltaToolCall | Mapping[str, Any]] | None = None,
            audio: ChatCompletionAudioResponse | Mapping[str, Any] | None = None,
            images: list[dict[str, Any]] | None = None,
            provider_specific_fields: dict[str, Any] | None = None,
            reasoning_content: str | None = None,
            thinking_blocks: list[dict[str, Any]] | None = None,
            reasoning_items: list[dict[str, Any]] | None = None,
            annotations: list[dict[str, Any]] | None = None,
            **params: Any,
        ) -> None: ...

    def __post_init__(self) -> None:
        raw: Any = self
        if raw._raw_reasoning is not UNSET and raw._raw_reasoning_content is UNSET:
            raw.reasoning_content, raw._raw_reasoning = raw._raw_reasoning, UNSET
        calls = raw._raw_tool_calls
        if calls is not UNSET and calls is not None:
            _number(calls)


def _number(calls: list[Any]) -> None:
    for place, call in enumerate(calls):
        if call.index is None:
            call.index = place
        if call.type is None:
            call.type = "function"


class StreamingChoices(Model):
    """One answer's part of a chunk; `finish_reason` is null until the last."""

    index: int = 0
    delta: Delta = msgspec.field(default_factory=Delta)
    logprobs: ChoiceLogprobs | None = unset()
    finish_reason: OpenAIFinishReason | None = None
    provider_specific_fields: dict[str, Any] | None = unset()

    _positional = ("finish_reason", "index", "delta", "logprobs", "provider_specific_fields")
    _absent_when_none = frozenset({"index", "delta", "logprobs", "provider_specific_fields"})

    if TYPE_CHECKING:

        def __init__(
            self,
            finish_reason: str | None = None,
            index: int = 0,
            delta: Delta | Mapping[str, Any] | None = None,
            logprobs: ChoiceLogprobs | Mapping[str, Any] | None = None,
            provider_specific_fields: dict[str, Any] | None = None,
            **params: Any,
        ) -> None: ...

    _tidied = frozenset({"finish_reason"})

    @staticmethod
    def _tidy(data: JSON) -> None:
        reason = data.get("finish_reason")
        if reason is not None:
            data["finish_reason"] = map_finish_reason(reason) if reason else None


class ModelResponseStream(ModelResponseBase):
    """A chunk; only the last, and only when asked for, has `usage`.

    Example: `ModelResponseStream(choices=[{"delta": {"content": "Hel"}}])`.
    """

    object: str = "chat.completion.chunk"
    service_tier: str | None = unset()
    system_fingerprint: str | None = unset()
    choices: list[StreamingChoices] = msgspec.field(default_factory=list)
    usage: Usage | None = unset()
    obfuscation: str | None = unset()
    provider_specific_fields: dict[str, Any] | None = unset()

    _positional = ("id", "created", "model", "object", "system_fingerprint", "choices", "usage")
    _absent_when_none = frozenset({"id", "created", "object", "choices", "usage", "provider_specific_fields"})

    if TYPE_CHECKING:

        def __init__(
            self,
            id: str | None = None,
            created: int | None = None,
            model: str | None = None,
            object: str | None = None,
            system_fingerprint: str | None = None,
            choices: Sequence[StreamingChoices | Mapping[str, Any]] | None = None,
            usage: Usage | Mapping[str, Any] | None = None,
            provider_specific_fields: dict[str, Any] | None = None,
            **params: Any,
        ) -> None: ...

    _filled = MappingProxyType({"choices": lambda: [StreamingChoices()]})
