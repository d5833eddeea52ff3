"""The public functions: signature, documentation, one call into the engine."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, overload

from litellm import _compose
from litellm._settings import settings
from litellm.core.public_stream import CustomStreamWrapper
from litellm.core.text_bridge import as_messages, as_text, as_text_chunk
from litellm.types.chat import ModelResponse
from litellm.types.completion import TextCompletionResponse
from litellm.types.embedding import EmbeddingResponse
from litellm.types.moderation import OpenAIModerationResponse

JSON = Mapping[str, Any]


@overload
def completion(
    model: str, messages: Sequence[Any] = ..., *, stream: Literal[True], **kwargs: Any
) -> CustomStreamWrapper: ...
@overload
def completion(
    model: str, messages: Sequence[Any] = ..., *, stream: Literal[False] | None = None, **kwargs: Any
) -> ModelResponse: ...
@overload
def completion(
    model: str, messages: Sequence[Any] = ..., *, stream: bool | None, **kwargs: Any
) -> ModelResponse | CustomStreamWrapper: ...
def completion(
    model: str,
    messages: Sequence[Any] = (),
    *,
    timeout: Any = None,
    temperature: float | None = None,
    top_p: float | None = None,
    n: int | None = None,
    stream: bool | None = None,
    stream_options: JSON | None = None,
    stop: str | Sequence[str] | None = None,
    max_completion_tokens: int | None = None,
    max_tokens: int | None = None,
    modalities: Sequence[str] | None = None,
    prediction: JSON | None = None,
    audio: JSON | None = None,
    presence_penalty: float | None = None,
    frequency_penalty: float | None = None,
    logit_bias: JSON | None = None,
    user: str | None = None,
    reasoning_effort: str | JSON | None = None,
    verbosity: str | None = None,
    response_format: JSON | type[Any] | None = None,
    seed: int | None = None,
    tools: Sequence[Any] | None = None,
    tool_choice: str | JSON | None = None,
    logprobs: bool | None = None,
    top_logprobs: int | None = None,
    parallel_tool_calls: bool | None = None,
    web_search_options: JSON | None = None,
    deployment_id: str | None = None,
    extra_headers: Mapping[str, str] | None = None,
    safety_identifier: str | None = None,
    service_tier: str | None = None,
    functions: Sequence[Any] | None = None,
    function_call: str | JSON | None = None,
    base_url: str | None = None,
    api_version: str | None = None,
    api_key: str | None = None,
    model_list: Sequence[Any] | None = None,
    thinking: JSON | None = None,
    **kwargs: Any,
) -> ModelResponse | CustomStreamWrapper:
    """Complete a chat with any provider, in OpenAI's shape.

    Arguments are OpenAI's (https://platform.openai.com/docs/api-reference/chat/create); None means "not given". What a
    provider takes beyond them is passed by name and reaches it unchanged. LiteLLM's own:

    - `api_key`, `api_base`, `api_version`, `custom_llm_provider`: where the call goes and how it signs in.
    - `timeout`, `stream_timeout`: seconds without a byte (of a stream: without a token); `connect_timeout`,
      `first_byte_timeout`, `stream_idle_timeout`, `total_timeout`: seconds for one part of it.
    - `num_retries`; `fallbacks`: models, or dicts of arguments.
    - `drop_params`, `allowed_openai_params`, `additional_drop_params`, `extra_body`, `extra_headers`.
    - `mock_response`: answer this text, or raise this exception, without calling anybody.
    - `metadata`, `tags`: shown to callbacks, never sent.

    Returns a ModelResponse, or with `stream=True` an iterator of ModelResponseStream.

    Raises what `litellm.exceptions` lists, each also the OpenAI SDK's exception of the same meaning.

    Example:
        response = litellm.completion("anthropic/claude-haiku-4-5", [{"role": "user", "content": "Hello"}])
        print(response.choices[0].message.content)
    """
    given = _given(locals())
    return _compose.blocking("chat", model, messages, given)  # type: ignore[no-any-return]


@overload
async def acompletion(
    model: str, messages: Sequence[Any] = ..., *, stream: Literal[True], **kwargs: Any
) -> CustomStreamWrapper: ...
@overload
async def acompletion(
    model: str, messages: Sequence[Any] = ..., *, stream: Literal[False] | None = None, **kwargs: Any
) -> ModelResponse: ...
@overload
async def acompletion(
    model: str, messages: Sequence[Any] = ..., *, stream: bool | None, **kwargs: Any
) -> ModelResponse | CustomStreamWrapper: ...
async def acompletion(
    model: str,
    messages: Sequence[Any] = (),
    *,
    functions: Sequence[Any] | None = None,
    function_call: str | JSON | None = None,
    timeout: Any = None,
    temperature: float | None = None,
    top_p: float | None = None,
    n: int | None = None,
    stream: bool | None = None,
    stream_options: JSON | None = None,
    stop: str | Sequence[str] | None = None,
    max_tokens: int | None = None,
    max_completion_tokens: int | None = None,
    modalities: Sequence[str] | None = None,
    prediction: JSON | None = None,
    audio: JSON | None = None,
    presence_penalty: float | None = None,
    frequency_penalty: float | None = None,
    logit_bias: JSON | None = None,
    user: str | None = None,
    reasoning_effort: str | JSON | None = None,
    verbosity: str | None = None,
    response_format: JSON | type[Any] | None = None,
    seed: int | None = None,
    tools: Sequence[Any] | None = None,
    tool_choice: str | JSON | None = None,
    parallel_tool_calls: bool | None = None,
    logprobs: bool | None = None,
    top_logprobs: int | None = None,
    deployment_id: str | None = None,
    base_url: str | None = None,
    api_version: str | None = None,
    api_key: str | None = None,
    model_list: Sequence[Any] | None = None,
    extra_headers: Mapping[str, str] | None = None,
    thinking: JSON | None = None,
    web_search_options: JSON | None = None,
    safety_identifier: str | None = None,
    service_tier: str | None = None,
    **kwargs: Any,
) -> ModelResponse | CustomStreamWrapper:
    """As `completion`, in the running event loop; with `stream=True` an asynchronous iterator.

    Example:
        response = await litellm.acompletion("openai/gpt-4o-mini", [{"role": "user", "content": "Hello"}])
    """
    given = _given(locals())
    return await _compose.waiting("chat", model, messages, given)  # type: ignore[no-any-return]


def text_completion(
    prompt: str | Sequence[Any],
    model: str | None = None,
    *,
    best_of: int | None = None,
    echo: bool | None = None,
    frequency_penalty: float | None = None,
    logit_bias: JSON | None = None,
    logprobs: int | None = None,
    max_tokens: int | None = None,
    n: int | None = None,
    presence_penalty: float | None = None,
    stop: str | Sequence[str] | None = None,
    stream: bool | None = None,
    stream_options: JSON | None = None,
    suffix: str | None = None,
    temperature: float | None = None,
    top_p: float | None = None,
    user: str | None = None,
    api_base: str | None = None,
    api_version: str | None = None,
    api_key: str | None = None,
    custom_llm_provider: str | None = None,
    **kwargs: Any,
) -> TextCompletionResponse | CustomStreamWrapper:
    """Continue a text, in the shape of OpenAI's legacy completions; models that only chat are asked in a chat.

    Arguments: `prompt`, a text, a list of texts, or token ids where the model takes them; the others as `completion`.

    Example:
        litellm.text_completion("Once upon a time", "openai/gpt-3.5-turbo-instruct", max_tokens=20)
    """
    given = _given(locals())
    if _compose.takes_prompts(model, given):
        return _compose.blocking("completion", model, prompt, given)  # type: ignore[no-any-return]
    return _texts(_compose.blocking("chat", model, _messages(prompt), given))


async def atext_completion(
    prompt: str | Sequence[Any], model: str | None = None, **kwargs: Any
) -> TextCompletionResponse | CustomStreamWrapper:
    """As `text_completion`, in the running event loop."""
    if _compose.takes_prompts(model, kwargs):
        return await _compose.waiting("completion", model, prompt, kwargs)  # type: ignore[no-any-return]
    return _texts(await _compose.waiting("chat", model, _messages(prompt), kwargs))


def _messages(prompt: Any) -> list[dict[str, str]]:
    return _compose.public(as_messages)(prompt)


def _texts(answer: Any) -> TextCompletionResponse | CustomStreamWrapper:
    return answer.converted(as_text_chunk) if isinstance(answer, CustomStreamWrapper) else as_text(answer)


def embedding(
    model: str,
    input: str | Sequence[Any] = (),
    *,
    dimensions: int | None = None,
    encoding_format: str | None = None,
    timeout: Any = None,
    api_base: str | None = None,
    api_version: str | None = None,
    api_key: str | None = None,
    caching: bool | None = None,
    user: str | None = None,
    custom_llm_provider: str | None = None,
    **kwargs: Any,
) -> EmbeddingResponse:
    """Embed texts with any provider, in OpenAI's shape.

    Arguments: `input`, a text, a list of texts, or lists of token ids; `dimensions`, the length of each vector where
    the model can vary it; `encoding_format`, "float" or "base64". The rest as `completion`.

    Example:
        vectors = [item.embedding for item in litellm.embedding("openai/text-embedding-3-small", ["a", "b"]).data]
    """
    given = _given(locals())
    return _compose.blocking("embedding", model, input, given)  # type: ignore[no-any-return]


async def aembedding(model: str, input: str | Sequence[Any] = (), **kwargs: Any) -> EmbeddingResponse:
    """As `embedding`, in the running event loop."""
    return await _compose.waiting("embedding", model, input, kwargs)  # type: ignore[no-any-return]


def moderation(
    input: str | Sequence[Any], model: str | None = None, api_key: str | None = None, **kwargs: Any
) -> OpenAIModerationResponse:
    """Ask OpenAI's moderation model about a text or a list of texts."""
    return _compose.blocking("moderation", model or MODERATION, input, {"api_key": api_key, **kwargs})  # type: ignore[no-any-return]


async def amoderation(
    input: str | Sequence[Any], model: str | None = None, api_key: str | None = None, **kwargs: Any
) -> OpenAIModerationResponse:
    """As `moderation`, in the running event loop."""
    return await _compose.waiting("moderation", model or MODERATION, input, {"api_key": api_key, **kwargs})  # type: ignore[no-any-return]


MODERATION = "openai/omni-moderation-latest"


def mock_completion(
    model: str, messages: Sequence[Any], mock_response: Any = "This is a mock request", **kwargs: Any
) -> ModelResponse | CustomStreamWrapper:
    """As `completion`, answering `mock_response` without calling anybody."""
    return completion(model, messages, mock_response=mock_response, **kwargs)  # type: ignore[no-any-return]


def completion_with_retries(*args: Any, **kwargs: Any) -> ModelResponse | CustomStreamWrapper:
    """As `completion` with `num_retries` (3 unless given); kept for programs written for LiteLLM 1.x."""
    return completion(*args, **{"num_retries": 3, **kwargs})  # type: ignore[no-any-return]


async def acompletion_with_retries(*args: Any, **kwargs: Any) -> ModelResponse | CustomStreamWrapper:
    """As `completion_with_retries`, in the running event loop."""
    return await acompletion(*args, **{"num_retries": 3, **kwargs})  # type: ignore[no-any-return]


def config_completion(**kwargs: Any) -> ModelResponse | CustomStreamWrapper:
    """As `completion`, with the arguments in the JSON file `litellm.config_path`; those given here win."""
    from msgspec import json

    if not settings.config_path:
        raise ValueError("litellm.config_path is not set: assign the path of a JSON file with completion()'s arguments")
    with open(settings.config_path, "rb") as file:
        arguments = json.decode(file.read(), type=dict[str, Any])
    return completion(**{**arguments, **kwargs})  # type: ignore[no-any-return]


def responses_api_bridge_check(
    model: str, custom_llm_provider: str, *args: Any, **kwargs: Any
) -> tuple[dict[str, Any], str]:
    """What says whether a chat goes to the Responses API (`{"mode": "responses"}`), and the model's name for it."""
    from litellm.core.model_map import find_key, model_cost

    bare = model.removeprefix("responses/")
    if bare != model:
        return {"mode": "responses"}, bare
    key = find_key(model, custom_llm_provider)
    return dict(model_cost()[key]) if key is not None else {}, model


def _given(arguments: dict[str, Any]) -> dict[str, Any]:
    """A function's own arguments, those of `**kwargs` among them, less the two that are passed on by place."""
    rest = arguments.pop("kwargs")
    return {name: value for name, value in {**arguments, **rest}.items() if name not in _PLACED and value is not None}


_PLACED = frozenset({"model", "messages", "prompt", "input"})
