"""Chat with Azure OpenAI: OpenAI's format at a deployment's address."""

import re
from collections.abc import Mapping
from typing import Any

from litellm.core.call import Call
from litellm.core.http import HttpResponse
from litellm.core.target import Target
from litellm.llms.azure.address import AzureAddress, api_version
from litellm.llms.openai import families, json_tool
from litellm.llms.openai.chat.streaming import OpenAIStreamDecoder
from litellm.llms.openai.chat.transformation import OpenAIConfig
from litellm.types.chat import ModelResponse
from litellm.types.stream import ModelResponseStream

_DATED = re.compile(r"\d{4}-\d{2}-\d{2}")
# https://learn.microsoft.com/azure/ai-services/openai/how-to/structured-outputs#api-support
_STRUCTURED_OUTPUTS_SINCE = "2024-08-01"
# https://learn.microsoft.com/azure/ai-services/openai/reference lists none of these for chat completions.
_OPENAI_ONLY = frozenset({"max_retries", "prompt_cache_retention", "safety_identifier", "service_tier"})


def has_structured_outputs(target: Target) -> bool:
    """Whether the call's API version takes a JSON schema."""
    version = api_version(target)
    return not _DATED.match(version) or version >= _STRUCTURED_OUTPUTS_SINCE


class AzureOpenAIConfig(AzureAddress, OpenAIConfig):
    """Chat with one deployment; `base_model` names its model where the deployment's name does not."""

    provider = "azure"
    path = "/chat/completions"

    def get_supported_openai_params(self, model: str) -> list[str]:
        supported = families.supported_params(model, parallel_tool_calls=True)
        return supported if families.reasons(model) else [name for name in supported if name not in _OPENAI_ONLY]

    def map_openai_params(self, params: Mapping[str, Any], target: Target) -> dict[str, Any]:
        mapped = super().map_openai_params(params, target)
        return mapped if has_structured_outputs(target) else _without_schema(mapped)

    def transform_response(self, response: HttpResponse, call: Call, target: Target) -> ModelResponse:
        answer = super().transform_response(response, call, target)
        return json_tool.unwrap(answer, finish_reason="stop") if _uses_tool(call, target) else answer

    def stream_decoder(self, call: Call, target: Target) -> OpenAIStreamDecoder:
        return _ToolStreamDecoder(target) if _uses_tool(call, target) else OpenAIStreamDecoder(target)


def _without_schema(params: dict[str, Any]) -> dict[str, Any]:
    return json_tool.with_json_tool(params) if json_tool.schema_of(params.get("response_format")) else params


def _uses_tool(call: Call, target: Target) -> bool:
    return json_tool.asked_for(call) and not has_structured_outputs(target)


class _ToolStreamDecoder(OpenAIStreamDecoder):
    def __init__(self, target: Target) -> None:
        super().__init__(target)
        self._unwrapper = json_tool.Unwrapper()

    def chunk(self, chunk: ModelResponseStream) -> ModelResponseStream:
        return self._unwrapper.chunk(chunk)
