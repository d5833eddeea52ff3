"""A provider of the user's own, called like any other."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import pytest

import litellm
from litellm import CustomLLM, CustomLLMError, EmbeddingResponse, ModelResponse
from litellm.exceptions import ErrorResponse

MESSAGES = [{"role": "user", "content": "hey"}]


def answer(text: str, model: str = "mine") -> ModelResponse:
    return ModelResponse(model=model, choices=[{"message": {"role": "assistant", "content": text}}])


class Shout(CustomLLM):
    """Answers in capitals, and keeps what it was given."""

    def __init__(self) -> None:
        self.given: dict[str, Any] = {}

    def completion(self, *args: Any, **kwargs: Any) -> ModelResponse:
        self.given = kwargs
        return answer(kwargs["messages"][-1]["content"].upper())

    async def acompletion(self, *args: Any, **kwargs: Any) -> ModelResponse:
        return answer("ASYNC")

    def streaming(self, *args: Any, **kwargs: Any) -> Iterator[dict[str, Any]]:
        yield {"text": "HE", "is_finished": False, "finish_reason": None, "index": 0, "tool_use": None, "usage": None}
        usage = {"prompt_tokens": 1, "completion_tokens": 2, "total_tokens": 3}
        yield {"text": "Y", "is_finished": True, "finish_reason": "stop", "index": 0, "tool_use": None, "usage": usage}

    async def astreaming(self, *args: Any, **kwargs: Any) -> AsyncIterator[dict[str, Any]]:
        for text in ("A", "B"):
            yield {"text": text, "is_finished": text == "B", "finish_reason": "stop", "index": 0}

    def embedding(self, *args: Any, **kwargs: Any) -> EmbeddingResponse:
        return EmbeddingResponse(
            model=kwargs["model"],
            data=[
                {"object": "embedding", "index": place, "embedding": [1.0]} for place, _ in enumerate(kwargs["input"])
            ],
        )


class Broken(CustomLLM):
    def completion(self, *args: Any, **kwargs: Any) -> ModelResponse:
        raise CustomLLMError(kwargs["optional_params"].get("status", 500), "out of order")


@pytest.fixture
def shout(monkeypatch: pytest.MonkeyPatch) -> Shout:
    handler = Shout()
    providers = [{"provider": "shout", "custom_handler": handler}, {"provider": "broken", "custom_handler": Broken()}]
    monkeypatch.setattr(litellm, "custom_provider_map", providers)
    return handler


def test_it_answers(shout: Shout) -> None:
    response = litellm.completion("shout/any", MESSAGES, temperature=0.5, api_key="k", api_base="http://x", volume=11)
    assert response.choices[0].message.content == "HEY"
    assert shout.given["model"] == "any"
    assert shout.given["optional_params"] == {"temperature": 0.5, "volume": 11}
    assert (shout.given["api_key"], shout.given["api_base"]) == ("k", "http://x")


async def test_it_answers_in_a_loop(shout: Shout) -> None:
    response = await litellm.acompletion("shout/any", MESSAGES)
    assert response.choices[0].message.content == "ASYNC"


def test_it_streams(shout: Shout) -> None:
    chunks = list(litellm.completion("shout/any", MESSAGES, stream=True, stream_options={"include_usage": True}))
    assert "".join(c.choices[0].delta.content or "" for c in chunks if c.choices) == "HEY"
    assert chunks[0].choices[0].delta.role == "assistant"
    assert [c.usage.total_tokens for c in chunks if c.get("usage")] == [3]
    assert [c.choices[0].finish_reason for c in chunks if c.choices and c.choices[0].finish_reason] == ["stop"]


async def test_it_streams_in_a_loop(shout: Shout) -> None:
    stream = await litellm.acompletion("shout/any", MESSAGES, stream=True)
    assert "".join([c.choices[0].delta.content or "" async for c in stream]) == "AB"


def test_it_embeds(shout: Shout) -> None:
    response = litellm.embedding("shout/any", ["a", "b"])
    assert [item["embedding"] for item in response.data] == [[1.0], [1.0]]


@pytest.mark.parametrize(("status", "kind"), [(400, litellm.BadRequestError), (500, litellm.InternalServerError)])
def test_what_it_raises_has_a_public_name(shout: Shout, status: int, kind: type[Exception]) -> None:
    with pytest.raises(kind, match="out of order"):
        litellm.completion("broken/any", MESSAGES, status=status, num_retries=0)


def test_what_it_does_not_have_is_said(shout: Shout) -> None:
    with pytest.raises(litellm.InternalServerError, match="Broken has no embedding"):
        litellm.embedding("broken/any", ["a"], num_retries=0)


def test_helpers_know_it(shout: Shout) -> None:
    assert litellm.get_llm_provider("shout/any")[:2] == ("any", "shout")


# -- public exceptions take part in retries and fallbacks, and stay what they are -------------------------------------

Complete = Callable[..., Any]


@pytest.fixture(params=["sync", "async"])
def complete(request: pytest.FixtureRequest) -> Complete:
    """`completion`, or `acompletion` run to its end; a stream is read into a list."""

    async def acomplete(**kwargs: Any) -> Any:
        answer = await litellm.acompletion(messages=MESSAGES, **kwargs)
        return [chunk async for chunk in answer] if kwargs.get("stream") else answer

    def call(**kwargs: Any) -> Any:
        if request.param == "async":
            return asyncio.run(acomplete(**kwargs))
        answer = litellm.completion(messages=MESSAGES, **kwargs)
        return list(answer) if kwargs.get("stream") else answer

    return call


class Raises(CustomLLM):
    """Raises what it is told to, again and again, and counts how often."""

    def __init__(self, error: Exception, after: int = 0) -> None:
        self.error = error
        self.after = after
        self.tries = 0

    def completion(self, *args: Any, **kwargs: Any) -> ModelResponse:
        self.tries += 1
        raise self.error

    async def acompletion(self, *args: Any, **kwargs: Any) -> ModelResponse:
        return self.completion()

    def streaming(self, *args: Any, **kwargs: Any) -> Iterator[dict[str, Any]]:
        self.tries += 1
        for _ in range(self.after):
            yield {"text": "a", "is_finished": False}
        raise self.error

    async def astreaming(self, *args: Any, **kwargs: Any) -> AsyncIterator[dict[str, Any]]:
        for chunk in self.streaming():
            yield chunk


def busy() -> litellm.RateLimitError:
    response = ErrorResponse(429, {"Retry-After": "0"})
    return litellm.RateLimitError("later", llm_provider="mine", model="m", response=response)


@pytest.fixture
def raising(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Raises]:
    def install(error: Exception, after: int = 0) -> Raises:
        handler = Raises(error, after)
        monkeypatch.setattr(litellm, "custom_provider_map", [{"provider": "raising", "custom_handler": handler}])
        return handler

    return install


@pytest.mark.parametrize("stream", [False, True])
def test_a_public_exception_is_retried_and_caught_itself(
    complete: Complete, raising: Callable[..., Raises], stream: bool
) -> None:
    reason = KeyError("why")
    error = busy()
    error.__cause__ = reason
    handler = raising(error)
    with pytest.raises(litellm.RateLimitError) as caught:
        complete(model="raising/any", stream=stream, num_retries=2)
    assert caught.value is error
    assert error.__cause__ is reason
    assert handler.tries == 3


@pytest.mark.parametrize("stream", [False, True])
def test_after_a_public_exception_the_fallbacks_come(
    complete: Complete, raising: Callable[..., Raises], stream: bool
) -> None:
    raising(litellm.NotFoundError("gone", "m", "mine"))
    answer = complete(model="raising/any", stream=stream, fallbacks=[{"model": "mock/b", "mock_response": "ok"}])
    assert (answer[0].choices[0].delta if stream else answer.choices[0].message).content == "ok"


def test_a_prompt_too_long_for_a_handler_takes_its_own_fallback(
    complete: Complete, raising: Callable[..., Raises]
) -> None:
    raising(litellm.ContextWindowExceededError("long", "m", "mine"))
    longer = [{"raising/any": [{"model": "mock/b", "mock_response": "ok"}]}]
    answer = complete(model="raising/any", context_window_fallbacks=longer)
    assert answer.choices[0].message.content == "ok"


@pytest.mark.parametrize("error", [busy(), litellm.InternalServerError("x", "p", "m"), litellm.BadRequestError("x")])
def test_an_exception_as_mock_takes_part_and_is_caught_itself(complete: Complete, error: Exception) -> None:
    with pytest.raises(type(error)) as caught:
        complete(model="openai/m", mock_response=error, num_retries=0)
    assert caught.value is error
    other = {"model": "mock/b", "mock_response": "ok"}
    answer = complete(model="openai/m", mock_response=error, num_retries=0, fallbacks=[other])
    assert answer.choices[0].message.content == "ok"


@pytest.mark.parametrize("after", [0, 2])
@pytest.mark.parametrize("kind", [ValueError, litellm.RateLimitError])
def test_what_a_handlers_stream_raises_is_what_is_caught(
    complete: Complete, raising: Callable[..., Raises], kind: type[Exception], after: int
) -> None:
    error = busy() if kind is litellm.RateLimitError else kind("my own")
    handler = raising(error, after)
    with pytest.raises(kind) as caught:
        complete(model="raising/any", stream=True, num_retries=0)
    assert caught.value is error
    assert handler.tries == 1
