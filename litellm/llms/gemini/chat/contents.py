"""OpenAI's messages as Gemini's contents: roles, turns and parts. It knows no parameters and no HTTP.

Source: https://ai.google.dev/api/caching#Content
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

import msgspec

from litellm.core.errors import BadRequest
from litellm.core.target import Target
from litellm.llms.gemini.chat.media import Media, media_part, read_media
from litellm.llms.gemini.chat.signatures import FOREIGN, signature_of_call, signature_of_text
from litellm.llms.gemini.families import is_gemini_3

Part = dict[str, Any]
_ROLES = {"user": "user", "assistant": "model", "model": "model", "tool": "tool", "function": "tool"}
_INSTRUCTIONS = ("system", "developer")


def system_instruction(messages: Sequence[Any]) -> dict[str, Any] | None:
    """The system messages, wherever they stand, as one instruction of a part each."""
    texts = [text for message in messages if message.get("role") in _INSTRUCTIONS for text in _texts(message)]
    return {"parts": [{"text": text} for text in texts]} if texts else None


def instructions_as_user(messages: Sequence[Any]) -> list[Any]:
    """The messages with those of the system said by the user, for models without an instruction."""
    return [{**message, "role": "user"} if message.get("role") in _INSTRUCTIONS else message for message in messages]


def contents(messages: Sequence[Any], target: Target) -> list[dict[str, Any]]:
    """The conversation: messages of one role in a row are one turn, and the answers of tools a turn of their own.

    A conversation of system messages alone gets a "." to answer, as Gemini refuses one without contents.

    Raises:
        BadRequest: a role, content or tool call that cannot be read.
    """
    said = [message for message in messages if message.get("role") not in _INSTRUCTIONS]
    names = _call_names(said)
    turns = []
    for role, turn in groupby(said, key=lambda message: _role(message, target)):
        parts = _turn(role, turn, names, target)
        if parts:
            turns.append({"role": "model" if role == "model" else "user", "parts": parts})
    return turns or [{"role": "user", "parts": [{"text": "."}]}]


def details(messages: Sequence[Any]) -> list[str | None]:
    """What each piece of media in the messages asks as its `detail`."""
    found = (_media(element) for message in messages for element in _elements(message))
    return [media.detail for media in found if media]


def _role(message: Any, target: Target) -> str:
    role = message.get("role")
    if role not in _ROLES:
        raise BadRequest(
            f"message role {role!r} is not known: use one of system, developer, {', '.join(_ROLES)}",
            provider=target.provider,
            model=target.model,
        )
    return _ROLES[role]


def _turn(role: str, messages: Iterable[Any], names: Mapping[str, str], target: Target) -> list[Part]:
    if role == "tool":
        return [_tool_answer(message, names, target) for message in messages]
    if role == "model":
        return [part for message in messages for part in _answer(message, target)]
    parts = [part for message in messages for part in _content_parts(message, target)]
    # Older models refuse a turn of media alone.
    return parts if not parts or any("text" in part for part in parts) else [*parts, {"text": " "}]


def _elements(message: Any) -> list[Any]:
    content = message.get("content")
    return content if isinstance(content, list) else []


def _media(element: Any) -> Media | None:
    return read_media(element) if isinstance(element, Mapping) else None


def _texts(message: Any) -> list[str]:
    content = message.get("content")
    if isinstance(content, str):
        return [content] if content else []
    return [text for text in map(_text, _elements(message)) if text]


def _text(element: Any) -> str:
    if isinstance(element, str):
        return element
    return element.get("text") or "" if isinstance(element, Mapping) and element.get("type") != "thinking" else ""


def _content_parts(message: Any, target: Target) -> Iterator[Part]:
    content = message.get("content")
    if isinstance(content, str) and content:
        yield {"text": content}
    for element in _elements(message):
        media = _media(element)
        if media:
            yield media_part(media, target)
        elif _text(element):
            yield {"text": _text(element)}


# -- what the model said ---------------------------------------------------------------------------------------------


def _answer(message: Any, target: Target) -> list[Part]:
    images = [read_media({"type": "image_url", **image}) for image in message.get("images") or ()]
    return [
        *_thoughts(message),
        *_signed_text(list(_content_parts(message, target)), signature_of_text(message)),
        *(media_part(image, target) for image in images if image),
        *_calls(message, target),
    ]


def _thoughts(message: Any) -> Iterator[Part]:
    if message.get("reasoning_content"):
        yield {"text": message["reasoning_content"], "thought": True}
    for block in message.get("thinking_blocks") or ():
        if block.get("type") == "thinking" and block.get("thinking") and block.get("signature"):
            yield {"text": block["thinking"], "thoughtSignature": block["signature"]}


def _signed_text(parts: list[Part], signature: str | None) -> list[Part]:
    last = next((place for place in reversed(range(len(parts))) if "text" in parts[place]), None)
    if signature is None or last is None:
        return parts
    return [{**part, "thoughtSignature": signature} if place == last else part for place, part in enumerate(parts)]


def _calls(message: Any, target: Target) -> list[Part]:
    parts = [_call(call, target) for call in _tool_calls(message)]
    if parts and is_gemini_3(target.model) and not any("thoughtSignature" in part for part in parts):
        parts[0]["thoughtSignature"] = FOREIGN
    return parts


def _tool_calls(message: Any) -> list[Any]:
    legacy = message.get("function_call")
    return [*(message.get("tool_calls") or ()), *([{"function": legacy}] if legacy else ())]


def _call(call: Any, target: Target) -> Part:
    function = call.get("function") or {}
    part: Part = {"functionCall": {"name": function.get("name"), "args": _arguments(function, target)}}
    signature = signature_of_call(call)
    return {**part, "thoughtSignature": signature} if signature else part


def _arguments(function: Any, target: Target) -> dict[str, Any]:
    given = function.get("arguments")
    if isinstance(given, Mapping):
        return dict(given)
    try:
        parsed = msgspec.json.decode(given) if given else {}
    except msgspec.DecodeError:
        parsed = None
    if isinstance(parsed, dict):
        return parsed
    raise BadRequest(
        f"the arguments of the call of {function.get('name')!r} must be a JSON object, not {given!r}",
        provider=target.provider,
        model=target.model,
    )


# -- what tools answered ---------------------------------------------------------------------------------------------


def _call_names(messages: Sequence[Any]) -> dict[str, str]:
    """Which function each tool call was of: Gemini wants the name, OpenAI's tool message has only the id."""
    calls = [call for message in messages for call in message.get("tool_calls") or ()]
    return {call["id"]: (call.get("function") or {}).get("name") or "" for call in calls if call.get("id")}


def _tool_answer(message: Any, names: Mapping[str, str], target: Target) -> Part:
    identifier = message.get("tool_call_id")
    name = message.get("name") or names.get(identifier or "")
    if not name:
        raise BadRequest(
            f"the tool message with tool_call_id={identifier!r} answers no tool call of this conversation: keep the "
            "assistant message that made the call, or give the function's name as `name`",
            provider=target.provider,
            model=target.model,
        )
    media = [found for found in map(_media, _elements(message)) if found]
    answer: dict[str, Any] = {"name": name, "response": _tool_response("".join(_texts(message)))}
    if media:
        answer["parts"] = [media_part(found, target) for found in media]
    return {"functionResponse": answer}


def _tool_response(text: str) -> dict[str, Any]:
    if text.lstrip().startswith("{"):
        try:
            parsed = msgspec.json.decode(text)
        except msgspec.DecodeError:
            parsed = None
        if isinstance(parsed, dict):
            return parsed
    return {"content": text}
