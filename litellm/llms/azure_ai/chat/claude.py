"""Claude at Azure AI Foundry: Anthropic's format under `/anthropic`.

https://learn.microsoft.com/en-us/azure/ai-foundry/foundry-models/how-to/use-foundry-models-claude
"""

from litellm.core.errors import BadRequest
from litellm.core.target import Target
from litellm.llms.anthropic.chat.transformation import API_VERSION, AnthropicConfig

_PATH = "/anthropic/v1/messages"


class AzureAIAnthropicConfig(AnthropicConfig):
    """Chat with Claude in an Azure AI Foundry resource."""

    provider = "azure_ai"

    def get_complete_url(self, target: Target, *, stream: bool = False) -> str:
        if not target.api_base:
            raise BadRequest(
                "provider 'azure_ai' has no address of its own: pass api_base=… or set AZURE_AI_API_BASE",
                provider=target.provider,
                model=target.model,
            )
        base = target.api_base.partition("?")[0].rstrip("/")
        for ending in ("/v1/messages", "/v1", "/anthropic", "/models"):
            base = base.removesuffix(ending)
        return base + _PATH

    def validate_environment(self, target: Target) -> dict[str, str]:
        key = self.require_key(target)
        # The resource reads the first, gateways before it the second.
        return {"api-key": key, "x-api-key": key, "anthropic-version": API_VERSION}

    def key_hint(self, target: Target) -> str:
        return "AZURE_AI_API_KEY"
