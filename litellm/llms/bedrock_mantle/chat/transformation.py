"""Bedrock's OpenAI-compatible endpoint (https://docs.aws.amazon.com/bedrock/latest/userguide/bedrock-mantle.html).

Sign-in is a Bedrock API key; the address is the region's.
"""

from litellm.core.target import Target, env
from litellm.llms.openai_like.chat.transformation import OpenAILikeConfig

_REGION = "us-east-1"


class BedrockMantleChatConfig(OpenAILikeConfig):
    """Chat with Bedrock in OpenAI's format."""

    def address(self, target: Target) -> str:
        if target.api_base:
            return target.api_base
        region = target.credentials.get("aws_region_name") or env(
            "BEDROCK_MANTLE_REGION", "AWS_REGION_NAME", "AWS_REGION", "AWS_DEFAULT_REGION"
        )
        return f"https://bedrock-mantle.{region or _REGION}.api.aws/v1"
