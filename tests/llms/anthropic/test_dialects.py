"""What cases written as data cannot say: classes as answers, and other vendors' dialects of the same API."""

import json
from typing import Any

from litellm.core.bridge import drive
from litellm.core.call import Call, Options
from litellm.core.http import HttpResponse
from litellm.core.target import Secret, Target
from litellm.llms.anthropic.chat.betas import needed_betas
from litellm.llms.anthropic.chat.models import generation
from litellm.llms.anthropic.chat.names import MAX_LENGTH, changed_names, wire_name
from litellm.llms.anthropic.chat.response_format import schema_of
from litellm.llms.anthropic.chat.transformation import AnthropicConfig
from litellm.llms.anthropic.chat.usage import to_usage
from litellm.llms.registry import adapter
from tests.llms.cases import FakePorts

MODEL = "claude-opus-4-8"
TARGET = Target(provider="anthropic", model=MODEL, api_key=Secret("k"))
ANSWER = {"type": "json_schema", "json_schema": {"name": "Card", "schema": {"type": "object"}}}


class Card:
    """Stands for a pydantic model: a class that knows its schema."""

    @staticmethod
    def model_json_schema() -> dict[str, Any]:
        return {"type": "object", "properties": {"name": {"type": "string"}, "age": {"type": "integer", "default": 1}}}


class ElsewhereConfig(AnthropicConfig):
    """Claude at a vendor that fetches no media, enforces no schema and takes system messages at the start only."""

    native_structured_output = False
    late_system = False
    fetches_media = False

    def default_max_tokens(self, target: Target) -> int:
        return 77


def body(serving: AnthropicConfig, call: Call, pages: dict[str, Any] | None = None) -> Any:
    return json.loads(drive(serving.prepare(call, TARGET, FakePorts(pages or {}))).body)


def call(messages: list[dict[str, Any]], **given: Any) -> Call:
    return Call(id="1", endpoint="chat", model=f"anthropic/{MODEL}", input=messages, options=Options(), **given)


def test_a_class_sends_its_own_schema_not_openais_strict_one() -> None:
    asked = call([{"role": "user", "content": "Hi"}], params={"response_format": ANSWER}, response_schema=Card)
    sent = body(ElsewhereConfig(), asked)
    assert sent["tools"] == [{"name": "json_tool_call", "input_schema": Card.model_json_schema()}]
    native = body(AnthropicConfig(), asked)
    assert native["output_format"]["schema"] == {**Card.model_json_schema(), "additionalProperties": False}


def test_a_dialect_says_what_it_lacks() -> None:
    image = {"type": "image_url", "image_url": {"url": "https://example.com/a.png"}}
    messages = [{"role": "user", "content": [image]}, {"role": "system", "content": "Now in Dutch."}]
    page = {"https://example.com/a.png": {"headers": {"content-type": "image/png"}, "text": "png"}}
    sent = body(ElsewhereConfig(), call(messages), page)
    (turn,) = sent["messages"]
    assert turn["content"][0]["source"] == {"type": "base64", "media_type": "image/png", "data": "cG5n"}
    assert turn["content"][2]["text"] == "Now in Dutch."
    assert sent["max_tokens"] == 77
    at_home = body(AnthropicConfig(), call(messages))
    assert [turn["role"] for turn in at_home["messages"]] == ["user", "system"]


def test_the_registry_serves_claude() -> None:
    serving = adapter("chat", "anthropic")
    assert isinstance(serving, AnthropicConfig)
    assert {"thinking", "reasoning_effort"} <= set(serving.get_supported_openai_params(MODEL))
    assert "thinking" not in serving.get_supported_openai_params("claude-3-haiku-20240307")


def test_an_answer_that_is_no_json_is_left_to_the_engine() -> None:
    asked = call([{"role": "user", "content": "Hi"}])
    try:
        AnthropicConfig().transform_response(HttpResponse(200, {}, b"<html>"), asked, TARGET)
    except ValueError:
        return
    raise AssertionError("an HTML page was read as an answer")


def test_generations_are_read_from_every_vendors_names() -> None:
    names = {
        "claude-3-haiku-20240307": (3, 0),
        "claude-3-7-sonnet-latest": (3, 7),
        "claude-sonnet-4-20250514": (4, 0),
        "us.anthropic.claude-opus-4-1-20250805-v1:0": (4, 1),
        "claude-sonnet-4-5@20250929": (4, 5),
        "claude-opus-5": (5, 0),
        "gpt-4o": None,
    }
    assert {name: generation(name) for name in names} == names


def test_changed_names_are_short_unique_and_only_those_that_must_change() -> None:
    tools = [{"function": {"name": "a.b"}}, {"name": "fine"}, {"function": {"name": "a_b"}}, "odd", {"type": "url"}]
    names = changed_names(tools)
    assert list(names.values()) == ["a.b"]
    assert not {"a_b", "fine"} & set(names)
    assert len(wire_name("x" * 500)) == MAX_LENGTH
    assert wire_name("x" * 500) != wire_name("x" * 501)


def test_betas_are_named_once() -> None:
    uses = {"tools": [{"type": "memory_20250818"}], "context_management": {"edits": [{"type": "clear_thinking_x"}]}}
    assert needed_betas(uses, MODEL, "anthropic") == ["context-management-2025-06-27"]
    both = {"context_management": {"edits": [{"type": "clear_thinking_x"}, {"type": "compact_20260112"}]}}
    assert needed_betas(both, MODEL, "anthropic") == ["compact-2026-01-12", "context-management-2025-06-27"]


def test_very_long_thinking_is_estimated() -> None:
    usage = to_usage({"output_tokens": 1_000_000}, "word " * 20_000)
    assert usage.completion_tokens_details is not None
    assert 15_000 < (usage.completion_tokens_details.reasoning_tokens or 0) < 30_000


def test_only_a_given_schema_counts() -> None:
    assert schema_of(None) is None
    assert schema_of({"type": "json_schema", "json_schema": {"name": "x"}}) is None
