"""Bytes to models: typed where the fields are known, nothing lost where they are not."""

from __future__ import annotations

import copy
import pickle

import msgspec
import pytest

from litellm.types import decoding
from litellm.types.chat import Choices, Message, ModelResponse
from litellm.types.mixin import Model, decode, encode, unset
from litellm.types.stream import ModelResponseStream


class Leaf(Model):
    word: str = ""
    note: str | None = unset()


class Tree(Model):
    id: str = ""
    leaf: Leaf | None = unset()
    leaves: list[Leaf] = msgspec.field(default_factory=list)


ANSWER = {
    "id": "chatcmpl-1",
    "object": "chat.completion",
    "created": 1,
    "model": "m",
    "choices": [
        {
            "index": 0,
            "message": {
                "role": "assistant",
                "content": None,
                "tool_calls": [
                    {"id": "c", "type": "function", "function": {"name": "f", "arguments": "{}", "x": 1}, "x": 2}
                ],
                "x": 3,
            },
            "logprobs": None,
            "finish_reason": "tool_calls",
            "x": 4,
        }
    ],
    "usage": {
        "prompt_tokens": 1,
        "completion_tokens": 2,
        "total_tokens": 3,
        "prompt_tokens_details": {"cached_tokens": 0, "x": 5},
        "x": 6,
    },
    "system_fingerprint": None,
    "x": 7,
}


@pytest.fixture(autouse=True)
def _forget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "_DECODERS", {})


@pytest.mark.parametrize("times", [1, 2, 3])
def test_unknown_fields_survive_at_every_level_however_often_they_come(times: int) -> None:
    raw = msgspec.json.encode(ANSWER)
    for _ in range(times):
        made = decode(ModelResponse, raw)
    message = made.choices[0].message
    assert (made.x, made.choices[0].x, message.x, made.usage.x) == (7, 4, 3, 6)
    assert message.tool_calls[0].x == 2
    assert message.tool_calls[0].function.x == 1
    assert made.usage.prompt_tokens_details["x"] == 5
    assert made.model_dump() == ANSWER
    assert msgspec.json.decode(encode(made)) == ANSWER
    assert ModelResponse.from_dict(ANSWER) == made
    assert made.model_extra == {"x": 7}


def test_null_and_unset_survive_a_round_trip() -> None:
    raw = b'{"leaf":null,"leaves":[{"note":null},{}]}'
    tree = decode(Tree, raw)
    assert tree.leaf is None
    assert tree.leaves[0].model_fields_set == {"word", "note"}
    assert tree.leaves[1].model_fields_set == {"word"}
    assert encode(tree) == b'{"id":"","leaf":null,"leaves":[{"word":"","note":null},{"word":""}]}'


def test_learned_models_are_of_the_public_class_in_every_way() -> None:
    raw = b'{"leaf":{"word":"a","colour":"red"}}'
    first, second = decode(Tree, raw), decode(Tree, raw)
    assert first == second
    assert isinstance(second.leaf, Leaf)
    assert repr(second) == repr(first)
    assert second.leaf.model_extra == {"colour": "red"}
    for again in (copy.copy(second), copy.deepcopy(second), pickle.loads(pickle.dumps(second))):
        assert again == first
        assert type(again) is Tree


def test_a_learned_name_that_is_not_sent_is_no_attribute() -> None:
    decode(Leaf, b'{"colour":"red"}')
    plain = decode(Leaf, b'{"word":"a"}')
    assert not hasattr(plain, "colour")
    assert "colour" not in plain
    assert plain.get("colour", 1) == 1
    with pytest.raises(KeyError):
        plain["colour"]
    plain.colour = "blue"
    assert plain.model_dump() == {"word": "a", "colour": "blue"}


def test_no_more_is_learned_than_a_hostile_upstream_should_cause() -> None:
    for n in range(100):
        made = decode(Leaf, msgspec.json.encode({f"x{n}": n}))
        assert made[f"x{n}"] == n
    assert len(decoding.decoder(Leaf).target.__struct_fields__) <= 2 + decoding.MOST_LEARNED


@pytest.mark.parametrize("name", ["items", "class", "x-groq", "_hidden", "", "word "])
def test_names_that_are_no_attributes_are_kept_by_key(name: str) -> None:
    raw = msgspec.json.encode({name: 1})
    for _ in range(2):
        assert decode(Leaf, raw)[name] == 1
        assert msgspec.json.decode(encode(decode(Leaf, raw))) == {"word": "", name: 1}


def test_values_of_unexpected_types_are_kept() -> None:
    made = decode(ModelResponse, b'{"id":5,"created":"now","choices":"none"}')
    assert (made.id, made.created, made.choices) == (5, "now", "none")


@pytest.mark.parametrize(("raw", "error"), [(b"[1]", msgspec.ValidationError), (b"{", msgspec.DecodeError)])
def test_what_is_no_object_is_an_error(raw: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        decode(Tree, raw)


def test_a_response_decodes_without_its_defaults_being_invented() -> None:
    made = decode(ModelResponse, b"{}")
    assert made.choices == []
    assert made.usage is None
    assert made.id.startswith("chatcmpl-")


def test_model_validate_json_takes_text_and_bytes() -> None:
    for raw in ('{"id":"a"}', b'{"id":"a"}', bytearray(b'{"id":"a"}')):
        assert Tree.model_validate_json(raw).id == "a"


def test_chunk_types() -> None:
    chunk = decode(ModelResponseStream, b'{"choices":[{"delta":{"content":"a"}}],"usage":null}')
    assert chunk.choices[0].delta.content == "a"
    assert chunk.usage is None
    assert "usage" in chunk


def test_models_inside_data_are_taken_as_they_are() -> None:
    message = Message("hi")
    made = ModelResponse.from_dict({"choices": [{"message": message}, Choices(index=1)]})
    assert made.choices[0].message is message
    assert made.choices[1].index == 1
