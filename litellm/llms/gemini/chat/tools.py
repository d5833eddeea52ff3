"""OpenAI's tools and tool choice as Gemini's; it knows no messages.

Source: https://ai.google.dev/api/caching#Tool, https://ai.google.dev/api/caching#ToolConfig
"""

from collections.abc import Mapping, Sequence
from typing import Any

from litellm.core.errors import BadRequest
from litellm.core.target import Target
from litellm.llms.gemini.chat.schema import openapi_schema

# Tools that Google runs, by every name under which callers ask for them.
_HOSTED = {
    "googlesearch": "googleSearch",
    "websearch": "googleSearch",
    "websearchpreview": "googleSearch",
    "googlesearchretrieval": "googleSearchRetrieval",
    "enterprisewebsearch": "enterpriseWebSearch",
    "urlcontext": "urlContext",
    "codeexecution": "codeExecution",
    "codeinterpreter": "codeExecution",
    "googlemaps": "googleMaps",
    "computeruse": "computerUse",
    "computerusepreview": "computerUse",
    "filesearch": "fileSearch",
    "retrieval": "retrieval",
    "mcpservers": "mcpServers",
}
_DECLARED = ("name", "description", "parametersJsonSchema", "response", "responseJsonSchema", "behavior")
# What other vendors' versions of a hosted tool say that Google's has no word for.
_FOREIGN = frozenset(
    {"type", "name", "search_context_size", "user_location", "container", "display_width", "display_height"}
)
_MODES = {"auto": "AUTO", "none": "NONE", "required": "ANY", "any": "ANY", "validated": "VALIDATED"}
_PLACE = ("latitude", "longitude")
_ENVIRONMENTS = {"browser": "ENVIRONMENT_BROWSER"}


def gemini_tools(tools: Sequence[Any], target: Target) -> list[dict[str, Any]]:
    """The tools: all functions in one declaration list, then each tool that Google runs.

    Raises:
        BadRequest: a tool that is neither a function nor one of Google's.
    """
    declarations: list[Any] = []
    hosted: list[dict[str, Any]] = []
    for tool in tools:
        native = tool.get("functionDeclarations") or tool.get("function_declarations")
        if native:
            declarations.extend(native)
        elif tool.get("type") == "function" or "function" in tool or "parameters" in tool:
            declarations.append(declaration(tool.get("function") or tool))
        else:
            hosted.append(_hosted(tool, target))
    return [*([{"functionDeclarations": declarations}] if declarations else ()), *hosted]


def declaration(function: Mapping[str, Any]) -> dict[str, Any]:
    """The declaration of one function; one without parameters has none, as Gemini refuses an empty object."""
    declared = {name: function[name] for name in _DECLARED if function.get(name) is not None}
    parameters = openapi_schema(function.get("parameters") or {})
    if parameters.get("properties") or parameters.get("anyOf"):
        declared["parameters"] = {"type": "object", **parameters}
    return declared


def _hosted(tool: Mapping[str, Any], target: Target) -> dict[str, Any]:
    for name, value in tool.items():
        known = _HOSTED.get(_bare(name))
        if known and name != "type":
            return {known: _settings(known, value if isinstance(value, Mapping) else {})}
    kind = _HOSTED.get(_bare(_undated(str(tool.get("type")))))
    if kind:
        return {kind: _settings(kind, {name: value for name, value in tool.items() if name not in _FOREIGN})}
    raise BadRequest(
        f"tool {dict(tool)!r} is none that Gemini knows: give a function, or one of "
        f"{', '.join(sorted(set(_HOSTED.values())))}, for example {{'googleSearch': {{}}}}",
        provider=target.provider,
        model=target.model,
    )


def _bare(name: str) -> str:
    return name.replace("_", "").lower()


def _undated(kind: str) -> str:
    """The type less the date that other vendors put behind it (`web_search_20250305`)."""
    head, _, tail = kind.rpartition("_")
    return head if head and tail.isdigit() else kind


def _settings(kind: str, given: Mapping[str, Any]) -> dict[str, Any]:
    if kind == "googleMaps":
        return {name: value for name, value in given.items() if _bare(name) == "enablewidget"}
    if kind == "computerUse":
        environment = str(given.get("environment", "browser"))
        return {**given, "environment": _ENVIRONMENTS.get(environment.lower(), environment)}
    return {} if kind == "codeExecution" else dict(given)


def tool_config(tools: Sequence[Any]) -> dict[str, Any]:
    """What of the tools belongs in the toolConfig: the place around which Google Maps shall search."""
    for tool in tools:
        given = tool.get("googleMaps") or tool.get("google_maps") or {}
        config: dict[str, Any] = {}
        if all(given.get(name) is not None for name in _PLACE):
            config["latLng"] = {name: given[name] for name in _PLACE}
        language = given.get("languageCode") or given.get("language_code")
        if language:
            config["languageCode"] = language
        if config:
            return {"retrievalConfig": config}
    return {}


def tool_choice_config(choice: Any, target: Target) -> dict[str, Any]:
    """The functionCallingConfig of a `tool_choice`.

    Raises:
        BadRequest: a choice that is none of OpenAI's.
    """
    if isinstance(choice, str) and choice in _MODES:
        return {"mode": _MODES[choice]}
    if isinstance(choice, Mapping):
        kind = choice.get("type")
        if kind == "allowed_tools":
            return _allowed(choice.get("allowed_tools") or choice)
        name = (choice.get("function") or choice).get("name")
        if name:
            return {"mode": "ANY", "allowedFunctionNames": [name]}
        if kind in _MODES:
            return {"mode": _MODES[kind]}
    raise BadRequest(
        f"tool_choice={choice!r} is not known: use 'auto', 'none', 'required' or "
        "{'type': 'function', 'function': {'name': …}}",
        provider=target.provider,
        model=target.model,
    )


def _allowed(choice: Mapping[str, Any]) -> dict[str, Any]:
    names = [(tool.get("function") or tool).get("name") for tool in choice.get("tools") or ()]
    mode = "ANY" if choice.get("mode") == "required" else "VALIDATED"
    return {"mode": mode, "allowedFunctionNames": [name for name in names if name]}
