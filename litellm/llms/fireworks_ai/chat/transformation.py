"""Fireworks (https://docs.fireworks.ai/api-reference/post-chatcompletions): OpenAI's format, models by path."""

from collections.abc import Mapping
from typing import Any

from litellm.core.errors import BadRequest
from litellm.core.target import Target
from litellm.llms.fireworks_ai.address import full_name
from litellm.llms.openai.chat.transformation import Messages
from litellm.llms.openai_like.chat.transformation import OpenAILikeConfig
from litellm.model_info import supports_function_calling


class FireworksAIConfig(OpenAILikeConfig):
    """Chat with Fireworks."""

    def get_supported_openai_params(self, model: str) -> list[str]:
        names = super().get_supported_openai_params(model)
        if supports_function_calling(model, self.provider):
            return names
        return [name for name in names if name != "tool_choice"]

    def transform_request(self, content: Messages, params: dict[str, Any], target: Target) -> dict[str, Any]:
        _refuse_files(content, target)
        body = super().transform_request(content, params, target)
        body["model"] = full_name(target.model)
        if body.get("stream"):
            # Usage comes in a stream only when it is asked for.
            body.setdefault("stream_options", {"include_usage": True})
        return body


def _refuse_files(messages: Messages, target: Target) -> None:
    for message in messages:
        parts = message.get("content")
        if isinstance(parts, list) and any(isinstance(p, Mapping) and p.get("type") == "file" for p in parts):
            raise BadRequest(
                f"{target.provider} takes text and images, no files: send the file's text, or its pages as image_url",
                provider=target.provider,
                model=target.model,
            )
