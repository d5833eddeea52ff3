"""The path under which LiteLLM 1.x has `get_llm_provider`."""

from litellm.utils import get_llm_provider

__all__ = ["get_llm_provider"]
