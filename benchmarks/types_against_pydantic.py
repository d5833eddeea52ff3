"""Times the chat types against equal pydantic v2 models, in one run, and prints ratios (ours / pydantic).

Ratios below 1 are faster than pydantic; `benchmarks/bars.py` says how far below each promise is.
"""

from __future__ import annotations

import sys
import timeit
import types
import typing
from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec
from pydantic import ConfigDict, Field, create_model

from benchmarks.measure import report
from litellm.types.chat import ModelResponse
from litellm.types.mixin import Model, decode, encode
from litellm.types.stream import Delta, ModelResponseStream, StreamingChoices
from litellm.types.wire import build, shape, unchecked


def equal(model: type[Model], made: dict[type[Model], Any]) -> Any:
    """A pydantic model with the fields and defaults of `model` and `extra="allow"`."""
    if model not in made:
        parts = {part.model: equal(part.model, made) for part in shape(model).nested}
        hints = typing.get_type_hints(model)
        fields: dict[str, Any] = {}
        for field in msgspec.structs.fields(model):
            hint = _swap(hints[field.name], parts)
            if field.default_factory is not msgspec.NODEFAULT:
                fields[field.name] = (hint, Field(default_factory=field.default_factory))
            elif field.default is msgspec.UNSET:
                fields[field.name] = (hint | None, None)
            else:
                fields[field.name] = (hint, field.default)
        made[model] = create_model(model.__name__, __config__=ConfigDict(extra="allow"), **fields)
    return made[model]


def _swap(hint: Any, parts: dict[Any, Any]) -> Any:
    """The annotation with pydantic's models in place of ours."""
    inner = tuple(_swap(arg, parts) for arg in typing.get_args(hint))
    if typing.get_origin(hint) is list:
        return types.GenericAlias(list, inner)
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        return typing.Union[inner]  # noqa: UP007
    return parts.get(hint, hint)


_EQUALS: dict[type[Model], Any] = {}
_Response, _Chunk = equal(ModelResponse, _EQUALS), equal(ModelResponseStream, _EQUALS)
_StreamingChoice, _Delta = _EQUALS[StreamingChoices], _EQUALS[Delta]


def response_body(extra: dict[str, Any]) -> bytes:
    """A completion with two tool calls, about 800 bytes; `extra` is added to every object."""
    calls = [
        {
            "id": f"call_{n}",
            "type": "function",
            "function": {"name": "weather", "arguments": '{"city": "Utrecht", "unit": "celsius"}', **extra},
            **extra,
        }
        for n in (1, 2)
    ]
    message = {"role": "assistant", "content": None, "tool_calls": calls, "refusal": None, "annotations": [], **extra}
    output = {
        "reasoning_tokens": 0,
        "audio_tokens": 0,
        "accepted_prediction_tokens": 0,
        "rejected_prediction_tokens": 0,
    }
    usage = {
        "prompt_tokens": 82,
        "completion_tokens": 17,
        "total_tokens": 99,
        "prompt_tokens_details": {"cached_tokens": 0, "audio_tokens": 0, **extra},
        "completion_tokens_details": {**output, **extra},
        **extra,
    }
    body = {
        "id": "chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT",
        "object": "chat.completion",
        "created": 1741569952,
        "model": "gpt-4o-2024-08-06",
        "choices": [{"index": 0, "message": message, "logprobs": None, "finish_reason": "tool_calls", **extra}],
        "usage": usage,
        "service_tier": "default",
        "system_fingerprint": "fp_fc9f1d7035",
        **extra,
    }
    return msgspec.json.encode(body)


CHUNK = (
    b'{"id":"chatcmpl-123","object":"chat.completion.chunk","created":1694268190,"model":"gpt-4o-mini",'
    b'"choices":[{"index":0,"delta":{"content":"Hello"},"finish_reason":null}]}'
)
VENDOR_CHUNK = CHUNK.replace(b'"finish_reason"', b'"native_finish_reason":null,"finish_reason"').replace(
    b'"model"', b'"provider":"Groq","model"'
)


class Row(NamedTuple):
    """One comparison: microseconds of both."""

    key: str
    name: str
    ours: float
    pydantic: float


def _read(response: Any) -> tuple[Any, ...]:
    return response.choices[0].message.content, response.model, response.usage.prompt_tokens


def _read_chunk(chunk: Any) -> Any:
    return chunk.choices[0].delta.content


def _microseconds(call: Callable[[], Any], rounds: int = 7) -> float:
    call()
    timer = timeit.Timer(call)
    number = max(1, int(0.02 / (timer.timeit(200) / 200)))
    return min(timer.repeat(rounds, number)) / number * 1e6


def _construct() -> Any:
    return ModelResponseStream(
        id="chatcmpl-123",
        created=1694268190,
        model="gpt-4o-mini",
        choices=[StreamingChoices(index=0, delta=Delta(content="Hello"))],
    )


def _construct_unchecked() -> Any:
    delta = unchecked(Delta, content="Hello")
    choices = [unchecked(StreamingChoices, index=0, delta=delta)]
    return unchecked(ModelResponseStream, id="chatcmpl-123", created=1694268190, model="gpt-4o-mini", choices=choices)


def _construct_pydantic() -> Any:
    delta = _Delta(content="Hello")
    choice = _StreamingChoice(index=0, delta=delta)
    return _Chunk(id="chatcmpl-123", created=1694268190, model="gpt-4o-mini", choices=[choice])


def measure() -> list[Row]:
    """All comparisons."""
    known, unknown = response_body({}), response_body({"x_vendor": {"queue_time": 0.02}})
    parse = msgspec.json.decode
    decode(ModelResponse, unknown)
    full, plain = decode(ModelResponse, unknown), _Response.model_validate_json(unknown)
    parsed = msgspec.json.decode(known)

    def pair(key: str, name: str, ours: Callable[[], Any], theirs: Callable[[], Any]) -> Row:
        return Row(key, name, _microseconds(ours), _microseconds(theirs))

    def unlearned() -> Any:
        return _read(build(ModelResponse, parse(unknown)))

    return [
        pair(
            "decode",
            "decode and read a response",
            lambda: _read(decode(ModelResponse, known)),
            lambda: _read(_Response.model_validate_json(known)),
        ),
        pair(
            "decode_unknown",
            "the same, an unknown field at every level",
            lambda: _read(decode(ModelResponse, unknown)),
            lambda: _read(_Response.model_validate_json(unknown)),
        ),
        pair(
            "decode_new_names",
            "the same, names never met before",
            unlearned,
            lambda: _read(_Response.model_validate_json(unknown)),
        ),
        pair(
            "chunk",
            "decode and read a chunk",
            lambda: _read_chunk(decode(ModelResponseStream, CHUNK)),
            lambda: _read_chunk(_Chunk.model_validate_json(CHUNK)),
        ),
        pair(
            "chunk_vendor",
            "the same, with a vendor's fields",
            lambda: _read_chunk(decode(ModelResponseStream, VENDOR_CHUNK)),
            lambda: _read_chunk(_Chunk.model_validate_json(VENDOR_CHUNK)),
        ),
        pair("construct", "construct a chunk", _construct, _construct_pydantic),
        pair("construct_unchecked", "the same, unchecked, as adapters may", _construct_unchecked, _construct_pydantic),
        pair(
            "from_dict",
            "build a response from a dict",
            lambda: ModelResponse.from_dict(parsed),
            lambda: _Response.model_validate(parsed),
        ),
        pair("dump", "dump a response", full.model_dump, plain.model_dump),
        pair("encode", "encode a response", lambda: encode(full), lambda: plain.model_dump_json()),
    ]


def main() -> None:
    """Measure and print, the ratios last."""
    rows = measure()
    for row in rows:
        print(f"{row.name:44} {row.ours:7.2f} us {row.pydantic:7.2f} us  {row.ours / row.pydantic:5.2f}x")
    report({row.key: row.ours / row.pydantic for row in rows})


if __name__ == "__main__":
    sys.exit(main())
