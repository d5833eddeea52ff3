"""Whether an answer fits the schema that was asked for."""

from typing import Any

import pytest

from litellm.core.errors import SchemaMismatch
from litellm.core.schema_check import mismatch, require_schema, schema_of
from litellm.types.chat import ModelResponse

TREE = {"$ref": "#/$defs/n~0o/de", "$defs": {"n~o": {"de": {"type": "object", "properties": {"of": {"$ref": "#"}}}}}}


@pytest.mark.parametrize(
    ("value", "schema", "problem"),
    [
        ({"a": 1}, {"type": "object", "required": ["a"]}, None),
        ({}, {"type": "object", "required": ["a"]}, "has no 'a' at $"),
        (
            {"a": 1, "b": 2},
            {"properties": {"a": {}}, "additionalProperties": False},
            "has 2 at $.b, where nothing may be",
        ),
        ({"b": "x"}, {"additionalProperties": {"type": "integer"}}, "has 'x' at $.b, not of type 'integer'"),
        ([1, "x"], {"items": {"type": "number"}}, "has 'x' at $[1], not of type 'number'"),
        (True, {"type": "integer"}, "has True at $, not of type 'integer'"),
        (1.0, {"type": "integer"}, None),
        (1.5, {"type": "integer"}, "has 1.5 at $, not of type 'integer'"),
        (None, {"type": ["string", "null"]}, None),
        ("x", {"type": "unheard-of"}, None),
        ("c", {"enum": ["a", "b"]}, "has 'c' at $, not one of ['a', 'b']"),
        (True, {"const": 1}, "has True at $, not 1"),
        (1, {"const": 1}, None),
        ("x", {"anyOf": [{"type": "null"}, {"type": "string"}]}, None),
        (1, {"anyOf": [{"type": "null"}, {"type": "string"}]}, "has 1 at $, which fits 0 of anyOf"),
        (1, {"oneOf": [{"type": "integer"}, {"type": "number"}]}, "has 1 at $, which fits 2 of oneOf"),
        (5, {"allOf": [{"minimum": 1}, {"maximum": 4}]}, "has 5 at $, against maximum 4"),
        (1, {"exclusiveMinimum": 1}, "has 1 at $, against exclusiveMinimum 1"),
        (1, {"exclusiveMaximum": 1}, "has 1 at $, against exclusiveMaximum 1"),
        ("ab", {"minLength": 3}, "has 'ab' at $, against minLength 3"),
        ("ab", {"maxLength": 1}, "has 'ab' at $, against maxLength 1"),
        ("ab", {"pattern": "^a.$"}, None),
        ("ab", {"pattern": "^b"}, "has 'ab' at $, against pattern '^b'"),
        ([], {"minItems": 1}, "has [] at $, against minItems 1"),
        ([1], {"maxItems": 0}, "has [1] at $, against maxItems 0"),
        ("text", {"minimum": 3, "minItems": 3}, None),
        (1, True, None),
        (1, False, "has 1 at $, where nothing may be"),
        ({"of": {"of": {}}}, TREE, None),
        ({"of": {"of": 7}}, TREE, "has 7 at $.of.of, not of type 'object'"),
        (7, {"$ref": "#/nowhere/at/all"}, None),
    ],
)
def test_mismatches(value: Any, schema: Any, problem: str | None) -> None:
    assert mismatch(value, schema) == problem


FORMAT = {"type": "json_schema", "json_schema": {"schema": {"type": "object", "required": ["a"]}}}


def answer(*texts: str | None) -> ModelResponse:
    return ModelResponse(choices=[{"index": place, "message": {"content": text}} for place, text in enumerate(texts)])


def test_an_answer_that_does_not_fit_is_kept_in_the_error() -> None:
    require_schema(answer('{"a": 1}', None), FORMAT, provider="p", model="m")
    with pytest.raises(SchemaMismatch, match="has no 'a'") as caught:
        require_schema(answer('{"a": 1}', "{}"), FORMAT, provider="p", model="m")
    assert (caught.value.answer, caught.value.provider, caught.value.model) == ("{}", "p", "m")
    assert '"required":["a"]' in caught.value.schema
    with pytest.raises(SchemaMismatch, match="is no JSON"):
        require_schema(answer("Sure!"), FORMAT, provider="p", model="m")


def test_without_a_schema_anything_fits() -> None:
    for wanted in (None, {"type": "json_object"}, "text"):
        require_schema(answer("Sure!"), wanted, provider="p", model="m")
    assert schema_of({"type": "json_object", "response_schema": {"type": "object"}}) == {"type": "object"}
