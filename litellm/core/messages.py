"""Messages from users' hands: checked, and put into plain dicts. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any

from litellm.core.errors import BadRequest
from litellm.core.intake import plain

_PARTS = frozenset(
    "text image_url input_audio audio_url document guarded_text video_url file thinking redacted_thinking refusal "
    "tool_reference".split()
)


def fixed(messages: Iterable[Any]) -> list[dict[str, Any]]:
    """The messages as dicts with a role each (the assistant's unless said), fields that are None left out.

    Raises `BadRequest` for a user's message whose content is neither text nor a list of known parts.
    """
    return [_checked(_filled(plain(message)), place) for place, message in enumerate(messages)]


def _filled(message: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in message.items() if value is not None}
    return kept if kept.get("role") else {**kept, "role": "assistant"}


def _checked(message: dict[str, Any], place: int) -> dict[str, Any]:
    content = message.get("content")
    if message["role"] != "user" or content is None or isinstance(content, str):
        return message
    parts = content if isinstance(content, list) else [content]
    for part in parts:
        kind = part.get("type") if isinstance(part, Mapping) else None
        if kind not in _PARTS and not isinstance(part, str):
            raise BadRequest(f"Invalid user message={message!r} at index {place}: 'content' is text or known parts")
    return message
