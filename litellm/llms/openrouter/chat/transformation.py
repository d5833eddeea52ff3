"""OpenRouter (https://openrouter.ai/docs/api-reference/chat-completion): OpenAI's format before many vendors.

It is asked for what a call cost, takes cache marks inside content only
(https://openrouter.ai/docs/features/prompt-caching) and a thinking budget as `reasoning`
(https://openrouter.ai/docs/use-cases/reasoning-tokens).
"""

from collections.abc import Mapping
from typing import Any

import msgspec

from litellm.core.call import Call
from litellm.core.target import Target
from litellm.llms.openai.chat.streaming import OpenAIStreamDecoder
from litellm.llms.openai.chat.transformation import Messages
from litellm.llms.openai_like.chat.transformation import OpenAILikeConfig
from litellm.llms.openai_like.quirks import without
from litellm.llms.openrouter.address import OpenRouterAddress
from litellm.types.stream import ModelResponseStream


class OpenrouterConfig(OpenRouterAddress, OpenAILikeConfig):
    """Chat through OpenRouter."""

    def takes_cache_marks(self, model: str) -> bool:
        return "claude" in model  # the others keep prompts by themselves, or not at all

    def transform_messages(self, messages: Messages, target: Target) -> Messages:
        return [_with_mark_inside(message) for message in super().transform_messages(messages, target)]

    def transform_request(self, content: Messages, params: dict[str, Any], target: Target) -> dict[str, Any]:
        body = super().transform_request(content, _with_reasoning(params), target)
        return {"usage": {"include": True}, **body}

    def stream_decoder(self, call: Call, target: Target) -> OpenAIStreamDecoder:
        return OpenRouterStreamDecoder(target)


class OpenRouterStreamDecoder(OpenAIStreamDecoder):
    """Chunks of an answer; one that carries an error ends it (https://openrouter.ai/docs/api-reference/errors)."""

    def chunk(self, chunk: ModelResponseStream) -> ModelResponseStream:
        error = chunk.get("error")
        if error:
            raise self.failure(msgspec.json.encode({"error": error}))
        return chunk


def _with_reasoning(params: dict[str, Any]) -> dict[str, Any]:
    thinking = params.get("thinking")
    if not isinstance(thinking, Mapping):
        return params
    rest = without(params, "thinking")
    if "reasoning" in rest or "reasoning_effort" in rest:
        return rest
    if thinking.get("type") == "disabled":
        return {**rest, "reasoning": {"enabled": False}}
    budget = thinking.get("budget_tokens")
    return {**rest, "reasoning": {"max_tokens": budget} if budget else {"enabled": True}}


def _with_mark_inside(message: dict[str, Any]) -> dict[str, Any]:
    mark = message.get("cache_control")
    content = message.get("content")
    if mark is None or not content:
        return message
    parts = [{"type": "text", "text": content}] if isinstance(content, str) else list(content)
    parts[-1] = {**parts[-1], "cache_control": mark}
    return {**without(message, "cache_control"), "content": parts}
