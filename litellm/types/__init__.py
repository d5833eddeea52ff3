"""Data that crosses the public edge: requests, responses, settings; no behaviour."""

from litellm._lazy import submodules

__getattr__ = submodules(__name__)
