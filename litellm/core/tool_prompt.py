"""Tools told to a model in words, for models that have no tool calling. Pure."""

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import structs

from litellm.core.call import Call

PARAMS = frozenset({"tools", "functions"})
_ALL = PARAMS | {"tool_choice", "function_call", "parallel_tool_calls"}
_INTRODUCTION = (
    "These functions can be called. To call one, answer with nothing but JSON of the form "
    '{"name": "the function\'s name", "arguments": {"an argument\'s name": "its value"}}.\n'
)


def described(call: Call) -> Call:
    """The call with its tools at the end of its system message (put in front when there is none), and not as tools."""
    tools = [*(call.params.get("tools") or ()), *(call.params.get("functions") or ())]
    params = {name: value for name, value in call.params.items() if name not in _ALL}
    if not tools:
        return structs.replace(call, params=params)
    text = _INTRODUCTION + "\n".join(_line(tool) for tool in tools)
    return structs.replace(call, params=params, input=_told(list(call.input), text))


def _line(tool: Mapping[str, Any]) -> str:
    return msgspec.json.encode(tool.get("function", tool)).decode()


def _told(messages: list[dict[str, Any]], text: str) -> list[dict[str, Any]]:
    for place, message in enumerate(messages):
        if message.get("role") in ("system", "developer"):
            messages[place] = {**message, "content": _longer(message.get("content"), text)}
            return messages
    return [{"role": "system", "content": text}, *messages]


def _longer(content: Any, text: str) -> Any:
    if isinstance(content, list):
        return [*content, {"type": "text", "text": text}]
    return f"{content}\n\n{text}" if content else text
