"""Finds the provider of a call from its model's name. No I/O but the environment; adapters are not loaded.

The order (first match wins): a call routed to a LiteLLM gateway; a provider given apart from the model; a
`provider/model` prefix; a user's own provider; a known address; a name that the model map knows; the families of
names below.
"""

import re
from collections.abc import Mapping
from typing import Any

from litellm._settings import settings
from litellm.core.errors import UnknownProvider
from litellm.core.model_map import model_cost
from litellm.core.target import env
from litellm.llms.accounts import ACCOUNTS, account
from litellm.llms.openai_like.providers import PROVIDERS
from litellm.types.providers import LlmProvidersSet

Resolved = tuple[str, str, str | None, str | None]

_GATEWAY = "litellm_proxy"
_AZURE = "azure"

# Names that stand before a slash without being members of `LlmProviders`.
_OTHER_NAMES = frozenset(
    {
        "brave",
        "dataforseo",
        "duckduckgo",
        "exa_ai",
        "firecrawl",
        "google_pse",
        "linkup",
        "mock",
        "nanogpt",
        "parallel_ai",
        "pydantic_ai_agents",
        "searxng",
        "serper",
        "tavily",
        "venice",
    }
)
PROVIDER_NAMES: frozenset[str] = LlmProvidersSet | frozenset(PROVIDERS) | frozenset(ACCOUNTS) | _OTHER_NAMES

# The map's labels for the providers whose models are known by their bare names.
_LABELS: Mapping[str, str] = {
    "ai21": "ai21",
    "anthropic": "anthropic",
    "bedrock": "bedrock",
    "bedrock_converse": "bedrock",
    "cohere": "cohere",
    "cohere_chat": "cohere_chat",
    "deepseek": "deepseek",
    "nlp_cloud": "nlp_cloud",
    "openai": "openai",
    "text-completion-openai": "text-completion-openai",
    "replicate": "replicate",
    "watsonx": "watsonx",
}
# A provider whose models are known by the bare name although the map lists them as `provider/model`.
_ALSO_BARE = "cohere/"

# The makers that stand before the dot in a model id of Amazon Bedrock, a geography before them.
# https://docs.aws.amazon.com/bedrock/latest/userguide/models-supported.html
_BEDROCK_ID = (
    r"(?:(?:us|us-gov|eu|apac|jp|au|ca|global)\.)?"
    r"(?:ai21|amazon|anthropic|cohere|deepseek|google|luma|meta|minimax|mistral|moonshot|nvidia|openai|qwen|stability"
    r"|twelvelabs|writer)\.[a-z0-9]"
)

# Names that providers still serve, or served for long, and that the map need not list.
_FAMILIES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"ft:(babbage|davinci)-"), "text-completion-openai"),
    (re.compile(r"ft:|dall-e-\d|gpt-image-|omni-moderation-|text-moderation-|whisper-\d|tts-\d"), "openai"),
    (re.compile(r"claude-2(\.\d+)?$"), "anthropic_text"),
    (re.compile(r"claude-instant-"), "anthropic"),
    (re.compile(r"[^/]+/[^/:]+:[0-9a-f]{64}$"), "replicate"),
    (re.compile(_BEDROCK_ID), "bedrock"),
)


def get_llm_provider(
    model: str,
    custom_llm_provider: str | None = None,
    api_base: str | None = None,
    api_key: str | None = None,
    litellm_params: Any = None,
) -> Resolved:
    """The provider of a model's name: `(model without prefix, provider, key, base)`.

    Key and base are what the caller gave, or what the environment says of providers that are reached by address.

    Arguments:
        custom_llm_provider: the provider, where the name does not say it.
        litellm_params: further parameters of a deployment that stand in for the three arguments before it.

    Raises:
        UnknownProvider: nothing says whose model it is.

    >>> get_llm_provider("groq/llama-3.3-70b-versatile")[:2]
    ('llama-3.3-70b-versatile', 'groq')
    """
    if litellm_params is not None:
        custom_llm_provider = custom_llm_provider or _of(litellm_params, "custom_llm_provider")
        api_base = api_base or _of(litellm_params, "api_base")
        api_key = api_key or _of(litellm_params, "api_key")
    if _of(litellm_params, "use_litellm_proxy"):
        custom_llm_provider = _GATEWAY
    name, provider = find_provider(model, custom_llm_provider, api_base)
    return _announce(name, provider, api_base, api_key)


def directed(model: str, custom_llm_provider: str | None, arguments: Mapping[str, Any]) -> tuple[str, str | None]:
    """Model and provider as further arguments of a call direct them.

    `use_litellm_proxy=True` sends the call to the gateway; `deployment_id` is the model's name at Azure, and
    `azure=True` the old way to name that provider.

    >>> directed("gpt-4o", None, {"deployment_id": "prod"})
    ('prod', 'azure')
    """
    if arguments.get("use_litellm_proxy"):
        return model, _GATEWAY
    if arguments.get("deployment_id"):
        return arguments["deployment_id"], _AZURE
    return model, _AZURE if arguments.get("azure") is True else custom_llm_provider


def find_provider(
    model: str, custom_llm_provider: str | None = None, api_base: str | None = None, *, own_way: bool = False
) -> tuple[str, str]:
    """As `get_llm_provider`, without looking for keys and addresses: `(model without prefix, provider)`.

    `own_way` says that the call does not go through the gateway, whatever `litellm.use_litellm_proxy` says.

    Raises:
        UnknownProvider: nothing says whose model it is.

    >>> find_provider("openrouter/openai/gpt-4o")
    ('openai/gpt-4o', 'openrouter')
    """
    if not own_way and getattr(settings, "use_litellm_proxy", False):
        custom_llm_provider = _GATEWAY
    return _find(model, custom_llm_provider, api_base)


def _of(params: Any, name: str) -> Any:
    return params.get(name) if isinstance(params, Mapping) else getattr(params, name, None)


def _find(model: str, given: str | None, api_base: str | None) -> tuple[str, str]:
    if not isinstance(model, str) or not model:
        raise _unknown(model, api_base)
    if given:
        return _renamed(model.removeprefix(given + "/"), given)
    prefix, slash, rest = model.partition("/")
    if slash and prefix in PROVIDER_NAMES:
        return _renamed(rest, prefix)
    if slash and any(entry.get("provider") == prefix for entry in getattr(settings, "custom_provider_map", None) or ()):
        return rest, prefix
    provider = (api_base and provider_at(api_base)) or _bare_names().get(model) or _of_family(model)
    if provider is None:
        raise _unknown(model, api_base)
    return model, provider


def _renamed(model: str, provider: str) -> tuple[str, str]:
    """Models that one provider's name stands for, and another's API serves."""
    if provider == "azure" and _bare_names().get(model) in ("cohere_chat", "mistral"):
        return model, "openai"
    if provider == "cohere" and _bare_names().get(model) == "cohere_chat":
        return model, "cohere_chat"
    if provider == "anthropic" and re.match(r"claude-2(\.\d+)?$", model):
        return model, "anthropic_text"
    return model, provider


def _of_family(model: str) -> str | None:
    if model == "*":
        return "openai"
    return next((provider for pattern, provider in _FAMILIES if pattern.match(model)), None)


def _announce(model: str, provider: str, api_base: str | None, api_key: str | None) -> Resolved:
    known = account(provider)
    if not known.announced:
        return model, provider, api_key, api_base
    return (
        model,
        provider,
        api_key or env(*known.key_env) or known.key,
        api_base or env(*known.base_env) or known.base,
    )


class _BareNames:
    """Names that the model map lists without a prefix, and whose they are; made again when the map changes."""

    __slots__ = ("names", "state")

    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        self.state: tuple[int, int] = (0, 0)


_bare = _BareNames()


def _bare_names() -> dict[str, str]:
    entries = model_cost()
    state = (id(entries), len(entries))
    if _bare.state != state:
        _bare.names = dict(_pairs(entries))
        _bare.state = state
    return _bare.names


def _pairs(entries: Mapping[str, Mapping[str, Any]]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, entry in entries.items():
        label = entry.get("litellm_provider") or ""
        provider = "vertex_ai" if label.startswith("vertex_ai-") else _LABELS.get(label)
        if provider is None:
            continue
        found.append((key, provider))
        if key.startswith(_ALSO_BARE):
            found.append((key.removeprefix(_ALSO_BARE), provider))
    return found


def _places() -> dict[str, list[tuple[str, str]]]:
    places: dict[str, list[tuple[str, str]]] = {}
    bases = [(base, name) for name, row in PROVIDERS.items() for base in (row.base, *row.addresses) if base]
    bases += [(known.base, name) for name, known in ACCOUNTS.items() if known.base]
    for base, name in bases:
        place = _place(base)
        if place:
            places.setdefault(place[0], []).append((place[1], name))
    for known_paths in places.values():
        known_paths.sort(key=lambda pair: -len(pair[0]))
    return places


def _place(url: str) -> tuple[str, str] | None:
    """Host and path of an https URL; None for any other, and for one that hides its host."""
    scheme, mark, rest = url.partition("://")
    if mark and scheme.lower() != "https":
        return None
    authority, _, path = (rest if mark else url).partition("/")
    if not authority or any(sign in authority for sign in "@\\?#"):
        return None
    return authority.lower().removesuffix(":443"), "/" + path.partition("?")[0].rstrip("/")


_PLACES = _places()


def provider_at(api_base: str) -> str | None:
    """The vendor at this address: the host must be the same, the path must go on at a slash.

    >>> provider_at("https://api.groq.com/openai/v1"), provider_at("https://api.groq.com.example.org/openai/v1")
    ('groq', None)
    """
    place = _place(api_base)
    if place is None:
        return None
    host, path = place
    for known_path, name in _PLACES.get(host, ()):
        if path == known_path or path.startswith(known_path.rstrip("/") + "/"):
            return name
    return None


def _unknown(model: Any, api_base: str | None) -> UnknownProvider:
    at = f" and api_base={api_base!r}" if api_base else ""
    return UnknownProvider(
        f"LLM Provider NOT provided: model={model!r}{at} does not say whose model it is. Write it as 'provider/model' "
        "(for example 'openai/gpt-4o', 'huggingface/starcoder'), or pass custom_llm_provider=…; the names are in "
        "litellm.provider_list",
        model=str(model),
    )
