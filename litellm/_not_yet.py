"""The public names that exist and do not work yet. The list only shrinks; using one says what to use instead."""

from collections.abc import Callable
from typing import Any, NoReturn

# name -> what to use until it is here
NOT_YET: dict[str, str] = {
    "responses": "litellm.completion",
    "aresponses": "litellm.acompletion",
    "Router": "litellm.completion(..., fallbacks=[...])",
    "transcription": "the provider's own client",
    "atranscription": "the provider's own client",
    "speech": "the provider's own client",
    "aspeech": "the provider's own client",
    "image_generation": "the provider's own client",
    "aimage_generation": "the provider's own client",
    "image_edit": "the provider's own client",
    "aimage_edit": "the provider's own client",
    "rerank": "the provider's own client",
    "arerank": "the provider's own client",
    "create_file": "the provider's own client",
    "acreate_file": "the provider's own client",
    "create_batch": "the provider's own client",
    "acreate_batch": "the provider's own client",
    "retrieve_batch": "the provider's own client",
    "aretrieve_batch": "the provider's own client",
    "anthropic.messages.acreate": "litellm.acompletion",
    "anthropic.messages.create": "litellm.completion",
    "anthropic_messages": "litellm.acompletion",
    "google_genai.generate_content": "litellm.completion",
    "google_genai.agenerate_content": "litellm.acompletion",
    "integrations.opik.opik.OpikLogger": "a litellm.integrations.custom_logger.CustomLogger of your own",
    "integrations.mlflow.MlflowLogger": "a litellm.integrations.custom_logger.CustomLogger of your own",
    "utils.ProviderConfigManager.get_provider_responses_api_config": "litellm.completion",
    "Cache": "a cache in front of your own calls",
}


def refuse(name: str) -> NoReturn:
    """Say that a public name does not work yet, and what does."""
    raise NotImplementedError(f"litellm.{name} is not available in this version yet; use {NOT_YET[name]}")


def not_yet(name: str) -> Callable[..., Any]:
    """A function of this name that refuses."""

    def function(*args: Any, **kwargs: Any) -> Any:
        refuse(name)

    return _named(function, name)


def not_yet_async(name: str) -> Callable[..., Any]:
    """A coroutine function of this name that refuses."""

    async def function(*args: Any, **kwargs: Any) -> Any:
        refuse(name)

    return _named(function, name)


def _named(function: Callable[..., Any], name: str) -> Callable[..., Any]:
    function.__name__ = function.__qualname__ = name.rpartition(".")[2]
    function.__doc__ = f"Not available yet; use {NOT_YET[name]}."
    return function


def not_yet_class(name: str, **body: Any) -> type[Any]:
    """A class of this name that refuses to be made."""

    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:
        refuse(name)

    return type(name.rpartition(".")[2], (), {"__init__": __init__, "__doc__": f"Not available yet; use {NOT_YET[name]}.", **body})
