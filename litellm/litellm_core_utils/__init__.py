"""Paths under which LiteLLM 1.x has parts that live elsewhere here; re-exports only."""

from litellm._lazy import submodules

__getattr__ = submodules(__name__)
