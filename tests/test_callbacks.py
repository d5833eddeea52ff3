"""Callbacks are told of every call: functions and loggers, synchronous and not, streamed and whole, good and bad."""

import asyncio
import logging
from collections.abc import Iterator
from typing import Any

import pytest

import litellm
from litellm.core.recorder import recorder
from litellm.integrations.custom_logger import CustomLogger
from tests.support.stub import provider

MESSAGES = [{"role": "user", "content": "the secret question"}]
MODEL = "openai/gpt-4o-mini"
LISTS = ("callbacks", "input_callback", "success_callback", "failure_callback")


@pytest.fixture(autouse=True)
def empty_lists(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in (*LISTS, "_async_success_callback", "_async_failure_callback", "_async_input_callback"):
        monkeypatch.setattr(litellm, name, [])
    yield
    recorder.flush()


class Told:
    """What callbacks were told, in order."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, Any], Any]] = []

    def function(self, kwargs: dict[str, Any], response: Any, start: Any, end: Any) -> None:
        assert end >= start
        self.calls.append(("function", kwargs, response))

    async def coroutine(self, kwargs: dict[str, Any], response: Any, start: Any, end: Any) -> None:
        await asyncio.sleep(0)
        self.calls.append(("coroutine", kwargs, response))

    @property
    def names(self) -> list[str]:
        recorder.flush()
        return [name for name, _, _ in self.calls]

    @property
    def only(self) -> tuple[dict[str, Any], Any]:
        recorder.flush()
        assert len(self.calls) == 1
        return self.calls[0][1:]


class Logger(CustomLogger):
    """Notes which of its methods were called."""

    def __init__(self, told: Told) -> None:
        super().__init__()
        self.told = told

    def log_pre_api_call(self, model: str, messages: Any, kwargs: dict[str, Any]) -> None:
        self.told.calls.append(("before", kwargs, messages))

    def log_success_event(self, kwargs: Any, response_obj: Any, start_time: Any, end_time: Any) -> None:
        self.told.calls.append(("success", kwargs, response_obj))

    def log_failure_event(self, kwargs: Any, response_obj: Any, start_time: Any, end_time: Any) -> None:
        self.told.calls.append(("failure", kwargs, response_obj))

    async def async_log_success_event(self, kwargs: Any, response_obj: Any, start_time: Any, end_time: Any) -> None:
        self.told.calls.append(("async success", kwargs, response_obj))

    async def async_log_failure_event(self, kwargs: Any, response_obj: Any, start_time: Any, end_time: Any) -> None:
        self.told.calls.append(("async failure", kwargs, response_obj))


def ask(**kwargs: Any) -> Any:
    return litellm.completion(MODEL, MESSAGES, **{"mock_response": "a secret answer", **kwargs})


async def aask(**kwargs: Any) -> Any:
    return await litellm.acompletion(MODEL, MESSAGES, **{"mock_response": "a secret answer", **kwargs})


async def settle() -> None:
    """Let the tasks that callbacks became run to their ends."""
    while others := asyncio.all_tasks() - {asyncio.current_task()}:  # type: ignore[arg-type]
        await asyncio.gather(*others)


def text(response: Any) -> str:
    return str(response.choices[0].message.content)


class TestFunctions:
    def test_are_told_of_a_success(self) -> None:
        told = Told()
        litellm.success_callback = [told.function]
        ask(metadata={"team": "red"}, user="ada", temperature=0.5)
        kwargs, response = told.only
        assert text(response) == "a secret answer"
        assert kwargs["model"] == "gpt-4o-mini"
        assert kwargs["custom_llm_provider"] == "openai"
        assert kwargs["messages"] == MESSAGES
        assert kwargs["optional_params"]["temperature"] == 0.5
        assert kwargs["litellm_params"]["metadata"] == {"team": "red"}
        assert kwargs["response_cost"] > 0
        payload = kwargs["standard_logging_object"]
        assert (payload["status"], payload["total_tokens"], payload["end_user"]) == ("success", 30, "ada")
        assert payload["messages"] == MESSAGES

    def test_are_told_of_a_failure(self) -> None:
        told = Told()
        litellm.failure_callback = [told.function]
        with pytest.raises(litellm.RateLimitError):
            ask(mock_response="litellm.RateLimitError", num_retries=0)
        kwargs, response = told.only
        assert response is None
        assert isinstance(kwargs["exception"], litellm.RateLimitError)
        assert kwargs["standard_logging_object"]["status"] == "failure"
        assert kwargs["standard_logging_object"]["error_information"]["error_code"] == "429"

    def test_are_told_once_of_a_whole_stream(self) -> None:
        told = Told()
        litellm.success_callback = [told.function]
        for _ in ask(stream=True):
            assert told.calls == []
        kwargs, response = told.only
        assert text(response) == "a secret answer"
        assert text(kwargs["complete_streaming_response"]) == "a secret answer"
        assert kwargs["response_cost"] > 0

    def test_are_told_of_a_stream_that_breaks(self) -> None:
        told = Told()
        litellm.failure_callback = [told.function]
        with pytest.raises(litellm.MidStreamFallbackError):
            list(ask(stream=True, mock_response="Exception: mock_streaming_error"))
        assert isinstance(told.only[0]["exception"], litellm.MidStreamFallbackError)

    def test_coroutines_run_after_a_synchronous_call_too(self) -> None:
        told = Told()
        litellm.success_callback = [told.coroutine]
        ask()
        assert told.names == ["coroutine"]

    async def test_both_kinds_run_after_an_asynchronous_call(self) -> None:
        told = Told()
        litellm.success_callback = [told.function, told.coroutine]
        await aask()
        await settle()
        assert sorted(told.names) == ["coroutine", "function"]

    async def test_an_asynchronous_stream(self) -> None:
        told = Told()
        litellm.success_callback = [told.coroutine]
        async for _ in await aask(stream=True):
            pass
        await settle()
        assert text(told.only[1]) == "a secret answer"

    async def test_an_asynchronous_failure(self) -> None:
        told = Told()
        litellm.failure_callback = [told.coroutine]
        with pytest.raises(litellm.RateLimitError):
            await aask(mock_response="litellm.RateLimitError", num_retries=0)
        await settle()
        assert told.names == ["coroutine"]

    def test_one_that_needs_not_wait_runs_before_its_loop_ends(self) -> None:
        seen: list[Any] = []

        async def note(*args: Any) -> None:
            seen.append(args)

        litellm.success_callback = [note]
        asyncio.run(aask())
        assert len(seen) == 1

    def test_one_that_is_cut_off_by_the_end_of_its_loop_is_named_in_the_log(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        told = Told()
        litellm.success_callback = [told.coroutine]
        asyncio.run(aask())
        assert told.names == []
        assert "did not end before its event loop did" in caplog.text

    def test_what_they_raise_is_logged_only(self, caplog: pytest.LogCaptureFixture) -> None:
        def broken(*_: Any) -> None:
            raise RuntimeError("my callback is broken")

        told = Told()
        litellm.success_callback = [broken, told.function]
        assert text(ask()) == "a secret answer"
        assert told.names == ["function"]
        assert "my callback is broken" in caplog.text

    def test_one_that_stands_on_two_lists_is_told_once(self) -> None:
        told = Told()
        litellm.success_callback = [told.function]
        litellm.callbacks = [told.function]
        ask()
        assert told.names == ["function"]

    def test_an_unknown_integration_is_named_in_the_log(self, caplog: pytest.LogCaptureFixture) -> None:
        litellm.success_callback = ["no_such_integration"]
        ask()
        assert "no_such_integration" in caplog.text

    def test_those_of_one_call(self) -> None:
        told = Told()
        ask(success_callback=[told.function])
        ask()
        assert told.names == ["function"]

    def test_a_call_that_is_not_to_be_logged(self) -> None:
        told = Told()
        litellm.success_callback = [told.function]
        ask(**{"no-log": True})
        assert told.names == []

    def test_embeddings(self) -> None:
        told = Told()
        litellm.success_callback = [told.function]
        litellm.embedding("openai/text-embedding-3-small", ["a"], mock_response=[0.5])
        assert told.only[0]["call_type"] == "embedding"


class TestInput:
    def test_functions_are_told_before_the_call(self) -> None:
        seen: list[dict[str, Any]] = []
        litellm.input_callback = [seen.append]
        with provider() as upstream:
            litellm.completion(MODEL, MESSAGES, api_base=upstream.base, api_key="sk-1")
        assert seen[0]["messages"] == MESSAGES
        sent = seen[0]["additional_args"]
        assert sent["api_base"].startswith(upstream.base)
        assert sent["complete_input_dict"] == {"model": "gpt-4o-mini", "messages": MESSAGES}
        assert "sk-1" not in repr(sent["headers"])

    async def test_coroutines_run_beside_the_call(self) -> None:
        seen: list[dict[str, Any]] = []

        async def note(kwargs: dict[str, Any]) -> None:
            seen.append(kwargs)

        litellm.input_callback = [note]
        with provider() as upstream:
            await litellm.acompletion(MODEL, MESSAGES, api_base=upstream.base, api_key="sk-1")
            await settle()
            await asyncio.to_thread(litellm.completion, MODEL, MESSAGES, api_base=upstream.base, api_key="sk-1")
        recorder.flush()
        assert [kwargs["model"] for kwargs in seen] == ["gpt-4o-mini", "gpt-4o-mini"]

    def test_what_they_raise_does_not_stop_the_call(self, caplog: pytest.LogCaptureFixture) -> None:
        def broken(_: Any) -> None:
            raise RuntimeError("my input callback is broken")

        litellm.input_callback = [broken]
        with provider() as upstream:
            litellm.completion(MODEL, MESSAGES, api_base=upstream.base, api_key="sk-1")
        assert "my input callback is broken" in caplog.text

    def test_a_function_for_ends_is_not_told_of_beginnings(self) -> None:
        told = Told()
        litellm.callbacks = [told.function]
        with provider() as upstream:
            litellm.completion(MODEL, MESSAGES, api_base=upstream.base, api_key="sk-1")
        assert told.names == ["function"]


class TestLoggers:
    def test_synchronous(self) -> None:
        told = Told()
        litellm.callbacks = [Logger(told)]
        with provider() as upstream:
            litellm.completion(MODEL, MESSAGES, api_base=upstream.base, api_key="sk-1")
        assert told.names == ["before", "success"]

    async def test_asynchronous(self) -> None:
        told = Told()
        litellm.callbacks = [Logger(told)]
        await aask()
        await settle()
        assert told.names == ["async success"]

    async def test_failures(self) -> None:
        told = Told()
        litellm.callbacks = [Logger(told)]
        for call in (aask, asyncio.to_thread):
            with pytest.raises(litellm.RateLimitError):
                await call(
                    *([ask] if call is asyncio.to_thread else []), mock_response="litellm.RateLimitError", num_retries=0
                )
        await settle()
        assert sorted(told.names) == ["async failure", "failure"]  # told in the loop and in a thread: no common order

    async def test_one_with_synchronous_methods_only(self) -> None:
        seen: list[Any] = []

        class Plain(CustomLogger):
            def log_success_event(self, kwargs: Any, response_obj: Any, start_time: Any, end_time: Any) -> None:
                seen.append(response_obj)

        litellm.callbacks = [Plain()]
        await aask()
        recorder.flush()
        assert text(seen[0]) == "a secret answer"

    def test_a_method_put_on_an_object(self) -> None:
        seen: list[Any] = []
        logger = CustomLogger()
        logger.log_success_event = lambda *args: seen.append(args)  # type: ignore[method-assign]
        litellm.callbacks = [logger]
        ask()
        recorder.flush()
        assert len(seen) == 1


class TestRedaction:
    @pytest.fixture(autouse=True)
    def off(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(litellm, "turn_off_message_logging", True)

    @pytest.mark.parametrize("stream", [False, True])
    def test_nothing_that_was_said_is_told(self, stream: bool) -> None:
        told = Told()
        litellm.success_callback = [told.function]
        answer = ask(stream=stream)
        if stream:
            list(answer)
        else:
            assert text(answer) == "a secret answer"
        kwargs, response = told.only
        assert "secret" not in repr(kwargs) + repr(response)
        assert kwargs["standard_logging_object"]["total_tokens"] > 0
        assert response.usage.total_tokens > 0

    def test_not_even_what_tools_were_called_with(self) -> None:
        told = Told()
        litellm.success_callback = [told.function]
        call = {"id": "1", "type": "function", "function": {"name": "find", "arguments": '{"q": "a secret"}'}}
        ask(mock_response="", mock_tool_calls=[call])
        kwargs, response = told.only
        assert "secret" not in repr(kwargs) + repr(response)
        assert response.choices[0].message.tool_calls[0].function.name == "find"

    def test_nor_vectors(self) -> None:
        told = Told()
        litellm.success_callback = [told.function]
        litellm.embedding("openai/text-embedding-3-small", ["a secret"], mock_response=[0.25])
        kwargs, response = told.only
        assert "secret" not in repr(kwargs) and "0.25" not in repr(response)

    def test_a_call_may_say_otherwise(self) -> None:
        told = Told()
        litellm.success_callback = [told.function]
        ask(turn_off_message_logging=False)
        assert text(told.only[1]) == "a secret answer"


def test_verbose_logs_requests_with_secrets_masked(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(litellm, "set_verbose", True)
    logger = logging.getLogger("LiteLLM")
    before, handlers = logger.level, list(logger.handlers)
    try:
        with provider() as upstream, caplog.at_level(logging.DEBUG, "LiteLLM"):
            litellm.completion(MODEL, MESSAGES, api_base=upstream.base, api_key="sk-123456789012345")
            recorder.flush()
    finally:
        logger.setLevel(before)
        logger.handlers[:] = handlers
    assert "the secret question" in caplog.text
    assert "sk-123456789012345" not in caplog.text
    assert "succeeded in" in caplog.text
