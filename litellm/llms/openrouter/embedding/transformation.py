"""Embeddings through OpenRouter (https://openrouter.ai/docs/api-reference/embeddings)."""

from litellm.llms.openai_like.embedding.transformation import OpenAILikeEmbeddingConfig
from litellm.llms.openrouter.address import OpenRouterAddress


class OpenrouterEmbeddingConfig(OpenRouterAddress, OpenAILikeEmbeddingConfig):
    """Embeddings through OpenRouter."""
