"""Paths under which LiteLLM 1.x has the vendors' types."""

from litellm._lazy import submodules

__getattr__ = submodules(__name__)
