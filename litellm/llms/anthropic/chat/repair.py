"""What `modify_params` allows: righting a conversation that Anthropic would refuse. Without it nothing here runs."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Message = Mapping[str, Any]

PLACEHOLDER = "."
NO_RESULT = "This tool call has no result."
DUMMY_TOOL = {
    "type": "custom",
    "name": "dummy_tool",
    "description": "Stands for the tools of earlier calls in this conversation. Do not call it.",
    "input_schema": {"type": "object", "properties": {}},
}


def repaired(messages: Sequence[Message]) -> list[Message]:
    """The messages with every tool call answered, results of unknown calls left out, and something said by the user."""
    fixed = [message for message in map(_without_blank_parts, _with_results(messages)) if not _is_blank(message)]
    if all(message.get("role") in ("system", "developer") for message in fixed):
        fixed.append({"role": "user", "content": PLACEHOLDER})
    return fixed


def _without_blank_parts(message: Message) -> Message:
    content = message.get("content")
    if not isinstance(content, list):
        return message
    parts = [part for part in content if not (_is_text(part) and not part["text"].strip())]
    return message if len(parts) == len(content) else {**message, "content": parts}


def _is_text(part: Any) -> bool:
    return isinstance(part, Mapping) and part.get("type") == "text"


def _is_blank(message: Message) -> bool:
    """Whether a user's or assistant's message says nothing at all."""
    if message.get("role") not in ("user", "assistant") or message.get("tool_calls") or message.get("function_call"):
        return False
    content = message.get("content")
    if isinstance(content, str) or content is None:
        return not (content or "").strip() and not message.get("thinking_blocks")
    return not content


def _with_results(messages: Sequence[Message]) -> list[Message]:
    fixed: list[Message] = []
    waiting: dict[str, Message] = {}
    for message in messages:
        if message.get("role") == "tool":
            if waiting.pop(str(message.get("tool_call_id")), None) is not None:
                fixed.append(message)
            continue
        fixed += _missing(waiting)
        waiting = {call["id"]: message for call in message.get("tool_calls") or ()}
        fixed.append(message)
    return [*fixed, *_missing(waiting)]


def _missing(calls: Iterable[str]) -> list[Message]:
    return [{"role": "tool", "tool_call_id": call_id, "content": NO_RESULT} for call_id in calls]


def uses_tools(turns: Iterable[Mapping[str, Any]]) -> bool:
    """Whether a conversation in Anthropic's words holds calls or results."""
    return any(block["type"] in ("tool_use", "tool_result") for turn in turns for block in turn["content"])


def lacks_thinking(turns: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the last turn that called a tool did so without signed thinking, so that thinking cannot go on.

    Source: https://platform.claude.com/docs/en/build-with-claude/extended-thinking (thinking with tool use).
    """
    callers = [turn for turn in turns if turn["role"] == "assistant" and uses_tools([turn])]
    return bool(callers) and not any("thinking" in block["type"] for block in callers[-1]["content"])
