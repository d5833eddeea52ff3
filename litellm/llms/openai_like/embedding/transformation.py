"""Embeddings of a vendor of the table: OpenAI's format, sent as the vendor's row says."""

from typing import Any

from litellm.core.target import Target
from litellm.llms.openai.embedding.transformation import OpenAIEmbeddingConfig
from litellm.llms.openai_like.address import VendorAddress


class OpenAILikeEmbeddingConfig(VendorAddress, OpenAIEmbeddingConfig):
    """Embeddings of one vendor, made from its row."""

    def get_supported_openai_params(self, model: str) -> list[str]:
        return sorted(self.vendor.embedding_params)

    def transform_request(self, content: Any, params: dict[str, Any], target: Target) -> dict[str, Any]:
        # vLLM and others that batch take a list only; a list of one text answers the same.
        texts = [content] if self.vendor.embedding_lists and isinstance(content, str) else content
        return super().transform_request(texts, params, target)
