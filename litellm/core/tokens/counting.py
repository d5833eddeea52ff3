"""How many tokens a text or a list of messages is, with tools, names and images. Estimates where that is enough.

The constants are those of OpenAI's cookbook ("How to count tokens with tiktoken"): 3 for a message, 1 for a name, 3 for
the start of the answer. Models of other vendors count by the same rules, as a guess.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from litellm._settings import settings
from litellm.core.tokens.images import content_image_tokens
from litellm.core.tokens.tokenizers import Count, CustomTokenizer, counting
from litellm.core.tokens.tool_definitions import typescript_namespace

Message = Mapping[str, Any]

MESSAGE_TOKENS, NAME_TOKENS = 3, 1
ANSWER_TOKENS = 3
TOOLS_TOKENS = 9
TOOLS_WITH_SYSTEM_TOKENS = -4
NO_TOOL_TOKENS = 1
FORCED_TOOL_TOKENS = 7

BYTES_A_TOKEN = 4

# 4 tokens a message, and a name replaces the role.
_OLD_FORMAT = {"gpt-3.5-turbo-0301": (4, -1)}
_NOT_READ = frozenset({"type", "id", "tool_use_id", "cache_control", "is_error", "call_id", "status"})
# Their bytes cost what only the vendor knows.
_BINARY = frozenset({"input_audio", "audio_url", "file", "input_file", "document", "video_url", "container_upload"})
_IMAGES = frozenset({"image_url", "input_image", "image"})


def estimate_tokens(content: str | bytes) -> int:
    """About how many tokens a text is, at a cost of nanoseconds: four bytes of UTF-8 each, rounded up.

    Within a factor of two for prose, code, JSON and Chinese. Example: `estimate_tokens("Hello, world!")` → 4.
    """
    size = len(content) if isinstance(content, bytes) or content.isascii() else len(content.encode("utf-8", "replace"))
    return -(-size // BYTES_A_TOKEN)


def token_counter(
    model: str = "",
    custom_tokenizer: CustomTokenizer | None = None,
    text: str | Sequence[str] | None = None,
    messages: Iterable[Any] | None = None,
    count_response_tokens: bool | None = False,
    tools: Iterable[Mapping[str, Any]] | None = None,
    tool_choice: str | Mapping[str, Any] | None = None,
    use_default_image_token_count: bool | None = False,
    default_token_count: int | None = None,
) -> int:
    """The tokens of `text`, or of `messages` as a chat prompt with `tools`.

    `count_response_tokens` leaves out what only a prompt has: the tools and the start of the answer. An image counts by
    its size (`use_default_image_token_count`: 250). `default_token_count` is the answer where a message cannot be
    counted, which raises `ValueError` otherwise. So does giving both of text and messages, neither, or text with tools.

    With the setting `disable_token_counter` the answer is 0.

    Example: `token_counter(model="gpt-4o", messages=[{"role": "user", "content": "Hi"}])` → 8.
    """
    if (text is None) == (messages is None):
        raise ValueError("Give either `text` or `messages`, and not both")
    if text is not None and (tools or tool_choice):
        raise ValueError("Tools belong to a chat prompt: give `messages` with `tools` and `tool_choice`, not `text`")
    if getattr(settings, "disable_token_counter", False):
        return 0
    count = counting(model, custom_tokenizer)
    if text is not None:
        return count(text if isinstance(text, str) else "".join(text))
    try:
        prompt = [as_mapping(message) for message in messages or ()]
        total = count_messages(prompt, model, count, use_default_image=bool(use_default_image_token_count))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        if default_token_count is not None:
            return default_token_count
        raise ValueError(f"The tokens of these messages cannot be counted: {error}") from error
    return total if count_response_tokens else total + _prompt_tokens(prompt, count, tools, tool_choice)


def count_messages(messages: Iterable[Message], model: str, count: Count, *, use_default_image: bool = False) -> int:
    """The tokens of messages by themselves, without the start of the answer."""
    each, name = _OLD_FORMAT.get(model, (MESSAGE_TOKENS, NAME_TOKENS))
    total = 0
    for message in messages:
        total += each + (name if message.get("name") else 0)
        total += sum(_field_tokens(key, value, count, use_default_image) for key, value in message.items())
    return total


def _field_tokens(key: str, value: Any, count: Count, use_default_image: bool) -> int:
    if isinstance(value, str):
        return count(value)
    if key in ("content", "thinking_blocks") and value:
        return sum(_part_tokens(part, count, use_default_image) for part in value)
    if key == "tool_calls" and value:
        return sum(_call_tokens(as_mapping(call).get("function"), count) for call in value)
    return _call_tokens(value, count) if key == "function_call" else 0


def _call_tokens(function: Any, count: Count) -> int:
    return count(str(as_mapping(function).get("arguments") or "")) if function else 0


def _part_tokens(part: Any, count: Count, use_default_image: bool) -> int:
    """A part of a content list, as chat completions, the Responses API and Anthropic write it."""
    if isinstance(part, str):
        return count(part)
    part = as_mapping(part)
    kind = part.get("type")
    if kind in _IMAGES:
        # Anthropic and Gemini write an image's source otherwise: what counts then is the default size.
        return content_image_tokens(part.get("image_url") or {}, use_default=use_default_image)
    if kind in _BINARY:
        return 0
    read = (value for key, value in part.items() if key not in _NOT_READ)
    return sum(_value_tokens(value, count, use_default_image) for value in read)


def _value_tokens(value: Any, count: Count, use_default_image: bool) -> int:
    if isinstance(value, str):
        return count(value)
    if isinstance(value, list | tuple):
        return sum(_part_tokens(part, count, use_default_image) for part in value)
    return count(msgspec.json.encode(value).decode()) if isinstance(value, Mapping) and value else 0


def _prompt_tokens(
    messages: Sequence[Message],
    count: Count,
    tools: Iterable[Mapping[str, Any]] | None,
    tool_choice: str | Mapping[str, Any] | None,
) -> int:
    total = ANSWER_TOKENS
    if tools:
        total += count(typescript_namespace(as_mapping(tool) for tool in tools)) + TOOLS_TOKENS
        if any(message.get("role") == "system" for message in messages):
            total += TOOLS_WITH_SYSTEM_TOKENS
    if tool_choice == "none":
        return total + NO_TOOL_TOKENS
    if isinstance(tool_choice, Mapping):
        function = tool_choice.get("function") or tool_choice
        return total + FORCED_TOOL_TOKENS + count(str(function.get("name") or ""))
    return total


def as_mapping(value: Any) -> Message:
    """`value` itself, or the fields of an object that can list them (a message of ours, a pydantic model)."""
    if isinstance(value, Mapping):
        return value
    if hasattr(value, "model_dump"):
        return dict(value.model_dump())
    raise TypeError(f"expected a mapping or a model, got {value!r}")
