"""Finding a provider from a model's name, and its key and address."""

from types import SimpleNamespace
from typing import Any

import pytest

import litellm
from litellm.core.errors import UnknownProvider
from litellm.core.model_map import model_cost
from litellm.llms.accounts import ACCOUNTS, account, credentials, missing_keys
from litellm.llms.openai_like.providers import PROVIDERS
from litellm.llms.registry import adapter
from litellm.llms.resolution import PROVIDER_NAMES, find_provider, get_llm_provider, provider_at


@pytest.fixture(autouse=True)
def _no_accounts(monkeypatch: pytest.MonkeyPatch) -> None:
    for known in (*PROVIDERS.values(), *ACCOUNTS.values()):
        for name in (*known.key_env, *known.base_env):
            monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("model", "found"),
    [
        ("openai/gpt-4o", ("gpt-4o", "openai")),
        ("gpt-4o", ("gpt-4o", "openai")),
        ("ft:gpt-4o-2024-08-06:acme:tag:1", ("ft:gpt-4o-2024-08-06:acme:tag:1", "openai")),
        ("dall-e-3", ("dall-e-3", "openai")),
        ("claude-sonnet-4-5-20250929", ("claude-sonnet-4-5-20250929", "anthropic")),
        ("claude-2.1", ("claude-2.1", "anthropic_text")),
        ("anthropic/claude-2", ("claude-2", "anthropic_text")),
        ("gemini-2.5-flash", ("gemini-2.5-flash", "vertex_ai")),
        ("embed-v4.0", ("embed-v4.0", "cohere")),
        ("cohere/command-a-03-2025", ("command-a-03-2025", "cohere_chat")),
        ("azure/command-a-03-2025", ("command-a-03-2025", "openai")),
        ("us.anthropic.claude-opus-9-20990101-v1:0", ("us.anthropic.claude-opus-9-20990101-v1:0", "bedrock")),
        ("stability-ai/sdxl:" + "0f" * 32, ("stability-ai/sdxl:" + "0f" * 32, "replicate")),
        ("openrouter/openai/gpt-4o", ("openai/gpt-4o", "openrouter")),
        ("nano-gpt/x", ("x", "nano-gpt")),
        ("ollama/llama3.1:70b", ("llama3.1:70b", "ollama")),
        ("*", ("*", "openai")),
        ("azure/responses/d", ("responses/d", "azure")),
    ],
)
def test_names(model: str, found: tuple[str, str]) -> None:
    assert find_provider(model) == found


@pytest.mark.parametrize("model", ["no-such-model", "unknownprov/gpt-4o", "gpt-99-turbo", "claude-9-future", "", None])
def test_a_name_of_nobody_is_refused_with_the_fix(model: Any) -> None:
    with pytest.raises(UnknownProvider, match="LLM Provider NOT provided.*provider/model") as raised:
        get_llm_provider(model)
    assert repr(model) in raised.value.message
    assert raised.value.status == 400


def test_every_known_name_is_a_prefix() -> None:
    assert len(PROVIDER_NAMES) >= 180
    assert {find_provider(f"{name}/x")[1] for name in PROVIDER_NAMES} == PROVIDER_NAMES


def test_a_given_provider_wins_over_the_name() -> None:
    assert find_provider("org/my-model", "hosted_vllm") == ("org/my-model", "hosted_vllm")
    assert find_provider("groq/llama3", "groq") == ("llama3", "groq")
    assert find_provider("gpt-4o", "my_own") == ("gpt-4o", "my_own")


def test_parameters_of_a_deployment_stand_in() -> None:
    given = {"custom_llm_provider": "groq", "api_key": "k", "api_base": "https://g.example.org"}
    assert get_llm_provider("m", litellm_params=given) == ("m", "groq", "k", "https://g.example.org")
    assert get_llm_provider("m", litellm_params=SimpleNamespace(**given))[1] == "groq"
    assert get_llm_provider("groq/m", litellm_params={"use_litellm_proxy": True})[1] == "litellm_proxy"


def test_a_gateway_takes_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(litellm, "use_litellm_proxy", True, raising=False)
    assert find_provider("litellm_proxy/groq/m") == ("groq/m", "litellm_proxy")


def test_a_users_own_provider(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        litellm, "custom_provider_map", [{"provider": "mine", "custom_handler": object()}], raising=False
    )
    assert find_provider("mine/some/model") == ("some/model", "mine")


def test_the_map_may_change(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(model_cost(), "brand-new-model", {"litellm_provider": "anthropic", "mode": "chat"})
    assert find_provider("brand-new-model") == ("brand-new-model", "anthropic")


@pytest.mark.parametrize(
    ("url", "provider"),
    [
        ("https://api.groq.com/openai/v1", "groq"),
        ("https://API.groq.com:443/openai/v1/", "groq"),
        ("https://api.groq.com/openai/v1/chat/completions?x=1", "groq"),
        ("api.together.xyz/v1", "together_ai"),
        ("https://api.perplexity.ai", "perplexity"),
        ("https://api.deepseek.com/v1", "deepseek"),
        ("https://api.groq.com.example.org/openai/v1", None),
        ("https://example.org/api.groq.com/openai/v1", None),
        ("https://api.groq.com@example.org/openai/v1", None),
        ("https://example.org\\@api.groq.com/openai/v1", None),
        ("https://example.org#api.groq.com/openai/v1", None),
        ("https://api.groq.com/openai/v10", None),
        ("https://api.groq.com/", None),
        ("https://api.groq.com:8443/openai/v1", None),
        ("http://api.groq.com/openai/v1", None),
        ("https:///openai/v1", None),
    ],
)
def test_an_address_is_a_host_and_whole_steps_of_a_path(url: str, provider: str | None) -> None:
    assert provider_at(url) == provider


def test_an_address_brings_the_vendors_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PERPLEXITYAI_API_KEY", "pk")
    base = "https://api.perplexity.ai"
    assert get_llm_provider("foo", api_base=base) == ("foo", "perplexity", "pk", base)


def test_keys_and_addresses_are_told_where_the_vendor_is_reached_by_address(monkeypatch: pytest.MonkeyPatch) -> None:
    assert get_llm_provider("groq/m") == ("m", "groq", None, "https://api.groq.com/openai/v1")
    assert get_llm_provider("openrouter/m") == ("m", "openrouter", None, None)
    assert get_llm_provider("hosted_vllm/m") == ("m", "hosted_vllm", "fake-api-key", None)
    monkeypatch.setenv("GROQ_API_KEY", "env")
    monkeypatch.setenv("GROQ_API_BASE", "https://g.example.org")
    assert get_llm_provider("groq/m") == ("m", "groq", "env", "https://g.example.org")
    assert get_llm_provider("groq/m", None, "https://h.example.org", "mine")[2:] == ("mine", "https://h.example.org")


def test_the_order_of_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GROQ_API_KEY", "env")
    monkeypatch.setenv("GROQ_API_BASE", "https://env.example.org")
    settings = SimpleNamespace(api_key="any", groq_key="own", api_base="https://set.example.org")
    assert credentials("groq", "call", "https://call.example.org", settings) == ("call", "https://call.example.org")
    assert credentials("groq", None, None, settings) == ("own", "https://env.example.org")
    assert credentials("groq", None, None, SimpleNamespace(api_key="any", groq_key=None))[0] == "any"
    assert credentials("groq") == ("env", "https://env.example.org")
    monkeypatch.delenv("GROQ_API_BASE")
    assert credentials("groq", None, None, settings)[1] == "https://set.example.org"
    assert credentials("groq")[1] is None
    assert credentials("nobody") == (None, None)


@pytest.mark.parametrize(
    ("provider", "setting"),
    [("together_ai", "togetherai_api_key"), ("ai21_chat", "ai21_key"), ("qwencloud", "dashscope_key")],
)
def test_settings_with_names_of_their_own(provider: str, setting: str) -> None:
    assert credentials(provider, settings=SimpleNamespace(**{setting: "k"}))[0] == "k"


def test_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AZURE_API_VERSION"):
        monkeypatch.delenv(name, raising=False)
    assert missing_keys("bedrock") == ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]
    assert missing_keys("together_ai") == ["TOGETHERAI_API_KEY"]
    assert missing_keys("gemini") == ["GOOGLE_API_KEY", "GEMINI_API_KEY"]
    assert missing_keys("azure", api_key="k", api_base="https://a.example.org") == ["AZURE_API_VERSION"]
    monkeypatch.setenv("GEMINI_API_KEY", "k")
    monkeypatch.setenv("TOGETHER_API_KEY", "k")
    assert missing_keys("gemini") == missing_keys("together_ai") == missing_keys("hosted_vllm") == []
    assert account("nobody").key_env == ()


@pytest.mark.parametrize(
    ("endpoint", "provider", "words"),
    [
        ("chat", "sap", "known by name and not delivered yet"),
        ("chat", "voyage", "has no chat endpoint"),
        ("chat", "nobody", "unknown provider 'nobody'"),
    ],
)
def test_what_is_not_served_says_why(endpoint: Any, provider: str, words: str) -> None:
    with pytest.raises(UnknownProvider, match=words):
        adapter(endpoint, provider)
