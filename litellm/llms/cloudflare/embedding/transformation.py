"""Embeddings of Cloudflare Workers AI, in OpenAI's format."""

from litellm.llms.cloudflare.address import CloudflareAddress
from litellm.llms.openai_like.embedding.transformation import OpenAILikeEmbeddingConfig


class CloudflareEmbeddingConfig(CloudflareAddress, OpenAILikeEmbeddingConfig):
    """Embeddings of a model of Workers AI."""
