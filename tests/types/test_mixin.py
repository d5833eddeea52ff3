"""The face of every model: a mapping, a pydantic model, a value that can be copied and stored."""

from __future__ import annotations

import copy
import pickle

import msgspec
import pytest

from litellm.types.chat import Choices, Message, ModelResponse
from litellm.types.mixin import Model, encode, unset
from litellm.types.stream import Delta
from litellm.types.usage import Usage


class Inner(Model):
    word: str = "w"
    note: str | None = unset()


class Outer(Model):
    name: str = "n"
    inner: Inner | None = unset()
    many: list[Inner] = msgspec.field(default_factory=list)


@pytest.fixture
def outer() -> Outer:
    return Outer(name="a", inner={"word": "b", "x_inner": 1}, many=[{"word": "c", "x_many": [2]}], x_outer={"y": 3})


def test_nested_dicts_become_models(outer: Outer) -> None:
    assert isinstance(outer.inner, Inner)
    assert [type(item) for item in outer.many] == [Inner]


def test_unknown_fields_are_attributes_keys_and_dumped_at_every_level(outer: Outer) -> None:
    assert outer.x_outer == outer["x_outer"] == {"y": 3}
    assert outer.inner.x_inner == 1
    assert outer.many[0]["x_many"] == [2]
    expected = {
        "name": "a",
        "inner": {"word": "b", "x_inner": 1},
        "many": [{"word": "c", "x_many": [2]}],
        "x_outer": {"y": 3},
    }
    assert outer.model_dump() == expected
    assert msgspec.json.decode(encode(outer)) == expected
    assert msgspec.json.decode(outer.model_dump_json()) == expected
    assert outer.json() == outer.dict() == outer.to_dict() == expected


def test_it_is_a_mapping(outer: Outer) -> None:
    assert list(outer) == list(outer.keys()) == ["name", "inner", "many", "x_outer"]
    assert dict(outer)["inner"] is outer.inner
    assert {**outer}["name"] == "a"
    assert list(outer.items())[0] == ("name", "a")
    assert list(outer.values())[0] == "a"
    assert len(outer) == 4
    outer["name"] = "z"
    outer["other"] = 1
    assert (outer.name, outer.other) == ("z", 1)
    del outer["other"]
    assert "other" not in outer


def test_unknown_key_and_attribute_are_errors(outer: Outer) -> None:
    with pytest.raises(KeyError):
        outer["nothing"]
    with pytest.raises(AttributeError, match="nothing"):
        _ = outer.nothing
    with pytest.raises(KeyError):
        del outer["nothing"]
    assert outer.get("nothing") is None
    assert outer.get("nothing", 5) == 5


def test_unset_reads_as_none_and_is_absent() -> None:
    inner = Inner()
    assert inner.note is None
    assert inner["note"] is None
    assert "note" not in inner
    assert inner.get("note", "default") == "default"
    assert inner.model_dump() == {"word": "w"}


def test_null_is_kept_apart_from_unset() -> None:
    inner = Inner(note=None)
    assert inner.note is None
    assert "note" in inner
    assert inner.get("note", "default") is None
    assert inner.model_dump() == {"word": "w", "note": None}
    assert encode(inner) == b'{"word":"w","note":null}'
    assert inner.model_dump(exclude_none=True) == {"word": "w"}


def test_assignment_and_deletion() -> None:
    inner = Inner()
    inner.note = "n"
    assert encode(inner) == b'{"word":"w","note":"n"}'
    del inner.note
    assert encode(inner) == b'{"word":"w"}'


@pytest.mark.parametrize("name", ["items", "copy", "json", "model_dump", "keys", "_prepare"])
def test_an_extra_never_hides_a_method(name: str) -> None:
    made = Inner.model_validate({name: "wire"})
    assert made[name] == "wire"
    assert made.model_dump() == {"word": "w", name: "wire"}
    assert copy.deepcopy(made) == made


def test_private_attributes_are_not_taken_from_data_nor_dumped() -> None:
    made = Inner.model_validate({"_hidden_params": {"response_cost": 0}, "_response_ms": 1})
    assert made._hidden_params == {}
    assert made._response_ms is None
    made._hidden_params["model_id"] = "m"
    made._response_ms = 12.5
    assert made.model_dump() == {"word": "w"}
    assert encode(made) == b'{"word":"w"}'
    assert "_hidden_params" not in made


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda m: pickle.loads(pickle.dumps(m)), Model.model_copy])
def test_copies_keep_extras_nulls_and_hidden_params(again, outer: Outer) -> None:
    outer._hidden_params["cost"] = 1
    outer.inner.note = None
    made = again(outer)
    assert made == outer
    assert type(made) is Outer
    assert made.model_dump() == outer.model_dump()
    assert made._hidden_params == {"cost": 1}


def test_deep_copies_share_nothing(outer: Outer) -> None:
    deep, shallow = outer.model_copy(deep=True), outer.copy()
    outer.many[0].word = "changed"
    assert deep.many[0].word == "c"
    assert shallow.many[0].word == "changed"


def test_copy_with_update(outer: Outer) -> None:
    made = outer.model_copy(update={"name": "new", "more": 1})
    assert (made.name, made.more, outer.name) == ("new", 1, "a")


def test_equality_counts_extras_and_unset() -> None:
    assert Inner(word="a", x=1) == Inner(word="a", x=1)
    assert Inner(word="a", x=1) != Inner(word="a", x=2)
    assert Inner() != Inner(note=None)
    assert Inner() != Outer()


def test_dump_options(outer: Outer) -> None:
    assert outer.model_dump(include={"name"}) == {"name": "a"}
    assert outer.model_dump(exclude={"many", "x_outer", "inner"}) == {"name": "a"}
    assert outer.model_dump(include={"many": {"__all__": {"word"}}}) == {"many": [{"word": "c"}]}
    assert outer.model_dump(exclude={"inner": {"word"}, "many": True, "x_outer": ...}) == {
        "name": "a",
        "inner": {"x_inner": 1},
    }
    assert Outer(name="n", inner={"word": "w"}).model_dump(exclude_defaults=True) == {"inner": {}, "many": []}


def test_dump_leaves_foreign_values_alone_and_json_mode_spells_them() -> None:
    thing = object()
    made = Inner(word="a", thing=thing)
    assert made.model_dump()["thing"] is thing
    assert made.model_dump(mode="json")["thing"] == str(thing)
    assert Inner(data=b"x").model_dump() == {"word": "w", "data": b"x"}


def test_indented_json() -> None:
    assert Inner(word="a").model_dump_json(indent=2) == '{\n  "word": "a"\n}'


def test_fields_extras_and_what_is_set() -> None:
    made = Inner(word="a", x=1)
    assert made.model_extra == {"x": 1}
    assert made.model_fields_set == {"word", "x"}
    assert list(Inner.model_fields) == list(made.model_fields) == ["word", "note"]


def test_validate_takes_models_and_mappings_only() -> None:
    inner = Inner()
    assert Inner.model_validate(inner) is inner
    assert Inner.parse_obj({"word": "a"}).word == "a"
    with pytest.raises(ValueError, match="Expected a JSON object"):
        Inner.model_validate(["word"])


def test_construct_takes_values_as_they_are() -> None:
    assert Outer.model_construct(inner={"word": "x"}, extra=1).model_dump() == {
        "name": "n",
        "inner": {"word": "x"},
        "many": [],
        "extra": 1,
    }


def test_from_dict_leaves_its_argument_alone() -> None:
    data = {"name": "a", "inner": {"word": "b", "x": 1}, "many": [{"z": 1}], "y": 2}
    before = copy.deepcopy(data)
    made = Outer.from_dict(data)
    assert made.model_dump() == {**before, "many": [{"word": "w", "z": 1}]}
    assert data == before


def test_positional_arguments() -> None:
    assert Message("hi", "user") == Message(content="hi", role="user")
    assert Choices("length", 2, Message("x")).index == 2
    assert Usage(1, 2, 3).total_tokens == 3
    with pytest.raises(TypeError, match="twice"):
        Inner("a", word="b")
    with pytest.raises(TypeError, match="at most 2"):
        Inner("a", "b", "c")


def test_repr_shows_what_is_set() -> None:
    assert repr(Inner(word="a", x=1)) == "Inner(word='a', x=1)"


def test_module_names_begin_with_the_types_package() -> None:
    for cls in (ModelResponse, Delta, Usage):
        assert cls.__module__.startswith("litellm.types.")
