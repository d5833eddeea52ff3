"""Chat with Azure AI Foundry models (https://learn.microsoft.com/en-us/rest/api/aifoundry/modelinference/).

Most speak OpenAI's format; Claude speaks Anthropic's.
"""

from collections.abc import Mapping
from typing import Any

from litellm.core.call import Call
from litellm.core.errors import ProviderError
from litellm.core.http import HttpRequest, HttpResponse
from litellm.core.ports import Ports
from litellm.core.target import Target
from litellm.llms.azure_ai.address import AzureAIAddress
from litellm.llms.azure_ai.chat.claude import AzureAIAnthropicConfig
from litellm.llms.base_llm.chat.transformation import BaseConfig, StreamDecoder
from litellm.llms.openai_like.chat.transformation import OpenAILikeConfig
from litellm.llms.openai_like.provider import Provider
from litellm.model_info import supports_tool_choice
from litellm.types.chat import ModelResponse


class AzureAIStudioConfig(AzureAIAddress, OpenAILikeConfig):
    """Chat with a model of Azure AI Foundry that speaks OpenAI's format."""

    def get_supported_openai_params(self, model: str) -> list[str]:
        names = super().get_supported_openai_params(model)
        if supports_tool_choice(model, self.provider):
            return names
        return [name for name in names if name != "tool_choice"]


class AzureAIConfig(BaseConfig):
    """Chat with any model of Azure AI Foundry: the one of two formats that the model speaks."""

    def __init__(self, vendor: Provider) -> None:
        self.provider = vendor.name
        self._claude = AzureAIAnthropicConfig()
        self._others = AzureAIStudioConfig(vendor)

    def _of(self, model: str) -> BaseConfig:
        return self._claude if "claude" in model.lower() else self._others

    def get_supported_openai_params(self, model: str) -> list[str]:
        return self._of(model).get_supported_openai_params(model)

    def map_openai_params(self, params: Mapping[str, Any], target: Target) -> dict[str, Any]:
        return self._of(target.model).map_openai_params(params, target)

    def get_complete_url(self, target: Target, *, stream: bool = False) -> str:
        return self._of(target.model).get_complete_url(target, stream=stream)

    def validate_environment(self, target: Target) -> dict[str, str]:
        return self._of(target.model).validate_environment(target)

    def transform_request(self, content: Any, params: dict[str, Any], target: Target) -> dict[str, Any]:
        return self._of(target.model).transform_request(content, params, target)

    def request_body(self, content: Any, call: Call, target: Target) -> dict[str, Any]:
        return self._of(target.model).request_body(content, call, target)

    async def prepare(self, call: Call, target: Target, ports: Ports) -> HttpRequest:
        return await self._of(target.model).prepare(call, target, ports)

    def transform_response(self, response: HttpResponse, call: Call, target: Target) -> ModelResponse:
        return self._of(target.model).transform_response(response, call, target)

    def transform_error(self, response: HttpResponse, target: Target) -> ProviderError:
        return self._of(target.model).transform_error(response, target)

    def stream_decoder(self, call: Call, target: Target) -> StreamDecoder:
        return self._of(target.model).stream_decoder(call, target)
