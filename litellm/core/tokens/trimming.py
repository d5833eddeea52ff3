"""Fitting messages into a token limit: the system message first, then the newest messages, the oldest one shortened."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, overload

from litellm.core.model_map import find_key, model_cost
from litellm.core.tokens.counting import ANSWER_TOKENS, as_mapping, count_messages
from litellm.core.tokens.tokenizers import counting

Message = dict[str, Any]
Total = Callable[[Sequence[Message]], int]

LEAST_ROOM = 3
"""Tokens that a message costs without any content."""
LEAST_SHORTENED = 10
"""Tokens below which a shortened message would say nothing."""
MOST_ATTEMPTS = 10


@overload
def trim_messages(
    messages: Sequence[Any],
    model: str | None = None,
    trim_ratio: float = 0.75,
    return_response_tokens: Literal[False] = False,
    max_tokens: int | None = None,
) -> list[Message]: ...


@overload
def trim_messages(
    messages: Sequence[Any],
    model: str | None = None,
    trim_ratio: float = 0.75,
    *,
    return_response_tokens: Literal[True],
    max_tokens: int | None = None,
) -> tuple[list[Message], int]: ...


def trim_messages(
    messages: Sequence[Any],
    model: str | None = None,
    trim_ratio: float = 0.75,
    return_response_tokens: bool = False,
    max_tokens: int | None = None,
) -> list[Message] | tuple[list[Message], int]:
    """Leave out the oldest messages until the rest fits `max_tokens`, or `trim_ratio` of what `model` can read.

    All system messages become the first one. The oldest message that is kept may lose its middle, shown as "..".
    Messages that fit, or a model of unknown limits, are answered as they are. Tool results at the end always stay;
    those at the beginning go with the call they answer. With `return_response_tokens`, also the tokens left for the
    answer, where the system message is taken off twice, as LiteLLM 1.x does. The caller's messages are not changed.

    Example: `trim_messages(messages, "gpt-4o", max_tokens=100)`.
    """
    given = [dict(as_mapping(message)) for message in messages]
    limit = max_tokens if max_tokens is not None else _limit_of(model, trim_ratio)
    total = _totalling(model or "")
    trimmed, room = (given, 0) if limit is None else _fit(given, limit, total)
    if not return_response_tokens:
        return trimmed
    return trimmed, room - total(trimmed) if limit is not None else 0


def _limit_of(model: str | None, ratio: float) -> int | None:
    key = find_key(model) if model else None
    if key is None:
        return None
    entry = model_cost()[key]
    most = entry.get("max_input_tokens") or entry.get("max_tokens")
    return int(most * ratio) if isinstance(most, int | float) else None


def _totalling(model: str) -> Total:
    count = counting(model)
    return lambda messages: count_messages(messages, model, count) + ANSWER_TOKENS


def _fit(given: list[Message], limit: int, total: Total) -> tuple[list[Message], int]:
    """The messages that fit, and the tokens that were there for all but the system message."""
    body, tail = _split_tool_results(given)
    if total(body) < limit:
        return given, limit
    system = _joined_system(body)
    if system:
        cost = total(system)
        if cost >= limit:
            return [_shortened(system[0], limit, total)], 0
        limit -= cost
    rest = [message for message in body if message.get("role") != "system"]
    return [*system, *_newest(rest, limit, total), *tail], limit


def _split_tool_results(messages: list[Message]) -> tuple[list[Message], list[Message]]:
    end = len(messages)
    while end and messages[end - 1].get("role") == "tool":
        end -= 1
    return messages[:end], messages[end:]


def _joined_system(messages: Sequence[Message]) -> list[Message]:
    texts = [_text(message.get("content")) for message in messages if message.get("role") == "system"]
    joined = "\n".join(text for text in texts if text)
    return [{"role": "system", "content": joined}] if joined else []


def _text(content: Any) -> str:
    if isinstance(content, list):
        return "\n".join(str(part.get("text") or "") for part in content if isinstance(part, Mapping))
    return str(content or "")


def _newest(messages: Sequence[Message], limit: int, total: Total) -> list[Message]:
    """As many messages from the end as fit, the one before them shortened where that makes it fit."""
    kept: list[Message] = []
    used = total(kept)
    for message in reversed(messages):
        room = limit - used
        if room <= LEAST_ROOM:
            break
        if total([message]) - ANSWER_TOKENS > room:
            message = _shortened(message, room, total)
        cost = total([message]) - ANSWER_TOKENS
        if cost > room:
            break
        kept.append(message)
        used += cost
    while kept and kept[-1].get("role") == "tool":
        kept.pop()
    return kept[::-1]


def _shortened(message: Message, limit: int, total: Total) -> Message:
    """The message with the middle of its text cut out until it fits; unchanged where there is no text or no room."""
    content = message.get("content")
    if not isinstance(content, str) or limit <= LEAST_SHORTENED:
        return message
    for _ in range(MOST_ATTEMPTS):
        cost = total([message])
        if cost <= limit:
            break
        half = max(0, int(len(content) * limit / cost) - 1) // 2
        content = f"{content[:half]}..{content[len(content) - half :]}"
        message = {**message, "content": content}
    return message
