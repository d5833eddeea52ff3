"""The public helpers: what the engine knows, under the names of LiteLLM 1.x, raising what users catch."""

from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from typing import TYPE_CHECKING, Any, NoReturn, Unpack

from litellm import _compose, cost_calculator, exceptions, model_info
from litellm._logging import _turn_on_debug, print_verbose, verbose_logger
from litellm._settings import settings
from litellm.constants import OPENAI_CHAT_COMPLETION_PARAMS
from litellm.core import assemble, intake
from litellm.core.errors import ProviderError, classify
from litellm.core.function_schema import function_to_dict
from litellm.core.http import HttpResponse
from litellm.core.messages import fixed
from litellm.core.named_credentials import NAME, with_named
from litellm.core.public_stream import CustomStreamWrapper
from litellm.core.tokens import (
    create_pretrained_tokenizer,
    create_tokenizer,
    decode,
    encode,
    token_counter,
    trim_messages,
)
from litellm.cost.question import CostOptions
from litellm.llms import accounts, directory, registry, resolution
from litellm.model_info import (
    get_max_tokens,
    register_model,
    supports_adaptive_thinking,
    supports_assistant_prefill,
    supports_audio_input,
    supports_audio_output,
    supports_computer_use,
    supports_embedding_image_input,
    supports_function_calling,
    supports_native_streaming,
    supports_native_structured_output,
    supports_parallel_function_calling,
    supports_pdf_input,
    supports_prompt_caching,
    supports_reasoning,
    supports_response_schema,
    supports_system_messages,
    supports_tool_choice,
    supports_tool_search,
    supports_url_context,
    supports_video_input,
    supports_vision,
    supports_web_search,
)
from litellm.raw_request import get_optional_params, return_raw_request
from litellm.types.chat import Choices, Function, Message, ModelResponse
from litellm.types.completion import TextChoices, TextCompletionResponse
from litellm.types.embedding import Embedding, EmbeddingResponse
from litellm.types.images import ImageResponse
from litellm.types.model_info import ModelInfo
from litellm.types.providers import CallTypes, LlmProviders
from litellm.types.stream import Delta, ModelResponseStream, StreamingChoices
from litellm.types.usage import Usage

JSON = Mapping[str, Any]


def get_llm_provider(
    model: str,
    custom_llm_provider: str | None = None,
    api_base: str | None = None,
    api_key: str | None = None,
    litellm_params: Any = None,
) -> tuple[str, str, str | None, str | None]:
    """The provider of a model's name: `(model without prefix, provider, key, base)`.

    Key and base are what was given, or what the environment says of providers that are reached by address.

    Raises BadRequestError when nothing says whose model it is.

    >>> get_llm_provider("groq/llama-3.3-70b-versatile")[:2]
    ('llama-3.3-70b-versatile', 'groq')
    """
    resolve = _compose.public(resolution.get_llm_provider)
    return resolve(model, custom_llm_provider, api_base, api_key, litellm_params)


def completion_cost(
    completion_response: Any = None,
    model: str | None = None,
    prompt: str = "",
    messages: Sequence[Any] = (),
    completion: str = "",
    total_time: float | None = 0.0,
    call_type: Any = None,
    **options: Unpack[CostOptions],
) -> float:
    """US dollars that a call cost, from its response or from the texts alone; discounts and margins are the settings'.

    Arguments as `litellm.cost_calculator.cost_breakdown`, which also says what the sum is made of.

    Raises ModelNotMappedError, a ValueError, for a model without a price; BadRequestError for one of no known provider.

    >>> completion_cost({"model": "gpt-4o", "usage": {"prompt_tokens": 1000, "completion_tokens": 0}})
    0.0025
    """
    options.setdefault("cost_discount_config", settings.cost_discount_config)
    options.setdefault("cost_margin_config", settings.cost_margin_config)
    cost = _compose.public(cost_calculator.completion_cost)
    return cost(completion_response, model, prompt, messages, completion, total_time, call_type, **options)


if TYPE_CHECKING:
    from litellm.cost_calculator import cost_per_token
else:
    cost_per_token = _compose.public(cost_calculator.cost_per_token)


def get_supported_openai_params(
    model: str,
    custom_llm_provider: str | None = None,
    request_type: str = "chat_completion",
    base_model: str | None = None,
) -> list[str] | None:
    """The OpenAI parameters that a model takes; None for a provider, or an endpoint of it, that is not known.

    Arguments:
        request_type: "chat_completion", "embeddings", "text_completion" or "transcription".

    >>> "tools" in get_supported_openai_params("groq/llama-3.3-70b-versatile")
    True
    """
    return directory.get_supported_openai_params(base_model or model, custom_llm_provider, request_type)


def validate_environment(
    model: str | None = None, api_key: str | None = None, api_base: str | None = None, api_version: str | None = None
) -> dict[str, Any]:
    """Whether the environment holds what calls to a model need: `{"keys_in_environment": bool, "missing_keys": [...]}`.

    >>> validate_environment("groq/llama-3.3-70b-versatile", api_key="gsk-1")
    {'keys_in_environment': True, 'missing_keys': []}
    """
    found = directory.validate_environment(model, api_key, api_base)
    if not api_version or found["keys_in_environment"]:
        return found
    missing = [name for name in found["missing_keys"] if not name.endswith("_API_VERSION")]
    return {"keys_in_environment": not missing, "missing_keys": missing}


def get_api_base(model: str, optional_params: Any = None) -> str | None:
    """The base URL that a call to a model would use, as far as it is known before the call."""
    return directory.get_api_base(model, optional_params)


def get_model_info(model: str, custom_llm_provider: str | None = None, api_base: str | None = None) -> ModelInfo:
    """A model's limits, prices in dollars, abilities and parameters.

    Raises ModelNotMappedError, a ValueError, when the map does not list the model.

    >>> get_model_info("gpt-4o")["max_output_tokens"]
    16384
    """
    return model_info.get_model_info(model, custom_llm_provider, api_base, supported_params=directory.params_of_model)


def get_valid_models(
    check_provider_endpoint: bool | None = None,
    custom_llm_provider: str | None = None,
    litellm_params: Any = None,
    api_key: str | None = None,
    api_base: str | None = None,
) -> list[str]:
    """The models that the environment's keys reach, from the model map; or as one provider lists them itself.

    Arguments:
        check_provider_endpoint: ask the provider (`custom_llm_provider`, or each with a key); one that does not answer
            counts with the map's models.
    """
    providers = [custom_llm_provider] if custom_llm_provider else directory.providers_with_keys()
    if not check_provider_endpoint:
        return directory.known_models(custom_llm_provider)
    return [model for provider in providers for model in _listed_by(provider, api_key, api_base)]


def _listed_by(provider: str, api_key: str | None, api_base: str | None) -> list[str]:
    key, base = accounts.credentials(provider, api_key, api_base, settings)
    request = directory.models_request(provider, api_key=key, api_base=base)
    if request is None:
        return directory.known_models(provider)
    try:
        return directory.models_of_answer(_compose.send(request), provider)
    except ProviderError as error:
        verbose_logger.warning("provider %r does not list its models: %s", provider, error)
        return directory.known_models(provider)


def check_valid_key(model: str, api_key: str) -> bool:
    """Whether a key is accepted, by a call for ten tokens."""
    greeting = [{"role": "user", "content": "Hey, how's it going?"}]
    try:
        _compose.blocking("chat", model, greeting, {"api_key": api_key, "max_tokens": 10})
    except exceptions.AuthenticationError:
        return False
    except Exception as error:
        verbose_logger.warning("the key could not be checked: %s", error)
        return False
    return True


def exception_type(
    model: str,
    original_exception: BaseException,
    custom_llm_provider: str,
    completion_kwargs: JSON | None = None,
    extra_kwargs: JSON | None = None,
) -> NoReturn:
    """Raise the public exception that an error of a provider's client stands for: by its status, then its words."""
    if hasattr(original_exception, "llm_provider"):
        raise original_exception
    if isinstance(original_exception, ProviderError):
        raise exceptions.public(original_exception) from original_exception
    status = getattr(original_exception, "status_code", None)
    message = str(getattr(original_exception, "message", None) or original_exception)
    if not isinstance(status, int):
        raise exceptions.APIConnectionError(message, custom_llm_provider, model) from original_exception
    response = getattr(original_exception, "response", None)
    headers = dict(getattr(response, "headers", None) or {})
    answer = HttpResponse(status, headers, getattr(response, "content", None) or message.encode())
    found = classify(answer, message, provider=custom_llm_provider, model=model)
    raise exceptions.public(found) from original_exception


def stream_chunk_builder(
    chunks: Sequence[Any],
    messages: Sequence[Any] | None = None,
    start_time: Any = None,
    end_time: Any = None,
    logging_obj: Any = None,
) -> ModelResponse | TextCompletionResponse | None:
    """The whole answer that a stream's chunks add up to; None when there are none.

    Arguments:
        messages: the prompt, counted where no chunk reports usage.
        start_time, end_time, logging_obj: accepted as LiteLLM 1.x does.

    Example:
        chunks = list(litellm.completion("mock/echo", messages, stream=True))
        print(litellm.stream_chunk_builder(chunks, messages=messages).choices[0].message.content)
    """
    return assemble.build(chunks, messages=[intake.plain(message) for message in messages] if messages else None)


def load_credentials_from_list(kwargs: MutableMapping[str, Any]) -> None:
    """Add to a call's arguments, in place, those of the credential they name by `litellm_credential_name`."""
    found = with_named(kwargs, settings.credential_list)
    if kwargs.pop(NAME, None):
        kwargs.update((name, value) for name, value in found.items() if name != NAME)


def validate_and_fix_openai_messages(messages: Iterable[Any]) -> list[dict[str, Any]]:
    """The messages as plain dicts with a role each, fields that are None left out.

    Raises BadRequestError for a user's message of another kind of content than text or parts.
    """
    return _compose.public(fixed)(messages)


def validate_and_fix_openai_tools(tools: Iterable[Any] | None) -> list[dict[str, Any]] | None:
    """The tools as plain dicts."""
    return None if tools is None else [intake.plain(tool) for tool in tools]


def validate_and_fix_thinking_param(thinking: JSON | None) -> dict[str, Any] | None:
    """The `thinking` parameter under the names of the wire: `budgetTokens` becomes `budget_tokens`."""
    if thinking is None:
        return None
    renamed = {"budgetTokens": "budget_tokens"}
    return {renamed.get(name, name): value for name, value in thinking.items()}


def add_dummy_tool(custom_llm_provider: str) -> list[dict[str, Any]]:
    """A tool that does nothing, for providers that want tools declared wherever the history has tool calls."""
    return [
        {
            "type": "function",
            "function": {
                "name": "dummy_tool",
                "description": "This is a dummy tool call",
                "parameters": {"type": "object", "properties": {}},
            },
        }
    ]


def supports_httpx_timeout(custom_llm_provider: str) -> bool:
    """Whether `timeout` may be an httpx.Timeout: it may, whoever the provider is."""
    return True


class ProviderConfigManager:
    """What is known of a provider's endpoints, by the names of LiteLLM 1.x."""

    @staticmethod
    def get_provider_chat_config(model: str, provider: LlmProviders | str) -> Any:
        """The adapter of a provider's chats; None when it has none."""
        return _adapter("chat", provider)

    @staticmethod
    def get_provider_embedding_config(model: str, provider: LlmProviders | str) -> Any:
        """The adapter of a provider's embeddings; None when it has none."""
        return _adapter("embedding", provider)

    @staticmethod
    def get_provider_text_completion_config(model: str, provider: LlmProviders | str) -> Any:
        """The adapter of a provider's plain completions; None when it has none."""
        return _adapter("completion", provider)

    @staticmethod
    def get_provider_responses_api_config(provider: LlmProviders | str, model: str | None = None) -> Any:
        """None: no provider's Responses API is served in this version."""
        return None


def _adapter(endpoint: Any, provider: LlmProviders | str) -> Any:
    try:
        return registry.adapter(endpoint, str(getattr(provider, "value", provider)))
    except ProviderError:
        return None


def convert_to_model_response_object(
    response_object: JSON | None = None, model_response_object: Any = None, **_: Any
) -> Any:
    """A dict in OpenAI's shape as the type of `model_response_object`, a ModelResponse unless one is given."""
    kind = type(model_response_object) if model_response_object is not None else ModelResponse
    return kind.from_dict(dict(response_object or {}))


__all__ = [
    "CallTypes",
    "Choices",
    "CustomStreamWrapper",
    "Delta",
    "Embedding",
    "EmbeddingResponse",
    "Function",
    "ImageResponse",
    "LlmProviders",
    "Message",
    "ModelInfo",
    "ModelResponse",
    "ModelResponseStream",
    "OPENAI_CHAT_COMPLETION_PARAMS",
    "ProviderConfigManager",
    "StreamingChoices",
    "TextChoices",
    "TextCompletionResponse",
    "Usage",
    "_turn_on_debug",
    "add_dummy_tool",
    "check_valid_key",
    "completion_cost",
    "convert_to_model_response_object",
    "cost_per_token",
    "create_pretrained_tokenizer",
    "create_tokenizer",
    "decode",
    "encode",
    "exception_type",
    "function_to_dict",
    "get_api_base",
    "get_llm_provider",
    "get_max_tokens",
    "get_model_info",
    "get_optional_params",
    "get_supported_openai_params",
    "get_valid_models",
    "load_credentials_from_list",
    "print_verbose",
    "register_model",
    "return_raw_request",
    "stream_chunk_builder",
    "supports_adaptive_thinking",
    "supports_assistant_prefill",
    "supports_audio_input",
    "supports_audio_output",
    "supports_computer_use",
    "supports_embedding_image_input",
    "supports_function_calling",
    "supports_httpx_timeout",
    "supports_native_streaming",
    "supports_native_structured_output",
    "supports_parallel_function_calling",
    "supports_pdf_input",
    "supports_prompt_caching",
    "supports_reasoning",
    "supports_response_schema",
    "supports_system_messages",
    "supports_tool_choice",
    "supports_tool_search",
    "supports_url_context",
    "supports_video_input",
    "supports_vision",
    "supports_web_search",
    "token_counter",
    "trim_messages",
    "validate_and_fix_openai_messages",
    "validate_and_fix_openai_tools",
    "validate_and_fix_thinking_param",
    "validate_environment",
    "verbose_logger",
]
