"""An answer of the Responses API and its items (https://platform.openai.com/docs/api-reference/responses/object)."""

from __future__ import annotations

from typing import Any

import msgspec

from litellm.types.mixin import JSON, Model, unset
from litellm.types.stamps import now, uuid4

ResponseInputParam = str | list[dict[str, Any]]


class BaseLiteLLMOpenAIResponseObject(Model):
    """The base class of what the Responses API sends."""


class InputTokensDetails(BaseLiteLLMOpenAIResponseObject):
    """What the prompt's tokens were."""

    cached_tokens: int = 0
    audio_tokens: int | None = unset()
    text_tokens: int | None = unset()
    image_tokens: int | None = unset()
    cache_write_tokens: int | None = unset()
    cache_creation_tokens: int | None = unset()


class OutputTokensDetails(BaseLiteLLMOpenAIResponseObject):
    """What the answer's tokens were."""

    reasoning_tokens: int = 0
    text_tokens: int | None = unset()
    image_tokens: int | None = unset()
    audio_tokens: int | None = unset()


class ResponseAPIUsage(BaseLiteLLMOpenAIResponseObject):
    """Tokens of a call of the Responses API."""

    input_tokens: int = 0
    input_tokens_details: InputTokensDetails | None = unset()
    output_tokens: int = 0
    output_tokens_details: OutputTokensDetails | None = unset()
    total_tokens: int = 0
    cost: float | None = unset()

    _absent_when_none = frozenset({"input_tokens_details", "output_tokens_details", "cost"})


class OutputText(BaseLiteLLMOpenAIResponseObject):
    """A part of a message: text with its citations, a refusal, or a piece of reasoning, by `type`."""

    type: str = "output_text"
    text: str | None = unset()
    annotations: list[dict[str, Any]] | None = unset()
    logprobs: list[dict[str, Any]] | None = unset()
    refusal: str | None = unset()


class ResponseOutputItem(BaseLiteLLMOpenAIResponseObject):
    """One item of an answer; its `type` says which, items of unknown types keep their fields as extras."""

    type: str = "message"
    id: str | None = unset()
    status: str | None = unset()


class GenericResponseOutputItem(ResponseOutputItem):
    """A message."""

    role: str = "assistant"
    content: list[OutputText] = msgspec.field(default_factory=list)
    phase: str | None = unset()


class OutputFunctionToolCall(ResponseOutputItem):
    """A function that the model wants called; `arguments` is JSON text."""

    type: str = "function_call"
    arguments: str = ""
    call_id: str = ""
    name: str = ""
    namespace: str | None = unset()


ResponseFunctionToolCall = OutputFunctionToolCall


class ReasoningSummaryPart(BaseLiteLLMOpenAIResponseObject):
    """A paragraph of a summary of reasoning."""

    type: str = "summary_text"
    text: str = ""


class ResponseReasoningItem(ResponseOutputItem):
    """What the model thought, summed up, or encrypted so that it can be sent back."""

    type: str = "reasoning"
    summary: list[ReasoningSummaryPart] = msgspec.field(default_factory=list)
    content: list[OutputText] | None = unset()
    encrypted_content: str | None = unset()


class ResponseImageGenerationCall(ResponseOutputItem):
    """An image that a tool made, base64."""

    type: str = "image_generation_call"
    result: str | None = unset()


OutputImageGenerationCall = ResponseImageGenerationCall

ResponseOutputItem._kinds = {
    "message": GenericResponseOutputItem,
    "function_call": OutputFunctionToolCall,
    "reasoning": ResponseReasoningItem,
    "image_generation_call": ResponseImageGenerationCall,
}


class IncompleteDetails(BaseLiteLLMOpenAIResponseObject):
    """Why an answer ended early: "max_output_tokens" or "content_filter"."""

    reason: str | None = None


class ResponseError(BaseLiteLLMOpenAIResponseObject):
    """Why an answer failed."""

    code: str | None = None
    message: str = ""


def _response_id() -> str:
    return f"resp_{uuid4()}"


class ResponsesAPIResponse(BaseLiteLLMOpenAIResponseObject):
    """An answer of the Responses API; `created_at` and `completed_at` are seconds since 1970.

    Example: `response.output_text`.
    """

    id: str = msgspec.field(default_factory=_response_id)
    created_at: float = msgspec.field(default_factory=now)
    error: ResponseError | None = None
    incomplete_details: IncompleteDetails | None = None
    instructions: str | list[dict[str, Any]] | None = None
    metadata: dict[str, Any] | None = None
    model: str | None = None
    object: str | None = "response"
    output: list[ResponseOutputItem] = msgspec.field(default_factory=list)
    parallel_tool_calls: bool | None = None
    temperature: float | None = None
    tool_choice: str | dict[str, Any] | None = None
    tools: list[dict[str, Any]] = msgspec.field(default_factory=list)
    top_p: float | None = None
    max_output_tokens: int | None = None
    previous_response_id: str | None = None
    reasoning: dict[str, Any] | None = None
    status: str | None = None
    text: dict[str, Any] | None = None
    truncation: str | None = None
    usage: ResponseAPIUsage | None = None
    user: str | None = None
    store: bool | None = None
    background: bool | None = unset()
    billing: dict[str, Any] | None = unset()
    completed_at: float | None = unset()
    content_filters: list[dict[str, Any]] | None = unset()
    conversation: dict[str, Any] | None = unset()
    frequency_penalty: float | None = unset()
    max_tool_calls: int | None = unset()
    presence_penalty: float | None = unset()
    prompt: dict[str, Any] | None = unset()
    prompt_cache_key: str | None = unset()
    prompt_cache_retention: str | None = unset()
    safety_identifier: str | None = unset()
    service_tier: str | None = unset()
    top_logprobs: int | None = unset()

    _absent_when_none = frozenset({"id", "created_at", "output", "tools"})

    @staticmethod
    def _prepare(given: JSON) -> JSON:
        given.pop("output_text", None)
        return given

    @property
    def output_text(self) -> str:
        """All text of the answer's messages, joined."""
        messages = (item for item in self.output if isinstance(item, GenericResponseOutputItem))
        parts = (part for message in messages for part in message.content if part.type == "output_text")
        return "".join(part.text or "" for part in parts)


class DeleteResponseResult(BaseLiteLLMOpenAIResponseObject):
    """That a stored answer is gone."""

    id: str | None = None
    object: str | None = "response"
    deleted: bool | None = True
