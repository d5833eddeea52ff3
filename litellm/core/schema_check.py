"""Whether an answer fits the JSON schema that was asked for. Pure.

Knows the keywords that OpenAI's structured outputs take
(https://platform.openai.com/docs/guides/structured-outputs#supported-schemas): type, enum, const, properties, required,
additionalProperties, items, anyOf, oneOf, allOf, $ref, and the bounds of numbers, texts and arrays. Others are met.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from litellm.core.errors import SchemaMismatch
from litellm.core.rules import answers_of


def require_schema(response: Any, response_format: Any, *, provider: str, model: str) -> None:
    """Raise `SchemaMismatch` when an answer is no JSON, or not of the schema in `response_format`."""
    schema = schema_of(response_format)
    if schema is None:
        return
    for text in answers_of(response):
        if text:
            _require(text, schema, provider, model)


def schema_of(response_format: Any) -> Any:
    """The JSON schema that a response_format holds, in either of its forms; None when it holds none."""
    if not isinstance(response_format, Mapping):
        return None
    wrapped = response_format.get("json_schema") or {}
    return wrapped.get("schema") or response_format.get("response_schema")


def _require(text: str, schema: Any, provider: str, model: str) -> None:
    try:
        problem = mismatch(msgspec.json.decode(text), schema)
    except msgspec.DecodeError as error:
        problem = f"is no JSON ({error})"
    if problem is None:
        return
    refusal = SchemaMismatch(f"the answer {problem}", provider=provider, model=model)
    refusal.schema, refusal.answer = msgspec.json.encode(schema).decode(), text
    raise refusal


_TYPES: dict[str, Callable[[Any], bool]] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
    "integer": lambda value: _is_number(value) and value == int(value),
    "number": lambda value: _is_number(value),
}


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def mismatch(value: Any, schema: Any, root: Any = None, at: str = "$") -> str | None:
    """What is wrong with a JSON value by a schema, as a sentence's end; None when it fits.

    >>> mismatch({"age": "7"}, {"type": "object", "properties": {"age": {"type": "integer"}}})
    "has '7' at $.age, not of type 'integer'"
    """
    root = schema if root is None else root
    if schema is True or not isinstance(schema, Mapping):
        return f"has {value!r} at {at}, where nothing may be" if schema is False else None
    if "$ref" in schema:
        return mismatch(value, _resolve(schema["$ref"], root), root, at)
    return (
        _wrong_type(value, schema, at)
        or _wrong_value(value, schema, at)
        or _wrong_union(value, schema, root, at)
        or _wrong_bounds(value, schema, at)
        or _wrong_parts(value, schema, root, at)
    )


def _resolve(reference: str, root: Any) -> Any:
    found = root
    for step in reference.removeprefix("#").strip("/").split("/"):
        name = step.replace("~1", "/").replace("~0", "~")
        if name:
            found = found.get(name, True) if isinstance(found, Mapping) else True
    return found


def _wrong_type(value: Any, schema: Mapping[str, Any], at: str) -> str | None:
    wanted = schema.get("type")
    names = [wanted] if isinstance(wanted, str) else wanted or []
    if not names or any(_TYPES.get(name, lambda _: True)(value) for name in names):
        return None
    return f"has {value!r} at {at}, not of type {wanted!r}"


def _wrong_value(value: Any, schema: Mapping[str, Any], at: str) -> str | None:
    if "enum" in schema and not any(_same(value, allowed) for allowed in schema["enum"]):
        return f"has {value!r} at {at}, not one of {schema['enum']!r}"
    if "const" in schema and not _same(value, schema["const"]):
        return f"has {value!r} at {at}, not {schema['const']!r}"
    return None


def _same(value: Any, other: Any) -> bool:
    return value == other and isinstance(value, bool) == isinstance(other, bool)


def _wrong_union(value: Any, schema: Mapping[str, Any], root: Any, at: str) -> str | None:
    for part in schema.get("allOf") or ():
        problem = mismatch(value, part, root, at)
        if problem:
            return problem
    for keyword in ("anyOf", "oneOf"):
        parts = schema.get(keyword)
        if not parts:
            continue
        fitting = sum(mismatch(value, part, root, at) is None for part in parts)
        if not fitting or (keyword == "oneOf" and fitting > 1):
            return f"has {value!r} at {at}, which fits {fitting} of {keyword}"
    return None


_BOUNDS: tuple[tuple[str, Callable[[Any, Any], bool]], ...] = (
    ("minimum", lambda value, bound: not _is_number(value) or value >= bound),
    ("maximum", lambda value, bound: not _is_number(value) or value <= bound),
    ("exclusiveMinimum", lambda value, bound: not _is_number(value) or value > bound),
    ("exclusiveMaximum", lambda value, bound: not _is_number(value) or value < bound),
    ("minLength", lambda value, bound: not isinstance(value, str) or len(value) >= bound),
    ("maxLength", lambda value, bound: not isinstance(value, str) or len(value) <= bound),
    ("minItems", lambda value, bound: not isinstance(value, list) or len(value) >= bound),
    ("maxItems", lambda value, bound: not isinstance(value, list) or len(value) <= bound),
    ("pattern", lambda value, bound: not isinstance(value, str) or re.search(bound, value) is not None),
)


def _wrong_bounds(value: Any, schema: Mapping[str, Any], at: str) -> str | None:
    for keyword, fits in _BOUNDS:
        if keyword in schema and not fits(value, schema[keyword]):
            return f"has {value!r} at {at}, against {keyword} {schema[keyword]!r}"
    return None


def _wrong_parts(value: Any, schema: Mapping[str, Any], root: Any, at: str) -> str | None:
    if isinstance(value, list):
        items = schema.get("items", True)
        return _first(mismatch(item, items, root, f"{at}[{place}]") for place, item in enumerate(value))
    if not isinstance(value, dict):
        return None
    missing = [name for name in schema.get("required") or () if name not in value]
    if missing:
        return f"has no {missing[0]!r} at {at}"
    known = schema.get("properties") or {}
    others = schema.get("additionalProperties", True)
    return _first(mismatch(item, known.get(name, others), root, f"{at}.{name}") for name, item in value.items())


def _first(problems: Iterable[str | None]) -> str | None:
    return next((problem for problem in problems if problem), None)
