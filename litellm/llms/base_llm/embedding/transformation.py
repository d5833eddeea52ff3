"""The embedding endpoint's adapter."""

from litellm.llms.base_llm.adapter import BaseAdapter
from litellm.types.embedding import EmbeddingResponse


class BaseEmbeddingConfig(BaseAdapter[EmbeddingResponse]):
    """Embeddings of one provider."""
