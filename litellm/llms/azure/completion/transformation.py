"""Text completion with Azure OpenAI."""

from litellm.llms.azure.address import AzureAddress
from litellm.llms.openai.completion.transformation import OpenAITextCompletionConfig


class AzureOpenAITextCompletionConfig(AzureAddress, OpenAITextCompletionConfig):
    """Text completion with one deployment."""

    provider = "azure"
    path = "/completions"
