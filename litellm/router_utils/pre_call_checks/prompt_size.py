"""About how many tokens a prompt has at most, without a tokenizer: its bytes, and an allowance for what is no text."""

from collections.abc import Mapping
from typing import Any

# Fewer bytes a token than these are rare: prose has 4 to 5, code and JSON 3 to 4, other scripts 2 to 3.
_ASCII_BYTES_A_TOKEN = 3
_OTHER_BYTES_A_TOKEN = 2
_ITEM_TOKENS = 5
_ANSWER_TOKENS = 4
_IMAGE_TOKENS = 1_500

_IMAGES = frozenset({"image_url", "input_image", "image"})
# Their bytes say nothing of their tokens.
_BINARY = frozenset({"input_audio", "audio_url", "file", "input_file", "document", "video_url", "container_upload"})
_UNREAD = frozenset({"role", "type", "cache_control", "signature", "encrypted_content"})


def upper_estimate(content: Any, tools: Any = None) -> int:
    """About how many tokens at most a prompt has: messages, a text, or a list of texts or token numbers.

    Example: `upper_estimate([{"role": "user", "content": "Hello!"}])` → 12.
    """
    return _ANSWER_TOKENS + _tokens(content) + (_tokens(tools) if tools else 0)


def _tokens(value: Any) -> int:
    if isinstance(value, str):
        if value.isascii():
            return len(value) // _ASCII_BYTES_A_TOKEN + 1
        return len(value.encode("utf-8", "replace")) // _OTHER_BYTES_A_TOKEN + 1
    if type(value) is dict or isinstance(value, Mapping):
        return _item_tokens(value)
    if isinstance(value, list | tuple):
        return len(value) if value and isinstance(value[0], int) else sum(map(_tokens, value))
    return 1 if value is not None else 0


def _item_tokens(item: Mapping[str, Any]) -> int:
    text = item.get("content")
    if type(text) is str and len(item) == 2 and "role" in item and text.isascii():  # as most messages are
        return _ITEM_TOKENS + len(text) // _ASCII_BYTES_A_TOKEN + 1
    kind = item.get("type")
    if isinstance(kind, str):
        if kind in _IMAGES:
            return _IMAGE_TOKENS
        if kind in _BINARY:
            return _ITEM_TOKENS
    total = _ITEM_TOKENS
    for name, value in item.items():
        if name not in _UNREAD and value is not None:
            total += _tokens(value) + (0 if isinstance(value, str) else len(name) // _ASCII_BYTES_A_TOKEN)
    return total
