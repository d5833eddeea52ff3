"""Hugging Face (https://huggingface.co/docs/inference-providers/tasks/chat-completion): OpenAI's format at one router.

A model is `organisation/name`; an inference provider stands after a colon there, and before a slash with us.
"""

from typing import Any

from litellm.core.target import Target
from litellm.llms.openai.chat.transformation import Messages
from litellm.llms.openai_like.chat.transformation import OpenAILikeConfig


class HuggingFaceChatConfig(OpenAILikeConfig):
    """Chat through Hugging Face's router, or with an endpoint of one's own."""

    def transform_request(self, content: Messages, params: dict[str, Any], target: Target) -> dict[str, Any]:
        return {**super().transform_request(content, params, target), "model": routed_name(target.model)}


def routed_name(model: str) -> str:
    """The model's name as the router takes it.

    >>> routed_name("together/deepseek-ai/DeepSeek-R1")
    'deepseek-ai/DeepSeek-R1:together'
    """
    provider, _, rest = model.partition("/")
    return f"{rest}:{provider}" if "/" in rest else model
