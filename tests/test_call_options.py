"""LiteLLM's own arguments and settings do what they say, or are refused; none is ignored."""

from collections.abc import Mapping
from copy import deepcopy
from runpy import run_path
from typing import Any

import pytest

import litellm
from litellm.core import durations
from litellm.core.errors import BadRequest
from litellm.core.recorder import recorder
from litellm.types.router import RetryPolicy
from litellm.types.utils import CallTypes
from tests.architecture.sources import ROOT
from tests.support.stub import provider

MODEL = "openai/gpt-4o-mini"
CLAUDE = "anthropic/claude-haiku-4-5"
MESSAGES = [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hello?"}]
MARK = {"type": "ephemeral"}
TOOL = {"type": "function", "function": {"name": "clock", "description": "Tells the time", "parameters": {}}}


def sent(model: str = MODEL, messages: Any = MESSAGES, **kwargs: Any) -> Mapping[str, Any]:
    """What a call would send: URL, headers and body."""
    given = {"model": model, "messages": messages, "api_key": "sk-test", **kwargs}
    return litellm.return_raw_request(CallTypes.completion, given)


def body(model: str = MODEL, messages: Any = MESSAGES, **kwargs: Any) -> dict[str, Any]:
    """The JSON that a call would send."""
    found: dict[str, Any] = sent(model, messages, **kwargs)["raw_request_body"]
    return found


# -- refused -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("guardrails", ["pii"]),
        ("prompt_id", "greeting"),
        ("prompt_variables", {"name": "Ada"}),
        ("prompt_version", 2),
        ("prompt_label", "production"),
    ],
)
async def test_what_cannot_be_done_yet_is_refused(name: str, value: Any) -> None:
    with pytest.raises(litellm.BadRequestError, match=f"{name}=.*take the argument out") as caught:
        litellm.completion(MODEL, MESSAGES, mock_response="hi", **{name: value})
    assert repr(value) in str(caught.value)
    with pytest.raises(litellm.BadRequestError, match=name):
        await litellm.acompletion(MODEL, MESSAGES, mock_response="hi", **{name: value})


def test_a_fallback_may_not_ask_for_it_either() -> None:
    with pytest.raises(litellm.BadRequestError, match="guardrails"):
        litellm.completion(MODEL, MESSAGES, mock_response="hi", fallbacks=[{"model": MODEL, "guardrails": ["pii"]}])


def test_an_empty_list_of_guardrails_asks_for_nothing() -> None:
    answer = litellm.completion(MODEL, MESSAGES, mock_response="hi", guardrails=[])
    assert answer.choices[0].message.content == "hi"


# -- where a call goes -------------------------------------------------------------------------------------------------


def headers_sent(**kwargs: Any) -> Mapping[str, str]:
    with provider() as upstream:
        litellm.completion(MODEL, MESSAGES, api_base=upstream.base, api_key="sk-test", **kwargs)
        found: Mapping[str, str] = upstream.take()[0]["headers"]
        return found


@pytest.mark.parametrize(("named", "there"), [("openai", True), ("anthropic, openai", True), ("anthropic", False)])
def test_headers_for_one_provider_go_to_no_other(named: str, there: bool) -> None:
    specific = {"custom_llm_provider": named, "extra_headers": {"x-team": "blue"}}
    assert ("x-team" in headers_sent(provider_specific_header=specific)) is there


def test_headers_for_nobody_are_refused() -> None:
    with pytest.raises(litellm.BadRequestError, match="custom_llm_provider"):
        litellm.completion(MODEL, MESSAGES, provider_specific_header={"x-team": "blue"}, api_key="k")


def test_one_call_goes_through_the_gateway() -> None:
    found = sent(use_litellm_proxy=True, api_base="http://gateway.example")
    assert found["raw_request_api_base"] == "http://gateway.example"
    assert found["raw_request_body"]["model"] == MODEL


def test_one_call_goes_past_the_gateway(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(litellm, "use_litellm_proxy", True)
    assert body(use_litellm_proxy=False)["model"] == "gpt-4o-mini"


@pytest.mark.parametrize("old", [{"model": "gpt-4o", "deployment_id": "prod"}, {"model": "prod", "azure": True}])
def test_the_old_ways_to_azure(old: dict[str, Any]) -> None:
    found = sent(api_base="https://mine.openai.azure.com", api_version="2024-10-21", **old)
    assert "/openai/deployments/prod/chat/completions" in found["raw_request_api_base"]


def test_a_deployment_id_keeps_the_models_rules() -> None:
    asked = {"api_base": "https://mine.openai.azure.com", "api_version": "2024-12-01-preview", "max_tokens": 5}
    assert body("gpt-5", deployment_id="prod", **asked)["max_completion_tokens"] == 5


@pytest.mark.parametrize("fallback", [MODEL, {"model": MODEL, "litellm_trace_id": "t"}])
def test_a_deployment_id_is_not_the_fallbacks(fallback: Any) -> None:
    with provider() as upstream:
        found = {"model": fallback} if isinstance(fallback, str) else fallback
        litellm.completion(
            "gpt-4o",
            MESSAGES,
            deployment_id="prod",
            num_retries=0,
            fallbacks=[{**found, "api_base": upstream.base, "api_key": "sk-test"}],
        )
        assert upstream.take()[0]["body"]["model"] == "gpt-4o-mini"


@pytest.mark.parametrize("name", ["force_timeout", "request_timeout"])
def test_old_names_of_the_timeout(name: str) -> None:
    with pytest.raises(litellm.Timeout):
        brief: dict[str, Any] = {"num_retries": 0, name: 0.01}
        litellm.completion(MODEL, MESSAGES, mock_timeout=True, **brief)
    given: dict[str, Any] = {name: 30}
    assert name not in body(**given)


def test_arguments_without_meaning_here_are_taken() -> None:
    assert body(complete_response=True, stream_chunk_size=10) == body()


# -- what a prompt gets ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("point", "places"),
    [
        ({"role": "user"}, [1, 3]),
        ({"role": "system"}, [0]),
        ({"index": -1}, [3]),
        ({"index": "0"}, [0]),
        ({"index": 9}, []),
        ({"index": -5}, []),
        ({"role": "tool"}, []),
    ],
)
def test_marks_are_put_where_a_point_says(point: dict[str, Any], places: list[int]) -> None:
    messages: list[dict[str, Any]] = [
        *MESSAGES,
        {"role": "assistant", "content": "Hi."},
        {"role": "user", "content": [{"type": "text", "text": "So"}, {"type": "text", "text": "long"}]},
    ]
    before = deepcopy(messages)
    asked = body(messages=messages, cache_control_injection_points=[{"location": "message", **point}])["messages"]
    found = [n for n, m in enumerate(asked) if "cache_control" in (m["content"][-1] if n == 3 else m)]
    assert found == places
    assert messages == before
    assert all("cache_control" not in part for part in asked[3]["content"][:-1])


def test_a_point_may_bring_its_own_mark() -> None:
    point = {"location": "message", "role": "system", "control": {"type": "ephemeral", "ttl": "1h"}}
    asked = body(CLAUDE, cache_control_injection_points=[point])
    assert asked["system"] == [
        {"type": "text", "text": "Be brief.", "cache_control": {"type": "ephemeral", "ttl": "1h"}}
    ]


def test_tools_are_marked_at_their_end() -> None:
    tools = [TOOL, deepcopy(TOOL)]
    asked = body(CLAUDE, tools=tools, cache_control_injection_points=[{"location": "tool_config"}])["tools"]
    assert [tool.get("cache_control") for tool in asked] == [None, MARK]
    assert tools == [TOOL, TOOL]


@pytest.mark.parametrize("point", ["system", {}, {"location": "somewhere"}, {"location": "message", "index": "last"}])
def test_a_point_of_another_shape_is_refused(point: Any) -> None:
    with pytest.raises(litellm.BadRequestError, match="cache_control_injection_points"):
        litellm.completion(MODEL, MESSAGES, api_key="k", cache_control_injection_points=[point])


def test_prompts_are_marked_by_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(litellm, "enable_anthropic_prompt_caching", True)
    before = deepcopy(MESSAGES)
    asked = body(CLAUDE)
    assert asked["system"][-1]["cache_control"] == asked["messages"][-1]["content"][-1]["cache_control"] == MARK
    assert before == MESSAGES
    assert "cache_control" in str(body("openrouter/anthropic/claude-sonnet-4.5"))
    assert "cache_control" not in str(body(MODEL)) + str(body("openrouter/openai/gpt-4o"))


def test_marks_of_the_callers_own_stay_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(litellm, "enable_anthropic_prompt_caching", True)
    own = [MESSAGES[0], {"role": "user", "content": [{"type": "text", "text": "Hi", "cache_control": MARK}]}]
    assert str(body(CLAUDE, own)).count("cache_control") == 1
    assert str(body(CLAUDE, tools=[{**TOOL, "cache_control": MARK}])).count("cache_control") == 1


def test_tools_are_told_in_words_where_a_model_takes_none(monkeypatch: pytest.MonkeyPatch) -> None:
    model = "perplexity/sonar"
    assert "tools" not in (litellm.get_supported_openai_params(model) or ())
    monkeypatch.setattr(litellm, "add_function_to_prompt", True)
    asked = body(model, tools=[TOOL], tool_choice="auto")
    assert "tools" not in asked and "tool_choice" not in asked
    assert asked["messages"][0]["content"].startswith("Be brief.\n\n")
    assert '"name":"clock"' in asked["messages"][0]["content"]
    assert MESSAGES[0]["content"] == "Be brief."
    without_system = body(model, MESSAGES[1:], functions=[TOOL["function"]])["messages"]
    assert [message["role"] for message in without_system] == ["system", "user"]
    assert body(MODEL, tools=[TOOL])["tools"] == [TOOL]


def test_stop_sequences_are_cut_to_what_openai_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    stops = list("abcdef")
    assert body(stop=stops)["stop"] == stops[:4]
    assert body(CLAUDE, stop=stops)["stop_sequences"] == body("deepseek/deepseek-chat", stop=stops)["stop"] == stops
    assert body(stop="abcdef")["stop"] == "abcdef"
    monkeypatch.setattr(litellm, "disable_stop_sequence_limit", True)
    assert body(stop=stops)["stop"] == stops == list("abcdef")


def test_max_tokens_where_the_model_map_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(litellm, "max_tokens", 77)
    assert body("anthropic/claude-of-tomorrow")["max_tokens"] == 77
    assert body(CLAUDE)["max_tokens"] > 77


# -- retries and money -------------------------------------------------------------------------------------------------


ERRORS = {
    400: litellm.BadRequestError,
    429: litellm.RateLimitError,
    500: litellm.InternalServerError,
    503: litellm.ServiceUnavailableError,
}


def attempts(policy: Any, status: int, **kwargs: Any) -> int:
    """How often a call is sent when upstream always answers this status."""
    answer = {"status": status, "body": {"error": {"message": "no"}}, "headers": {"retry-after": "0"}}
    given = {"api_key": "sk-test", "retry_policy": policy, **kwargs}
    with provider(answer) as upstream:
        with pytest.raises(ERRORS[status]):
            litellm.completion(MODEL, MESSAGES, api_base=upstream.base, **given)
        return len(upstream.take())


@pytest.mark.parametrize(
    ("policy", "status", "tries"),
    [
        ({"RateLimitErrorRetries": 3}, 429, 4),
        (RetryPolicy(RateLimitErrorRetries=3), 429, 4),
        ({"RateLimitErrorRetries": 0}, 429, 1),
        ({"RateLimitErrorRetries": 3}, 503, 2),
        ({"ServiceUnavailableErrorRetries": 2}, 503, 3),
        ({"BadRequestErrorRetries": 2}, 400, 3),
        ({"DefaultRetries": 4}, 500, 5),
        ({"DefaultRetries": 4}, 400, 1),
        ({}, 429, 2),
    ],
)
def test_retries_by_kind_of_error(policy: Any, status: int, tries: int) -> None:
    assert attempts(policy, status, num_retries=1) == tries


@pytest.mark.parametrize("policy", [{"RateLimitRetries": 1}, {"RateLimitErrorRetries": -1}, {"DefaultRetries": "two"}])
def test_a_policy_of_another_shape_is_refused(policy: Any) -> None:
    with pytest.raises(litellm.BadRequestError, match="retry_policy"):
        litellm.completion(MODEL, MESSAGES, mock_response="hi", retry_policy=policy)


def test_a_budget_starts_anew_after_its_duration(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1_700_000_000.0]
    monkeypatch.setattr("litellm._compose.time", lambda: now[0])
    monkeypatch.setattr(litellm, "max_budget", 1.0)
    monkeypatch.setattr(litellm, "budget_duration", "30d")
    monkeypatch.setattr(litellm, "_current_cost", 2.0)
    monkeypatch.setattr(litellm, "_budget_started", 0.0)
    with pytest.raises(litellm.BudgetExceededError):
        litellm.completion(MODEL, MESSAGES, mock_response="hi")
    now[0] += 29 * 86400
    with pytest.raises(litellm.BudgetExceededError):
        litellm.completion(MODEL, MESSAGES, mock_response="hi")
    now[0] += 86400
    assert litellm.completion(MODEL, MESSAGES, mock_response="hi").choices[0].message.content == "hi"
    assert litellm._current_cost < 1.0


@pytest.mark.parametrize(("text", "seconds"), [("45s", 45), ("10m", 600), ("12h", 43200), ("30d", 2592000)])
def test_durations(text: str, seconds: int) -> None:
    assert durations.seconds(text, "budget_duration") == seconds


@pytest.mark.parametrize("text", ["", "30", "d", "0d", "-1d", "1.5h", "1y", 30])
def test_what_is_no_duration(text: Any) -> None:
    with pytest.raises(BadRequest, match="budget_duration="):
        durations.seconds(text, "budget_duration")


# -- what is shown -----------------------------------------------------------------------------------------------------

SECRET = "the secret question"
REFUSAL = {"status": 400, "body": {"error": {"message": f"cannot read: {SECRET}", "code": "bad"}}}


def refused(**kwargs: Any) -> litellm.BadRequestError:
    with provider(REFUSAL) as upstream, pytest.raises(litellm.BadRequestError) as caught:
        litellm.completion(
            MODEL, [{"role": "user", "content": SECRET}], api_base=upstream.base, api_key="sk-test", **kwargs
        )
    return caught.value


def said_by(error: BaseException | None) -> str:
    """All words of an exception and of those that led to it."""
    if error is None:
        return ""
    own = f"{error!s} {error.args} {vars(error)} {getattr(getattr(error, 'response', None), 'text', '')}"
    return own + said_by(error.__cause__) + said_by(error.__context__)


def test_prompts_are_kept_out_of_exceptions(monkeypatch: pytest.MonkeyPatch) -> None:
    assert SECRET in said_by(refused())
    monkeypatch.setattr(litellm, "redact_messages_in_exceptions", True)
    error = refused()
    assert SECRET not in said_by(error)
    assert "redact_messages_in_exceptions" in str(error) and error.status_code == 400


def test_our_own_words_about_a_prompt_are_kept_out_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(litellm, "redact_messages_in_exceptions", True)
    with pytest.raises(litellm.BadRequestError) as caught:
        litellm.completion(MODEL, [{"content": SECRET}])
    assert SECRET not in said_by(caught.value)


def test_errors_that_quote_nothing_keep_their_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(litellm, "redact_messages_in_exceptions", True)
    with pytest.raises(litellm.AuthenticationError, match="OPENAI_API_KEY"):
        litellm.completion(MODEL, MESSAGES)


def told_of(**kwargs: Any) -> dict[str, Any]:
    told: list[dict[str, Any]] = []
    with provider() as upstream:
        litellm.completion(
            MODEL,
            MESSAGES,
            api_base=upstream.base,
            api_key="sk-0123456789abcdef",
            success_callback=[lambda details, *_: told.append(details)],
            **kwargs,
        )
        recorder.flush()
    return told[0]


def test_callbacks_get_what_was_sent_and_received(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "raw_request" not in told_of()["litellm_params"]["metadata"]
    monkeypatch.setattr(litellm, "log_raw_request_response", True)
    told = told_of()
    raw = told["litellm_params"]["metadata"]["raw_request"]
    assert raw.startswith("curl -X POST http") and "Hello?" in raw and "0123456789abcdef" not in raw
    assert '"chatcmpl-1"' in told["original_response"]


def test_raw_requests_are_not_shown_against_the_callers_wish(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(litellm, "log_raw_request_response", True)
    told = told_of(turn_off_message_logging=True)
    assert "raw_request" not in told["litellm_params"]["metadata"]
    assert "Hello." not in str(told["original_response"])


# -- what is not used yet ----------------------------------------------------------------------------------------------


def test_a_setting_without_effect_says_so() -> None:
    made = run_path(str(ROOT / "scripts/settings_table.py"))
    used = made["names_in_use"]()
    says = {setting.name: "Not used yet: " in setting.meaning for setting in made["settings"]()}
    has_none = {setting.name: not made["in_force"](setting, used) for setting in made["settings"]()}
    assert says == has_none
