"""Answers in a JSON schema from models that only know tools: the schema becomes a tool that the model must call.

The arguments of that call are the answer; callers see them as content.
"""

from collections.abc import Mapping
from typing import Any, Literal

from litellm.core.call import Call
from litellm.types.chat import Message, ModelResponse
from litellm.types.stream import ModelResponseStream

TOOL_NAME = "json_tool_call"


def schema_of(response_format: Any) -> Mapping[str, Any] | None:
    """The schema that a `response_format` asks for, if it asks for one."""
    if not isinstance(response_format, Mapping):
        return None
    if response_format.get("type") == "json_schema":
        schema = (response_format.get("json_schema") or {}).get("schema")
    else:
        schema = response_format.get("response_schema")
    return schema if isinstance(schema, Mapping) else None


def asked_for(call: Call) -> bool:
    """Whether the call wants an answer in a schema."""
    return schema_of(call.params.get("response_format")) is not None


def with_json_tool(params: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters with the schema as a tool; next to tools of the caller's own the model may choose among all."""
    schema = schema_of(params.get("response_format"))
    rest = {name: value for name, value in params.items() if name != "response_format"}
    if schema is None:
        return rest
    tool = {"type": "function", "function": {"name": TOOL_NAME, "parameters": schema}}
    given = list(rest.get("tools") or ())
    choice: Any = "required" if given else {"type": "function", "function": {"name": TOOL_NAME}}
    return {**rest, "tools": [*given, tool], "tool_choice": choice}


def unwrap(answer: ModelResponse, *, finish_reason: Literal["stop"] | None = None) -> ModelResponse:
    """The answer with the call of our tool as its content; `finish_reason` then replaces the vendor's."""
    for choice in answer.choices:
        arguments = _our_call(choice.message)
        if arguments is not None:
            choice.message.content = arguments
            choice.message.tool_calls = None
            if finish_reason:
                choice.finish_reason = finish_reason
    return answer


def _our_call(message: Message) -> str | None:
    calls = message.tool_calls or ()
    if len(calls) == 1 and calls[0].function.name == TOOL_NAME:
        return calls[0].function.arguments
    return None


class Unwrapper:
    """The same for a stream: pieces of our tool's arguments become pieces of content."""

    def __init__(self) -> None:
        self._ours: set[tuple[int, int]] = set()

    def chunk(self, chunk: ModelResponseStream) -> ModelResponseStream:
        """The chunk as callers see it."""
        for choice in chunk.choices:
            calls = choice.delta.tool_calls or []
            for call in calls:
                if call.function and call.function.name == TOOL_NAME:
                    self._ours.add((choice.index, call.index))
            ours = [call for call in calls if (choice.index, call.index) in self._ours]
            if ours:
                choice.delta.content = "".join(call.function.arguments or "" for call in ours)
                choice.delta.tool_calls = [call for call in calls if call not in ours] or None
            if choice.finish_reason == "tool_calls" and any(index == choice.index for index, _ in self._ours):
                choice.finish_reason = "stop"
        return chunk
