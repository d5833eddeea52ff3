"""Tools and the choice among them in Anthropic's words; tools that the provider runs itself pass in its own form.

Wire facts: https://platform.claude.com/docs/en/agents-and-tools/tool-use/overview, …/tool-use/web-search-tool,
…/tool-use/computer-use-tool, …/agents-and-tools/mcp-connector.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from litellm.core.errors import BadRequest
from litellm.llms.anthropic.chat.names import wire_name

Tool = dict[str, Any]

WEB_SEARCH = "web_search_20250305"
# How many searches a context size of OpenAI's is worth.
SEARCHES = {"low": 1, "medium": 5, "high": 10}
_PASSED_FIELDS = ("cache_control", "defer_loading", "allowed_callers", "input_examples", "eager_input_streaming")


class Toolbox(NamedTuple):
    """The tools of a request, and the MCP servers that some of them come from."""

    tools: list[Tool]
    mcp_servers: list[dict[str, Any]]


def toolbox(tools: Iterable[Mapping[str, Any]]) -> Toolbox:
    """OpenAI's tools, and tools in Anthropic's own form, as Anthropic takes them.

    Raises `BadRequest` for a function without a name.
    """
    box = Toolbox([], [])
    for tool in tools:
        kind = tool.get("type")
        if kind == "mcp":
            box.mcp_servers.append(_mcp_server(tool))
            box.tools.append(_mcp_toolset(tool))
        elif kind == "url":
            box.mcp_servers.append(dict(tool))
        else:
            box.tools.append(_tool(tool, kind))
    return box


def _tool(tool: Mapping[str, Any], kind: str | None) -> Tool:
    if kind == "function" or (kind is None and "function" in tool):
        return function_tool(tool["function"], tool)
    if kind == "custom" and "custom" in tool:
        return _free_text_tool(tool["custom"])
    if kind in ("web_search", "web_search_preview"):
        return web_search_tool(tool)
    if "function" in tool:
        return _hosted(tool, str(kind))
    named = dict(tool)
    if "input_schema" in named and "name" in named:
        named["name"] = wire_name(named["name"])
    return named


def function_tool(function: Mapping[str, Any], tool: Mapping[str, Any]) -> Tool:
    """A function as a client tool; a function without parameters takes an empty object."""
    if not function.get("name"):
        raise BadRequest(f"a tool needs function.name, got {dict(function)!r}")
    schema = dict(function.get("parameters") or {})
    schema.setdefault("type", "object")
    if schema["type"] == "object":
        schema.setdefault("properties", {})
    made: Tool = {"type": "custom", "name": wire_name(function["name"]), "input_schema": schema}
    if function.get("description") is not None:
        made["description"] = function["description"]
    for name in _PASSED_FIELDS:
        value = tool.get(name, function.get(name))
        if value is not None:
            made[name] = value
    return made


def _free_text_tool(custom: Mapping[str, Any]) -> Tool:
    """A tool of OpenAI's that takes free text: here a function with one string."""
    schema = {"type": "object", "properties": {"input": {"type": "string"}}, "required": ["input"]}
    return function_tool({**custom, "parameters": schema}, {})


def _hosted(tool: Mapping[str, Any], kind: str) -> Tool:
    """A tool of Anthropic's written as a function of OpenAI's, `parameters` holding its settings."""
    function = tool["function"]
    made: Tool = {"type": kind, "name": function.get("name") or kind.rpartition("_")[0]}
    made.update(function.get("parameters") or {})
    if tool.get("cache_control") is not None:
        made["cache_control"] = tool["cache_control"]
    return made


def web_search_tool(options: Mapping[str, Any]) -> Tool:
    """The web search tool for `web_search_options`: a context size and where the user is.

    >>> web_search_tool({"search_context_size": "low"})
    {'type': 'web_search_20250305', 'name': 'web_search', 'max_uses': 1}
    """
    made: Tool = {"type": WEB_SEARCH, "name": "web_search"}
    place = options.get("user_location") or {}
    place = place.get("approximate") or {name: value for name, value in place.items() if name != "type"}
    if place:
        made["user_location"] = {"type": "approximate", **place}
    searches = SEARCHES.get(options.get("search_context_size") or "")
    if searches:
        made["max_uses"] = searches
    for name in ("max_uses", "allowed_domains", "blocked_domains", "cache_control"):
        if options.get(name) is not None:
            made[name] = options[name]
    return made


def _mcp_server(tool: Mapping[str, Any]) -> dict[str, Any]:
    server = {"type": "url", "url": tool["server_url"], "name": tool["server_label"]}
    token = tool.get("authorization") or _bearer(tool.get("headers") or {})
    return {**server, "authorization_token": token} if token else server


def _bearer(headers: Mapping[str, str]) -> str | None:
    value = next((value for name, value in headers.items() if name.lower() == "authorization"), None)
    return value.removeprefix("Bearer ") if value else None


def _mcp_toolset(tool: Mapping[str, Any]) -> Tool:
    allowed = tool.get("allowed_tools")
    made: Tool = {"type": "mcp_toolset", "mcp_server_name": tool["server_label"]}
    if isinstance(allowed, list):
        made["default_config"] = {"enabled": False}
        made["configs"] = {name: {"enabled": True} for name in allowed}
    return made


def tool_choice(choice: Any, parallel: bool | None) -> dict[str, Any] | None:
    """Anthropic's `tool_choice` for OpenAI's and `parallel_tool_calls`; None where neither says anything.

    >>> tool_choice("required", False)
    {'type': 'any', 'disable_parallel_tool_use': True}
    """
    chosen = _choice(choice)
    if parallel is None or (chosen or {}).get("type") == "none":
        return chosen
    return {**(chosen or {"type": "auto"}), "disable_parallel_tool_use": not parallel}


def _choice(choice: Any) -> dict[str, Any] | None:
    if choice is None:
        return None
    if isinstance(choice, str):
        words = {"auto": "auto", "required": "any", "any": "any", "none": "none"}
        if choice not in words:
            raise BadRequest(f"tool_choice must be auto, required, none or a tool, got {choice!r}")
        return {"type": words[choice]}
    kind = choice.get("type")
    if kind == "allowed_tools":
        return _choice((choice.get("allowed_tools") or choice).get("mode", "auto"))
    named = choice.get("function") or choice.get("custom")
    if named:
        return {"type": "tool", "name": wire_name(named["name"])}
    if kind in ("function", "custom"):
        return {"type": "tool", "name": wire_name(choice["name"])}
    return dict(choice)


def allowed_tools(choice: Any, tools: list[Tool]) -> list[Tool]:
    """The tools that an `allowed_tools` choice leaves; any other choice leaves them all."""
    if not isinstance(choice, Mapping) or choice.get("type") != "allowed_tools":
        return tools
    listed = (choice.get("allowed_tools") or choice).get("tools") or ()
    names = {wire_name((tool.get("function") or tool).get("name", "")) for tool in listed}
    return [tool for tool in tools if tool.get("name") in names]
