"""Answers with everything that a model or a user said taken out, for callbacks that may not see it."""

from typing import Any

REDACTED = "redacted-by-litellm"
_SPOKEN = ("reasoning_content", "thinking_blocks", "reasoning_items", "audio", "images", "annotations", "refusal")


def redacted(response: Any) -> Any:
    """A copy of a response that tells its model, usage and finish reasons, and nothing of what was said."""
    if response is None or not hasattr(response, "model_copy"):
        return response
    shown = response.model_copy(deep=True)
    for choice in shown.get("choices") or ():
        _silence(choice)
    if shown.get("data"):
        shown.data = []
    return shown


def _silence(choice: Any) -> None:
    if choice.get("text"):
        choice.text = REDACTED
    message = choice.get("message") or choice.get("delta")
    if message is None:
        return
    message.content = REDACTED
    for name in _SPOKEN:
        if name in message:
            del message[name]
    calls = [call.function for call in message.get("tool_calls") or () if call.get("function")]
    if message.get("function_call"):
        calls.append(message.function_call)
    for function in calls:
        function.arguments = REDACTED
