"""Codestral fills in code (https://docs.mistral.ai/api/endpoint/fim): prompt and suffix in, a chat answer out."""

from collections.abc import Mapping
from typing import Any

import msgspec

from litellm.core.call import Call
from litellm.core.framing import Event
from litellm.core.http import HttpResponse
from litellm.core.target import Target
from litellm.llms.openai.completion.transformation import OpenAITextCompletionConfig, TextStreamDecoder
from litellm.llms.openai_like.params import renamed
from litellm.types.completion import TextCompletionResponse

_RENAMES = {"max_completion_tokens": "max_tokens", "seed": "random_seed"}


class CodestralTextCompletionConfig(OpenAITextCompletionConfig):
    """Code between a prompt and a suffix."""

    provider = "text-completion-codestral"
    base = "https://codestral.mistral.ai/v1"
    path = "/fim/completions"

    def get_supported_openai_params(self, model: str) -> list[str]:
        return "max_completion_tokens max_tokens seed stop stream suffix temperature top_p".split()

    def map_openai_params(self, params: Mapping[str, Any], target: Target) -> dict[str, Any]:
        return renamed(params, _RENAMES)

    def transform_response(self, response: HttpResponse, call: Call, target: Target) -> TextCompletionResponse:
        return super().transform_response(response._replace(body=as_texts(response.body)), call, target)

    def stream_decoder(self, call: Call, target: Target) -> "FillingDecoder":
        return FillingDecoder(target)

    def key_hint(self, target: Target) -> str:
        return "CODESTRAL_API_KEY"


class FillingDecoder(TextStreamDecoder):
    """Chunks of a chat answer as chunks of text."""

    def event(self, event: Event) -> list[Any]:
        if event.data == b"[DONE]":
            return super().event(event)
        try:
            data = as_texts(event.data)
        except ValueError as error:
            raise self.malformed(event.data) from error
        return super().event(event._replace(data=data))


def as_texts(body: bytes) -> bytes:
    """A chat answer, or a chunk of one, as a text completion: each choice's message becomes its text."""
    answer = msgspec.json.decode(body)
    if not isinstance(answer, dict) or not isinstance(answer.get("choices"), list):
        return body
    choices = [_as_text(choice) for choice in answer["choices"]]
    return msgspec.json.encode({**answer, "object": "text_completion", "choices": choices})


def _as_text(choice: Any) -> Any:
    if not isinstance(choice, dict) or "text" in choice:
        return choice
    said = choice.get("message") or choice.get("delta") or {}
    kept = {name: value for name, value in choice.items() if name not in ("message", "delta")}
    return {**kept, "text": said.get("content") or ""}
