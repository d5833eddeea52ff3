"""Why a model stopped: every vendor's word for it, mapped to OpenAI's five."""

from __future__ import annotations

from typing import Literal

OpenAIFinishReason = Literal["stop", "length", "tool_calls", "content_filter", "function_call"]

OPENAI_FINISH_REASONS: frozenset[OpenAIFinishReason] = frozenset(
    {"stop", "length", "tool_calls", "content_filter", "function_call"}
)

_STOP = (
    "stop_sequence end_turn STOP COMPLETE eos eos_token ERROR MALFORMED_FUNCTION_CALL MALFORMED_RESPONSE "
    "TOO_MANY_TOOL_CALLS network_error STOP_SEQUENCE FINISH_REASON_UNSPECIFIED UNEXPECTED_TOOL_CALL "
    "MISSING_THOUGHT_SIGNATURE "
    "finished insufficient_system_resource pause_turn error"
)
_LENGTH = "max_tokens MAX_TOKENS compaction model_length model_context_window_exceeded max_length"
_TOOLS = "tool_use TOOL_CALL tool_call"
_FILTER = (
    "refusal ERROR_TOXIC SAFETY "
    "RECITATION LANGUAGE OTHER BLOCKLIST PROHIBITED_CONTENT SPII "
    "guardrail_intervened sensitive content_filtered IMAGE_SAFETY "
    "IMAGE_PROHIBITED_CONTENT IMAGE_RECITATION IMAGE_OTHER NO_IMAGE"
)
FINISH_REASONS: dict[str, OpenAIFinishReason] = {
    **dict.fromkeys(_STOP.split(), "stop"),
    **dict.fromkeys(_LENGTH.split(), "length"),
    **dict.fromkeys(_TOOLS.split(), "tool_calls"),
    **dict.fromkeys(_FILTER.split(), "content_filter"),
    **{reason: reason for reason in OPENAI_FINISH_REASONS},
}


def map_finish_reason(finish_reason: str) -> OpenAIFinishReason:
    """OpenAI's word for a vendor's finish reason; a word nobody knows is "stop", with a warning in the log.

    Example: `map_finish_reason("end_turn")` is `"stop"`.
    """
    known = FINISH_REASONS.get(finish_reason)
    if known is not None:
        return known
    if finish_reason.startswith("IMAGE_"):
        return "content_filter"
    import logging

    logging.getLogger("LiteLLM").warning("Unknown finish_reason %r is read as 'stop'", finish_reason)
    return "stop"
