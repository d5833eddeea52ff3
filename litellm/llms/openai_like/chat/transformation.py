"""Chat with a vendor of the table: OpenAI's format, sent as the vendor's row says."""

from collections.abc import Mapping
from typing import Any, ClassVar

from litellm.core.call import Call
from litellm.core.http import HttpResponse
from litellm.core.target import Target
from litellm.llms.openai.chat.transformation import Messages, OpenAIConfig, developer_as_system
from litellm.llms.openai_like.address import VendorAddress
from litellm.llms.openai_like.params import renamed, supported_params
from litellm.llms.openai_like.quirks import QUIRKS
from litellm.types.chat import ModelResponse


class OpenAILikeConfig(VendorAddress, OpenAIConfig):
    """Chat with one vendor, made from its row. Vendors that need more than a row can say derive from it."""

    stop_limit: ClassVar[int | None] = None  # vendors have limits of their own

    def get_supported_openai_params(self, model: str) -> list[str]:
        return supported_params(self.vendor, model)

    def unchanged_params(self, model: str) -> frozenset[str]:
        if type(self) is not OpenAILikeConfig or self.vendor.quirks:
            return frozenset()
        renamed_ones = self.vendor.renames.keys() | self.vendor.renames.values()
        return frozenset(self.get_supported_openai_params(model)) - renamed_ones

    def map_openai_params(self, params: Mapping[str, Any], target: Target) -> dict[str, Any]:
        return renamed(params, self.vendor.renames)

    def transform_messages(self, messages: Messages, target: Target) -> Messages:
        return developer_as_system(messages)

    def transform_request(self, content: Messages, params: dict[str, Any], target: Target) -> dict[str, Any]:
        body = super().transform_request(content, params, target)
        for name in self.vendor.quirks:
            body = QUIRKS[name](body, target)
        return body

    def transform_response(self, response: HttpResponse, call: Call, target: Target) -> ModelResponse:
        answer = super().transform_response(response, call, target)
        if not self.vendor.direct:
            # As LiteLLM 1.x answers for vendors it reaches through OpenAI's client: the name tells the vendor.
            answer.model = f"{self.provider}/{answer.model or target.model}"
        return answer
