"""Chat with Cloudflare Workers AI, in OpenAI's format."""

from litellm.llms.cloudflare.address import CloudflareAddress
from litellm.llms.openai_like.chat.transformation import OpenAILikeConfig


class CloudflareChatConfig(CloudflareAddress, OpenAILikeConfig):
    """Chat with a model of Workers AI."""
