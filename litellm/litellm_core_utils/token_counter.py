"""The path under which LiteLLM 1.x has `token_counter`."""

from litellm.core.tokens import token_counter

__all__ = ["token_counter"]
