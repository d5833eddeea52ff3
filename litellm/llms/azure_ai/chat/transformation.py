"""Chat with Azure AI Foundry (https://learn.microsoft.com/en-us/azure/ai-foundry/foundry-models/concepts/endpoints).

Most speak OpenAI's format; Claude speaks Anthropic's.
"""

from litellm.llms.azure_ai.address import AzureAIAddress
from litellm.llms.azure_ai.chat.claude import AzureAIAnthropicConfig
from litellm.llms.base_llm.chat.transformation import BaseConfig
from litellm.llms.openai import families
from litellm.llms.openai_like.chat.either import EitherConfig
from litellm.llms.openai_like.chat.transformation import OpenAILikeConfig
from litellm.llms.openai_like.provider import Provider
from litellm.model_info import supports_tool_choice


class AzureAIStudioConfig(AzureAIAddress, OpenAILikeConfig):
    """Chat with a model of Azure AI Foundry that speaks OpenAI's format."""

    def get_supported_openai_params(self, model: str) -> list[str]:
        if families.reasons(model):
            return [name for name in families.supported_params(model, parallel_tool_calls=True) if name != "user"]
        names = super().get_supported_openai_params(model)
        if supports_tool_choice(model, self.provider):
            return names
        return [name for name in names if name != "tool_choice"]


class AzureAIConfig(EitherConfig):
    """Chat with any model of Azure AI Foundry."""

    def __init__(self, vendor: Provider) -> None:
        self.provider = vendor.name
        self._claude = AzureAIAnthropicConfig()
        self._others = AzureAIStudioConfig(vendor)

    def adapter_of(self, model: str) -> BaseConfig:
        return self._claude if "claude" in model.lower() else self._others
