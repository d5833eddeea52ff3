"""What a model is and can do: its limits, its abilities, the sets of models per provider, and registering new ones.

Answers come from the model map (`litellm.core.model_map`); no network, no provider's name.
"""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Protocol, cast

import msgspec

from litellm.core.model_map import (
    Entry,
    ModelMap,
    family,
    find_key,
    known_providers,
    model_cost,
    provider_of,
    split_provider,
)
from litellm.types.model_info import ModelInfo
from litellm.types.model_info_fields import MODEL_INFO_FIELDS
from litellm.types.model_rules import MODEL_SETS, PROVIDER_ABILITIES

SupportedParams = Callable[[str, str | None], list[str] | None]
Fetch = Callable[[str], bytes]

_BLANK: dict[str, Any] = dict.fromkeys(MODEL_INFO_FIELDS)
_TIERED = "k_tokens"


class ModelNotMappedError(ValueError):
    """The model map has no entry for a model, so that neither its price nor its limits are known."""

    def __init__(self, model: str, provider: str | None = None) -> None:
        self.model = model
        self.provider = provider
        named = f"{model!r} of provider {provider!r}" if provider else repr(model)
        super().__init__(
            f"model {named} isn't mapped yet: its prices and limits are unknown. Register it with "
            f"litellm.register_model({{{model!r}: {{'input_cost_per_token': ..., 'output_cost_per_token': ..., "
            f"'max_tokens': ..., 'litellm_provider': {provider or '...'!r}}}}})"
        )


def find_entry(model: str, provider: str | None = None, *, region: str | None = None) -> tuple[str, Entry]:
    """Find a model's key and its entry in the map as it stands, every price included.

    Raises:
        ModelNotMappedError: the map does not list the model.
    """
    key = find_key(model, provider, region=region)
    if key is None:
        raise ModelNotMappedError(model, provider or split_provider(model)[0])
    return key, model_cost()[key]


def get_model_info(
    model: str,
    custom_llm_provider: str | None = None,
    api_base: str | None = None,
    *,
    supported_params: SupportedParams | None = None,
) -> ModelInfo:
    """Answer a model's limits, prices in dollars and abilities.

    Arguments:
        model: its name, with or without `provider/`.
        custom_llm_provider: the provider, where the name does not say it.
        api_base: accepted as LiteLLM 1.x does; the map does not depend on it.
        supported_params: answers the OpenAI parameters that a model of a provider takes.

    Raises:
        ModelNotMappedError: the map does not list the model.

    >>> get_model_info("gpt-4o")["max_output_tokens"]
    16384
    """
    key, entry = find_entry(model, custom_llm_provider)
    info = _BLANK | {name: value for name, value in entry.items() if name in _BLANK or _TIERED in name}
    info["key"] = key
    info["input_cost_per_token"] = entry.get("input_cost_per_token") or 0
    info["output_cost_per_token"] = entry.get("output_cost_per_token") or 0
    if supported_params is not None:
        provider, bare = split_provider(model)
        info["supported_openai_params"] = supported_params(bare, custom_llm_provider or provider or provider_of(entry))
    return cast(ModelInfo, info)


def get_max_tokens(model: str) -> int | None:
    """Answer how many tokens a model can write, or read where it writes none; `None` when the map does not say.

    Raises:
        ModelNotMappedError: the map does not list the model.

    >>> get_max_tokens("gpt-4o")
    16384
    """
    _, entry = find_entry(model)
    most = entry.get("max_output_tokens")
    return most if most is not None else entry.get("max_tokens")


def supports(model: str, ability: str, custom_llm_provider: str | None = None) -> bool:
    """Tell whether a model has an ability, named as in the map; a model that nobody listed has only its provider's.

    >>> supports("gpt-4o", "supports_vision")
    True
    """
    key = find_key(model, custom_llm_provider)
    entry = model_cost()[key] if key is not None else {}
    stated = entry.get(ability)
    if stated is not None:
        return bool(stated)
    provider = custom_llm_provider or split_provider(model)[0] or provider_of(entry)
    return ability in PROVIDER_ABILITIES.get(provider or "", ())


class Ability(Protocol):
    """Tells whether a model has an ability; `False` when nothing says so."""

    def __call__(self, model: str, custom_llm_provider: str | None = None) -> bool: ...


def _ability(name: str, what: str) -> Ability:
    def ask(model: str, custom_llm_provider: str | None = None) -> bool:
        return supports(model, name, custom_llm_provider)

    ask.__name__ = ask.__qualname__ = name
    ask.__doc__ = f"Tell whether a model {what}; `False` when nothing says so."
    return ask


supports_function_calling: Ability = _ability("supports_function_calling", "can call functions")
supports_parallel_function_calling: Ability = _ability(
    "supports_parallel_function_calling", "calls several functions at once"
)
supports_vision: Ability = _ability("supports_vision", "reads images")
supports_response_schema: Ability = _ability(
    "supports_response_schema", "answers in a JSON schema that the caller gives"
)
supports_system_messages: Ability = _ability("supports_system_messages", "takes system messages")
supports_audio_input: Ability = _ability("supports_audio_input", "hears audio")
supports_audio_output: Ability = _ability("supports_audio_output", "speaks")
supports_reasoning: Ability = _ability("supports_reasoning", "reasons before it answers")
supports_web_search: Ability = _ability("supports_web_search", "can search the web by itself")
supports_url_context: Ability = _ability("supports_url_context", "can read the pages whose addresses it is given")
supports_prompt_caching: Ability = _ability("supports_prompt_caching", "can cache a prompt's beginning")
supports_pdf_input: Ability = _ability("supports_pdf_input", "reads PDF files")
supports_tool_choice: Ability = _ability("supports_tool_choice", "obeys `tool_choice`")
supports_computer_use: Ability = _ability("supports_computer_use", "can operate a computer")
supports_assistant_prefill: Ability = _ability("supports_assistant_prefill", "continues a begun assistant message")
supports_native_structured_output: Ability = _ability(
    "supports_native_structured_output", "enforces a schema without tools"
)
supports_native_streaming: Ability = _ability("supports_native_streaming", "streams its answers")
supports_embedding_image_input: Ability = _ability("supports_embedding_image_input", "embeds images")
supports_video_input: Ability = _ability("supports_video_input", "watches videos")
supports_tool_search: Ability = _ability("supports_tool_search", "can search among deferred tools")
supports_adaptive_thinking: Ability = _ability("supports_adaptive_thinking", "chooses by itself how long to think")


def register_model(model_cost_map: Mapping[str, Any] | str | Path, *, fetch: Fetch | None = None) -> ModelMap:
    """Add models to the map, or change what it says about those it has, and answer the map.

    Arguments:
        model_cost_map: `{model: {"input_cost_per_token": ..., ...}}`, or the path or address of such a JSON file.
        fetch: reads an address; without it, addresses are refused, as nothing here reaches for the network.

    Raises:
        ValueError: an address without `fetch`, or something that is not a map of models.

    >>> _ = register_model({"my-model": {"input_cost_per_token": 1e-6, "litellm_provider": "openai"}})
    """
    entries = model_cost()
    for name, facts in _read_models(model_cost_map, fetch).items():
        key = find_key(name, facts.get("litellm_provider")) if name not in entries else name
        known = entries.get(key, {}) if key is not None and key.lower() == name.lower() else {}
        entries[name] = {**known, **facts}
    return entries


def _read_models(source: Mapping[str, Any] | str | Path, fetch: Fetch | None) -> Mapping[str, Any]:
    if isinstance(source, Mapping):
        return source
    if isinstance(source, str) and source.startswith(("http://", "https://")):
        if fetch is None:
            raise ValueError(f"{source!r} is an address: read it yourself and register the dict, or pass `fetch`")
        text = fetch(source)
    else:
        text = Path(source).read_bytes()
    return msgspec.json.decode(text, type=dict[str, dict[str, Any]])


def models_of(labels: Iterable[str], modes: Iterable[str] = ()) -> set[str]:
    """Answer the models that the map lists under `labels`, of `modes` only; empty means all."""
    wanted_labels, wanted_modes = frozenset(labels), frozenset(modes)
    return {
        key
        for key, entry in model_cost().items()
        if (not wanted_labels or entry.get("litellm_provider") in wanted_labels)
        and (not wanted_modes or entry.get("mode") in wanted_modes)
    }


def get_provider_models(provider: str) -> list[str]:
    """Answer the models of a provider that the map lists, sorted; every label of its family counts."""
    return sorted(models_of(family(provider)))


def models_by_provider() -> dict[str, list[str]]:
    """Answer `{provider: its models, sorted}` for every label of the map."""
    found: dict[str, list[str]] = {}
    for key, entry in model_cost().items():
        found.setdefault(entry.get("litellm_provider", ""), []).append(key)
    for label in tuple(found):
        for member in family(label) - {label}:
            found[label].extend(key for key in found.get(member, ()) if model_cost()[key]["litellm_provider"] == member)
    return {provider: sorted(models) for provider, models in found.items()}


def model_list() -> list[str]:
    """Answer every model that the map lists, sorted."""
    return sorted(model_cost())


def model_set(name: str) -> set[str]:
    """Answer one of the public sets of LiteLLM 1.x (`open_ai_chat_completion_models`, `anthropic_models`, ...).

    Raises:
        KeyError: no such set.
    """
    if name in MODEL_SETS:
        return models_of(*MODEL_SETS[name])
    label = name.removesuffix("_models")
    if label != name and label in known_providers():
        return models_of((label,))
    raise KeyError(name)
