"""Every shape of usage reads to the same counts."""

from types import SimpleNamespace
from typing import Any

import pytest

from litellm.cost.usage import Counts, read_usage, usage_of


def test_nothing_used() -> None:
    assert read_usage(None) == Counts()


def test_chat_usage() -> None:
    counts = read_usage(
        {
            "prompt_tokens": 100,
            "completion_tokens": 50,
            "prompt_tokens_details": {"cached_tokens": 30, "audio_tokens": 20, "cache_creation_tokens": 10},
            "completion_tokens_details": {"reasoning_tokens": 15, "audio_tokens": 5},
        }
    )
    assert (counts.text_in, counts.cached, counts.created, counts.audio_in) == (40, 30, 10, 20)
    assert (counts.text_out, counts.reasoning, counts.audio_out) == (30, 15, 5)


def test_objects_read_as_mappings_do() -> None:
    usage = SimpleNamespace(
        prompt_tokens=7, completion_tokens=3, prompt_tokens_details=SimpleNamespace(cached_tokens=2)
    )
    assert read_usage(usage).text_in == 5


def test_responses_usage_counts_cached_tokens_in() -> None:
    counts = read_usage({"input_tokens": 10, "output_tokens": 4, "input_tokens_details": {"cached_tokens": 6}})
    assert (counts.prompt, counts.text_in, counts.cached, counts.completion) == (10, 4, 6, 4)


def test_anthropic_usage_leaves_cached_tokens_out() -> None:
    counts = read_usage(
        {
            "input_tokens": 10,
            "cache_read_input_tokens": 200,
            "cache_creation_input_tokens": 30,
            "cache_creation": {"ephemeral_5m_input_tokens": 10, "ephemeral_1h_input_tokens": 20},
            "output_tokens": 4,
            "inference_geo": "us",
        }
    )
    assert (counts.prompt, counts.text_in, counts.cached, counts.created, counts.created_1h) == (240, 10, 200, 30, 20)
    assert counts.modifiers == ("us",)


def test_cached_audio_is_not_counted_twice() -> None:
    details = {"cached_tokens": 60, "audio_tokens": 70, "cached_tokens_details": {"audio_tokens": 50}}
    counts = read_usage({"input_tokens": 100, "input_token_details": details, "output_tokens": 0})
    assert counts.cached_audio == 50
    assert counts.text_in == 100 - 60 - (70 - 50)


def test_details_that_exceed_the_total_never_make_a_negative_count() -> None:
    counts = read_usage({"prompt_tokens": 5, "completion_tokens": 1, "prompt_tokens_details": {"cached_tokens": 9}})
    assert counts.text_in == 0
    assert read_usage({"completion_tokens": 1, "completion_tokens_details": {"reasoning_tokens": 4}}).text_out == 0


@pytest.mark.parametrize(("cost", "dollars"), [(0.25, 0.25), ({"total_cost": 0.5}, 0.5), (None, None), (True, None)])
def test_upstreams_own_price(cost: Any, dollars: float | None) -> None:
    assert read_usage({"prompt_tokens": 1, "cost": cost}).dollars == dollars


def test_a_realtime_session_adds_its_answers_up() -> None:
    events = [
        {"type": "session.created", "session": {}},
        {
            "type": "response.done",
            "response": {"usage": {"input_tokens": 5, "output_tokens": 1, "inference_geo": "us"}},
        },
        {"type": "response.done", "response": {"usage": {"input_tokens": 7, "output_tokens": 2}}},
    ]
    counts = read_usage(usage_of({"results": events}))
    assert (counts.prompt, counts.completion, counts.modifiers) == (12, 3, ("us",))
