"""Embeddings of a vendor of the table: OpenAI's format, sent as the vendor's row says."""

from collections.abc import Mapping
from typing import Any

from litellm.core.call import Call
from litellm.core.http import HttpResponse
from litellm.core.target import Target
from litellm.llms.openai.embedding.transformation import OpenAIEmbeddingConfig
from litellm.llms.openai_like.address import VendorAddress
from litellm.llms.openai_like.params import renamed
from litellm.types.embedding import EmbeddingResponse


class OpenAILikeEmbeddingConfig(VendorAddress, OpenAIEmbeddingConfig):
    """Embeddings of one vendor, made from its row."""

    def get_supported_openai_params(self, model: str) -> list[str]:
        return sorted(self.vendor.embedding_params)

    def map_openai_params(self, params: Mapping[str, Any], target: Target) -> dict[str, Any]:
        return renamed(params, self.vendor.embedding_renames)

    def transform_request(self, content: Any, params: dict[str, Any], target: Target) -> dict[str, Any]:
        # vLLM and others that batch take a list only; a list of one text answers the same.
        texts = [content] if self.vendor.embedding_lists and isinstance(content, str) else content
        return super().transform_request(texts, params, target)

    def transform_response(self, response: HttpResponse, call: Call, target: Target) -> EmbeddingResponse:
        answer = super().transform_response(response, call, target)
        if answer.usage and not answer.usage.prompt_tokens:
            # Some count only the total, which is the prompt's: an embedding has no answer to count.
            answer.usage.prompt_tokens = answer.usage.total_tokens
        return answer
