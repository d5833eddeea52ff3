"""The path under which LiteLLM 1.x has `exception_type`."""

from litellm.utils import exception_type

__all__ = ["exception_type"]
