"""Chat with a vendor that serves some models in one wire format and some in another: the model decides."""

from collections.abc import Mapping
from typing import Any

from litellm.core.call import Call
from litellm.core.errors import ProviderError
from litellm.core.http import HttpRequest, HttpResponse
from litellm.core.ports import Ports
from litellm.core.target import Target
from litellm.llms.base_llm.chat.transformation import BaseConfig, StreamDecoder
from litellm.types.chat import ModelResponse


class EitherConfig(BaseConfig):
    """An adapter made of several; a subclass says in `adapter_of` which one a model has."""

    def adapter_of(self, model: str) -> BaseConfig:
        """The adapter of the format that this model speaks."""
        raise NotImplementedError

    def get_supported_openai_params(self, model: str) -> list[str]:
        return self.adapter_of(model).get_supported_openai_params(model)

    def map_openai_params(self, params: Mapping[str, Any], target: Target) -> dict[str, Any]:
        return self.adapter_of(target.model).map_openai_params(params, target)

    def get_complete_url(self, target: Target, *, stream: bool = False) -> str:
        return self.adapter_of(target.model).get_complete_url(target, stream=stream)

    def validate_environment(self, target: Target) -> dict[str, str]:
        return self.adapter_of(target.model).validate_environment(target)

    def transform_request(self, content: Any, params: dict[str, Any], target: Target) -> dict[str, Any]:
        return self.adapter_of(target.model).transform_request(content, params, target)

    def request_body(self, content: Any, call: Call, target: Target) -> dict[str, Any]:
        return self.adapter_of(target.model).request_body(content, call, target)

    async def prepare(self, call: Call, target: Target, ports: Ports) -> HttpRequest:
        return await self.adapter_of(target.model).prepare(call, target, ports)

    def transform_response(self, response: HttpResponse, call: Call, target: Target) -> ModelResponse:
        return self.adapter_of(target.model).transform_response(response, call, target)

    def transform_error(self, response: HttpResponse, target: Target) -> ProviderError:
        return self.adapter_of(target.model).transform_error(response, target)

    def stream_decoder(self, call: Call, target: Target) -> StreamDecoder:
        return self.adapter_of(target.model).stream_decoder(call, target)
