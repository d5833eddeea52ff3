"""Answers in JSON: the model's own structured output where it has one, else a tool that it is made to call.

Wire facts: https://platform.claude.com/docs/en/build-with-claude/structured-outputs (what it takes of JSON Schema).
"""

from collections.abc import Mapping
from typing import Any

JSON_TOOL = "json_tool_call"

Schema = dict[str, Any]

# Constraints that structured output refuses; the model still reads them in the description.
_CONSTRAINTS = (
    "minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength maxLength maxItems uniqueItems "
    "minProperties maxProperties"
).split()
_NESTED_MAPS = ("properties", "$defs", "definitions")
_NESTED_LISTS = ("anyOf", "allOf", "oneOf", "prefixItems")


def schema_of(response_format: Any) -> Schema | None:
    """The JSON schema that a `response_format` gives; None for plain text and for JSON of any shape."""
    if not isinstance(response_format, Mapping):
        return None
    if response_format.get("type") == "json_schema":
        holder = response_format.get("json_schema") or response_format
        schema = holder.get("schema")
    else:
        schema = response_format.get("response_schema")
    return dict(schema) if schema else None


def output_format(schema: Schema) -> dict[str, Any]:
    """The request's `output_format` for a schema."""
    return {"type": "json_schema", "schema": enforceable(schema)}


def json_tool(schema: Schema) -> dict[str, Any]:
    """The tool whose input is the answer."""
    return {"name": JSON_TOOL, "input_schema": schema}


def json_tool_choice(given: dict[str, Any] | None, *, alone: bool, thinks: bool) -> dict[str, Any] | None:
    """How the model is brought to answer through the tool: forced where that is the only tool.

    A forced tool and thinking exclude each other.
    """
    if given is not None and given["type"] in ("tool", "any"):
        return given
    if thinks:
        return given if given and given["type"] != "none" else None
    return {"type": "tool", "name": JSON_TOOL} if alone or given == {"type": "none"} else {"type": "any"}


def enforceable(schema: Any) -> Any:
    """The schema in the part of JSON Schema that structured output takes.

    Objects allow no further properties; constraints move into the description.

    >>> enforceable({"type": "integer", "minimum": 1})
    {'type': 'integer', 'description': 'minimum: 1'}
    """
    if not isinstance(schema, Mapping):
        return schema
    kept = {name: _within(name, value) for name, value in schema.items() if name not in _CONSTRAINTS}
    moved = {name: schema[name] for name in _CONSTRAINTS if name in schema}
    if kept.get("minItems", 0) not in (0, 1):
        moved["minItems"] = kept.pop("minItems")
    if schema.get("type") == "object" or "properties" in schema:
        kept["additionalProperties"] = False
    if moved:
        told = ", ".join(f"{name}: {value}" for name, value in moved.items())
        kept["description"] = f"{kept['description']} ({told})" if kept.get("description") else told
    return kept


def _within(name: str, value: Any) -> Any:
    if name in _NESTED_MAPS and isinstance(value, Mapping):
        return {key: enforceable(inner) for key, inner in value.items()}
    if name in _NESTED_LISTS and isinstance(value, list):
        return [enforceable(inner) for inner in value]
    return enforceable(value) if name == "items" else value
