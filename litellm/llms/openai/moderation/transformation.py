"""OpenAI's moderations (https://platform.openai.com/docs/api-reference/moderations)."""

from typing import Any

from litellm.core.call import Call
from litellm.core.http import HttpResponse
from litellm.core.target import Target
from litellm.llms.openai.chat.transformation import OpenAIAddress
from litellm.types.mixin import decode
from litellm.types.moderation import OpenAIModerationResponse


class OpenAIModerationConfig(OpenAIAddress):
    """Moderation with OpenAI."""

    provider = "openai"
    path = "/moderations"

    def get_supported_openai_params(self, model: str) -> list[str]:
        return []

    def transform_request(self, content: Any, params: dict[str, Any], target: Target) -> dict[str, Any]:
        return {"model": target.model, "input": content, **params}

    def transform_response(self, response: HttpResponse, call: Call, target: Target) -> OpenAIModerationResponse:
        return decode(OpenAIModerationResponse, response.body)
