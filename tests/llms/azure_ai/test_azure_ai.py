"""The Azure AI adapters on their cases."""

from pathlib import Path
from typing import Any

import pytest

from litellm.core.call import Call
from litellm.core.target import Secret, Target
from litellm.llms.openai_like.chat.either import EitherConfig
from litellm.llms.registry import adapter
from tests.llms.cases import load, run


@pytest.mark.parametrize("case", load(Path(__file__).parent / "cases"))
def test_case(case: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    run(case, monkeypatch)


@pytest.mark.parametrize(
    ("model", "path", "header"),
    [
        ("mistral-large", "/models/chat/completions", "messages"),
        ("claude-sonnet-4-5", "/anthropic/v1/messages", "max_tokens"),
    ],
)
def test_the_model_decides_the_format(model: str, path: str, header: str) -> None:
    serving: Any = adapter("chat", "azure_ai")
    target = Target(provider="azure_ai", model=model, api_key=Secret("k"), api_base="https://r.services.ai.azure.com")
    call = Call(id="1", endpoint="chat", model=model, input=[{"role": "user", "content": "Hi"}])
    assert path in serving.get_complete_url(target)
    assert serving.validate_environment(target)["api-key"] == "k"
    assert "temperature" in serving.get_supported_openai_params(model)
    assert serving.map_openai_params({"temperature": 0.5}, target)["temperature"] == 0.5
    assert header in serving.transform_request(call.input, {}, target)
    assert serving.request_body(call.input, call, target)["model"] == model
    assert serving.stream_decoder(call, target).feed(b"") == []


def test_a_format_must_be_chosen() -> None:
    with pytest.raises(NotImplementedError):
        EitherConfig().adapter_of("m")
