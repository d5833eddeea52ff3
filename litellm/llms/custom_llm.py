"""Your own provider: subclass `CustomLLM`, register it in `litellm.custom_provider_map`, call it like any other."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

from litellm._settings import settings
from litellm.core.call import Call
from litellm.core.errors import BadRequest, InternalError, ProviderError, standing_for
from litellm.core.ports import Ports
from litellm.core.target import Target
from litellm.llms.base_llm.local import LocalAdapter
from litellm.types.chat import ModelResponse
from litellm.types.embedding import EmbeddingResponse
from litellm.types.stream import ModelResponseStream


class CustomLLMError(Exception):
    """What a custom provider raises to say which HTTP status its failure amounts to."""

    def __init__(self, status_code: int, message: str) -> None:
        self.status_code = status_code
        self.message = message
        super().__init__(message)


class CustomLLM:
    """The base of a provider of your own; write the methods that you use.

    Every method gets keyword arguments: `model, messages, api_base, api_key, model_response, optional_params,
    litellm_params, headers, timeout, logging_obj, print_verbose, encoding, acompletion, client, custom_prompt_dict,
    logger_fn`; accept `**kwargs`. `completion` and `acompletion` return a ModelResponse, `streaming` and `astreaming`
    yield chunks: `{"text", "is_finished", "finish_reason", "index", "tool_use", "usage"}`, or ModelResponseStream.

    Example:
        class Shout(litellm.CustomLLM):
            def completion(self, *args, **kwargs):
                return litellm.completion(model="mock/echo", messages=kwargs["messages"], mock_response="HEY")

        litellm.custom_provider_map = [{"provider": "shout", "custom_handler": Shout()}]
        litellm.completion("shout/any", [{"role": "user", "content": "hey"}])
    """

    def completion(self, *args: Any, **kwargs: Any) -> ModelResponse:
        raise CustomLLMError(500, f"{type(self).__name__} has no completion()")

    def streaming(self, *args: Any, **kwargs: Any) -> Iterator[Any]:
        raise CustomLLMError(500, f"{type(self).__name__} has no streaming()")

    async def acompletion(self, *args: Any, **kwargs: Any) -> ModelResponse:
        raise CustomLLMError(500, f"{type(self).__name__} has no acompletion()")

    def astreaming(self, *args: Any, **kwargs: Any) -> AsyncIterator[Any]:
        raise CustomLLMError(500, f"{type(self).__name__} has no astreaming()")

    def embedding(self, *args: Any, **kwargs: Any) -> EmbeddingResponse:
        raise CustomLLMError(500, f"{type(self).__name__} has no embedding()")

    async def aembedding(self, *args: Any, **kwargs: Any) -> EmbeddingResponse:
        raise CustomLLMError(500, f"{type(self).__name__} has no aembedding()")

    def image_generation(self, *args: Any, **kwargs: Any) -> Any:
        raise CustomLLMError(500, f"{type(self).__name__} has no image_generation()")

    async def aimage_generation(self, *args: Any, **kwargs: Any) -> Any:
        raise CustomLLMError(500, f"{type(self).__name__} has no aimage_generation()")

    def image_edit(self, *args: Any, **kwargs: Any) -> Any:
        raise CustomLLMError(500, f"{type(self).__name__} has no image_edit()")

    async def aimage_edit(self, *args: Any, **kwargs: Any) -> Any:
        raise CustomLLMError(500, f"{type(self).__name__} has no aimage_edit()")


def handler_of(provider: str) -> CustomLLM | None:
    """The user's own handler for a provider of this name."""
    for entry in settings.custom_provider_map:
        if entry.get("provider") == provider:
            return entry.get("custom_handler")
    return None


class CustomLLMConfig(LocalAdapter):
    """Calls a user's handler in the way its call was made: a coroutine from an asynchronous one."""

    def __init__(self, handler: CustomLLM) -> None:
        self._handler = handler

    def get_supported_openai_params(self, model: str) -> list[str]:
        from litellm.constants import OPENAI_CHAT_COMPLETION_PARAMS

        return list(OPENAI_CHAT_COMPLETION_PARAMS)

    async def answer(self, call: Call, target: Target, ports: Ports) -> Any:
        arguments = self._arguments(call, target)
        try:
            if call.endpoint == "embedding":
                return await self._embedding(call, arguments)
            if call.stream:
                return self._stream(call, target, arguments)
            if call.asynchronous:
                return await self._handler.acompletion(**arguments)
            return self._handler.completion(**arguments)
        except Exception as error:
            shown = as_provider_error(error, target)
            raise shown from (error if shown.original is None else None)

    async def _embedding(self, call: Call, arguments: dict[str, Any]) -> Any:
        arguments["input"] = arguments.pop("messages")
        if call.asynchronous:
            return await self._handler.aembedding(**arguments)
        return self._handler.embedding(**arguments)

    def _stream(self, call: Call, target: Target, arguments: dict[str, Any]) -> "HandlerChunks":
        if call.asynchronous:
            return HandlerChunks(self._handler.astreaming(**arguments), target)
        return HandlerChunks(self._handler.streaming(**arguments), target)

    def _arguments(self, call: Call, target: Target) -> dict[str, Any]:
        return {
            "model": target.model,
            "messages": call.input,
            "api_base": target.api_base,
            "api_key": target.key(),
            "model_response": ModelResponse(model=target.model) if call.endpoint == "chat" else EmbeddingResponse(),
            "optional_params": {**call.params, **call.extra},
            "litellm_params": {"metadata": call.options.metadata, "custom_llm_provider": target.provider},
            "headers": dict(target.headers),
            "timeout": call.options.timeout,
            "logging_obj": None,
            "print_verbose": _say_nothing,
            "encoding": None,
            "logger_fn": None,
            "custom_prompt_dict": {},
            "acompletion": call.asynchronous,
            "client": target.client,
        }


def _say_nothing(*_: Any) -> None: ...


def as_provider_error(error: Exception, target: Target) -> ProviderError:
    """What a handler raised, with a status where it named one; a public exception stays what callers catch."""
    if isinstance(error, ProviderError):
        return error
    if hasattr(error, "llm_provider"):
        return standing_for(error, provider=target.provider, model=target.model)
    status = getattr(error, "status_code", 500)
    kind = BadRequest if 400 <= status < 500 else InternalError
    shown = kind(f"{type(error).__name__}: {error}", provider=target.provider, model=target.model, status=status)
    shown.retryable = status in (408, 429) or status > 500
    return shown


class HandlerChunks:
    """The chunks that a handler's iterator yields, asynchronous or not."""

    def __init__(self, iterator: Any, target: Target) -> None:
        self._iterator = iterator
        self._target = target
        self._model = target.model

    async def next(self) -> list[Any] | None:
        try:
            chunk = await anext(self._iterator) if hasattr(self._iterator, "__anext__") else next(self._iterator)
        except (StopIteration, StopAsyncIteration):
            return None
        except ProviderError:
            raise
        except Exception as error:
            raise self._failure(error) from None
        return [chunk if isinstance(chunk, ModelResponseStream) else self._chunk(chunk)]

    def _failure(self, error: Exception) -> ProviderError:
        """What callers of a stream catch is always what the handler raised; a retry helps as it does without one."""
        failure = standing_for(error, provider=self._target.provider, model=self._model)
        failure.retryable = as_provider_error(error, self._target).retryable
        return failure

    def _chunk(self, chunk: Any) -> ModelResponseStream:
        delta: dict[str, Any] = {"content": chunk.get("text") or None}
        if chunk.get("tool_use"):
            delta["tool_calls"] = [chunk["tool_use"]]
        finish_reason = (chunk.get("finish_reason") or "stop") if chunk.get("is_finished") else None
        made: dict[str, Any] = {
            "model": self._model,
            "choices": [{"index": chunk.get("index") or 0, "delta": delta, "finish_reason": finish_reason}],
        }
        if chunk.get("usage"):
            made["usage"] = dict(chunk["usage"])
        return ModelResponseStream.from_dict(made)

    async def aclose(self) -> None:
        if hasattr(self._iterator, "aclose"):
            await self._iterator.aclose()
        elif hasattr(self._iterator, "close"):
            self._iterator.close()
