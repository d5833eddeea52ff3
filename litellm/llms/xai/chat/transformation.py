"""xAI (https://docs.x.ai/docs/api-reference#chat-completions): OpenAI's format.

Reasoning models refuse some sampling parameters (https://docs.x.ai/docs/guides/reasoning), and their thinking is
counted apart from the completion's tokens.
"""

from litellm.core.call import Call
from litellm.core.http import HttpResponse
from litellm.core.target import Target
from litellm.llms.openai.chat.streaming import OpenAIStreamDecoder
from litellm.llms.openai_like.chat.transformation import OpenAILikeConfig
from litellm.types.chat import ModelResponse
from litellm.types.stream import ModelResponseStream
from litellm.types.usage import Usage

_WITHOUT_STOP = ("grok-3-mini", "grok-4", "grok-code-fast")
_WITHOUT_FREQUENCY_PENALTY = ("grok-4", "grok-code-fast")


class XAIChatConfig(OpenAILikeConfig):
    """Chat with xAI."""

    def get_supported_openai_params(self, model: str) -> list[str]:
        refused = set()
        if any(family in model for family in _WITHOUT_STOP):
            refused.add("stop")
        if any(family in model for family in _WITHOUT_FREQUENCY_PENALTY):
            refused.add("frequency_penalty")
        return [name for name in super().get_supported_openai_params(model) if name not in refused]

    def transform_response(self, response: HttpResponse, call: Call, target: Target) -> ModelResponse:
        answer = super().transform_response(response, call, target)
        count_reasoning(answer.usage)
        return answer

    def stream_decoder(self, call: Call, target: Target) -> OpenAIStreamDecoder:
        return XAIStreamDecoder(target)


class XAIStreamDecoder(OpenAIStreamDecoder):
    """Chunks whose usage counts thinking as OpenAI does."""

    def chunk(self, chunk: ModelResponseStream) -> ModelResponseStream:
        count_reasoning(chunk.usage)
        return chunk


def count_reasoning(usage: Usage | None) -> None:
    """Add reasoning to the completion's tokens where upstream's total shows that it is counted apart."""
    if usage is None or usage.completion_tokens_details is None:
        return
    reasoning = usage.completion_tokens_details.reasoning_tokens or 0
    if reasoning and usage.total_tokens == usage.prompt_tokens + usage.completion_tokens + reasoning:
        usage.completion_tokens += reasoning
