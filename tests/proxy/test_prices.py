"""The quick price of an answer that came through is the whole bill's, and what is not ordinary is left to that."""

from typing import Any

import msgspec
import pytest

from litellm.core.call import Call, Options
from litellm.core.settle import cost_of
from litellm.core.target import Target
from litellm.proxy.forwarding import Passed
from litellm.proxy.spend_tracking.prices import price

TARGET = Target(provider="openai", model="gpt-4o-mini")
CHOICES = [{"index": 0, "message": {"role": "assistant", "content": "Hello"}, "finish_reason": "stop"}]


def raw(value: Any) -> msgspec.Raw:
    return msgspec.Raw(msgspec.json.encode(value))


@pytest.mark.parametrize(
    "usage",
    [
        {"prompt_tokens": 20, "completion_tokens": 24, "total_tokens": 44},
        {
            "prompt_tokens": 2000,
            "completion_tokens": 30,
            "total_tokens": 2030,
            "prompt_tokens_details": {"cached_tokens": 1024, "audio_tokens": 0},
            "completion_tokens_details": {"reasoning_tokens": 8, "audio_tokens": 0},
        },
        {"prompt_tokens": 200_000, "completion_tokens": 1, "total_tokens": 200_001},
        {"prompt_tokens": 5, "completion_tokens": 1, "total_tokens": 6, "prompt_tokens_details": {"audio_tokens": 5}},
        {"prompt_tokens": 5, "completion_tokens": 1, "total_tokens": 6, "a_new_kind_of_tokens": 5},
    ],
)
@pytest.mark.parametrize("tier", [None, "default", "flex"])
@pytest.mark.parametrize("options", [Options(), Options(custom_pricing={"input_cost_per_token": 1.0})])
def test_quick_and_whole_agree(usage: dict[str, Any], tier: str | None, options: Options) -> None:
    call = Call(id="1", endpoint="chat", model="gpt-4o-mini", input=[], options=options)
    answer = {"object": "chat.completion", "model": "small", "choices": CHOICES, "usage": usage, "service_tier": tier}
    passed = Passed(msgspec.json.encode(answer), raw(usage), raw(tier), raw(CHOICES))
    found = price(passed, call, TARGET)
    assert found is not None and found > 0
    assert found == pytest.approx(cost_of(answer, call, TARGET), rel=1e-12)


def test_without_usage_or_price_there_is_none() -> None:
    call = Call(id="1", endpoint="chat", model="x", input=[])
    assert price(Passed(b"{}", None), call, TARGET) is None
    unknown = Target(provider="openai", model="a-model-nobody-prices")
    usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
    assert price(Passed(msgspec.json.encode({"usage": usage}), raw(usage)), call, unknown) is None
