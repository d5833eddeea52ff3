"""The gateway as OpenAI's own client sees it."""

import json
import re
import socket
from typing import Any

import openai
import pytest

from tests.e2e.gateway.conftest import KEY, Gateway
from tests.e2e.stub import USAGE, Stub

ASK: Any = [{"role": "user", "content": "Hi"}]


def line_of(gateway: Gateway, call_id: str) -> str:
    """The line that the gateway logs when a call has ended; it is written after the answer, so it is waited for."""
    with gateway.log.open() as log:
        while True:
            line = log.readline()
            if call_id in line and "prompt_tokens=" in line:
                return line


def test_a_chat(client: openai.OpenAI, stub: Stub) -> None:
    raw = client.chat.completions.with_raw_response.create(
        model="small", messages=ASK, temperature=0.1, user="me", extra_headers={"x-litellm-call-id": "my-call"}
    )
    answer = raw.parse()
    assert answer.choices[0].message.content == "Hello there!"
    assert answer.model == "small"
    assert stub.requests[-1] == {"model": "gpt-4o-mini", "messages": ASK, "temperature": 0.1, "user": "me"}
    assert stub.headers[-1]["authorization"] == "Bearer sk-upstream"
    assert raw.headers["x-litellm-call-id"] == "my-call"
    assert raw.headers["x-litellm-model-id"] == "the-small-one"
    assert raw.headers["x-litellm-model-group"] == "small"
    assert float(raw.headers["x-litellm-response-cost"]) == pytest.approx(5 * 0.15e-6 + 2 * 0.6e-6)
    assert raw.headers["llm_provider-x-request-id"] == "stub-1"


def test_a_deployments_own_parameters_are_defaults(client: openai.OpenAI, stub: Stub) -> None:
    client.chat.completions.create(model="hot", messages=ASK)
    assert stub.requests[-1]["temperature"] == 0.9
    client.chat.completions.create(model="hot", messages=ASK, temperature=0.2)
    assert stub.requests[-1]["temperature"] == 0.2


def test_our_own_arguments_never_reach_the_provider(client: openai.OpenAI, stub: Stub) -> None:
    client.chat.completions.create(
        model="small", messages=ASK, metadata={"team": "a"}, extra_body={"tags": ["x"], "top_k": 3, "num_retries": 1}
    )
    assert stub.requests[-1] == {"model": "gpt-4o-mini", "messages": ASK, "top_k": 3}


def test_a_stream(client: openai.OpenAI, gateway: Gateway) -> None:
    chunks = list(
        client.chat.completions.create(
            model="small",
            messages=ASK,
            stream=True,
            stream_options={"include_usage": True},
            extra_headers={"x-litellm-call-id": "a-stream"},
        )
    )
    assert "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices) == "Hello there!"
    assert {chunk.model for chunk in chunks} == {"small"}
    assert chunks[-1].usage and chunks[-1].usage.to_dict() == USAGE
    assert "prompt_tokens=5 completion_tokens=2 estimated=False" in line_of(gateway, "a-stream")


def test_a_stream_through_an_adapter(client: openai.OpenAI) -> None:
    chunks = list(client.chat.completions.create(model="mock/echo", messages=ASK, stream=True))
    assert "".join(chunk.choices[0].delta.content or "" for chunk in chunks) == "Hi"
    assert {chunk.model for chunk in chunks} == {"mock/echo"}


@pytest.mark.parametrize(("model", "message"), [("stub/cut", "before upstream said"), ("stub/error-event", "is full")])
def test_a_broken_stream_is_an_error(client: openai.OpenAI, model: str, message: str) -> None:
    seen = []
    with pytest.raises(openai.APIError, match=message):
        for chunk in client.chat.completions.create(model=model, messages=ASK, stream=True):
            seen.append(chunk.choices[0].delta.content)
    assert seen == ["Hello", " there", "!"]


def test_a_client_that_leaves_ends_the_stream_upstream(client: openai.OpenAI, gateway: Gateway, stub: Stub) -> None:
    stub.gone.clear()
    stream = client.chat.completions.create(
        model="stub/endless", messages=ASK, stream=True, extra_headers={"x-litellm-call-id": "left-early"}
    )
    next(iter(stream))
    stream.close()
    assert stub.gone.wait(10)
    line = line_of(gateway, "left-early")
    assert "cancelled" in line and "estimated=True" in line
    assert int(re.findall(r"completion_tokens=(\d+)", line)[0]) > 0


def test_embeddings(client: openai.OpenAI, stub: Stub) -> None:
    answer = client.embeddings.create(model="vectors", input=["a", "b"], encoding_format="float")
    assert [each.embedding for each in answer.data] == [[0.5, 0.0], [0.5, 1.0]]
    assert answer.model == "vectors"
    assert stub.requests[-1]["model"] == "text-embedding-3-small"


def test_completions(client: openai.OpenAI) -> None:
    answer = client.completions.create(model="text", prompt="Once", max_tokens=5)
    assert (answer.choices[0].text, answer.model) == ("Hello there!", "text")
    chunks = list(client.completions.create(model="text", prompt="Once", stream=True))
    assert "".join(chunk.choices[0].text for chunk in chunks) == "Hello there!"


def test_completions_of_a_model_that_chats(client: openai.OpenAI, stub: Stub) -> None:
    answer = client.completions.create(model="small", prompt="Once")
    assert (answer.choices[0].text, answer.object) == ("Hello there!", "text_completion")
    assert stub.requests[-1]["messages"] == [{"role": "user", "content": "Once"}]
    chunks = list(client.completions.create(model="small", prompt="Once", stream=True))
    assert "".join(chunk.choices[0].text for chunk in chunks) == "Hello there!"


def test_models(client: openai.OpenAI) -> None:
    assert {"small", "pair", "mock/echo"} <= {each.id for each in client.models.list()}
    assert client.models.retrieve("stub/anything").id == "stub/anything"
    with pytest.raises(openai.NotFoundError):
        client.models.retrieve("nothing")


def test_the_model_in_the_url_wins(gateway: Gateway, stub: Stub) -> None:
    with openai.AzureOpenAI(api_key=KEY, azure_endpoint=gateway.url, api_version="2024-10-21") as azure:
        assert azure.chat.completions.create(model="small", messages=ASK).model == "small"
    with openai.OpenAI(api_key=KEY, base_url=f"{gateway.url}/engines/small") as engines:
        assert engines.chat.completions.create(model="other", messages=ASK).model == "small"
    assert stub.requests[-1]["model"] == "gpt-4o-mini"


def test_another_deployment_takes_over(client: openai.OpenAI, stub: Stub) -> None:
    raw = client.chat.completions.with_raw_response.create(model="pair", messages=ASK)
    assert raw.parse().choices[0].message.content == "Hello there!"
    assert raw.headers["x-litellm-attempted-retries"] == "1"
    assert [each["model"] for each in stub.requests[-2:]] == ["status-500", "gpt-4o-mini"]


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, openai.BadRequestError),
        (401, openai.AuthenticationError),
        (429, openai.RateLimitError),
        (500, openai.InternalServerError),
    ],
)
def test_errors_of_the_provider(client: openai.OpenAI, status: int, kind: type[openai.APIStatusError]) -> None:
    with pytest.raises(kind) as caught:
        client.chat.completions.create(model=f"stub/status-{status}", messages=ASK)
    assert caught.value.status_code == status
    assert f"the stub answers {status}" in caught.value.message
    assert (caught.value.type, caught.value.param, caught.value.code) == ("stub_error", "model", str(status))


def test_a_wrong_key(gateway: Gateway) -> None:
    with openai.OpenAI(api_key="sk-wrong", base_url=f"{gateway.url}/v1", max_retries=0) as stranger:
        with pytest.raises(openai.AuthenticationError, match="not a key of this gateway"):
            stranger.chat.completions.create(model="small", messages=ASK)
        with pytest.raises(openai.AuthenticationError):
            stranger.models.list()


def test_an_unknown_model_lists_the_known(client: openai.OpenAI) -> None:
    with pytest.raises(openai.BadRequestError, match="mock/echo, pair, small"):
        client.chat.completions.create(model="nothing", messages=ASK)


def asked(gateway: Gateway, request: bytes) -> bytes:
    """Everything that the gateway answers to raw bytes, to the end of the connection."""
    host, port = gateway.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=20) as connection:
        connection.sendall(request)
        return b"".join(iter(lambda: connection.recv(65536), b""))


def post(body: bytes, *more: str, path: str = "/v1/chat/completions", method: str = "POST") -> bytes:
    head = [f"{method} {path} HTTP/1.1", "host: x", f"authorization: Bearer {KEY}", "connection: close", *more]
    return "\r\n".join([*head, f"content-length: {len(body)}", "", ""]).encode() + body


@pytest.mark.parametrize(
    ("request_bytes", "status", "message"),
    [
        (post(b'{"model": "small",\n "messages": [}'), 400, "line 2, column 15"),
        (post(b""), 400, "it is empty"),
        (post(b"[1]"), 400, "no JSON object"),
        (post(b'{"messages": []}'), 400, "'model' is missing"),
        (post(b'{"model": "small"}'), 400, "'messages' is missing"),
        (post(b'{"model": 3, "messages": []}'), 400, "'model' must be text"),
        (post(b'{"model": "small", "messages": [], "stream": "yes"}'), 400, "'stream' must be true or false"),
        (post(b'{"model": "small", "messages": [], "api_base": "http://evil"}'), 400, "operator"),
        (post(b" " * 1_100_000), 413, "more than 1 MB"),
        (post(b"", path="/v1/chat/completion"), 404, "did you mean '/v1/chat/completions'"),
        (post(b"", method="DELETE"), 405, "takes POST"),
        (post(b"", f"x-long: {'a' * 70000}"), 431, "64 kB"),
        (b"this is not HTTP\r\n\r\n", 400, "no HTTP/1.1 request"),
    ],
)
def test_what_is_wrong_is_said(gateway: Gateway, request_bytes: bytes, status: int, message: str) -> None:
    answer = asked(gateway, request_bytes)
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 %d " % status)
    assert message in json.loads(body)["error"]["message"]


def test_a_key_given_twice_cannot_hide_a_model(gateway: Gateway, stub: Stub) -> None:
    asked(gateway, post(b'{"model": "nothing", "messages": [], "model": "small"}'))
    assert list(stub.requests[-1]) == ["model", "messages"]
    assert stub.requests[-1]["model"] == "gpt-4o-mini"


@pytest.mark.parametrize("path", ["/health/liveliness", "/health/liveness", "/health/readiness"])
def test_health_needs_no_key(gateway: Gateway, path: str) -> None:
    assert asked(gateway, f"GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n".encode()).startswith(
        b"HTTP/1.1 200 "
    )


def test_health_asks_every_deployment(gateway: Gateway) -> None:
    body = asked(gateway, post(b"", path="/health", method="GET")).partition(b"\r\n\r\n")[2]
    answer = json.loads(body)
    assert answer["unhealthy_count"] == 1
    assert "the stub answers 500" in answer["unhealthy_endpoints"][0]["error"]
