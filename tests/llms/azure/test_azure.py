"""Azure OpenAI: where requests go, how they sign in, and how embeddings come back."""

import asyncio
import base64
import struct
from typing import Any

import msgspec
import pytest

from litellm.core.bridge import drive
from litellm.core.call import Call
from litellm.core.errors import Authentication, BadRequest, InvalidResponse, Unavailable
from litellm.core.http import HttpResponse
from litellm.core.target import Secret, Target
from litellm.llms.azure.address import Identity
from litellm.llms.azure.chat.transformation import AzureOpenAIConfig
from litellm.llms.azure.completion.transformation import AzureOpenAITextCompletionConfig
from litellm.llms.azure.embedding.transformation import AzureOpenAIEmbeddingConfig, floats
from tests.core.fakes import FakePorts

BASE = "https://name.openai.azure.com"
VARIABLES = "API_VERSION AD_TOKEN TENANT_ID CLIENT_ID CLIENT_SECRET SCOPE AUTHORITY_HOST".split()


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(f"AZURE_{name}", raising=False)


def target(base: str | None = BASE, **more: Any) -> Target:
    return Target(provider="azure", model=more.pop("model", "gpt-4o"), api_base=base, **more)


@pytest.mark.parametrize(
    ("base", "version", "url"),
    [
        (BASE, "2024-10-21", f"{BASE}/openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21"),
        (BASE + "/", "2024-10-21", f"{BASE}/openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21"),
        (
            f"{BASE}/openai/deployments/mine",
            "2024-10-21",
            f"{BASE}/openai/deployments/mine/chat/completions?api-version=2024-10-21",
        ),
        (
            f"{BASE}/openai/deployments/mine/chat/completions?api-version=2023-05-15",
            "2024-10-21",
            f"{BASE}/openai/deployments/mine/chat/completions?api-version=2023-05-15",
        ),
        (BASE, "v1", f"{BASE}/openai/v1/chat/completions"),
        (BASE, "latest", f"{BASE}/openai/v1/chat/completions?api-version=latest"),
        (BASE, "preview", f"{BASE}/openai/v1/chat/completions?api-version=preview"),
        (f"{BASE}/openai/v1/", None, f"{BASE}/openai/v1/chat/completions"),
    ],
)
def test_addresses(base: str, version: str | None, url: str) -> None:
    assert AzureOpenAIConfig().get_complete_url(target(base, api_version=version)) == url


def test_the_versions_of_the_environment_and_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    assert AzureOpenAIConfig().get_complete_url(target()).endswith("?api-version=2025-02-01-preview")
    monkeypatch.setenv("AZURE_API_VERSION", "2024-06-01")
    assert AzureOpenAIConfig().get_complete_url(target()).endswith("?api-version=2024-06-01")


def test_other_endpoints_and_odd_names() -> None:
    odd = target(model="my/deployment 1", api_version="v0")
    assert "/deployments/my%2Fdeployment%201/completions?" in AzureOpenAITextCompletionConfig().get_complete_url(odd)
    assert "/embeddings?" in AzureOpenAIEmbeddingConfig().get_complete_url(odd)


def test_no_address() -> None:
    with pytest.raises(BadRequest, match="AZURE_API_BASE"):
        AzureOpenAIConfig().get_complete_url(target(None))


# -- signing in --------------------------------------------------------------------------------------------------------

ACCOUNT = {"tenant_id": "t/1", "client_id": "c", "client_secret": "s&="}
TOKEN = HttpResponse(200, {}, b'{"access_token": "T", "expires_in": 3600}')


def headers(ports: FakePorts | None = None, adapter: AzureOpenAIConfig | None = None, **more: Any) -> dict[str, str]:
    return drive((adapter or AzureOpenAIConfig()).authenticate(target(**more), ports or FakePorts()))


def test_keys_and_tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    assert headers(api_key=Secret("k")) == {"api-key": "k"}
    assert headers(api_key=Secret("k"), credentials={"azure_ad_token": "T"}) == {"authorization": "Bearer T"}
    assert headers(credentials={"azure_ad_token_provider": lambda: "P"}) == {"authorization": "Bearer P"}
    monkeypatch.setenv("AZURE_AD_TOKEN", "E")
    assert headers() == {"authorization": "Bearer E"}


def test_a_provider_of_tokens_may_be_a_coroutine() -> None:
    async def provide() -> str:
        await asyncio.sleep(0)
        return "P"

    signing = AzureOpenAIConfig().authenticate(target(credentials={"azure_ad_token_provider": provide}), FakePorts())
    assert asyncio.run(signing) == {"authorization": "Bearer P"}


def test_nothing_to_sign_in_with() -> None:
    with pytest.raises(Authentication, match="AZURE_API_KEY.*AZURE_CLIENT_SECRET"):
        headers(credentials={"tenant_id": "t", "client_id": "c"})


def test_a_service_principal_asks_for_a_token_and_keeps_it_until_shortly_before_it_expires() -> None:
    ports, adapter = FakePorts(TOKEN, TOKEN), AzureOpenAIConfig()
    for _ in range(2):
        assert headers(ports, adapter, credentials=ACCOUNT) == {"authorization": "Bearer T"}
    (asked,) = ports.requests
    assert asked.url == "https://login.microsoftonline.com/t%2F1/oauth2/v2.0/token"
    assert asked.body == (
        b"grant_type=client_credentials&client_id=c&client_secret=s%26%3D"
        b"&scope=https%3A%2F%2Fcognitiveservices.azure.com%2F.default"
    )
    ports.time += 3600 - 301
    headers(ports, adapter, credentials=ACCOUNT)
    assert len(ports.requests) == 1
    ports.time += 2
    headers(ports, adapter, credentials=ACCOUNT)
    assert len(ports.requests) == 2


def test_each_principal_has_its_own_token(monkeypatch: pytest.MonkeyPatch) -> None:
    other = HttpResponse(200, {}, b'{"access_token": "U", "expires_in": 3600}')
    ports, adapter = FakePorts(TOKEN, other), AzureOpenAIConfig()
    for name in ("TENANT_ID", "CLIENT_ID", "CLIENT_SECRET", "SCOPE"):
        monkeypatch.setenv(f"AZURE_{name}", name)
    monkeypatch.setenv("AZURE_AUTHORITY_HOST", "https://login.microsoftonline.us/")
    assert headers(ports, adapter, credentials=ACCOUNT)["authorization"] == "Bearer T"
    assert headers(ports, adapter)["authorization"] == "Bearer U"
    assert ports.requests[1].url == "https://login.microsoftonline.us/TENANT_ID/oauth2/v2.0/token"
    assert b"scope=SCOPE" in ports.requests[1].body


@pytest.mark.parametrize(
    ("answer", "kind", "words"),
    [
        (
            HttpResponse(401, {}, b'{"error_description": "AADSTS7000215: wrong secret"}'),
            Authentication,
            "AADSTS7000215",
        ),
        (HttpResponse(200, {}, b"{}"), Authentication, "200"),
        (HttpResponse(400, {}, b"[]"), Authentication, "400"),
        (HttpResponse(503, {}, b"<html>"), Unavailable, "503"),
    ],
)
def test_a_directory_that_gives_no_token(answer: HttpResponse, kind: Any, words: str) -> None:
    with pytest.raises(kind, match=words) as caught:
        headers(FakePorts(answer), credentials=ACCOUNT)
    assert "s&=" not in str(caught.value)


def test_an_identity_does_not_print_its_secret() -> None:
    assert "hidden" not in repr(Identity("t", "c", "hidden"))


# -- embeddings --------------------------------------------------------------------------------------------------------

PACKED = base64.b64encode(struct.pack("<2f", 0.5, -2.0)).decode()


def embedded(encoding: str | None = None) -> Any:
    params = {"encoding_format": encoding} if encoding else {}
    call = Call(id="1", endpoint="embedding", model="m", input=["a"], params=params)
    adapter = AzureOpenAIEmbeddingConfig()
    sent = adapter.request_body(call.input, call, target())
    assert sent["encoding_format"] == (encoding or "base64")
    body = {"object": "list", "data": [{"object": "embedding", "index": 0, "embedding": PACKED}], "model": "m"}
    return (
        adapter.transform_response(HttpResponse(200, {}, msgspec.json.encode(body)), call, target()).data[0].embedding
    )


def test_embeddings_travel_as_base64_and_arrive_as_asked() -> None:
    assert embedded() == embedded("float") == [0.5, -2.0]
    assert embedded("base64") == PACKED


def test_numbers() -> None:
    assert floats([1.0]) == [1.0]
    for wrong in ("not base64!", base64.b64encode(b"abc").decode()):
        with pytest.raises(InvalidResponse, match="not base64"):
            floats(wrong)


# -- schemas of older API versions -------------------------------------------------------------------------------------

FORMAT = {"type": "json_schema", "json_schema": {"name": "x", "schema": {"type": "object"}}}
ASKED = Call(id="1", endpoint="chat", model="m", input=[], params={"response_format": FORMAT})


def chat(message: dict[str, Any]) -> HttpResponse:
    choice = {"index": 0, "message": message, "finish_reason": "tool_calls"}
    return HttpResponse(200, {}, msgspec.json.encode({"id": "1", "model": "m", "created": 1, "choices": [choice]}))


def test_a_schema_is_asked_for_as_a_tool_where_the_version_knows_none() -> None:
    adapter, old, new = AzureOpenAIConfig(), target(api_version="2024-06-01"), target(api_version="2024-08-01-preview")
    assert "response_format" not in adapter.request_body([], ASKED, old)
    assert adapter.request_body([], ASKED, old)["tools"][0]["function"]["parameters"] == {"type": "object"}
    assert adapter.request_body([], ASKED, new)["response_format"] == FORMAT

    name = adapter.request_body([], ASKED, old)["tools"][0]["function"]["name"]
    call = {"id": "1", "type": "function", "function": {"name": name, "arguments": '{"a": 1}'}}
    answer = adapter.transform_response(chat({"role": "assistant", "content": None, "tool_calls": [call]}), ASKED, old)
    assert answer.choices[0].message.content == '{"a": 1}'
    assert answer.choices[0].finish_reason == "stop"

    decoder = adapter.stream_decoder(ASKED, old)
    delta = {"tool_calls": [{**call, "index": 0}]}
    piece = {"id": "1", "model": "m", "created": 1, "choices": [{"index": 0, "delta": delta, "finish_reason": None}]}
    (shown,) = decoder.feed(b"data: " + msgspec.json.encode(piece) + b"\n\n")
    assert shown.choices[0].delta.content == '{"a": 1}'
