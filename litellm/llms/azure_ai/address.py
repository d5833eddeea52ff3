"""Where Azure AI Foundry's model inference is, and how it signs in.

https://learn.microsoft.com/en-us/azure/ai-foundry/foundry-models/concepts/endpoints: a resource's endpoint
(`*.services.ai.azure.com`) takes an `api-key` header, `/models` and an API version; a model's own takes a bearer key.
"""

from litellm.core.target import Target
from litellm.llms.openai.chat.transformation import join
from litellm.llms.openai_like.address import VendorAddress

_RESOURCE_HOSTS = (".services.ai.azure.com", ".openai.azure.com", ".cognitiveservices.azure.com")
_API_VERSION = "2024-05-01-preview"


class AzureAIAddress(VendorAddress):
    """The address part of Azure AI's adapters."""

    def get_complete_url(self, target: Target, *, stream: bool = False) -> str:
        base = self.address(target)
        if not is_resource(base) or "/openai/v1" in base:
            return join(base, self.path)
        address, _, query = base.partition("?")
        if "/models" not in address:
            address = address.rstrip("/") + "/models"
        version = query or f"api-version={target.api_version or _API_VERSION}"
        return f"{join(address, self.path)}?{version}"

    def validate_environment(self, target: Target) -> dict[str, str]:
        if is_resource(self.address(target)):
            return {"api-key": self.require_key(target)}
        return super().validate_environment(target)


def is_resource(base: str) -> bool:
    """Whether the address is a resource's, which serves all its models."""
    host = base.partition("://")[2].partition("/")[0].partition(":")[0].lower()
    return host.endswith(_RESOURCE_HOSTS)
