"""What passes through unread: only what no adapter would rewrite, and whole events however the bytes were cut."""

from typing import Any

import msgspec
import pytest

from litellm.core.call import Call
from litellm.core.errors import InternalError, InvalidResponse, ProviderError, StreamBroken
from litellm.proxy.deployments import prepare
from litellm.proxy.forwarding import Events, Passage, read_fields
from litellm.proxy.llm_endpoints.request import LLMRequest
from litellm.router_utils.deployments import deployment_of


def made(**params: Any) -> Any:
    given = {"model": "openai/gpt-4o-mini", "api_key": "sk-x", **params}
    return deployment_of({"model_name": "small", "litellm_params": given}, prepare=prepare)


def takes(body: str, **params: Any) -> bool:
    way = made(**params).prepared.forwarding.get("chat")
    return way is not None and way.takes(read_fields(body.encode()))


PLAIN = '{"model": "small", "messages": [{"role": "user", "content": "Hi"}]'


@pytest.mark.parametrize("more", ["", ', "temperature": 0.5, "tools": [{"a": 1}]', ', "stream": true', ', "user": "u"'])
def test_what_needs_no_rewriting_passes(more: str) -> None:
    assert takes(PLAIN + more + "}")


@pytest.mark.parametrize("more", [', "top_k": 1', ', "tools": []', ', "mock_response": "x"', ', "stop": ["a", "b"]'])
def test_what_an_adapter_would_change_does_not(more: str) -> None:
    assert not takes(PLAIN + more + "}")


def test_a_deployments_marks_are_put_into_its_requests() -> None:
    place = made(cache_control_injection_points=[{"location": "message", "index": -1}])
    asked = LLMRequest(
        endpoint="chat",
        content="messages",
        call_id="1",
        model="small",
        stream=False,
        fields=read_fields((PLAIN + "}").encode()),
        started=1.0,
    )
    assert asked.route(place).call.input[-1]["cache_control"] == {"type": "ephemeral"}


def test_a_developers_message_does_not_pass() -> None:
    assert not takes(PLAIN.replace('"user"', '"developer"') + "}")


@pytest.mark.parametrize(
    "params",
    [
        {"temperature": 0.1},
        {"extra_body": {"a": 1}},
        {"additional_drop_params": ["user"]},
        {"mock_response": "x"},
        {"cache_control_injection_points": [{"location": "message", "role": "system"}]},
        {"model": "groq/llama-3.3-70b-versatile"},
        {"model": "anthropic/claude-haiku-4-5"},
    ],
)
def test_deployments_that_change_requests_do_not_forward(params: dict[str, Any]) -> None:
    assert not takes(PLAIN + "}", **params)


def test_reasoning_models_pass_without_what_they_rename() -> None:
    assert takes(PLAIN + ', "seed": 1}', model="openai/o3")
    assert not takes(PLAIN + ', "max_tokens": 5}', model="openai/o3")


def events(*, asked: str = "{}") -> Events:
    fields = read_fields(asked.encode())
    way = made().prepared.forwarding["chat"]
    passage = Passage(way, fields, msgspec.Raw(b'"small"'))
    call = Call(id="1", endpoint="chat", model="gpt-4o-mini", input=passage, stream=True)

    def failure(data: bytes) -> ProviderError:
        return InternalError(data.decode())

    return Events(call, way.target, failure)


def chunk(**fields: Any) -> bytes:
    return b"data: " + msgspec.json.encode({"id": "c", "model": "gpt-4o-mini-2024", **fields}) + b"\r\n\r\n"


HELLO = [{"index": 0, "delta": {"content": "Hello"}, "finish_reason": None}]
STOP = [{"index": 0, "delta": {}, "finish_reason": "stop"}]
USAGE = {"prompt_tokens": 1, "completion_tokens": 1}
STREAM = (
    chunk(choices=HELLO) + b": ping\n\n" + chunk(choices=STOP) + chunk(choices=[], usage=USAGE) + b"data: [DONE]\n\n"
)


def shown(decoder: Events, data: bytes, size: int) -> list[Any]:
    pieces = [data[start : start + size] for start in range(0, len(data), size)]
    found = [event for piece in pieces for event in decoder.feed(piece)] + decoder.close()
    assert all(event.startswith(b"data: ") and event.endswith(b"\n\n") for event in found)
    return [msgspec.json.decode(event[6:]) for event in found]


@pytest.mark.parametrize("size", [1, 7, 10_000])
def test_events_are_restamped_and_usage_is_kept(size: int) -> None:
    decoder = events()
    found = shown(decoder, STREAM, size)
    assert [each["choices"] for each in found] == [HELLO, STOP]
    assert {each["model"] for each in found} == {"small"}
    assert msgspec.json.decode(decoder.usage) == USAGE


def test_usage_is_shown_to_who_asks() -> None:
    decoder = events(asked='{"stream_options": {"include_usage": true}}')
    assert shown(decoder, STREAM, 10_000)[-1]["usage"] == USAGE


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (chunk(choices=HELLO), StreamBroken),
        (b"", StreamBroken),
        (b'data: {"error": {"message": "full"}}\n\n', InternalError),
        (b"data: {nonsense}\n\n", InvalidResponse),
    ],
)
def test_a_stream_that_was_cut_or_failed_is_an_error(data: bytes, kind: type[Exception]) -> None:
    with pytest.raises(kind):
        shown(events(), data, 10_000)


def test_a_finished_stream_may_lack_its_mark() -> None:
    assert len(shown(events(), chunk(choices=HELLO) + chunk(choices=STOP), 10_000)) == 2
