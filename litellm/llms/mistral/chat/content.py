"""Mistral's content lists: thinking and text as parts of one list (https://docs.mistral.ai/capabilities/reasoning)."""

from collections.abc import Mapping
from typing import Any

from litellm.llms.openai_like.quirks import without
from litellm.types.chat import Message
from litellm.types.stream import Delta


def read_message(message: Message | Delta) -> None:
    """Put the parts of a content list where callers look for them: text as content, thinking as reasoning."""
    content: Any = message.content
    if not isinstance(content, list):
        return
    parts = [part for part in content if isinstance(part, Mapping)]
    thoughts = "".join(_text(part.get("thinking")) for part in parts if part.get("type") == "thinking")
    texts = [part.get("text") or "" for part in parts if part.get("type") == "text"]
    message.content = "".join(texts) if texts or not thoughts else None
    if thoughts:
        message.reasoning_content = thoughts


def with_own_thinking(message: dict[str, Any]) -> dict[str, Any]:
    """A turn of the assistant with its thinking as Mistral sent it; what another vendor signed stays out."""
    thought = message.get("reasoning_content")
    message = without(message, "reasoning_content", "thinking_blocks")
    content = message.get("content")
    if not thought or not isinstance(content, str) or not content:
        return message
    thinking = {"type": "thinking", "thinking": [{"type": "text", "text": thought}]}
    return {**message, "content": [thinking, {"type": "text", "text": content}]}


def _text(thinking: Any) -> str:
    if isinstance(thinking, str):
        return thinking
    return "".join(piece.get("text") or "" for piece in thinking or () if isinstance(piece, Mapping))
