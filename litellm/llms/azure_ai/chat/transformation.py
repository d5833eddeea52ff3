"""Chat with Azure AI Foundry models (https://learn.microsoft.com/en-us/rest/api/aifoundry/modelinference/)."""

from litellm.llms.azure_ai.address import AzureAIAddress
from litellm.llms.openai_like.chat.transformation import OpenAILikeConfig
from litellm.model_info import supports_tool_choice


class AzureAIStudioConfig(AzureAIAddress, OpenAILikeConfig):
    """Chat with a model of Azure AI Foundry."""

    def get_supported_openai_params(self, model: str) -> list[str]:
        names = super().get_supported_openai_params(model)
        if supports_tool_choice(model, self.provider):
            return names
        return [name for name in names if name != "tool_choice"]
