"""OpenAI's embeddings (https://platform.openai.com/docs/api-reference/embeddings)."""

from typing import Any

from litellm.core.call import Call
from litellm.core.http import HttpResponse
from litellm.core.target import Target
from litellm.llms.base_llm.adapter import require_items
from litellm.llms.base_llm.embedding.transformation import BaseEmbeddingConfig
from litellm.llms.openai.chat.transformation import OpenAIAddress
from litellm.types.embedding import EmbeddingResponse
from litellm.types.mixin import decode


class OpenAIEmbeddingConfig(OpenAIAddress, BaseEmbeddingConfig):
    """Embeddings of OpenAI, and of everyone who speaks its format."""

    provider = "openai"
    path = "/embeddings"

    def get_supported_openai_params(self, model: str) -> list[str]:
        # Models before the third generation have one size only.
        shared = ["encoding_format", "user", "extra_headers"]
        return shared if model.endswith("ada-002") else ["dimensions", *shared]

    def unchanged_params(self, model: str) -> frozenset[str]:
        return (
            frozenset(self.get_supported_openai_params(model)) if type(self) is OpenAIEmbeddingConfig else frozenset()
        )

    def transform_request(self, content: Any, params: dict[str, Any], target: Target) -> dict[str, Any]:
        return {"model": target.model, "input": content, **params}

    def transform_response(self, response: HttpResponse, call: Call, target: Target) -> EmbeddingResponse:
        answer = decode(EmbeddingResponse, response.body)
        require_items(answer.data, "embedding", response, target)
        return answer
