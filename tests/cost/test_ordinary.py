"""The short way to an ordinary answer's price says what the whole bill says, or nothing."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litellm.core.model_map import model_cost
from litellm.cost.ordinary import ordinary_cost
from litellm.cost_calculator import response_cost_calculator
from litellm.types.chat import ModelResponse
from litellm.types.usage import Usage

CHAT_MODELS = sorted(key for key, entry in model_cost().items() if entry.get("mode") == "chat")


def whole_bill(usage: Usage, key: str, provider: str) -> float:
    return response_cost_calculator(ModelResponse(model=key, usage=usage), model=key, custom_llm_provider=provider)


@settings(max_examples=400, deadline=None)
@given(
    key=st.sampled_from(CHAT_MODELS),
    prompt=st.integers(0, 300_000),
    cached=st.integers(0, 50_000),
    completion=st.integers(0, 100_000),
    reasoning=st.integers(0, 1000),
)
def test_it_agrees_with_the_whole_bill(key: str, prompt: int, cached: int, completion: int, reasoning: int) -> None:
    provider = model_cost()[key]["litellm_provider"]
    usage = Usage(
        prompt_tokens=prompt,
        completion_tokens=completion,
        total_tokens=prompt + completion,
        prompt_tokens_details={"cached_tokens": cached},
        completion_tokens_details={"reasoning_tokens": min(reasoning, completion)},
    )

    quick = ordinary_cost(usage, key, provider)

    assert quick is None or quick == pytest.approx(whole_bill(usage, key, provider), rel=1e-12)


def test_it_answers_for_most_models() -> None:
    usage = Usage(prompt_tokens=10, completion_tokens=5, total_tokens=15)
    priced = [
        key for key in CHAT_MODELS if ordinary_cost(usage, key, model_cost()[key]["litellm_provider"]) is not None
    ]

    assert len(priced) > 0.7 * len(CHAT_MODELS)


@pytest.mark.parametrize(
    "extraordinary",
    [
        {"prompt_tokens_details": {"audio_tokens": 3}},
        {"prompt_tokens_details": {"cache_creation_tokens": 3}},
        {"prompt_tokens_details": {"something_new": 3}},
        {"prompt_tokens_details": {"cached_tokens": 300}},
        {"completion_tokens_details": {"image_tokens": 3}},
        {"server_tool_use": {"web_search_requests": 1}},
        {"cost": 0.5},
        {"something_new": 3},
        {"prompt_tokens": 150_000},
    ],
)
def test_it_is_silent_about_anything_else(extraordinary: dict[str, Any]) -> None:
    usage = Usage(**{"prompt_tokens": 200, "completion_tokens": 5, "total_tokens": 205, **extraordinary})

    assert ordinary_cost(usage, "gpt-4o", "openai") is None


def test_it_follows_a_map_that_the_program_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    usage = Usage(prompt_tokens=1, completion_tokens=0, total_tokens=1)
    monkeypatch.setitem(model_cost()["gpt-4o"], "input_cost_per_token", 7.0)

    assert ordinary_cost(usage, "gpt-4o", "openai") == 7.0
