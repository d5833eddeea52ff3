"""Answers made up here: what `mock_response` asks for, and the built-in model `mock/echo`, which needs no key."""

from collections.abc import Mapping
from typing import Any

from litellm.core import errors
from litellm.core.call import Call
from litellm.core.ports import Ports
from litellm.core.target import Target
from litellm.llms.base_llm.local import GivenChunks, LocalAdapter
from litellm.types.chat import Choices, Message, ModelResponse
from litellm.types.completion import TextCompletionResponse
from litellm.types.embedding import EmbeddingResponse
from litellm.types.stream import ModelResponseStream
from litellm.types.usage import Usage

PIECE = 3

_ERRORS: dict[str, type[errors.ProviderError]] = {
    "litellm.RateLimitError": errors.RateLimited,
    "litellm.ContextWindowExceededError": errors.ContextWindowExceeded,
    "litellm.InternalServerError": errors.InternalError,
    "Exception: content_filter_policy": errors.ContentPolicyViolation,
}
_BROKEN_STREAM = "Exception: mock_streaming_error"


class MockConfig(LocalAdapter):
    """Chat, completion and embedding without anybody at the other end."""

    provider = "mock"

    def get_supported_openai_params(self, model: str) -> list[str]:
        return ["stream", "stream_options", "n", "max_tokens", "temperature", "tools", "tool_choice", "user"]

    async def answer(self, call: Call, target: Target, ports: Ports) -> Any:
        if call.options.mock_delay:
            await ports.sleep(call.options.mock_delay)
        if call.options.mock_timeout:
            await self._time_out(call, target, ports)
        mock = call.options.mock_response
        if mock is None:
            mock = [0.0] * 1536 if call.endpoint == "embedding" else "" if call.options.mock_tool_calls else echo(call)
        refuse(mock, target)
        if call.endpoint == "embedding":
            return _embedding(mock, call, target)
        response = mock_response(mock, call, target)
        if call.endpoint == "completion":
            return _text(response, target)
        return GivenChunks(pieces(response)) if call.stream else response

    async def _time_out(self, call: Call, target: Target, ports: Ports) -> None:
        seconds = float(call.options.timeout or 1.0)
        await ports.sleep(seconds)
        raise errors.TimedOut(f"timed out after {seconds:g} s (mock)", provider=target.provider, model=target.model)


def refuse(mock: Any, target: Target) -> None:
    """Raise the error that a mock stands for: an exception, or one of the magic texts."""
    if isinstance(mock, Exception):
        raise _as_provider_error(mock, target) from None
    if mock == _BROKEN_STREAM:
        raise errors.StreamBroken("the stream broke (mock)", provider=target.provider, model=target.model)
    kind = _ERRORS.get(mock) if isinstance(mock, str) else None
    if kind:
        raise kind(f"this is a mock {kind.__name__}", provider=target.provider, model=target.model)


def _as_provider_error(error: Exception, target: Target) -> errors.ProviderError:
    if isinstance(error, errors.ProviderError):
        return error
    if isinstance(getattr(error, "status_code", None), int):
        return errors.standing_for(error, provider=target.provider, model=target.model)
    return errors.InternalError(str(error), provider=target.provider, model=target.model)


def echo(call: Call) -> str:
    """The last user message's text, said back."""
    if isinstance(call.input, str):
        return call.input
    for message in reversed(call.input):
        content = message.get("content") if isinstance(message, Mapping) else message
        if isinstance(content, list):
            content = " ".join(part.get("text", "") for part in content if isinstance(part, Mapping))
        if content:
            return str(content)
    return ""


def mock_response(mock: Any, call: Call, target: Target) -> ModelResponse:
    """The answer that a mock stands for: a whole response, a dict of one, or the text of every choice."""
    if isinstance(mock, ModelResponse):
        return mock
    if isinstance(mock, Mapping) and "choices" in mock:
        return ModelResponse.model_validate(mock)
    texts = [str(text) for text in mock] if isinstance(mock, list) else [str(mock)] * int(call.params.get("n") or 1)
    choices = [
        Choices(
            index=place,
            finish_reason="stop",
            message=Message(content=text, tool_calls=call.options.mock_tool_calls),
        )
        for place, text in enumerate(texts)
    ]
    return ModelResponse(
        model=target.model, choices=choices, usage=Usage(prompt_tokens=10, completion_tokens=20, total_tokens=30)
    )


def pieces(response: ModelResponse) -> list[ModelResponseStream]:
    """A whole answer cut into chunks of three characters a choice."""
    chunks = [
        _chunk(response, choice.index, {"content": text[start : start + PIECE]})
        for choice in response.choices
        for text in [choice.message.content or ""]
        for start in range(0, len(text), PIECE)
    ]
    for choice in response.choices:
        calls = [{**call.to_dict(), "index": place} for place, call in enumerate(choice.message.tool_calls or ())]
        if calls:
            chunks.append(_chunk(response, choice.index, {"tool_calls": calls}))
        chunks.append(_chunk(response, choice.index, {}, finish_reason=choice.finish_reason))
    chunks.append(
        ModelResponseStream.from_dict(
            {"id": response.id, "model": response.model, "choices": [], "usage": response.usage.to_dict()}
        )
    )
    return chunks


def _chunk(response: ModelResponse, index: int, delta: dict[str, Any], *, finish_reason: Any = None) -> Any:
    return ModelResponseStream.from_dict(
        {
            "id": response.id,
            "created": response.created,
            "model": response.model,
            "choices": [{"index": index, "delta": delta, "finish_reason": finish_reason}],
        }
    )


def _text(response: ModelResponse, target: Target) -> TextCompletionResponse:
    choices = [
        {"index": choice.index, "text": choice.message.content or "", "finish_reason": choice.finish_reason}
        for choice in response.choices
    ]
    return TextCompletionResponse(model=target.model, choices=choices, usage=response.usage.to_dict())


def _embedding(mock: Any, call: Call, target: Target) -> EmbeddingResponse:
    if isinstance(mock, EmbeddingResponse):
        return mock
    texts = [call.input] if isinstance(call.input, str) else call.input
    data = [{"object": "embedding", "index": place, "embedding": mock} for place, _ in enumerate(texts)]
    return EmbeddingResponse(
        model=target.model, data=data, usage={"prompt_tokens": 10, "completion_tokens": 0, "total_tokens": 10}
    )
