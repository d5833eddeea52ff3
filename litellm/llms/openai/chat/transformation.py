"""OpenAI's chat completions (https://platform.openai.com/docs/api-reference/chat): the format we speak ourselves."""

from collections.abc import Mapping
from typing import Any, ClassVar

from litellm import model_info
from litellm.core.call import Call
from litellm.core.http import HttpResponse
from litellm.core.target import Target
from litellm.llms.base_llm.adapter import BaseAdapter, require_items
from litellm.llms.base_llm.chat.transformation import BaseConfig
from litellm.llms.openai import families
from litellm.llms.openai.chat.streaming import OpenAIStreamDecoder
from litellm.types.chat import ModelResponse
from litellm.types.mixin import decode

Messages = list[dict[str, Any]]


OPENAI_BASE = "https://api.openai.com/v1"


class OpenAIAddress(BaseAdapter[object]):
    """Where requests in this format go and how they sign in: one base URL, a `path` an endpoint, a bearer key."""

    base: str | None = OPENAI_BASE
    path: ClassVar[str] = ""

    def get_complete_url(self, target: Target, *, stream: bool = False) -> str:
        return join(target.api_base or self.base or "", self.path)

    def validate_environment(self, target: Target) -> dict[str, str]:
        headers = {"authorization": f"Bearer {self.require_key(target)}"}
        if target.organization:
            headers["openai-organization"] = target.organization
        return headers


class OpenAIConfig(OpenAIAddress, BaseConfig):
    """Chat with OpenAI, and the base of everyone who speaks its format."""

    provider = "openai"
    path = "/chat/completions"
    # https://platform.openai.com/docs/api-reference/chat/create#chat-create-stop
    stop_limit: ClassVar[int | None] = 4

    def get_supported_openai_params(self, model: str) -> list[str]:
        parallel = not families.is_o_series(model) or model_info.supports_parallel_function_calling(
            model, self.provider
        )
        return families.supported_params(model, parallel_tool_calls=parallel)

    def unchanged_params(self, model: str) -> frozenset[str]:
        if type(self) is not OpenAIConfig:  # a vendor's own class has something to rewrite
            return frozenset()
        return families.unchanged_params(self.get_supported_openai_params(model), model)

    def map_openai_params(self, params: Mapping[str, Any], target: Target) -> dict[str, Any]:
        return families.map_params(params, target)

    def transform_request(self, content: Messages, params: dict[str, Any], target: Target) -> dict[str, Any]:
        return {"model": target.model, "messages": self.transform_messages(content, target), **params}

    def transform_messages(self, messages: Messages, target: Target) -> Messages:
        """The messages as the provider takes them."""
        if families.reasons(target.family):
            return messages
        return developer_as_system(messages)

    def transform_response(self, response: HttpResponse, call: Call, target: Target) -> ModelResponse:
        return read_chat_completion(response, target)

    def stream_decoder(self, call: Call, target: Target) -> OpenAIStreamDecoder:
        return OpenAIStreamDecoder(target)


def read_chat_completion(response: HttpResponse, target: Target) -> ModelResponse:
    """A chat completion in OpenAI's format.

    Raises `InvalidResponse`, quoting what was received, for a 200 without a choice in it.
    """
    answer = decode(ModelResponse, response.body)
    require_items(answer.choices, "choice", response, target)
    return answer


def developer_as_system(messages: Messages) -> Messages:
    """The developer's messages under the role that models before o1 know."""
    if all(message.get("role") != "developer" for message in messages):
        return messages
    return [{**message, "role": "system"} if message.get("role") == "developer" else message for message in messages]


def join(base: str, path: str) -> str:
    """The endpoint's URL; a base that names the endpoint already, or ends in a slash, is understood."""
    address, question, query = base.partition("?")
    address = address.rstrip("/")
    if not address.endswith(path):
        address += path
    return address + question + query
