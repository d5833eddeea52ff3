"""Marks in a prompt that say up to where a provider shall keep it (`cache_control`). Pure: nobody's messages change."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import structs

from litellm.core.call import Call
from litellm.core.errors import BadRequest

MARK: Mapping[str, Any] = {"type": "ephemeral"}
_SYSTEM = ("system", "developer")
_LOCATIONS = ("message", "tool_config")


def injected(call: Call, points: Any) -> Call:
    """The call with a mark at every point of `cache_control_injection_points`.

    A point is `{"location": "message", "role": …}` or `{"location": "message", "index": …}`, counted from the end when
    negative; `{"location": "tool_config"}` is the end of the tools. `control` is the mark, `{"type": "ephemeral"}`
    unless given. A point that no message answers to marks nothing; one of another shape raises `BadRequest`.
    """
    messages, tools = list(call.input), list(call.params.get("tools") or ())
    for point in [points] if isinstance(points, Mapping) else points:
        mark = _mark_of(point)
        if point["location"] == "tool_config":
            tools[-1:] = [{**tool, "cache_control": mark} for tool in tools[-1:]]
            continue
        for place in _places(messages, point):
            messages[place] = marked(messages[place], mark)
    return structs.replace(call, input=messages, params={**call.params, "tools": tools} if tools else call.params)


def _mark_of(point: Any) -> Mapping[str, Any]:
    if not isinstance(point, Mapping) or point.get("location") not in _LOCATIONS:
        raise BadRequest(
            f"cache_control_injection_points: {point!r} is no point; write "
            "{'location': 'message', 'role': 'system'} or {'location': 'message', 'index': -1}"
        )
    return point.get("control") or MARK


def _places(messages: Sequence[Mapping[str, Any]], point: Mapping[str, Any]) -> list[int]:
    index, role = point.get("index"), point.get("role")
    if index is None:
        return [place for place, message in enumerate(messages) if message.get("role") == role]
    try:
        place = int(index)
    except (TypeError, ValueError):
        raise BadRequest(f"cache_control_injection_points: index={index!r} is no whole number") from None
    return [place] if -len(messages) <= place < len(messages) else []


def automatic(call: Call, content: Sequence[Any]) -> Sequence[Any]:
    """The messages with the last system message and the user's last one marked; a call with marks keeps its own."""
    if _has_marks(content) or _has_marks(call.params.get("tools") or ()):
        return content
    messages = list(content)
    for wanted in (_SYSTEM, ("user",)):
        place = _last(messages, wanted)
        if place is not None:
            messages[place] = marked(messages[place], MARK)
    return messages


def _last(messages: Sequence[Mapping[str, Any]], roles: Sequence[str]) -> int | None:
    return next((place for place in reversed(range(len(messages))) if messages[place].get("role") in roles), None)


def _has_marks(items: Any) -> bool:
    return any(
        "cache_control" in item or (isinstance(item.get("content"), list) and _has_marks(item["content"]))
        for item in items
        if isinstance(item, Mapping)
    )


def marked(message: Mapping[str, Any], mark: Mapping[str, Any]) -> dict[str, Any]:
    """The message with a mark at its end: on the last part of its content, or on itself where that is a text.

    >>> marked({"role": "user", "content": "Hi"}, {"type": "ephemeral"})
    {'role': 'user', 'content': 'Hi', 'cache_control': {'type': 'ephemeral'}}
    """
    content = message.get("content")
    if not isinstance(content, list) or not content or not isinstance(content[-1], Mapping):
        return {**message, "cache_control": mark}
    return {**message, "content": [*content[:-1], {**content[-1], "cache_control": mark}]}
