"""The public helpers, where they do more than pass on what the engine knows."""

import logging
import sys
from pathlib import Path
from typing import Any

import openai
import pydantic
import pytest

import litellm
from litellm import _logging, utils
from litellm.types.utils import CallTypes
from tests.support.stub import HELLO, answering, chunk, provider

MESSAGES = [{"role": "user", "content": "Hello?"}]
MODEL = "openai/gpt-4o-mini"


class TestProviders:
    def test_an_unknown_model_is_a_bad_request(self) -> None:
        with pytest.raises(litellm.BadRequestError, match="LLM Provider NOT provided"):
            litellm.get_llm_provider("no-such-model-anywhere")
        with pytest.raises(openai.BadRequestError):
            litellm.completion_cost(model="no-such-model-anywhere", prompt="a", completion="b")

    def test_supported_params(self) -> None:
        params = litellm.get_supported_openai_params("gpt-4o", custom_llm_provider="openai")
        assert params is not None and {"tools", "response_format"} <= set(params)
        assert litellm.get_supported_openai_params("x", custom_llm_provider="no-such-provider") is None

    def test_the_environment(self, monkeypatch: pytest.MonkeyPatch) -> None:
        found = litellm.validate_environment(model="openai/gpt-4o")
        assert found == {"keys_in_environment": False, "missing_keys": ["OPENAI_API_KEY"]}
        monkeypatch.setenv("OPENAI_API_KEY", "sk-1")
        assert litellm.validate_environment("openai/gpt-4o")["keys_in_environment"]

    def test_a_version_that_is_passed_is_not_missing(self) -> None:
        found = litellm.validate_environment("azure/gpt", api_key="k", api_base="https://x", api_version="v")
        assert found == {"keys_in_environment": True, "missing_keys": []}

    def test_valid_models(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("OPENAI_API_KEY", "sk-1")
        assert "gpt-4o" in litellm.get_valid_models()
        with provider({"status": 200, "body": {"data": [{"id": "our-model"}]}}) as upstream:
            listed = litellm.get_valid_models(
                check_provider_endpoint=True, custom_llm_provider="openai", api_base=upstream.base
            )
        assert listed == ["openai/our-model"]

    def test_a_provider_that_does_not_answer_counts_with_the_map(self) -> None:
        with provider({"status": 500, "body": {}}) as upstream:
            listed = litellm.get_valid_models(True, "openai", api_base=upstream.base, api_key="sk-1")
        assert "gpt-4o" in listed

    @pytest.mark.parametrize(("status", "valid"), [(200, True), (401, False), (403, False)])
    def test_a_key_is_tried(self, monkeypatch: pytest.MonkeyPatch, status: int, valid: bool) -> None:
        body = HELLO if status == 200 else {"error": {"message": "no"}}
        with provider({"status": status, "body": body}) as upstream:
            monkeypatch.setenv("OPENAI_BASE_URL", upstream.base)
            assert litellm.check_valid_key(MODEL, "sk-1") is valid

    def test_configurations(self) -> None:
        manager = utils.ProviderConfigManager
        assert manager.get_provider_chat_config("gpt-4o", "openai") is not None
        assert manager.get_provider_embedding_config("x", litellm.LlmProviders.OPENAI) is not None
        assert manager.get_provider_text_completion_config("x", "no-such-provider") is None
        assert manager.get_provider_responses_api_config("openai", "gpt-4o") is None


class TestRawRequest:
    def test_it_is_what_would_be_sent(self) -> None:
        kwargs = {"model": MODEL, "messages": MESSAGES, "temperature": 0.5, "api_key": "sk-123456789012345"}
        raw = utils.return_raw_request(CallTypes.completion, kwargs)
        assert raw["raw_request_body"]["temperature"] == 0.5
        assert raw["raw_request_api_base"].startswith("https://api.openai.com/v1")
        assert "sk-123456789012345" not in repr(raw["raw_request_headers"])
        assert "authorization" in {name.lower() for name in raw["raw_request_headers"]}
        assert raw["error"] is None

    def test_no_key_is_needed(self) -> None:
        raw = utils.return_raw_request(
            CallTypes.acompletion, {"model": "anthropic/claude-haiku-4-5", "messages": MESSAGES}
        )
        assert raw["raw_request_body"]["messages"]

    def test_embeddings(self) -> None:
        raw = utils.return_raw_request(CallTypes.embedding, {"model": "openai/text-embedding-3-small", "input": ["a"]})
        assert raw["raw_request_body"]["input"] == ["a"]

    @pytest.mark.parametrize(
        ("endpoint", "kwargs"),
        [(CallTypes.speech, {"model": MODEL}), (CallTypes.completion, {"model": "nobody's", "messages": MESSAGES})],
    )
    def test_what_cannot_be_made_says_why(self, endpoint: CallTypes, kwargs: dict[str, Any]) -> None:
        raw = utils.return_raw_request(endpoint, kwargs)
        assert raw["error"] and raw["raw_request_body"] is None


class TestParams:
    def test_in_the_providers_words(self) -> None:
        mapped = litellm.get_optional_params("claude-haiku-4-5", "anthropic", max_tokens=5, stop=["x"])
        assert mapped["max_tokens"] == 5
        assert mapped["stop_sequences"] == ["x"]

    def test_what_is_not_taken(self) -> None:
        with pytest.raises(litellm.UnsupportedParamsError):
            litellm.get_optional_params("claude-haiku-4-5", custom_llm_provider="anthropic", logit_bias={"1": 1})
        mapped = litellm.get_optional_params("claude-haiku-4-5", "anthropic", drop_params=True, logit_bias={"1": 1})
        assert "logit_bias" not in mapped

    def test_thinking(self) -> None:
        assert utils.validate_and_fix_thinking_param(None) is None
        given = {"type": "enabled", "budgetTokens": 5}
        assert utils.validate_and_fix_thinking_param(given) == {"type": "enabled", "budget_tokens": 5}
        assert given == {"type": "enabled", "budgetTokens": 5}

    def test_messages(self) -> None:
        fixed = utils.validate_and_fix_openai_messages([litellm.Message(content="Hi"), {"content": "x", "name": None}])
        assert fixed == [{"role": "assistant", "content": "Hi"}, {"role": "assistant", "content": "x"}]
        with pytest.raises(litellm.BadRequestError, match="Invalid user message"):
            utils.validate_and_fix_openai_messages([{"role": "user", "content": [{"type": "smell"}]}])

    def test_tools(self) -> None:
        class Tool(pydantic.BaseModel):
            type: str = "function"

        assert utils.validate_and_fix_openai_tools(None) is None
        assert utils.validate_and_fix_openai_tools([Tool(), {"type": "x"}]) == [{"type": "function"}, {"type": "x"}]
        assert utils.add_dummy_tool("anthropic")[0]["function"]["name"] == "dummy_tool"


class TestExceptionType:
    def test_by_status_then_by_words(self) -> None:
        class Theirs(Exception):
            status_code = 400
            message = "maximum context length is 10 tokens"

        with pytest.raises(litellm.ContextWindowExceededError):
            litellm.exception_type("m", Theirs(), "openai")
        with pytest.raises(litellm.APIConnectionError, match="boom"):
            litellm.exception_type("m", ValueError("boom"), "openai")

    def test_one_of_ours_stays(self) -> None:
        error = litellm.RateLimitError("no", "openai", "m")
        with pytest.raises(litellm.RateLimitError) as caught:
            litellm.exception_type("m", error, "openai")
        assert caught.value is error


class TestRebuiltAnswers:
    def test_from_models_and_from_dicts(self) -> None:
        parts = [chunk({"role": "assistant", "content": "Hel"}), chunk({"content": "lo."}), chunk({}, "stop")]
        for chunks in (parts, [litellm.ModelResponseStream(**part) for part in parts]):
            whole = litellm.stream_chunk_builder(chunks, messages=MESSAGES)
            assert isinstance(whole, litellm.ModelResponse)
            assert whole.choices[0].message.content == "Hello."
            assert whole.choices[0].finish_reason == "stop"
            assert whole.usage.completion_tokens == litellm.token_counter(model="gpt-4o-mini", text="Hello.")

    def test_reasoning_is_counted_apart(self) -> None:
        whole = litellm.stream_chunk_builder(
            [chunk({"reasoning_content": "Well, well"}), chunk({"content": "Hi"}, "stop")]
        )
        thought = litellm.token_counter(model="gpt-4o-mini", text="Well, well")
        assert whole.usage.completion_tokens_details.reasoning_tokens == thought
        assert whole.usage.completion_tokens == thought + litellm.token_counter(model="gpt-4o-mini", text="Hi")

    def test_of_nothing(self) -> None:
        assert litellm.stream_chunk_builder([]) is None


class TestCredentials:
    @pytest.fixture(autouse=True)
    def named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        values = {"api_key": "sk-named", "temperature": 0.1}
        monkeypatch.setattr(litellm, "credential_list", [{"credential_name": "eu", "credential_values": values}])

    def test_a_call_names_them(self) -> None:
        with provider() as upstream:
            litellm.completion(MODEL, MESSAGES, api_base=upstream.base, litellm_credential_name="eu", temperature=0.9)
            request = upstream.take()[0]
        assert request["headers"]["authorization"] == "Bearer sk-named"
        assert request["body"]["temperature"] == 0.9

    def test_they_are_put_in_place(self) -> None:
        given: dict[str, Any] = {"litellm_credential_name": "eu", "model": "m"}
        utils.load_credentials_from_list(given)
        assert given == {"api_key": "sk-named", "temperature": 0.1, "model": "m"}

    def test_an_unknown_name_adds_nothing(self) -> None:
        given: dict[str, Any] = {"litellm_credential_name": "us", "model": "m"}
        utils.load_credentials_from_list(given)
        assert given == {"model": "m"}


class TestSecrets:
    def test_of_the_environment(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("OUR_SECRET", "hush")
        monkeypatch.setenv("OUR_SWITCH", "True")
        assert litellm.get_secret("os.environ/OUR_SECRET") == litellm.get_secret_str("OUR_SECRET") == "hush"
        assert litellm.get_secret_bool("OUR_SWITCH") is True
        assert litellm.get_secret_str("OUR_SWITCH") is None
        assert litellm.get_secret("NO_SUCH_SECRET", "else") == "else"
        assert litellm.get_secret_bool("OUR_SECRET", False) is False

    def test_identity_tokens_are_refused(self) -> None:
        with pytest.raises(ValueError, match="oidc/google/aud"):
            litellm.get_secret("oidc/google/aud")


class TestRules:
    def test_a_prompt_that_is_refused_is_not_sent(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(litellm, "pre_call_rules", [lambda text: "Hello" not in text])
        with pytest.raises(litellm.APIResponseValidationError, match="pre_call_rules"):
            litellm.completion("mock/echo", MESSAGES)

    def test_an_answer_that_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        rule = {"decision": False, "message": "too friendly"}
        monkeypatch.setattr(litellm, "post_call_rules", [lambda text: rule])
        with pytest.raises(litellm.APIResponseValidationError, match="too friendly"):
            litellm.completion("mock/echo", MESSAGES)

    def test_what_passes(self, monkeypatch: pytest.MonkeyPatch) -> None:
        seen: list[str] = []
        monkeypatch.setattr(litellm, "pre_call_rules", [seen.append])
        monkeypatch.setattr(litellm, "post_call_rules", [lambda text: {"decision": True}])
        parts = [{"role": "user", "content": [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]}]
        litellm.completion("mock/echo", parts)
        assert seen == ["ab"]


class TestSchemaValidation:
    FORMAT = {
        "type": "json_schema",
        "json_schema": {
            "name": "person",
            "schema": {
                "type": "object",
                "properties": {
                    "name": {"type": "string", "minLength": 1},
                    "age": {"anyOf": [{"type": "integer", "minimum": 0}, {"type": "null"}]},
                    "pets": {"type": "array", "items": {"$ref": "#/$defs/pet"}},
                },
                "required": ["name"],
                "additionalProperties": False,
                "$defs": {"pet": {"enum": ["cat", "dog"]}},
            },
        },
    }

    def ask(self, text: str, **kwargs: Any) -> Any:
        with provider({"status": 200, "body": answering(text)}) as upstream:
            return litellm.completion(
                MODEL, MESSAGES, api_base=upstream.base, api_key="sk-1", response_format=self.FORMAT, **kwargs
            )

    @pytest.mark.parametrize(
        "text",
        [
            "no json",
            "[]",
            "{}",
            '{"name": 1}',
            '{"name": ""}',
            '{"name": "a", "age": -1}',
            '{"name": "a", "age": true}',
            '{"name": "a", "pets": ["cow"]}',
            '{"name": "a", "more": 1}',
        ],
    )
    def test_what_does_not_fit(self, text: str) -> None:
        with pytest.raises(litellm.JSONSchemaValidationError) as caught:
            self.ask(text, enable_json_schema_validation=True)
        assert caught.value.raw_response == text
        assert '"person"' not in caught.value.schema and '"required"' in caught.value.schema

    @pytest.mark.parametrize("text", ['{"name": "a"}', '{"name": "a", "age": null, "pets": ["cat", "dog"]}'])
    def test_what_fits(self, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
        monkeypatch.setattr(litellm, "enable_json_schema_validation", True)
        assert self.ask(text).choices[0].message.content == text

    def test_it_is_off_unless_asked_for(self) -> None:
        assert self.ask("no json").choices[0].message.content == "no json"


class TestMessages:
    def sent(self, messages: list[dict[str, Any]], **kwargs: Any) -> list[Any]:
        with provider() as upstream:
            litellm.completion(MODEL, messages, api_base=upstream.base, api_key="sk-1", **kwargs)
            return list(upstream.take()[0]["body"]["messages"])

    def test_roles_alternate(self) -> None:
        talk = [{"role": role, "content": role} for role in ("system", "assistant", "assistant", "user", "user")]
        roles = [message["role"] for message in self.sent(talk, ensure_alternating_roles=True)]
        assert roles == ["system", "user", "assistant", "user", "assistant", "user", "assistant", "user"]

    def test_with_the_callers_own_words(self) -> None:
        words = {"role": "assistant", "content": "Go on."}
        sent = self.sent(MESSAGES * 2, ensure_alternating_roles=True, assistant_continue_message=words)
        assert sent == [*MESSAGES, words, *MESSAGES]
        words = {"role": "user", "content": "And?"}
        sent = self.sent(
            [*MESSAGES, words | {"role": "assistant"}], ensure_alternating_roles=True, user_continue_message=words
        )
        assert sent[-1] == words

    def test_tool_calls_stay_beside_their_results(self) -> None:
        call = {"id": "1", "type": "function", "function": {"name": "f", "arguments": "{}"}}
        talk = [
            *MESSAGES,
            {"role": "assistant", "tool_calls": [call]},
            {"role": "tool", "tool_call_id": "1", "content": "x"},
        ]
        assert self.sent(talk, ensure_alternating_roles=True) == talk

    def test_system_messages_are_said_by_the_user(self) -> None:
        sent = self.sent([{"role": "system", "content": "Be brief."}], supports_system_message=False)
        assert sent == [{"role": "user", "content": "Be brief."}]


class TestMergedReasoning:
    def test_in_a_whole_answer(self) -> None:
        with provider({"status": 200, "body": answering("Hi", reasoning_content="Hm")}) as upstream:
            response = litellm.completion(
                MODEL, MESSAGES, api_base=upstream.base, api_key="sk-1", merge_reasoning_content_in_choices=True
            )
        assert response.choices[0].message.content == "<think>Hm</think>Hi"
        assert response.choices[0].message.get("reasoning_content") is None

    def test_in_a_stream(self) -> None:
        events = [
            chunk({"reasoning_content": "H"}),
            chunk({"reasoning_content": "m"}),
            chunk({"content": "Hi"}),
            chunk({}, "stop"),
        ]
        with provider({"status": 200, "sse": [*({"data": event} for event in events), "[DONE]"]}) as upstream:
            stream = litellm.completion(
                MODEL,
                MESSAGES,
                api_base=upstream.base,
                api_key="sk-1",
                stream=True,
                merge_reasoning_content_in_choices=True,
            )
            chunks = list(stream)
        assert "".join(c.choices[0].delta.content or "" for c in chunks) == "<think>Hm</think>Hi"
        assert not any(c.choices[0].delta.get("reasoning_content") for c in chunks)


class TestLogging:
    @pytest.fixture(autouse=True)
    def as_before(self) -> Any:
        loggers = _logging.ALL_LOGGERS
        before = [(logger, logger.level, list(logger.handlers), logger.disabled) for logger in loggers]
        yield
        for logger, level, handlers, disabled in before:
            logger.setLevel(level)
            logger.handlers[:] = handlers
            logger.disabled = disabled

    def test_debugging_is_switched(self, capsys: pytest.CaptureFixture[str]) -> None:
        litellm._turn_on_debug()
        litellm.print_verbose("look here")
        assert "look here" in capsys.readouterr().err
        litellm._disable_debugging()
        litellm.print_verbose("not here")
        assert capsys.readouterr().err == ""
        litellm._enable_debugging()
        litellm.print_verbose("here again")
        assert "here again" in capsys.readouterr().err

    def test_lines_as_json(self, capsys: pytest.CaptureFixture[str]) -> None:
        _logging.set_level(logging.DEBUG)
        litellm._turn_on_json()
        try:
            raise ValueError("inside")
        except ValueError:
            litellm.verbose_logger.debug("look %s", "here", exc_info=sys.exc_info())
        line = capsys.readouterr().err
        assert line.startswith("{") and '"message":"look here"' in line and "inside" in line


class TestConfiguration:
    def test_arguments_of_a_file(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        path = tmp_path / "config.json"
        path.write_text('{"model": "mock/echo", "mock_response": "from the file"}')
        monkeypatch.setattr(litellm, "config_path", str(path))
        assert litellm.config_completion(messages=MESSAGES).choices[0].message.content == "from the file"

    def test_no_file(self) -> None:
        with pytest.raises(ValueError, match="config_path is not set"):
            litellm.config_completion(messages=MESSAGES)


def test_the_responses_bridge() -> None:
    check = litellm.responses_api_bridge_check
    assert check("responses/gpt-4o", "openai") == ({"mode": "responses"}, "gpt-4o")
    assert check("gpt-4o", "openai")[0]["mode"] == "chat"
    assert check("no-such-model", "openai") == ({}, "no-such-model")


def test_a_dict_as_a_response() -> None:
    assert utils.convert_to_model_response_object(HELLO).choices[0].message.content == "Hello."
    assert utils.supports_httpx_timeout("openai")


def test_fallbacks_under_their_old_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(litellm, "model_fallbacks", ["mock/echo"])
    with provider({"status": 404, "body": {"error": {"message": "no such model"}}}) as upstream:
        response = litellm.completion(MODEL, MESSAGES, api_base=upstream.base, api_key="sk-1", num_retries=0)
    assert response.choices[0].message.content == "Hello?"


def test_a_call_may_name_its_own_ca_bundle(tmp_path: Path) -> None:
    with provider() as upstream, pytest.raises(openai.APIError, match="ssl_verify"):
        missing = str(tmp_path / "missing.pem")
        litellm.completion(MODEL, MESSAGES, api_base=upstream.base, api_key="sk-1", ssl_verify=missing, num_retries=0)
