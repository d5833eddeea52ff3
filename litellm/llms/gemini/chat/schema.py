"""JSON Schema in the two forms that Gemini reads: its OpenAPI subset, and JSON Schema without references.

It knows schemas only: nothing of tools, messages or models. Source: https://ai.google.dev/api/caching#Schema
"""

from collections.abc import Mapping
from typing import Any

_FIELDS = frozenset(
    "type format title description nullable default items minItems maxItems enum properties propertyOrdering required "
    "minProperties maxProperties minimum maximum minLength maxLength pattern example anyOf".split()
)
_DEFINITIONS = ("$defs", "definitions")
# Other formats are refused for strings by models of function calling.
_FORMATS = frozenset({"enum", "date-time", "float", "double", "int32", "int64"})


def openapi_schema(schema: Mapping[str, Any], *, ordered: bool = False) -> dict[str, Any]:
    """The schema in Gemini's subset: references put in place, null as `nullable`, what it does not know left out.

    `ordered` adds `propertyOrdering`, which models before Gemini 2 need to keep the order of properties.

    >>> openapi_schema({"anyOf": [{"type": "string"}, {"type": "null"}], "$schema": "x"})
    {'anyOf': [{'type': 'string', 'nullable': True}]}
    """
    cut = _node(inline_references(schema)[0])
    return _with_order(cut) if ordered else cut


def json_schema(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The schema with references put in place; one that refers to itself is left as it is.

    >>> json_schema({"$ref": "#/$defs/A", "$defs": {"A": {"type": "integer"}}})
    {'type': 'integer'}
    """
    inlined, recursive = inline_references(schema)
    return dict(schema) if recursive else inlined


def inline_references(schema: Mapping[str, Any]) -> tuple[dict[str, Any], bool]:
    """The schema with every local `$ref` replaced by what it names, and whether one of them contains itself.

    A reference inside itself becomes an object of any shape.
    """
    found_cycle = False

    def walk(node: Any, inside: tuple[str, ...]) -> Any:
        nonlocal found_cycle
        if isinstance(node, list):
            return [walk(item, inside) for item in node]
        if not isinstance(node, Mapping):
            return node
        reference = node.get("$ref")
        node = {name: _each(walk, value, inside) if name == "properties" else value for name, value in node.items()}
        beside = {name: value for name, value in node.items() if name != "$ref" and name not in _DEFINITIONS}
        if not isinstance(reference, str):
            return {name: value if name == "properties" else walk(value, inside) for name, value in beside.items()}
        if reference in inside:
            found_cycle = True
            return {"type": "object", **walk(beside, inside)}
        named = walk(_named(schema, reference), (*inside, reference))
        return {**(named if isinstance(named, Mapping) else {}), **walk(beside, inside)}

    return walk(schema, ()), found_cycle


def _each(walk: Any, properties: Any, inside: tuple[str, ...]) -> Any:
    """Properties walked one by one: a property may well be called `$ref` or `definitions`."""
    if not isinstance(properties, Mapping):
        return properties
    return {name: walk(value, inside) for name, value in properties.items()}


def _named(schema: Mapping[str, Any], reference: str) -> Any:
    """What a JSON pointer such as `#/$defs/Step` names in the schema."""
    node: Any = schema
    for step in reference.removeprefix("#").strip("/").split("/"):
        key = step.replace("~1", "/").replace("~0", "~")
        node = node.get(key) if isinstance(node, Mapping) else None
    return node


def _node(schema: Any) -> dict[str, Any]:
    if not isinstance(schema, Mapping):
        return {"type": "object"}
    plain = _one_type(_choices(_merged(schema)))
    cut = {name: _field(name, value) for name, value in plain.items() if name in _FIELDS}
    return _completed(_enumeration(cut))


def _field(name: str, value: Any) -> Any:
    if name == "properties" and isinstance(value, Mapping):
        return {key: _node(item) for key, item in value.items()}
    if name == "items":
        item = _node(value[0] if isinstance(value, list) and value else value)
        return item if item.keys() & {"type", "anyOf"} else {**item, "type": "object"}
    if name == "anyOf":
        return [_node(item) for item in value]
    return value


def _merged(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The schema with what `allOf` adds; Gemini has no `allOf`."""
    merged = {name: value for name, value in schema.items() if name != "allOf"}
    for part in schema.get("allOf") or ():
        for name, value in _merged(part).items():
            if name == "properties":
                merged[name] = {**value, **merged.get(name, {})}
            elif name == "required":
                merged[name] = [*dict.fromkeys([*merged.get(name, ()), *value])]
            else:
                merged.setdefault(name, value)
    return merged


def _choices(schema: dict[str, Any]) -> dict[str, Any]:
    """`anyOf` (and `oneOf`) less its null, which makes the rest nullable."""
    given = schema.get("anyOf") or schema.get("oneOf")
    if not isinstance(given, list):
        return schema
    rest = [item for item in given if not _is_null(item)]
    others = {name: value for name, value in schema.items() if name not in ("anyOf", "oneOf")}
    if not rest:
        return {**others, "nullable": True}
    if len(rest) < len(given):
        rest = [{**item, "nullable": True} if isinstance(item, Mapping) else item for item in rest]
    return {**others, "anyOf": rest}


def _is_null(schema: Any) -> bool:
    return isinstance(schema, Mapping) and schema.get("type") == "null"


def _one_type(schema: dict[str, Any]) -> dict[str, Any]:
    """JSON Schema's list of types as one type, `nullable` where null is among them."""
    types = schema.get("type")
    if not isinstance(types, list):
        return schema
    kinds = [kind for kind in types if kind != "null"]
    single = {name: value for name, value in schema.items() if name != "type"}
    if len(kinds) < len(types):
        single["nullable"] = True
    if len(kinds) == 1:
        return {**single, "type": kinds[0]}
    return {**single, "anyOf": [{"type": kind} for kind in kinds]} if kinds else single


def _enumeration(schema: dict[str, Any]) -> dict[str, Any]:
    """Enumerations are of strings, none of them empty; formats are those that Gemini knows."""
    kept = dict(schema)
    if "enum" in kept:
        values = [value for value in kept["enum"] if isinstance(value, str) and value]
        if values and str(kept.get("type", "string")).lower() == "string":
            kept["enum"] = values
        else:
            del kept["enum"]
    if kept.get("format") not in _FORMATS:
        kept.pop("format", None)
    return kept


def _completed(schema: dict[str, Any]) -> dict[str, Any]:
    """What Gemini insists on: objects named as such, items for arrays, required properties that exist."""
    full = dict(schema)
    if not full.get("properties"):
        full.pop("properties", None)
        full.pop("required", None)
    else:
        full.setdefault("type", "object")
        if "required" in full:
            full["required"] = [name for name in full["required"] if name in full["properties"]]
    kind = str(full.get("type", "")).lower()
    if kind == "array":
        full.setdefault("items", {"type": "object"})
    if "enum" in full:
        full.setdefault("type", "string")
    if "items" in full:
        full.setdefault("type", "array")
    return full


def _with_order(schema: dict[str, Any]) -> dict[str, Any]:
    ordered = dict(schema)
    if "properties" in ordered:
        ordered["properties"] = {name: _with_order(item) for name, item in ordered["properties"].items()}
        ordered.setdefault("propertyOrdering", list(ordered["properties"]))
    if "items" in ordered:
        ordered["items"] = _with_order(ordered["items"])
    if "anyOf" in ordered:
        ordered["anyOf"] = [_with_order(item) for item in ordered["anyOf"]]
    return ordered
