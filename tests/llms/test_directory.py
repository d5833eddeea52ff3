"""What the public helpers ask about providers."""

from types import SimpleNamespace

import pytest

from litellm.core.errors import InvalidResponse
from litellm.core.http import HttpResponse
from litellm.llms import directory
from litellm.llms.accounts import ACCOUNTS
from litellm.llms.openai_like.providers import PROVIDERS


@pytest.fixture(autouse=True)
def _no_accounts(monkeypatch: pytest.MonkeyPatch) -> None:
    for known in (*PROVIDERS.values(), *ACCOUNTS.values()):
        for name in (*known.key_env, *known.base_env):
            monkeypatch.delenv(name, raising=False)


def test_supported_parameters() -> None:
    assert "tools" in (directory.get_supported_openai_params("groq/llama-3.1-8b-instant") or ())
    assert directory.get_supported_openai_params("m", "nvidia_nim", "embeddings") == [
        "dimensions",
        "encoding_format",
        "user",
    ]
    assert directory.get_supported_openai_params("m", "sarvam") is None
    assert directory.get_supported_openai_params("no-such-model") is None
    assert directory.get_supported_openai_params("m", "groq", "rerank") is None


def test_the_environment() -> None:
    missing = {"keys_in_environment": False, "missing_keys": ["GROQ_API_KEY"]}
    assert directory.validate_environment("groq/x") == missing
    assert directory.validate_environment("groq/x", api_key="k")["keys_in_environment"] is True
    assert directory.validate_environment("no-such-model") == {"keys_in_environment": False, "missing_keys": []}
    assert directory.validate_environment() == {"keys_in_environment": False, "missing_keys": []}


def test_the_address_of_a_model(monkeypatch: pytest.MonkeyPatch) -> None:
    assert directory.get_api_base("groq/x") == "https://api.groq.com/openai/v1"
    assert directory.get_api_base("groq/x", {"api_base": "https://g.example.org"}) == "https://g.example.org"
    assert directory.get_api_base("x", SimpleNamespace(custom_llm_provider="xai")) == "https://api.x.ai/v1"
    assert directory.get_api_base("no-such-model") is None
    monkeypatch.setenv("OPENROUTER_API_BASE", "https://o.example.org")
    assert directory.get_api_base("openrouter/x") == "https://o.example.org"


def test_models_that_the_keys_reach(monkeypatch: pytest.MonkeyPatch) -> None:
    assert directory.known_models() == []
    monkeypatch.setenv("ZAI_API_KEY", "k")
    assert directory.providers_with_keys() == ["zai"]
    assert "zai/glm-4.6" in directory.known_models()
    assert directory.known_models("zai") == directory.known_models()


def test_the_vendors_own_list_of_models() -> None:
    request = directory.models_request("groq", api_key="k", api_base=None)
    assert request is not None
    assert request.url == "https://api.groq.com/openai/v1/models"
    assert request.headers == {"authorization": "Bearer k"}
    openai = directory.models_request("openai", api_key=None, api_base=None)
    assert openai is not None and openai.headers == {}
    assert directory.models_request("bedrock", api_key=None, api_base="https://b.example.org") is None
    assert directory.models_request("hosted_vllm", api_key=None, api_base=None) is None
    listed = HttpResponse(200, {}, b'{"data": [{"id": "a"}, {"id": "b/c"}]}')
    assert directory.models_of_answer(listed, "groq") == ["groq/a", "groq/b/c"]
    assert directory.models_of_answer(HttpResponse(200, {}, b'[{"id": "a"}]'), "together_ai") == ["together_ai/a"]
    with pytest.raises(InvalidResponse, match="lists no models"):
        directory.models_of_answer(HttpResponse(200, {}, b"{}"), "groq")


@pytest.mark.parametrize(
    ("provider", "url", "shown"),
    [
        ("cerebras", "https://api.cerebras.ai/v1/chat/completions", "https://api.cerebras.ai/v1/"),
        ("perplexity", "https://api.perplexity.ai/chat/completions", "https://api.perplexity.ai"),
        ("groq", "https://api.groq.com/openai/v1/chat/completions", "https://api.groq.com/openai/v1/chat/completions"),
        ("openai", "https://api.openai.com/v1/chat/completions", "https://api.openai.com/v1/"),
        ("anthropic", "https://api.anthropic.com/v1/messages", "https://api.anthropic.com/v1/messages"),
    ],
)
def test_an_address_as_it_is_shown(provider: str, url: str, shown: str) -> None:
    assert directory.shown_address(provider, "chat", url) == shown
