"""OpenAI's text completions (https://platform.openai.com/docs/api-reference/completions): a prompt in, text out."""

from typing import Any

from litellm.core.call import Call
from litellm.core.framing import Event
from litellm.core.http import HttpResponse
from litellm.core.target import Target
from litellm.llms.base_llm.adapter import require_items
from litellm.llms.base_llm.completion.transformation import BaseTextCompletionConfig
from litellm.llms.openai.chat.streaming import OpenAIStreamDecoder
from litellm.llms.openai.chat.transformation import OpenAIAddress
from litellm.types.completion import TextCompletionResponse
from litellm.types.mixin import decode

PARAMS = (
    "best_of echo frequency_penalty logit_bias logprobs max_tokens n presence_penalty seed stop stream stream_options "
    "suffix temperature top_p user extra_headers"
).split()


class OpenAITextCompletionConfig(OpenAIAddress, BaseTextCompletionConfig):
    """Text completion with OpenAI, and with everyone who speaks its format."""

    provider = "text-completion-openai"
    path = "/completions"

    def get_supported_openai_params(self, model: str) -> list[str]:
        return list(PARAMS)

    def unchanged_params(self, model: str) -> frozenset[str]:
        return (
            frozenset(self.get_supported_openai_params(model))
            if type(self) is OpenAITextCompletionConfig
            else frozenset()
        )

    def transform_request(self, content: Any, params: dict[str, Any], target: Target) -> dict[str, Any]:
        return {"model": target.model, "prompt": content, **params}

    def transform_response(self, response: HttpResponse, call: Call, target: Target) -> TextCompletionResponse:
        answer = decode(TextCompletionResponse, response.body)
        require_items(answer.choices, "choice", response, target)
        return answer

    def stream_decoder(self, call: Call, target: Target) -> "TextStreamDecoder":
        return TextStreamDecoder(target)


class TextStreamDecoder(OpenAIStreamDecoder):
    """Chunks of a text completion, which have the shape of the whole one."""

    def event(self, event: Event) -> list[Any]:
        if event.data == b"[DONE]":
            self.finished = True
            return []
        try:
            chunk = decode(TextCompletionResponse, event.data)
        except ValueError as error:
            raise self.malformed(event.data) from error
        if not chunk.choices and "error" in chunk:
            raise self.failure(event.data)
        self.follow(chunk.choices)
        return [chunk]
