from typing import Any

import pytest

import litellm
from litellm.core.errors import BadRequest, ContextWindowExceeded, RateLimited
from litellm.router_utils.budgets import LocalSpending
from litellm.router_utils.pre_call_checks import AffinityMemory, Success, checks_for, observers, run
from litellm.router_utils.settings import Settings
from tests.router_utils.pre_call_checks.candidates import ENCRYPTED_BY_B, NOW, deployment, facts, ids, response_facts


def names(settings: Settings, **options: Any) -> list[str]:
    return [getattr(check, "__name__", type(check).__name__) for check in checks_for(settings, **options)]


def test_nothing_is_on_that_no_setting_asks_for() -> None:
    assert names(Settings(), deployments=[deployment(rpm=1, tags=frozenset({"a"}))]) == []


def test_everything_has_its_place() -> None:
    everything = Settings(
        enable_pre_call_checks=True,
        enable_tag_filtering=True,
        provider_budget_config={"openai": {"budget_limit": 1, "time_period": "1d"}},
        optional_pre_call_checks=(
            "deployment_affinity",
            "session_affinity",
            "responses_api_deployment_check",
            "prompt_caching",
            "encrypted_content_affinity",
            "enforce_model_rate_limits",
            "forward_client_headers_by_model_group",
        ),
    )
    assert names(everything) == [
        "TagFilter",
        "BudgetLimits",
        "context_window",
        "region",
        "parameters",
        "EncryptedContent",
        "rate_limits",
        "ResponsesApi",
        "Sticky",
        "PromptCaching",
        "Sticky",
    ]
    assert len(observers(checks_for(everything))) == 6


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (Settings(optional_pre_call_checks=("enforce_model_rate_limits",)), ["rate_limits"]),
        (Settings(optional_pre_call_checks=("router_budget_limiting",)), ["BudgetLimits"]),
        (Settings(model_group_affinity_config={"g": ("session_affinity",)}), ["Sticky"]),
    ],
)
def test_each_can_be_asked_for_alone(settings: Settings, expected: list[str]) -> None:
    assert names(settings) == expected


def test_a_deployment_can_ask_for_tags_or_a_budget() -> None:
    assert names(Settings(), deployments=[deployment(info={"enable_tag_filtering": True})]) == ["TagFilter"]
    budget = {"max_budget": 1, "budget_duration": "1d"}
    assert names(Settings(), deployments=[deployment(params=budget)]) == ["BudgetLimits"]


def test_the_package_can_ask_for_budgets_of_tags(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(litellm, "tag_budget_config", {"a": {"max_budget": 0, "budget_duration": "1d"}})
    checks = checks_for(Settings())
    assert run(checks, [deployment()], facts(metadata={"tags": ["a"]}), NOW).error is not None
    assert run(checks, [deployment()], facts(), NOW).error is None


def test_a_budget_that_is_none_is_refused() -> None:
    with pytest.raises(BadRequest, match="provider_budget_config"):
        checks_for(Settings(provider_budget_config={"openai": {"budget_limit": 1, "time_period": "?"}}))


def test_what_was_learned_outlives_the_checks() -> None:
    memory, spending = AffinityMemory(), LocalSpending()
    settings = Settings(
        optional_pre_call_checks=("session_affinity",),
        provider_budget_config={"groq": {"budget_limit": 1, "time_period": "1d"}},
    )
    mine, one, dear = facts(metadata={"session_id": "1"}), deployment("one"), deployment("dear", provider="groq")
    for observer in observers(checks_for(settings, memory=memory, spending=spending)):
        observer.note(Success(dear, facts(), NOW, cost=2.0))
        observer.note(Success(one, mine, NOW))
    kept = run(checks_for(settings, memory=memory, spending=spending), [deployment("x"), one, dear], mine, NOW)
    assert ids(kept) == ["one"]
    assert "budget" in kept.skipped["dear"] and "session_affinity" in kept.skipped["x"]


def test_reasons_of_all_checks_are_kept_and_the_last_one_makes_the_error() -> None:
    checks = checks_for(Settings(enable_pre_call_checks=True))
    short, busy = deployment("short", info={"max_input_tokens": 20}), deployment("busy", rpm=0)
    kept = run(checks, [short, busy], facts("word " * 100), NOW)
    assert isinstance(kept.error, RateLimited) and set(kept.skipped) == {"short", "busy"}
    assert isinstance(run(checks, [short], facts("word " * 100), NOW).error, ContextWindowExceeded)


def test_limits_do_not_count_for_what_only_one_deployment_can_read() -> None:
    checks = checks_for(Settings(enable_pre_call_checks=True, optional_pre_call_checks=("encrypted_content_affinity",)))
    kept = run(checks, [deployment("a"), deployment("b", rpm=0)], response_facts([ENCRYPTED_BY_B]), NOW)
    assert ids(kept) == ["b"] and kept.error is None


def test_no_checks_change_nothing() -> None:
    candidates = [deployment()]
    assert run((), candidates, facts(), NOW).deployments is candidates
