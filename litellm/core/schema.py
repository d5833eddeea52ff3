"""A response_format that is a class becomes the JSON schema OpenAI documents (https://platform.openai.com/docs/guides/structured-outputs).

pydantic models, v1 and v2, TypedDicts and dataclasses are taken by their shape; pydantic is imported only for the last
two.
"""

from collections.abc import Mapping
from typing import Any

from litellm.core.errors import BadRequest


def as_response_format(value: Any) -> tuple[Any, Any]:
    """The response_format to send, and the class it was made from (None when it was no class)."""
    if isinstance(value, Mapping):
        return value, None
    if not isinstance(value, type):
        raise BadRequest(
            f"response_format={value!r}: give a dict such as {{'type': 'json_object'}}, or a pydantic model class"
        )
    schema = strict(_schema_of(value))
    return {"type": "json_schema", "json_schema": {"schema": schema, "name": value.__name__, "strict": True}}, value


def _schema_of(kind: Any) -> dict[str, Any]:
    if hasattr(kind, "model_json_schema"):
        return kind.model_json_schema()  # type: ignore[no-any-return]
    if hasattr(kind, "schema") and hasattr(kind, "parse_obj"):
        return kind.schema()  # type: ignore[no-any-return]
    try:
        from pydantic import PydanticUserError, TypeAdapter
    except ImportError:
        raise BadRequest(
            f"response_format={kind.__name__}: install pydantic to use a class that is not a pydantic model, or give "
            "the JSON schema as a dict"
        ) from None
    try:
        return TypeAdapter(kind).json_schema()
    except PydanticUserError as error:
        raise BadRequest(f"response_format={kind.__name__} has no JSON schema: {error.message}") from error


def strict(schema: Any, root: Any = None, within: tuple[str, ...] = ()) -> Any:
    """The schema as strict mode wants it: every object closed and all its properties required, no default of null.

    A `$ref` may have nothing beside it, so one that has is put in place; within itself (`within` names the references
    that are being put in place) it stays a reference and loses what was beside it.
    """
    root = schema if root is None else root
    if isinstance(schema, list):
        return [strict(item, root, within) for item in schema]
    if not isinstance(schema, dict):
        return schema
    if len(schema.get("allOf") or ()) == 1:
        rest = {name: value for name, value in schema.items() if name != "allOf"}
        return strict({**schema["allOf"][0], **rest}, root, within)
    reference = schema.get("$ref")
    if isinstance(reference, str) and len(schema) > 1:
        if reference in within:
            return {"$ref": reference}
        rest = {name: value for name, value in schema.items() if name != "$ref"}
        named = {name: value for name, value in _resolve(reference, root).items() if name not in _DEFINITIONS}
        return strict({**named, **rest}, root, (*within, reference))
    made = {
        name: _each(value, root, () if name in _DEFINITIONS else within)
        if name in _MAPS
        else strict(value, root, within)
        for name, value in schema.items()
        if not (name == "default" and value is None)
    }
    if made.get("type") == "object":
        made.setdefault("additionalProperties", False)
        if "properties" in made:
            made["required"] = list(made["properties"])
    return made


def _each(schemas: Any, root: Any, within: tuple[str, ...]) -> dict[str, Any]:
    return {name: strict(schema, root, within) for name, schema in schemas.items()}


_DEFINITIONS = ("$defs", "definitions")
_MAPS = ("properties", *_DEFINITIONS)


def _resolve(reference: str, root: dict[str, Any]) -> dict[str, Any]:
    found: Any = root
    for step in reference.removeprefix("#/").split("/"):
        found = found[step]
    return found  # type: ignore[no-any-return]
