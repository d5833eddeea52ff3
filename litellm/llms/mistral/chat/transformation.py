"""Mistral (https://docs.mistral.ai/api/endpoint/chat): OpenAI's format, with thinking as content.

Magistral models always think; others take `reasoning_effort` (https://docs.mistral.ai/capabilities/reasoning).
"""

from collections.abc import Mapping
from typing import Any

from litellm.core.call import Call
from litellm.core.http import HttpResponse
from litellm.core.target import Target
from litellm.llms.mistral.chat.content import read_message, with_own_thinking
from litellm.llms.openai.chat.streaming import OpenAIStreamDecoder
from litellm.llms.openai.chat.transformation import Messages
from litellm.llms.openai_like.chat.transformation import OpenAILikeConfig
from litellm.llms.openai_like.quirks import thinking_as_effort, without
from litellm.types.chat import ModelResponse
from litellm.types.stream import ModelResponseStream

# Keys of JSON Schema that name a document; Mistral refuses them.
_DOCUMENT_KEYS = ("$schema", "$id")


class MistralConfig(OpenAILikeConfig):
    """Chat with Mistral."""

    def map_openai_params(self, params: Mapping[str, Any], target: Target) -> dict[str, Any]:
        mapped = thinking_as_effort(super().map_openai_params(params, target), target)
        if "magistral" in target.model:
            mapped.pop("reasoning_effort", None)
        if "tools" in mapped:
            mapped["tools"] = _plain_schema(mapped["tools"])
        return mapped

    def transform_messages(self, messages: Messages, target: Target) -> Messages:
        return [with_own_thinking(message) for message in super().transform_messages(messages, target)]

    def transform_response(self, response: HttpResponse, call: Call, target: Target) -> ModelResponse:
        answer = super().transform_response(response, call, target)
        for choice in answer.choices:
            read_message(choice.message)
        return answer

    def stream_decoder(self, call: Call, target: Target) -> OpenAIStreamDecoder:
        return MistralStreamDecoder(target)


class MistralStreamDecoder(OpenAIStreamDecoder):
    """Chunks whose content may be a list with thinking in it."""

    def chunk(self, chunk: ModelResponseStream) -> ModelResponseStream:
        for choice in chunk.choices:
            read_message(choice.delta)
        return chunk


def _plain_schema(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _plain_schema(item) for name, item in without(value, *_DOCUMENT_KEYS).items()}
    if isinstance(value, list):
        return [_plain_schema(item) for item in value]
    return value
