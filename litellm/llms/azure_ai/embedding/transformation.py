"""Embeddings of Azure AI Foundry (https://learn.microsoft.com/en-us/rest/api/aifoundry/modelinference/)."""

from litellm.llms.azure_ai.address import AzureAIAddress
from litellm.llms.openai_like.embedding.transformation import OpenAILikeEmbeddingConfig


class AzureAIEmbeddingConfig(AzureAIAddress, OpenAILikeEmbeddingConfig):
    """Embeddings of a model of Azure AI Foundry."""
