"""Classes as response_format: whatever kind they are, the schema is one that strict mode takes."""

import dataclasses
import subprocess
import sys
import warnings
from typing import Any, Optional

import pydantic
import pytest
from typing_extensions import TypedDict

from litellm.core.errors import BadRequest
from litellm.core.schema import as_response_format, strict


class Step(pydantic.BaseModel):
    text: str
    note: str | None = None


class Answer(pydantic.BaseModel):
    steps: list[Step]
    last: Step = pydantic.Field(description="the last one")


class Node(pydantic.BaseModel):
    name: str
    child: Optional["Node"] = None
    best: "Node" = pydantic.Field(description="the best of them")


class Typed(TypedDict):
    city: str


@dataclasses.dataclass
class Data:
    city: str
    size: int = 1


def schema(kind: Any) -> dict[str, Any]:
    made, given = as_response_format(kind)
    assert given is kind
    assert made["type"] == "json_schema"
    assert made["json_schema"]["strict"] is True
    assert made["json_schema"]["name"] == kind.__name__
    return made["json_schema"]["schema"]  # type: ignore[no-any-return]


def check(part: Any) -> None:
    """What strict mode demands of every part of a schema."""
    if isinstance(part, list):
        for item in part:
            check(item)
    elif isinstance(part, dict):
        if "$ref" in part:
            assert list(part) == ["$ref"]
        if part.get("type") == "object":
            assert part["additionalProperties"] is False
            assert part["required"] == list(part.get("properties", {}))
        for name, value in part.items():
            assert not (name == "default" and value is None)
            check(value)


@pytest.mark.parametrize("kind", [Step, Answer, Node, Typed, Data])
def test_every_kind_of_class(kind: Any) -> None:
    check(schema(kind))


def test_a_reference_keeps_what_is_said_beside_it() -> None:
    last = schema(Answer)["properties"]["last"]
    assert last["description"] == "the last one"
    assert last["properties"]["text"]["type"] == "string"


def test_a_model_that_holds_itself_ends() -> None:
    node = schema(Node)["$defs"]["Node"]
    assert node["properties"]["best"]["description"] == "the best of them"
    assert node["properties"]["best"]["properties"]["best"] == {"$ref": "#/$defs/Node"}


def test_models_of_pydantic_1() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pydantic import v1

        class Inner(v1.BaseModel):
            text: str

        class Outer(v1.BaseModel):
            inner: Inner = v1.Field(description="inside")
            size: int = 3

    made = schema(Outer)
    check(made)
    assert made["properties"]["inner"]["description"] == "inside"
    assert made["properties"]["inner"]["properties"]["text"]["type"] == "string"


def test_names_of_keywords_may_be_names_of_properties() -> None:
    given = {"type": "object", "properties": {"default": {"type": "null"}, "properties": {"type": "object"}}}
    assert strict(given) == {
        "type": "object",
        "properties": {
            "default": {"type": "null"},
            "properties": {"type": "object", "additionalProperties": False},
        },
        "additionalProperties": False,
        "required": ["default", "properties"],
    }


def test_a_dict_passes_as_it_is() -> None:
    given = {"type": "json_object"}
    assert as_response_format(given) == (given, None)


@pytest.mark.parametrize("value", ["json", 7, [Step]])
def test_what_is_neither_is_refused_by_value(value: Any) -> None:
    with pytest.raises(BadRequest, match="response_format="):
        as_response_format(value)


def test_a_class_without_a_schema_is_refused_by_name() -> None:
    class Opaque:
        pass

    with pytest.raises(BadRequest, match="response_format=Opaque has no JSON schema"):
        as_response_format(Opaque)


def test_without_pydantic_a_dataclass_is_refused_with_advice() -> None:
    program = """
import sys, dataclasses
sys.modules["pydantic"] = None
from litellm.core.schema import as_response_format
from litellm.core.errors import BadRequest
@dataclasses.dataclass
class Data:
    city: str
try:
    as_response_format(Data)
except BadRequest as error:
    assert "install pydantic" in str(error), error
else:
    raise SystemExit("no error")
"""
    subprocess.run([sys.executable, "-c", program], check=True)
