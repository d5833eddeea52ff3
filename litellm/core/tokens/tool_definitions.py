"""Tool definitions as the text that OpenAI's models read: a TypeScript namespace of function types.

The form is not documented by OpenAI; it is the one that reproduces the `prompt_tokens` its API reports.
"""

from collections.abc import Iterable, Mapping
from typing import Any

Schema = Mapping[str, Any]


def typescript_namespace(tools: Iterable[Schema]) -> str:
    """Write function tools as TypeScript; tools that are no functions are left out.

    Takes tools as chat completions, the Responses API (flat) and Anthropic (`input_schema`) write them.
    Example: a tool `now` without parameters gives a line `type now = () => any;`.
    """
    lines = ["namespace functions {", ""]
    for tool in tools:
        function = tool.get("function") or tool
        if function.get("name"):
            lines += [*_function(function), ""]
    return "\n".join([*lines, "} // namespace functions"])


def _function(function: Schema) -> list[str]:
    name, description = function["name"], function.get("description")
    comment = [f"// {description}"] if description else []
    parameters = function.get("parameters") or function.get("input_schema") or {}
    if not parameters.get("properties"):
        return [*comment, f"type {name} = () => any;"]
    return [*comment, f"type {name} = (_: {{", _properties(parameters, 0), "}) => any;"]


def _properties(schema: Schema, indent: int) -> str:
    required = schema.get("required") or ()
    lines = []
    for name, kind in (schema.get("properties") or {}).items():
        description = kind.get("description")
        if description and indent < 2:
            lines.append(f"// {description}")
        mark = "" if name in required else "?"
        lines.append(f"{name}{mark}: {_type(kind, indent)},")
    return "\n".join(" " * indent + line for line in lines)


def _type(schema: Schema, indent: int) -> str:
    kind = schema.get("type")
    if isinstance(kind, list):
        return " | ".join(_type({**schema, "type": one}, indent) for one in kind)
    if kind == "object":
        return "\n".join(("{", _properties(schema, indent + 2), "}"))
    if kind == "array":
        return f"{_type(schema['items'], indent)}[]" if schema.get("items") else "any[]"
    choices = schema.get("enum")
    if kind == "string":
        return " | ".join(f'"{choice}"' for choice in choices) if choices else "string"
    if kind in ("integer", "number"):
        return " | ".join(str(choice) for choice in choices) if choices else "number"
    return kind if kind in ("boolean", "null") else "any"
