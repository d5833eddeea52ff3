"""What the public helpers ask about providers: parameters, keys, addresses, models. Pure but for the environment."""

from collections.abc import Mapping
from typing import Any

import msgspec

from litellm.core.call import Endpoint
from litellm.core.errors import InvalidResponse, UnknownProvider, quote
from litellm.core.http import HttpRequest, HttpResponse
from litellm.core.target import env
from litellm.llms import registry
from litellm.llms.accounts import ACCOUNTS, account, missing_keys
from litellm.llms.openai_like.providers import PROVIDERS
from litellm.llms.resolution import find_provider, get_llm_provider
from litellm.model_info import get_provider_models
from litellm.types.providers import LlmProvidersSet

_PATHS: Mapping[str, str] = {
    "chat": "/chat/completions",
    "completion": "/completions",
    "embedding": "/embeddings",
    "moderation": "/moderations",
}
_ENDPOINTS: Mapping[str, str] = {
    "chat_completion": "chat",
    "completion": "chat",
    "embeddings": "embedding",
    "embedding": "embedding",
    "text_completion": "completion",
    "transcription": "transcription",
    "moderation": "moderation",
}


def get_supported_openai_params(
    model: str, custom_llm_provider: str | None = None, request_type: str = "chat_completion"
) -> list[str] | None:
    """The OpenAI parameters that a model takes; None for a provider, or an endpoint of it, that we do not know.

    Arguments:
        request_type: "chat_completion", "embeddings", "text_completion" or "transcription".

    >>> "tools" in get_supported_openai_params("groq/llama-3.3-70b-versatile")
    True
    """
    try:
        name, provider = find_provider(model, custom_llm_provider)
        if provider not in LlmProvidersSet:
            return None
        endpoint: Any = _ENDPOINTS.get(request_type, request_type)
        return list(registry.adapter(endpoint, provider).get_supported_openai_params(name))
    except (UnknownProvider, NotImplementedError, ModuleNotFoundError):
        return None


def params_of_model(model: str, custom_llm_provider: str | None = None) -> list[str] | None:
    """The OpenAI parameters that a model takes at the first endpoint it has: chat, embeddings, text completion."""
    for request_type in _ENDPOINTS:
        found = get_supported_openai_params(model, custom_llm_provider, request_type)
        if found is not None:
            return found
    return None


def validate_environment(
    model: str | None = None, api_key: str | None = None, api_base: str | None = None
) -> dict[str, Any]:
    """Whether the environment holds what calls to a model need: `{"keys_in_environment": bool, "missing_keys": [...]}`.

    >>> validate_environment("groq/llama-3.3-70b-versatile", api_key="gsk-1")
    {'keys_in_environment': True, 'missing_keys': []}
    """
    if not model:
        return {"keys_in_environment": False, "missing_keys": []}
    try:
        _, provider = find_provider(model, None, api_base)
    except UnknownProvider:
        return {"keys_in_environment": False, "missing_keys": []}
    missing = missing_keys(provider, api_key=api_key, api_base=api_base)
    return {"keys_in_environment": not missing, "missing_keys": missing}


def get_api_base(model: str, optional_params: Any = None) -> str | None:
    """The base URL that a call to a model would use, as far as it is known before the call; None where it is not.

    Arguments:
        optional_params: the call's further parameters, a mapping or an object; its `api_base` wins.
    """
    given = optional_params if isinstance(optional_params, Mapping) else getattr(optional_params, "__dict__", {})
    if given.get("api_base"):
        return str(given["api_base"])
    try:
        _, provider, _, base = get_llm_provider(model, given.get("custom_llm_provider"))
    except UnknownProvider:
        return None
    known = account(provider)
    return base or env(*known.base_env) or known.base


def providers_with_keys() -> list[str]:
    """The providers whose keys are in the environment, in the order of their names."""
    names = sorted({*PROVIDERS, *ACCOUNTS})
    return [name for name in names if account(name).key_env and env(*account(name).key_env)]


def known_models(custom_llm_provider: str | None = None) -> list[str]:
    """The models of the map that the environment's keys reach, or those of one provider."""
    providers = [custom_llm_provider] if custom_llm_provider else providers_with_keys()
    return [model for provider in providers for model in get_provider_models(provider)]


def models_request(provider: str, *, api_key: str | None, api_base: str | None) -> HttpRequest | None:
    """The request that lists a vendor's own models; None for a provider that has no such list in OpenAI's format."""
    vendor = PROVIDERS.get(provider)
    base = api_base or (vendor.base if vendor else None)
    if provider == "openai":
        base = base or "https://api.openai.com/v1"
    if not base or (vendor is None and provider != "openai"):
        return None
    headers = {"authorization": f"Bearer {api_key}"} if api_key else {}
    return HttpRequest("GET", f"{base.rstrip('/')}/models", headers)


def models_of_answer(response: HttpResponse, provider: str) -> list[str]:
    """The models that a vendor lists, as `provider/model`; raises `InvalidResponse` for an answer that lists none."""
    try:
        listed = msgspec.json.decode(response.body)
        names = [entry["id"] for entry in (listed["data"] if isinstance(listed, dict) else listed)]
    except (ValueError, KeyError, TypeError) as error:
        raise InvalidResponse(f"upstream lists no models: {quote(response.body)}", provider=provider) from error
    return [f"{provider}/{name}" for name in names]


def shown_address(provider: str, endpoint: Endpoint, url: str) -> str:
    """A request's address as LiteLLM 1.x shows it: the base for vendors that it reaches through OpenAI's client.

    >>> shown_address("cerebras", "chat", "https://api.cerebras.ai/v1/chat/completions")
    'https://api.cerebras.ai/v1/'
    """
    vendor = PROVIDERS.get(provider)
    if vendor.direct if vendor else provider not in ("openai", "text-completion-openai"):
        return url
    base = url.removesuffix(_PATHS.get(endpoint, ""))
    return base + "/" if "/" in base.partition("://")[2] and not base.endswith("/") else base
