"""Which adapter serves which endpoint of which provider. Adapters load on first use; one instance of each is kept."""

from functools import lru_cache
from importlib import import_module
from typing import Any

from litellm.core.call import Endpoint
from litellm.core.errors import UnknownProvider
from litellm.llms.base_llm.adapter import BaseAdapter
from litellm.llms.openai_like.provider import Provider
from litellm.types.providers import LlmProvidersSet

# Providers whose behaviour needs code: endpoint -> module:class, below litellm.llms.
PACKAGES: dict[str, dict[Endpoint, str]] = {
    "openai": {
        "chat": "openai.chat.transformation:OpenAIConfig",
        "embedding": "openai.embedding.transformation:OpenAIEmbeddingConfig",
        "completion": "openai.completion.transformation:OpenAITextCompletionConfig",
        "moderation": "openai.moderation.transformation:OpenAIModerationConfig",
    },
    "text-completion-openai": {
        "completion": "openai.completion.transformation:OpenAITextCompletionConfig",
    },
    "azure": {
        "chat": "azure.chat.transformation:AzureOpenAIConfig",
        "embedding": "azure.embedding.transformation:AzureOpenAIEmbeddingConfig",
        "completion": "azure.completion.transformation:AzureOpenAITextCompletionConfig",
    },
    "mock": {
        "chat": "mock.transformation:MockConfig",
        "completion": "mock.transformation:MockConfig",
        "embedding": "mock.transformation:MockConfig",
    },
    "anthropic": {"chat": "anthropic.chat.transformation:AnthropicConfig"},
    "gemini": {
        "chat": "gemini.chat.transformation:GeminiConfig",
        "embedding": "gemini.embedding.transformation:GeminiEmbeddingConfig",
    },
    "azure_ai": {
        "chat": "azure_ai.chat.transformation:AzureAIConfig",
        "embedding": "azure_ai.embedding.transformation:AzureAIEmbeddingConfig",
    },
    "bedrock_mantle": {"chat": "bedrock_mantle.chat.transformation:BedrockMantleChatConfig"},
    "cloudflare": {
        "chat": "cloudflare.chat.transformation:CloudflareChatConfig",
        "embedding": "cloudflare.embedding.transformation:CloudflareEmbeddingConfig",
    },
    "databricks": {"chat": "databricks.chat.transformation:DatabricksConfig"},
    "datarobot": {"chat": "datarobot.chat.transformation:DataRobotConfig"},
    "fireworks_ai": {"chat": "fireworks_ai.chat.transformation:FireworksAIConfig"},
    "groq": {"chat": "groq.chat.transformation:GroqChatConfig"},
    "huggingface": {"chat": "huggingface.chat.transformation:HuggingFaceChatConfig"},
    "mistral": {"chat": "mistral.chat.transformation:MistralConfig"},
    "openrouter": {
        "chat": "openrouter.chat.transformation:OpenrouterConfig",
        "embedding": "openrouter.embedding.transformation:OpenrouterEmbeddingConfig",
    },
    "snowflake": {
        "chat": "snowflake.chat.transformation:SnowflakeConfig",
        "embedding": "snowflake.embedding.transformation:SnowflakeEmbeddingConfig",
    },
    "text-completion-inception": {"completion": "inception.completion.transformation:InceptionTextCompletionConfig"},
    "text-completion-codestral": {"completion": "codestral.completion.transformation:CodestralTextCompletionConfig"},
    "xai": {"chat": "xai.chat.transformation:XAIChatConfig"},
}

# What an OpenAI-compatible vendor gets when it has only a row.
_OPENAI_LIKE: dict[Endpoint, str] = {
    "chat": "openai_like.chat.transformation:OpenAILikeConfig",
    "embedding": "openai_like.embedding.transformation:OpenAILikeEmbeddingConfig",
    "completion": "openai_like.completion.transformation:OpenAILikeTextCompletionConfig",
}


def row(provider: str) -> Provider | None:
    """The vendor's row, when it is OpenAI-compatible."""
    from litellm.llms.openai_like.providers import PROVIDERS

    return PROVIDERS.get(provider)


@lru_cache(maxsize=512)
def adapter(endpoint: Endpoint, provider: str) -> BaseAdapter[Any]:
    """The adapter of one endpoint of one provider.

    Raises `UnknownProvider` when we have no such provider, or it has no such endpoint.
    """
    vendor = row(provider)
    path = PACKAGES.get(provider, {}).get(endpoint)
    if path is None and vendor and _serves(vendor, endpoint):
        path = _OPENAI_LIKE[endpoint]
    if path is None:
        raise UnknownProvider(_not_served(endpoint, provider), provider=provider)
    # A vendor's own package derives from the table's adapter, and is made from the same row.
    made: BaseAdapter[Any] = _load(path)(vendor) if vendor else _load(path)()
    return made


def _serves(vendor: Provider, endpoint: Endpoint) -> bool:
    return endpoint in _OPENAI_LIKE and bool(getattr(vendor, endpoint))


def _load(path: str) -> Any:
    module, _, name = path.partition(":")
    return getattr(import_module(f"litellm.llms.{module}"), name)


def _not_served(endpoint: Endpoint, provider: str) -> str:
    if provider in PACKAGES or row(provider):
        return f"provider {provider!r} has no {endpoint} endpoint here"
    if provider in LlmProvidersSet:
        return (
            f"provider {provider!r} is known by name and not delivered yet: a server of OpenAI's format is reached as "
            "'custom_openai/model' with api_base=…, any other by a provider of your own in litellm.custom_provider_map"
        )
    return (
        f"unknown provider {provider!r}: write the model as 'provider/model' with a provider of litellm.provider_list, "
        "or register your own with litellm.custom_provider_map"
    )
