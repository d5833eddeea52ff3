"""Groq (https://console.groq.com/docs/api-reference#chat-create): OpenAI's format.

Searching the web is a tool of the model's (https://console.groq.com/docs/browser-search).
Models without structured outputs (https://console.groq.com/docs/structured-outputs) answer in a schema through a tool.
"""

from collections.abc import Mapping
from typing import Any

from litellm.core.call import Call
from litellm.core.http import HttpResponse
from litellm.core.target import Target
from litellm.llms.openai import json_tool
from litellm.llms.openai.chat.streaming import OpenAIStreamDecoder
from litellm.llms.openai_like.chat.transformation import OpenAILikeConfig
from litellm.model_info import supports_response_schema, supports_web_search
from litellm.types.chat import ModelResponse
from litellm.types.stream import ModelResponseStream


class GroqChatConfig(OpenAILikeConfig):
    """Chat with Groq."""

    def get_supported_openai_params(self, model: str) -> list[str]:
        names = super().get_supported_openai_params(model)
        return [*names, "web_search_options"] if supports_web_search(model, self.provider) else names

    def map_openai_params(self, params: Mapping[str, Any], target: Target) -> dict[str, Any]:
        mapped = super().map_openai_params(params, target)
        if mapped.pop("web_search_options", None) is not None:
            mapped["tools"] = [*(mapped.get("tools") or ()), {"type": "browser_search"}]
        if json_tool.schema_of(mapped.get("response_format")) and not _has_schemas(target):
            return json_tool.with_json_tool(mapped)
        return mapped

    def transform_response(self, response: HttpResponse, call: Call, target: Target) -> ModelResponse:
        return json_tool.unwrap(super().transform_response(response, call, target))

    def stream_decoder(self, call: Call, target: Target) -> OpenAIStreamDecoder:
        if json_tool.asked_for(call) and not _has_schemas(target):
            return UnwrappingDecoder(target)
        return super().stream_decoder(call, target)


class UnwrappingDecoder(OpenAIStreamDecoder):
    """Chunks of an answer that comes as the call of our tool."""

    def __init__(self, target: Target) -> None:
        super().__init__(target)
        self._unwrapper = json_tool.Unwrapper()

    def chunk(self, chunk: ModelResponseStream) -> ModelResponseStream:
        return self._unwrapper.chunk(chunk)


def _has_schemas(target: Target) -> bool:
    return supports_response_schema(target.model, target.provider)
