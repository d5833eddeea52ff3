from pathlib import Path
from typing import Any

import pytest

import litellm
from litellm.core.call import Call
from litellm.core.target import Target
from litellm.llms.gemini.families import version
from litellm.llms.registry import adapter
from tests.llms import cases

TARGET = Target(provider="gemini", model="gemini-2.5-flash")


@pytest.mark.parametrize("case", cases.load(Path(__file__).parent / "cases"))
def test_case(case: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    cases.run(case, monkeypatch)


class Person:
    @staticmethod
    def model_json_schema() -> dict[str, Any]:
        return {"type": "object", "properties": {"name": {"type": "string"}}}


def test_a_class_speaks_for_itself_without_openai_strictness() -> None:
    strict = {**Person.model_json_schema(), "additionalProperties": False}
    call = Call(
        id="c",
        endpoint="chat",
        model="gemini/gemini-2.5-flash",
        input=[{"role": "user", "content": "Hi"}],
        params={"response_format": {"type": "json_schema", "json_schema": {"schema": strict, "strict": True}}},
        response_schema=Person,
    )
    body = adapter("chat", "gemini").request_body(call.input, call, TARGET)
    assert body["generationConfig"]["responseJsonSchema"] == Person.model_json_schema()


@pytest.mark.parametrize(
    ("model", "more"),
    [
        ("gemini-2.5-flash", {"reasoning_effort", "thinking"}),
        ("gemini-3-pro-preview", {"reasoning_effort", "thinking"}),
        ("gemini-2.0-flash", set()),
        ("gemini-2.5-flash-preview-tts", {"audio"}),
    ],
)
def test_supported_parameters_follow_the_model(model: str, more: set[str]) -> None:
    supported = adapter("chat", "gemini").get_supported_openai_params(model)
    assert {"temperature", "tools", "response_format"} <= set(supported)
    assert {"reasoning_effort", "thinking", "audio"} & set(supported) == more
    assert len(supported) == len(set(supported))


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        ("gemini-2.5-flash-lite", (2, 5)),
        ("gemini-3-pro-preview", (3, 0)),
        ("gemini-live-2.5-flash-preview", (2, 5)),
        ("gemini-1.5-pro-002", (1, 5)),
        ("gemini-flash-latest", (2, 5)),
        ("gemini-exp-1206", (2, 5)),
        ("tunedModels/mine-1", (2, 5)),
        ("gemma-3-27b-it", (1, 0)),
    ],
)
def test_generation_is_read_from_the_name(model: str, expected: tuple[int, int]) -> None:
    assert version(model) == expected


def test_safety_settings_of_the_package_serve_calls_without_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    everywhere = [{"category": "HARM_CATEGORY_HARASSMENT", "threshold": "BLOCK_NONE"}]
    monkeypatch.setattr(litellm, "vertex_ai_safety_settings", everywhere)
    call = Call(id="c", endpoint="chat", model="m", input=[{"role": "user", "content": "Hi"}])
    serving = adapter("chat", "gemini")
    assert serving.request_body(call.input, call, TARGET)["safetySettings"] == everywhere
    own = Call(id="c", endpoint="chat", model="m", input=call.input, extra={"safety_settings": []})
    assert serving.request_body(call.input, own, TARGET)["safetySettings"] == []
