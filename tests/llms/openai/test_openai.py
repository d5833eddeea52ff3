"""OpenAI: what each family takes, what is sent, and what its streams and failures mean."""

from typing import Any

import msgspec
import pytest

from litellm.core import errors
from litellm.core.bridge import drive
from litellm.core.call import Call, Options
from litellm.core.framing import Event
from litellm.core.http import HttpRequest, HttpResponse
from litellm.core.target import Secret, Target
from litellm.llms.base_llm.adapter import error_message
from litellm.llms.openai.chat.streaming import OpenAIStreamDecoder
from litellm.llms.openai.chat.transformation import OpenAIConfig, join
from litellm.llms.openai.completion.transformation import OpenAITextCompletionConfig
from litellm.llms.openai.embedding.transformation import OpenAIEmbeddingConfig
from litellm.llms.openai.moderation.transformation import OpenAIModerationConfig
from tests.core.fakes import FakePorts
from tests.support.faulty import chunk


def target(model: str = "gpt-4o", **more: Any) -> Target:
    return Target(provider="openai", model=model, api_key=Secret("sk-1"), **more)


def sent(model: str, *, drop: bool = False, content: Any = (), options: Any = None, **params: Any) -> dict[str, Any]:
    call = Call(id="1", endpoint="chat", model=model, input=list(content), params=params, options=options or Options())
    return OpenAIConfig().request_body(call.input, call, target(model, drop_params=drop))


# https://platform.openai.com/docs/guides/reasoning
@pytest.mark.parametrize("model", ["o1", "o3-mini", "o4-mini-2025-04-16", "gpt-5", "gpt-5-mini", "gpt-5.1"])
def test_reasoning_models_count_completion_tokens(model: str) -> None:
    assert sent(model, max_tokens=5)["max_completion_tokens"] == 5
    assert "max_tokens" not in sent(model, max_tokens=5)
    assert sent(model, max_tokens=5, max_completion_tokens=7)["max_completion_tokens"] == 7


@pytest.mark.parametrize("model", ["gpt-4o", "gpt-4.1-mini", "gpt-5-chat-latest", "ft:gpt-4o:me::1"])
def test_others_take_what_is_given(model: str) -> None:
    assert sent(model, max_tokens=5, temperature=0, top_p=0.5) == {
        "model": model,
        "messages": [],
        "max_tokens": 5,
        "temperature": 0,
        "top_p": 0.5,
    }


@pytest.mark.parametrize(
    ("model", "params"),
    [
        ("o1", {"temperature": 0.5}),
        ("o3-mini", {"top_p": 0.5}),
        ("o3-mini", {"logprobs": True}),
        ("gpt-5", {"temperature": 0}),
        ("gpt-5", {"top_p": 0.5}),
        ("gpt-5-mini", {"stop": "x"}),
        ("gpt-5.1", {"temperature": 0.5, "reasoning_effort": "high"}),
        ("gpt-4o", {"reasoning_effort": "high"}),
    ],
)
def test_what_a_family_refuses_is_named_or_dropped(model: str, params: dict[str, Any]) -> None:
    with pytest.raises(errors.UnsupportedParams, match=next(iter(params))):
        sent(model, **params)
    kept = sent(model, drop=True, **params)
    assert next(iter(params)) not in kept


def test_what_a_family_takes() -> None:
    assert sent("o3-mini", temperature=1, reasoning_effort="low")["reasoning_effort"] == "low"
    assert sent("gpt-5", verbosity="low", reasoning_effort="minimal")["verbosity"] == "low"
    assert sent("gpt-5.1", temperature=0.5, reasoning_effort="none")["temperature"] == 0.5


def test_a_developers_messages_go_under_the_role_that_the_model_knows() -> None:
    messages = [{"role": "developer", "content": "x"}, {"role": "user", "content": "y"}]
    assert sent("gpt-4o", content=messages)["messages"][0]["role"] == "system"
    assert sent("o3-mini", content=messages)["messages"][0]["role"] == "developer"
    assert messages[0]["role"] == "developer"


def test_extra_bodies_and_dropped_paths() -> None:
    options = Options(extra_body={"seed": 9, "top_k": 1}, additional_drop_params=["tools[*].function.strict", "user"])
    tool = {"type": "function", "function": {"name": "f", "strict": True}}
    body = sent("gpt-4o", options=options, seed=1, user="u", tools=[tool])
    assert (body["seed"], body["top_k"], "user" in body) == (9, 1, False)
    assert body["tools"] == [{"type": "function", "function": {"name": "f"}}]
    assert tool["function"]["strict"] is True  # type: ignore[index]


def prepared(**more: Any) -> HttpRequest:
    call = Call(id="1", endpoint="chat", model="m", input=[])
    return drive(OpenAIConfig().prepare(call, target(**more), FakePorts()))


def test_the_request() -> None:
    request = prepared(organization="org")
    assert (request.method, request.url) == ("POST", "https://api.openai.com/v1/chat/completions")
    assert request.headers == {
        "content-type": "application/json",
        "authorization": "Bearer sk-1",
        "openai-organization": "org",
    }


def test_a_header_of_the_callers_replaces_ours_in_any_case() -> None:
    request = prepared(headers={"Authorization": "Basic x", "X-Mine": "1"})
    assert request.headers == {"content-type": "application/json", "authorization": "Basic x", "x-mine": "1"}


def test_no_key() -> None:
    with pytest.raises(errors.Authentication, match="OPENAI_API_KEY"):
        OpenAIConfig().validate_environment(Target(provider="openai", model="m"))


@pytest.mark.parametrize(
    ("base", "url"),
    [
        ("http://a/v1", "http://a/v1/x"),
        ("http://a/v1/", "http://a/v1/x"),
        ("http://a/v1/x", "http://a/v1/x"),
        ("http://a/v1?k=1", "http://a/v1/x?k=1"),
        ("http://a/v1/x?k=1", "http://a/v1/x?k=1"),
    ],
)
def test_addresses(base: str, url: str) -> None:
    assert join(base, "/x") == url


def test_the_other_endpoints() -> None:
    call = Call(id="1", endpoint="embedding", model="m", input=["a"], params={"dimensions": 2})
    body = OpenAIEmbeddingConfig().request_body(["a"], call, target("text-embedding-3-small"))
    assert body == {"model": "text-embedding-3-small", "input": ["a"], "dimensions": 2}
    with pytest.raises(errors.UnsupportedParams, match="dimensions"):
        OpenAIEmbeddingConfig().request_body(["a"], call, target("text-embedding-ada-002"))
    with pytest.raises(errors.InvalidResponse, match="without any embedding"):
        OpenAIEmbeddingConfig().transform_response(HttpResponse(200, {}, b'{"data": []}'), call, target())

    asked = Call(id="1", endpoint="moderation", model="m", input="a")
    assert OpenAIModerationConfig().request_body("a", asked, target("m")) == {"model": "m", "input": "a"}
    answer = HttpResponse(200, {}, b'{"id": "1", "model": "m", "results": [{"flagged": true}]}')
    assert OpenAIModerationConfig().transform_response(answer, asked, target()).results[0].flagged is True

    text = Call(id="1", endpoint="completion", model="m", input="a", params={"suffix": "z"})
    config = OpenAITextCompletionConfig()
    assert config.request_body("a", text, target("m")) == {"model": "m", "prompt": "a", "suffix": "z"}
    with pytest.raises(errors.InvalidResponse, match="without any choice"):
        config.transform_response(HttpResponse(200, {}, b'{"choices": []}'), text, target())


def test_what_passes_unchanged() -> None:
    class Vendor(OpenAIConfig):
        pass

    assert "temperature" in OpenAIConfig().unchanged_params("gpt-4o")
    assert "temperature" not in OpenAIConfig().unchanged_params("o3-mini")
    assert "tools" in OpenAIConfig().unchanged_params("o3-mini")
    assert Vendor().unchanged_params("gpt-4o") == frozenset()
    assert "suffix" in OpenAITextCompletionConfig().unchanged_params("m")
    assert "dimensions" in OpenAIEmbeddingConfig().unchanged_params("m")


# -- streams -----------------------------------------------------------------------------------------------------------


def event(value: Any) -> bytes:
    return b"data: " + (value if isinstance(value, bytes) else msgspec.json.encode(value)) + b"\n\n"


def test_a_stream_is_whole_at_its_mark_or_when_every_choice_ended() -> None:
    for ending in (event(b"[DONE]"), event(chunk(finish_reason="stop"))):
        decoder = OpenAIStreamDecoder(target())
        decoder.feed(event(chunk("a")) + ending)
        assert decoder.close() == []


def test_what_comes_after_the_end_changes_nothing() -> None:
    decoder = OpenAIStreamDecoder(target())
    decoder.feed(event(chunk("a", "stop")) + event(chunk()))
    assert decoder.close() == []


def test_a_cut_stream_is_quoted() -> None:
    decoder = OpenAIStreamDecoder(target())
    decoder.feed(event(chunk("a")))
    with pytest.raises(errors.StreamBroken, match="it began with 'data:") as caught:
        decoder.close()
    assert (caught.value.provider, caught.value.model) == ("openai", "gpt-4o")


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        ({"code": 503, "message": "x"}, errors.Unavailable),
        ({"status": "429", "message": "x"}, errors.RateLimited),
        ({"type": "server_error", "message": "x"}, errors.InternalError),
        ({"code": "rate_limit_exceeded", "message": "x"}, errors.RateLimited),
        ({"type": "invalid_request_error", "message": "maximum context length is 8"}, errors.ContextWindowExceeded),
        ({"code": 1302, "type": "rate_limit_error", "message": "x"}, errors.RateLimited),
        ({"code": 1302, "message": "x"}, errors.InvalidResponse),
        ({"message": "x"}, errors.InvalidResponse),
        ("x", errors.InvalidResponse),
    ],
)
def test_errors_in_a_stream(error: Any, kind: type[errors.ProviderError]) -> None:
    with pytest.raises(kind, match="x") as caught:
        OpenAIStreamDecoder(target()).feed(event({"error": error}))
    assert type(caught.value) is kind


def test_an_event_named_error() -> None:
    with pytest.raises(errors.InvalidResponse, match="overloaded"):
        OpenAIStreamDecoder(target()).event(Event("error", b'{"message": "overloaded"}'))


def test_an_event_that_is_no_chunk() -> None:
    for decoder in (OpenAIStreamDecoder(target()), OpenAITextCompletionConfig().stream_decoder(None, target())):  # type: ignore[arg-type]
        with pytest.raises(errors.InvalidResponse, match="cannot be read: '<html>'"):
            decoder.feed(event(b"<html>"))


def test_texts_stream_too() -> None:
    decoder = OpenAITextCompletionConfig().stream_decoder(None, target())  # type: ignore[arg-type]
    piece = {"id": "1", "object": "text_completion", "created": 1, "model": "m"}
    choices = [{"index": 0, "text": "a", "finish_reason": "stop", "logprobs": None}]
    (shown,) = decoder.feed(event({**piece, "choices": choices}))
    assert shown.choices[0].text == "a"
    assert decoder.feed(event(b"[DONE]")) == decoder.close() == []
    with pytest.raises(errors.Unavailable):
        decoder.feed(event({"error": {"code": 503, "message": "x"}}))


# -- refusals ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b'{"error": {"message": "no"}}', "no"),
        (b'{"error": "no"}', "no"),
        (b'{"message": "no"}', "no"),
        (b'{"detail": [{"msg": "no"}]}', "no"),
        (b'[{"error": {"message": "no"}}]', "no"),
        (b'{"errors": ["no"]}', "no"),
        (b"[]", None),
        (b'""', None),
        (b"7", None),
        (b"{}", None),
        (b"<html>", None),
    ],
)
def test_the_sentence_in_a_refusal(body: bytes, words: str | None) -> None:
    assert error_message(body) == words


def test_a_refusal_without_words_is_quoted() -> None:
    error = OpenAIConfig().transform_error(HttpResponse(500, {}, b"<html>"), target())
    assert error.message == "upstream answered 500: '<html>'"
    assert isinstance(error, errors.InternalError)
