"""DataRobot (https://docs.datarobot.com/en/docs/gen-ai/genai-code/dr-llm-gateway.html): OpenAI's format at a gateway.

The gateway is `<endpoint>/genai/llmgw`; a deployment has an address of its own, which is used as it is.
"""

from litellm.core.target import Target
from litellm.llms.openai_like.chat.transformation import OpenAILikeConfig

_CHAT = "/chat/completions"
_GATEWAY = "/genai/llmgw"
_API = "/api/v2"


class DataRobotConfig(OpenAILikeConfig):
    """Chat with DataRobot's gateway, or with a deployment."""

    def get_complete_url(self, target: Target, *, stream: bool = False) -> str:
        address = self.address(target).rstrip("/")
        if "/" not in address.partition("://")[2]:
            address += _API
        if address.endswith(_API):
            address += _GATEWAY
        if address.endswith(_GATEWAY):
            address += _CHAT
        return address + "/"
