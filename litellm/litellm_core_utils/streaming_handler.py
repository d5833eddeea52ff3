"""The path under which LiteLLM 1.x has the stream that callers hold."""

from litellm.core.public_stream import CustomStreamWrapper

__all__ = ["CustomStreamWrapper"]
