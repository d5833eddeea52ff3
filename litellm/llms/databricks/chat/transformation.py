"""Databricks model serving (https://docs.databricks.com/aws/en/machine-learning/foundation-model-apis/api-reference).

OpenAI's format, with Claude's thinking as content: Claude takes `thinking` and answers in a schema through a tool.
"""

from collections.abc import Mapping
from typing import Any

from litellm.core.call import Call
from litellm.core.http import HttpResponse
from litellm.core.target import Target
from litellm.llms.anthropic.chat.thinking import ANSWER_TOKENS, BUDGETS
from litellm.llms.databricks.chat.content import read_message
from litellm.llms.openai import json_tool
from litellm.llms.openai.chat.streaming import OpenAIStreamDecoder
from litellm.llms.openai.chat.transformation import Messages
from litellm.llms.openai_like.chat.transformation import OpenAILikeConfig
from litellm.llms.openai_like.quirks import without
from litellm.types.chat import ModelResponse
from litellm.types.stream import ModelResponseStream


class DatabricksConfig(OpenAILikeConfig):
    """Chat with a Databricks serving endpoint."""

    def map_openai_params(self, params: Mapping[str, Any], target: Target) -> dict[str, Any]:
        mapped = super().map_openai_params(params, target)
        if not _is_claude(target.model):
            return mapped
        mapped = _with_room(_with_thinking(mapped))
        return json_tool.with_json_tool(mapped) if "response_format" in mapped else mapped

    def takes_cache_marks(self, model: str) -> bool:
        return _is_claude(model)

    def transform_messages(self, messages: Messages, target: Target) -> Messages:
        return [_accepted(message) for message in super().transform_messages(messages, target)]

    def transform_response(self, response: HttpResponse, call: Call, target: Target) -> ModelResponse:
        answer = super().transform_response(response, call, target)
        for choice in answer.choices:
            read_message(choice.message)
        return json_tool.unwrap(answer, finish_reason="stop")

    def stream_decoder(self, call: Call, target: Target) -> OpenAIStreamDecoder:
        return DatabricksStreamDecoder(target)


class DatabricksStreamDecoder(OpenAIStreamDecoder):
    """Chunks whose content may be a list with thinking in it, or come as the call of our tool."""

    def __init__(self, target: Target) -> None:
        super().__init__(target)
        self._unwrapper = json_tool.Unwrapper()

    def chunk(self, chunk: ModelResponseStream) -> ModelResponseStream:
        for choice in chunk.choices:
            read_message(choice.delta)
        return self._unwrapper.chunk(chunk)


def _is_claude(model: str) -> bool:
    return "claude" in model


def _accepted(message: dict[str, Any]) -> dict[str, Any]:
    message = without(message, "reasoning_content", "thinking_blocks")
    return without(message, "name") if message.get("role") == "tool" else message


def _with_thinking(params: dict[str, Any]) -> dict[str, Any]:
    effort = params.get("reasoning_effort")
    rest = without(params, "reasoning_effort")
    if effort not in BUDGETS or "thinking" in rest:
        return rest
    return {**rest, "thinking": {"type": "enabled", "budget_tokens": BUDGETS[effort]}}


def _with_room(params: dict[str, Any]) -> dict[str, Any]:
    """`max_tokens` counts thinking too, so it must be above the budget."""
    thinking = params.get("thinking")
    budget = thinking.get("budget_tokens") if isinstance(thinking, Mapping) else None
    if not budget or (params.get("max_tokens") or 0) > budget:
        return params
    return {**params, "max_tokens": budget + ANSWER_TOKENS}
