"""Text completion with a vendor of the table: OpenAI's format, sent as the vendor's row says."""

from litellm.llms.openai.completion.transformation import OpenAITextCompletionConfig
from litellm.llms.openai_like.address import VendorAddress


class OpenAILikeTextCompletionConfig(VendorAddress, OpenAITextCompletionConfig):
    """Text completion with one vendor, made from its row."""
