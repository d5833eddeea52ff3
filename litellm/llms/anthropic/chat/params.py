"""OpenAI's parameters in Anthropic's words; what is not renamed passes under its own name.

Wire facts: https://platform.claude.com/docs/en/api/messages.
"""

import re
from collections.abc import Mapping
from typing import Any

from litellm.core.target import Target
from litellm.llms.anthropic.chat.response_format import json_tool, json_tool_choice, output_format, schema_of
from litellm.llms.anthropic.chat.thinking import effort_params, thinks
from litellm.llms.anthropic.chat.tools import allowed_tools, tool_choice, toolbox, web_search_tool

Params = dict[str, Any]

_RENAMED = frozenset(
    "max_tokens max_completion_tokens stop user tools functions tool_choice function_call parallel_tool_calls "
    "web_search_options reasoning_effort response_format extra_headers stream_options".split()
)
# The API refuses user ids that name a person; https://platform.claude.com/docs/en/api/messages (metadata.user_id).
_PERSONAL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+|\+?[\d\s().-]{7,}")
_COMPACTION = "compact_20260112"


def map_params(params: Mapping[str, Any], target: Target, *, native_output: bool) -> Params:
    """The parameters of one request.

    `native_output` says that the model enforces a JSON schema by itself; otherwise the answer comes through a tool.
    """
    mapped = {name: value for name, value in params.items() if name not in _RENAMED}
    limit = params.get("max_completion_tokens", params.get("max_tokens"))
    if limit is not None:
        mapped["max_tokens"] = limit
    stops = _stops(params.get("stop"), drop_blank=target.drop_params)
    if stops:
        mapped["stop_sequences"] = stops
    user = to_user_id(params.get("user"))
    if user:
        mapped["metadata"] = {"user_id": user}
    if "reasoning_effort" in params and "thinking" not in params:
        mapped |= effort_params(params["reasoning_effort"], limit, target.family, target.provider)
    return {**mapped, **_tool_params(params, mapped, native_output=native_output)}


def _stops(stop: Any, *, drop_blank: bool) -> list[str]:
    """Stop sequences; the API refuses blank ones, which a caller who drops parameters does not want to hear about."""
    stops: list[str] = [stop] if isinstance(stop, str) else list(stop or ())
    return [one for one in stops if one.strip()] if drop_blank else stops


def to_user_id(user: Any) -> str | None:
    """The user id that may be sent; an e-mail address or a telephone number may not."""
    return user if isinstance(user, str) and user and not _PERSONAL.fullmatch(user) else None


def to_context_management(given: Any) -> Any:
    """Context management in Anthropic's form; OpenAI's is a list of compactions with their thresholds in tokens."""
    if not isinstance(given, list):
        return given
    edits = []
    for entry in given:
        edit: Params = {"type": _COMPACTION}
        if entry.get("compact_threshold") is not None:
            edit["trigger"] = {"type": "input_tokens", "value": entry["compact_threshold"]}
        edits.append(edit if entry.get("type") == "compaction" else dict(entry))
    return {"edits": edits}


def _tool_params(params: Mapping[str, Any], mapped: Params, *, native_output: bool) -> Params:
    """Tools, the choice among them, and the form of the answer, which may be one of them."""
    choice = params.get("tool_choice", _legacy_choice(params.get("function_call")))
    functions = [{"type": "function", "function": function} for function in params.get("functions") or ()]
    tools, mcp_servers = toolbox([*(params.get("tools") or ()), *functions])
    tools = allowed_tools(choice, tools)
    if params.get("web_search_options") is not None:
        tools.append(web_search_tool(params["web_search_options"]))
    chosen = tool_choice(choice, params.get("parallel_tool_calls")) if tools else None
    made: Params = {}
    schema = schema_of(params.get("response_format"))
    if schema is not None and native_output:
        made["output_format"] = output_format(schema)
    elif schema is not None:
        chosen = json_tool_choice(chosen, alone=not tools, thinks=thinks(mapped))
        tools = [*tools, json_tool(schema)]
    if tools:
        made["tools"] = tools
    if chosen is not None:
        made["tool_choice"] = chosen
    if mcp_servers:
        made["mcp_servers"] = mcp_servers
    return made


def _legacy_choice(function_call: Any) -> Any:
    if isinstance(function_call, Mapping):
        return {"type": "function", "function": function_call}
    return function_call
