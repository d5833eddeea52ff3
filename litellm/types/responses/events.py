"""Events of a streamed answer (https://platform.openai.com/docs/api-reference/responses-streaming)."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from litellm.types.mixin import unset
from litellm.types.responses.main import BaseLiteLLMOpenAIResponseObject, ResponseOutputItem, ResponsesAPIResponse


class ResponsesAPIStreamEvents(StrEnum):
    """The kinds of events, by their `type` on the wire."""

    RESPONSE_CREATED = "response.created"
    RESPONSE_QUEUED = "response.queued"
    RESPONSE_IN_PROGRESS = "response.in_progress"
    RESPONSE_COMPLETED = "response.completed"
    RESPONSE_FAILED = "response.failed"
    RESPONSE_INCOMPLETE = "response.incomplete"
    RESPONSE_PART_ADDED = "response.reasoning_summary_part.added"
    RESPONSE_PART_DONE = "response.reasoning_summary_part.done"
    REASONING_SUMMARY_TEXT_DELTA = "response.reasoning_summary_text.delta"
    REASONING_SUMMARY_TEXT_DONE = "response.reasoning_summary_text.done"
    REASONING_TEXT_DELTA = "response.reasoning_text.delta"
    REASONING_TEXT_DONE = "response.reasoning_text.done"
    OUTPUT_ITEM_ADDED = "response.output_item.added"
    OUTPUT_ITEM_DONE = "response.output_item.done"
    CONTENT_PART_ADDED = "response.content_part.added"
    CONTENT_PART_DONE = "response.content_part.done"
    OUTPUT_TEXT_DELTA = "response.output_text.delta"
    OUTPUT_TEXT_ANNOTATION_ADDED = "response.output_text.annotation.added"
    OUTPUT_TEXT_DONE = "response.output_text.done"
    REFUSAL_DELTA = "response.refusal.delta"
    REFUSAL_DONE = "response.refusal.done"
    FUNCTION_CALL_ARGUMENTS_DELTA = "response.function_call_arguments.delta"
    FUNCTION_CALL_ARGUMENTS_DONE = "response.function_call_arguments.done"
    CUSTOM_TOOL_CALL_INPUT_DELTA = "response.custom_tool_call_input.delta"
    CUSTOM_TOOL_CALL_INPUT_DONE = "response.custom_tool_call_input.done"
    FILE_SEARCH_CALL_IN_PROGRESS = "response.file_search_call.in_progress"
    FILE_SEARCH_CALL_SEARCHING = "response.file_search_call.searching"
    FILE_SEARCH_CALL_COMPLETED = "response.file_search_call.completed"
    WEB_SEARCH_CALL_IN_PROGRESS = "response.web_search_call.in_progress"
    WEB_SEARCH_CALL_SEARCHING = "response.web_search_call.searching"
    WEB_SEARCH_CALL_COMPLETED = "response.web_search_call.completed"
    CODE_INTERPRETER_CALL_IN_PROGRESS = "response.code_interpreter_call.in_progress"
    CODE_INTERPRETER_CALL_INTERPRETING = "response.code_interpreter_call.interpreting"
    CODE_INTERPRETER_CALL_COMPLETED = "response.code_interpreter_call.completed"
    CODE_INTERPRETER_CALL_CODE_DELTA = "response.code_interpreter_call_code.delta"
    CODE_INTERPRETER_CALL_CODE_DONE = "response.code_interpreter_call_code.done"
    IMAGE_GENERATION_CALL_IN_PROGRESS = "response.image_generation_call.in_progress"
    IMAGE_GENERATION_CALL_GENERATING = "response.image_generation_call.generating"
    IMAGE_GENERATION_CALL_COMPLETED = "response.image_generation_call.completed"
    IMAGE_GENERATION_PARTIAL_IMAGE = "response.image_generation_call.partial_image"
    MCP_LIST_TOOLS_IN_PROGRESS = "response.mcp_list_tools.in_progress"
    MCP_LIST_TOOLS_COMPLETED = "response.mcp_list_tools.completed"
    MCP_LIST_TOOLS_FAILED = "response.mcp_list_tools.failed"
    MCP_CALL_IN_PROGRESS = "response.mcp_call.in_progress"
    MCP_CALL_ARGUMENTS_DELTA = "response.mcp_call_arguments.delta"
    MCP_CALL_ARGUMENTS_DONE = "response.mcp_call_arguments.done"
    MCP_CALL_COMPLETED = "response.mcp_call.completed"
    MCP_CALL_FAILED = "response.mcp_call.failed"
    ERROR = "error"


class ResponsesAPIStreamingResponse(BaseLiteLLMOpenAIResponseObject):
    """An event of any kind; kinds without a class of their own keep their fields as extras."""

    type: str = ""
    sequence_number: int | None = unset()


class ResponseEvent(ResponsesAPIStreamingResponse):
    """An event that carries the answer as it is by now."""

    response: ResponsesAPIResponse = unset()


class ResponseCreatedEvent(ResponseEvent):
    """The answer has been begun."""

    type: str = "response.created"


class ResponseInProgressEvent(ResponseEvent):
    """The answer is being made."""

    type: str = "response.in_progress"


class ResponseCompletedEvent(ResponseEvent):
    """The answer is whole."""

    type: str = "response.completed"


class ResponseFailedEvent(ResponseEvent):
    """The answer has failed; `response.error` says why."""

    type: str = "response.failed"


class ResponseIncompleteEvent(ResponseEvent):
    """The answer ended early; `response.incomplete_details` says why."""

    type: str = "response.incomplete"


class OutputItemEvent(ResponsesAPIStreamingResponse):
    """An event about an item of the answer."""

    output_index: int = 0
    item: ResponseOutputItem | None = unset()


class OutputItemAddedEvent(OutputItemEvent):
    """An item has been begun."""

    type: str = "response.output_item.added"


class OutputItemDoneEvent(OutputItemEvent):
    """An item is whole."""

    type: str = "response.output_item.done"


class ContentEvent(ResponsesAPIStreamingResponse):
    """An event about a part of an item."""

    item_id: str = ""
    output_index: int = 0
    content_index: int = 0


class ContentPartAddedEvent(ContentEvent):
    """A part of a message has been begun."""

    type: str = "response.content_part.added"
    part: dict[str, Any] | None = unset()


class ContentPartDoneEvent(ContentEvent):
    """A part of a message is whole."""

    type: str = "response.content_part.done"
    part: dict[str, Any] | None = unset()


class OutputTextDeltaEvent(ContentEvent):
    """More text."""

    type: str = "response.output_text.delta"
    delta: str = ""
    logprobs: list[dict[str, Any]] | None = unset()
    obfuscation: str | None = unset()


class OutputTextAnnotationAddedEvent(ContentEvent):
    """A citation."""

    type: str = "response.output_text.annotation.added"
    annotation_index: int = 0
    annotation: dict[str, Any] | None = unset()


class OutputTextDoneEvent(ContentEvent):
    """The text of a part is whole."""

    type: str = "response.output_text.done"
    text: str = ""
    logprobs: list[dict[str, Any]] | None = unset()


class RefusalDeltaEvent(ContentEvent):
    """More of a refusal."""

    type: str = "response.refusal.delta"
    delta: str = ""


class RefusalDoneEvent(ContentEvent):
    """A refusal is whole."""

    type: str = "response.refusal.done"
    refusal: str = ""


class ReasoningTextDeltaEvent(ContentEvent):
    """More of the reasoning itself."""

    type: str = "response.reasoning_text.delta"
    delta: str = ""


class ReasoningTextDoneEvent(ContentEvent):
    """The reasoning is whole."""

    type: str = "response.reasoning_text.done"
    text: str = ""


class SummaryEvent(ResponsesAPIStreamingResponse):
    """An event about a summary of reasoning."""

    item_id: str = ""
    output_index: int = 0
    summary_index: int = 0


class ReasoningSummaryPartAddedEvent(SummaryEvent):
    """A paragraph of the summary has been begun."""

    type: str = "response.reasoning_summary_part.added"
    part: dict[str, Any] | None = unset()


class ReasoningSummaryPartDoneEvent(SummaryEvent):
    """A paragraph of the summary is whole."""

    type: str = "response.reasoning_summary_part.done"
    part: dict[str, Any] | None = unset()


class ReasoningSummaryTextDeltaEvent(SummaryEvent):
    """More of the summary."""

    type: str = "response.reasoning_summary_text.delta"
    delta: str = ""


class ReasoningSummaryTextDoneEvent(SummaryEvent):
    """The text of a paragraph of the summary is whole."""

    type: str = "response.reasoning_summary_text.done"
    text: str = ""


class FunctionCallArgumentsDeltaEvent(ResponsesAPIStreamingResponse):
    """More of a function call's arguments."""

    type: str = "response.function_call_arguments.delta"
    item_id: str = ""
    output_index: int = 0
    delta: str = ""


class FunctionCallArgumentsDoneEvent(ResponsesAPIStreamingResponse):
    """A function call's arguments are whole."""

    type: str = "response.function_call_arguments.done"
    item_id: str = ""
    output_index: int = 0
    arguments: str = ""
    name: str | None = unset()


class ErrorEventError(BaseLiteLLMOpenAIResponseObject):
    """What went wrong."""

    type: str | None = None
    code: str | None = None
    message: str = ""
    param: str | None = None


class ErrorEvent(ResponsesAPIStreamingResponse):
    """The stream has failed."""

    type: str = "error"
    code: str | None = unset()
    message: str | None = unset()
    param: str | None = unset()
    error: ErrorEventError | None = unset()


GenericEvent = ResponsesAPIStreamingResponse

_EVENTS: tuple[type[ResponsesAPIStreamingResponse], ...] = (
    ResponseCreatedEvent, ResponseInProgressEvent, ResponseCompletedEvent, ResponseFailedEvent, ResponseIncompleteEvent,
    OutputItemAddedEvent, OutputItemDoneEvent, ContentPartAddedEvent, ContentPartDoneEvent, OutputTextDeltaEvent,
    OutputTextAnnotationAddedEvent, OutputTextDoneEvent, RefusalDeltaEvent, RefusalDoneEvent, ReasoningTextDeltaEvent,
    ReasoningTextDoneEvent, ReasoningSummaryPartAddedEvent, ReasoningSummaryPartDoneEvent,
    ReasoningSummaryTextDeltaEvent, ReasoningSummaryTextDoneEvent, FunctionCallArgumentsDeltaEvent,
    FunctionCallArgumentsDoneEvent, ErrorEvent,
)  # fmt: skip

ResponsesAPIStreamingResponse._kinds = {event.__struct_defaults__[0]: event for event in _EVENTS}
