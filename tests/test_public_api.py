"""What programs written for LiteLLM 1.x lean on, beyond the names themselves."""

import asyncio
import importlib
import inspect
import pickle
from importlib.metadata import version
from typing import Any

import openai
import pydantic
import pytest

import litellm
from litellm.types.utils import LlmProviders, ModelResponse
from tests.support.stub import HELLO, provider

MESSAGES = [{"role": "user", "content": "Hello?"}]


def ask(**kwargs: Any) -> Any:
    return litellm.completion("openai/gpt-4o-mini", MESSAGES, mock_response="Hello.", **kwargs)


class TestNames:
    def test_responses_is_a_function_and_a_package(self) -> None:
        assert callable(litellm.responses)
        main = importlib.import_module("litellm.responses.main")
        assert callable(litellm.responses)
        assert litellm.responses.main is main  # type: ignore[attr-defined]
        with pytest.raises(NotImplementedError, match="litellm.responses is not available"):
            litellm.responses(model="openai/gpt-4o", input="Hello?")

    def test_completion_is_a_function_and_acompletion_a_coroutine_function(self) -> None:
        assert inspect.isfunction(litellm.completion)
        assert not inspect.iscoroutinefunction(litellm.completion)
        assert inspect.iscoroutinefunction(litellm.acompletion)

    def test_functions_are_replaced_by_assignment(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def mine(*args: Any, **kwargs: Any) -> str:
            return "mine"

        monkeypatch.setattr(litellm, "completion", mine)
        from litellm import completion

        assert completion is litellm.completion is mine
        assert litellm.completion("any") == "mine"

    def test_one_object_under_all_its_names(self) -> None:
        handler = importlib.import_module("litellm.litellm_core_utils.streaming_handler")
        utils, main = importlib.import_module("litellm.utils"), importlib.import_module("litellm.main")
        stream = litellm.CustomStreamWrapper
        assert stream is utils.CustomStreamWrapper is main.CustomStreamWrapper is handler.CustomStreamWrapper
        assert litellm.RateLimitError is importlib.import_module("litellm.exceptions").RateLimitError
        assert litellm.ModelResponse is utils.ModelResponse is main.ModelResponse

    def test_the_distribution_is_named_litellm(self) -> None:
        assert version("litellm") == litellm.__version__
        assert importlib.util.find_spec("litellm") is not None

    def test_names_of_dir_resolve_and_are_sorted(self) -> None:
        names = dir(litellm)
        assert names == sorted(set(names))
        assert {"completion", "drop_params", "model_cost", "Router"} <= set(names)


class TestExceptions:
    @pytest.mark.parametrize(
        ("status", "name"),
        [(400, "BadRequestError"), (401, "AuthenticationError"), (404, "NotFoundError"), (429, "RateLimitError")],
    )
    def test_they_are_the_openai_sdks(self, status: int, name: str) -> None:
        with provider({"status": status, "body": {"error": {"message": "not today"}}}) as upstream:
            with pytest.raises(getattr(openai, name)) as caught:
                litellm.completion(
                    "openai/gpt-4o-mini", MESSAGES, api_base=upstream.base, api_key="sk-1", num_retries=0
                )
        assert isinstance(caught.value, getattr(litellm, name))
        assert caught.value.status_code == status
        assert "not today" in caught.value.message

    def test_a_changed_message_shows(self) -> None:
        error = litellm.RateLimitError("slow down", "openai", "gpt-4o")
        error.message += " (tried twice)"
        assert str(error).endswith("slow down (tried twice)")

    def test_a_long_prompt_is_told_from_a_bad_one(self) -> None:
        body = {
            "error": {"message": "This model's maximum context length is 8192 tokens", "type": "invalid_request_error"}
        }
        with provider({"status": 400, "body": body}) as upstream:
            with pytest.raises(litellm.ContextWindowExceededError):
                litellm.completion("openai/gpt-4o-mini", MESSAGES, api_base=upstream.base, api_key="sk-1")
        assert issubclass(litellm.ContextWindowExceededError, litellm.BadRequestError)

    def test_a_wrong_key_is_known_by_its_status(self) -> None:
        body = {"error": {"message": "Incorrect API key provided: sk-1.", "type": "invalid_request_error"}}
        with provider({"status": 401, "body": body}) as upstream:
            with pytest.raises(litellm.AuthenticationError):
                litellm.completion("openai/gpt-4o-mini", MESSAGES, api_base=upstream.base, api_key="sk-1")


class TestStreams:
    def test_the_class_iterates_both_ways_and_can_be_patched(self, monkeypatch: pytest.MonkeyPatch) -> None:
        seen: list[Any] = []
        original = litellm.CustomStreamWrapper.__next__

        def counted(self: Any) -> Any:
            seen.append(1)
            return original(self)

        monkeypatch.setattr(litellm.CustomStreamWrapper, "__next__", counted)
        stream = ask(stream=True)
        text = "".join(chunk.choices[0].delta.content or "" for chunk in stream)
        assert text == "Hello."
        assert len(seen) > 1
        for name in ("__iter__", "__next__", "__aiter__", "__anext__", "aclose"):
            assert hasattr(litellm.CustomStreamWrapper, name)

    async def test_an_asynchronous_stream(self) -> None:
        stream = await litellm.acompletion("openai/gpt-4o-mini", MESSAGES, mock_response="Hello.", stream=True)
        assert "".join([chunk.choices[0].delta.content or "" async for chunk in stream]) == "Hello."


class TestResponses:
    def test_they_are_read_as_attributes_and_as_mappings(self) -> None:
        response = ask()
        assert response.choices[0].message.content == response["choices"][0]["message"]["content"] == "Hello."
        assert response.get("usage").total_tokens == response.usage["total_tokens"]
        assert response.model_dump()["object"] == "chat.completion"
        assert '"Hello."' in response.model_dump_json()

    def test_the_cost_is_in_the_hidden_params(self) -> None:
        assert ask()._hidden_params["response_cost"] > 0

    def test_usage_details(self) -> None:
        usage = {
            **HELLO["usage"],
            "prompt_tokens_details": {"cached_tokens": 1},
            "completion_tokens_details": {"reasoning_tokens": 1},
        }
        with provider({"status": 200, "body": {**HELLO, "usage": usage}}) as upstream:
            response = litellm.completion("openai/gpt-4o-mini", MESSAGES, api_base=upstream.base, api_key="sk-1")
        assert response.usage.prompt_tokens_details.cached_tokens == 1
        assert response.usage.completion_tokens_details.reasoning_tokens == 1

    def test_they_are_fields_of_pydantic_models(self) -> None:
        class Event(pydantic.BaseModel):
            model_config = pydantic.ConfigDict(arbitrary_types_allowed=True)
            response: ModelResponse | litellm.ResponsesAPIResponse

        event = Event(response=ask())
        assert event.response.choices[0].message.content == "Hello."

    def test_they_are_made_from_dicts(self) -> None:
        response = litellm.ModelResponse(**HELLO)
        assert response.choices[0].message.content == "Hello."
        message = litellm.Message(content="Hi", role="user", name="ada", tool_call_id="1")
        assert message.model_dump(exclude_none=True)["name"] == "ada"
        assert litellm.Message.model_validate({"role": "user", "content": "Hi"}).content == "Hi"

    def test_their_module_is_trusted_by_disk_caches(self) -> None:
        response = ask()
        assert type(response).__module__.startswith("litellm.types.")
        assert pickle.loads(pickle.dumps(response)) == response


class TestSettings:
    @pytest.mark.parametrize(
        "name", ["telemetry", "add_function_to_prompt", "use_client", "service_callback", "anthropic_key"]
    )
    def test_they_are_assigned(self, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
        monkeypatch.setattr(litellm, name, "x")
        assert getattr(litellm, name) == "x"

    def test_callback_lists_are_copied_removed_from_and_replaced(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def told(*args: Any) -> None: ...

        for name in ("success_callback", "failure_callback", "callbacks", "_async_success_callback"):
            monkeypatch.setattr(litellm, name, [*getattr(litellm, name), told])
            getattr(litellm, name).remove(told)
            assert told not in getattr(litellm, name)

    def test_a_key_of_the_settings_signs_in(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(litellm, "openai_key", "sk-setting")
        with provider() as upstream:
            litellm.completion("openai/gpt-4o-mini", MESSAGES, api_base=upstream.base)
            request = upstream.take()[0]
        assert request["headers"]["authorization"] == "Bearer sk-setting"


class TestArguments:
    def test_what_litellm_owns_never_leaves(self) -> None:
        owned = {
            "_skip_mcp_handler": True,
            "retry_strategy": "exponential_backoff_retry",
            "cache": {"no-cache": True},
            "caching": False,
            "base_model": "gpt-4o-mini",
            "drop_params": True,
            "num_retries": 1,
            "max_retries": 1,
            "api_version": "2024-10-21",
            "custom_llm_provider": "openai",
            "metadata": {"a": 1},
        }
        with provider() as upstream:
            litellm.completion("gpt-4o-mini", MESSAGES, api_base=upstream.base, api_key="sk-1", **owned)
            body = upstream.take()[0]["body"]
        assert body == {"model": "gpt-4o-mini", "messages": MESSAGES}

    def test_headers_become_http_headers(self) -> None:
        with provider() as upstream:
            litellm.completion(
                "openai/gpt-4o-mini", MESSAGES, api_base=upstream.base, api_key="sk-1", headers={"x-team": "red"}
            )
            assert upstream.take()[0]["headers"]["x-team"] == "red"

    def test_a_providers_own_argument_passes(self) -> None:
        with provider() as upstream:
            litellm.completion("openai/gpt-4o-mini", MESSAGES, api_base=upstream.base, api_key="sk-1", num_ctx=4096)
            assert upstream.take()[0]["body"]["num_ctx"] == 4096

    def test_none_means_not_given(self) -> None:
        names = "temperature top_p frequency_penalty presence_penalty tool_choice response_format stream n seed".split()
        with provider() as upstream:
            litellm.completion(
                "openai/gpt-4o-mini", MESSAGES, api_base=upstream.base, api_key="sk-1", **dict.fromkeys(names)
            )
            assert set(upstream.take()[0]["body"]) == {"model", "messages"}


class TestModelMap:
    def test_it_is_data(self) -> None:
        assert litellm.model_cost["gpt-4o"]["litellm_provider"] == "openai"
        assert "gpt-4o" in litellm.model_list
        assert "gpt-4o" in litellm.models_by_provider["openai"]
        assert "gpt-4o" in litellm.open_ai_chat_completion_models
        assert litellm.provider_list == list(LlmProviders)
        assert "openai" in litellm.provider_list

    def test_a_registered_model_is_everywhere(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(litellm, "model_cost", dict(litellm.model_cost))
        litellm.register_model(
            {
                "our-model": {
                    "litellm_provider": "openai",
                    "mode": "chat",
                    "input_cost_per_token": 1e-6,
                    "output_cost_per_token": 0,
                }
            }
        )
        assert "our-model" in litellm.model_list
        assert "our-model" in litellm.models_by_provider["openai"]
        assert litellm.cost_per_token("our-model", prompt_tokens=1_000_000)[0] == pytest.approx(1.0)
        assert litellm.get_model_info("our-model")["input_cost_per_token"] == 1e-6

    def test_assigning_the_map_replaces_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(
            litellm, "model_cost", {"only": {"litellm_provider": "openai", "input_cost_per_token": 1.0}}
        )
        assert litellm.model_list == ["only"]
        with pytest.raises(ValueError, match="isn't mapped yet"):
            litellm.get_model_info("gpt-4o")

    def test_abilities(self) -> None:
        assert litellm.supports_function_calling("gpt-4o")
        assert not litellm.supports_function_calling(model="whisper-1", custom_llm_provider="openai")
        assert litellm.supports_vision(model="gpt-4o")

    def test_a_call_s_cost(self) -> None:
        whole = litellm.completion_cost(completion_response=ask(), model="gpt-4o-mini", custom_llm_provider="openai")
        prompt, answer = litellm.cost_per_token("gpt-4o-mini", prompt_tokens=10, completion_tokens=20)
        assert whole == pytest.approx(prompt + answer)

    def test_a_discount_of_the_settings_counts(self, monkeypatch: pytest.MonkeyPatch) -> None:
        full = litellm.completion_cost(completion_response=ask())
        monkeypatch.setattr(litellm, "cost_discount_config", {"openai": 0.5})
        assert litellm.completion_cost(completion_response=ask()) == pytest.approx(full / 2)


def test_private_names_that_packages_replace() -> None:
    logging_module = importlib.import_module("litellm.litellm_core_utils.litellm_logging")
    response = ask()
    found, hidden = logging_module._extract_response_obj_and_hidden_params(response, None)
    assert found["object"] == "chat.completion"
    assert hidden is response._hidden_params
    error = litellm.RateLimitError("no", "openai", "m", litellm_response_headers={"retry-after": "1"})
    assert logging_module._extract_response_obj_and_hidden_params(None, error) == (
        {},
        {"additional_headers": {"retry-after": "1"}},
    )
    assert logging_module._extract_response_obj_and_hidden_params({"a": 1}, None) == ({"a": 1}, None)
    executor = importlib.import_module("litellm.litellm_core_utils.thread_pool_executor").executor
    assert executor.submit(lambda: 1).result() == 1


def test_a_call_inside_a_running_loop_works() -> None:
    async def main() -> Any:
        return ask()

    assert asyncio.run(main()).choices[0].message.content == "Hello."
