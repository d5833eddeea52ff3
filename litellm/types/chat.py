"""A chat completion as OpenAI answers it (https://platform.openai.com/docs/api-reference/chat/object).

Holds the answer and nothing of the request; chunks of a stream are in `stream`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import UNSET

from litellm.types.finish_reasons import OpenAIFinishReason, map_finish_reason
from litellm.types.mixin import JSON, Model, unset
from litellm.types.parts import (
    MESSAGE_POSITIONS,
)
from litellm.types.parts import (
    ChatCompletionAudioResponse as ChatCompletionAudioResponse,
)
from litellm.types.parts import (
    ChatCompletionCustomToolCallFunction as ChatCompletionCustomToolCallFunction,
)
from litellm.types.parts import (
    ChatCompletionTokenLogprob as ChatCompletionTokenLogprob,
)
from litellm.types.parts import (
    ChoiceLogprobs as ChoiceLogprobs,
)
from litellm.types.parts import (
    Function as Function,
)
from litellm.types.parts import (
    FunctionCall as FunctionCall,
)
from litellm.types.parts import (
    ModelResponseBase as ModelResponseBase,
)
from litellm.types.parts import (
    TopLogprob as TopLogprob,
)
from litellm.types.stamps import uuid4
from litellm.types.stream import StreamingChoices
from litellm.types.usage import Usage
from litellm.types.wire import coerce

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class ChatCompletionMessageToolCall(Model):
    """A tool that the model wants called."""

    id: str | None = msgspec.field(default_factory=uuid4)
    type: str | None = "function"
    function: Function = unset()
    index: int | None = unset()
    custom: ChatCompletionCustomToolCallFunction | None = unset()
    provider_specific_fields: dict[str, Any] | None = unset()

    _positional = ("function", "id", "type")

    if TYPE_CHECKING:

        def __init__(
            self,
            function: Function | Mapping[str, Any] | None = None,
            id: str | None = None,
            type: str | None = None,
            **params: Any,
        ) -> None: ...

    _absent_when_none = frozenset({"function", "id", "type", "index", "custom", "provider_specific_fields"})


class Message(Model):
    """What the model said.

    `reasoning_content` is its thinking as text (`reasoning` on the wire of some vendors), `thinking_blocks` the signed
    blocks that must be sent back unchanged. An empty list of tool calls counts as none.
    Example: `Message(content="Hello", role="assistant")`.
    """

    role: str = "assistant"
    content: str | None = None
    reasoning_content: str | None = unset()
    tool_calls: list[ChatCompletionMessageToolCall] | None = unset()
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
        "audio images provider_specific_fields reasoning_content thinking_blocks reasoning_items annotations reasoning "
        "tool_calls function_call".split()
    )

    if TYPE_CHECKING:

        def __init__(
            self,
            content: str | None = None,
            role: str = "assistant",
            function_call: FunctionCall | Mapping[str, Any] | None = None,
            tool_calls: Sequence[ChatCompletionMessageToolCall | Mapping[str, Any]] | None = None,
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
        if raw._raw_tool_calls == []:
            raw._raw_tool_calls = UNSET

    _tidied = frozenset({"role"})

    @staticmethod
    def _tidy(data: JSON) -> None:
        if data.get("role", "") is None:
            data["role"] = "assistant"


class Choices(Model):
    """One answer of those asked for with `n`; `finish_reason` is one of OpenAI's words whatever the provider said."""

    index: int = 0
    message: Message = msgspec.field(default_factory=Message)
    logprobs: ChoiceLogprobs | None = unset()
    finish_reason: OpenAIFinishReason = "stop"
    provider_specific_fields: dict[str, Any] | None = unset()

    _positional = ("finish_reason", "index", "message", "logprobs", "provider_specific_fields")
    _absent_when_none = frozenset({"finish_reason", "index", "message", "logprobs", "provider_specific_fields"})

    if TYPE_CHECKING:

        def __init__(
            self,
            finish_reason: str | None = None,
            index: int = 0,
            message: Message | Mapping[str, Any] | None = None,
            logprobs: ChoiceLogprobs | Mapping[str, Any] | None = None,
            provider_specific_fields: dict[str, Any] | None = None,
            **params: Any,
        ) -> None: ...

    _tidied = frozenset({"finish_reason"})

    @staticmethod
    def _tidy(data: JSON) -> None:
        reason = data.get("finish_reason", "stop")
        data["finish_reason"] = map_finish_reason(reason) if reason else "stop"


class ModelResponse(ModelResponseBase):
    """A chat completion; what the constructor is not given gets LiteLLM 1.x's defaults: one empty choice, zero usage.

    Example: `ModelResponse(model="gpt-4o", choices=[{"message": {"content": "Hello"}}])`.
    """

    choices: list[Choices] = msgspec.field(default_factory=list)
    usage: Usage = unset()
    service_tier: str | None = unset()
    system_fingerprint: str | None = unset()

    _positional = ("id", "choices", "created", "model", "object", "system_fingerprint", "usage", "stream")

    if TYPE_CHECKING:

        def __init__(
            self,
            id: str | None = None,
            choices: Sequence[Any] | None = None,
            created: int | None = None,
            model: str | None = None,
            object: str | None = None,
            system_fingerprint: str | None = None,
            usage: Usage | Mapping[str, Any] | None = None,
            stream: bool | None = None,
            **params: Any,
        ) -> None: ...

    _absent_when_none = frozenset({"id", "created", "object", "choices", "usage"})

    @staticmethod
    def _prepare(given: JSON) -> JSON:
        if given.pop("stream", None):
            return _as_stream(given)
        given.setdefault("choices", [{}])
        given.setdefault("usage", {})
        return given


def _as_stream(given: JSON) -> JSON:
    """Arguments of a `ModelResponse(stream=True)`: the same class, holding what a chunk holds."""
    given.setdefault("object", "chat.completion.chunk")
    choices = given.get("choices")
    given["choices"] = [StreamingChoices()] if choices is None else [coerce(c, StreamingChoices) for c in choices]
    return given
