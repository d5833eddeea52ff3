"""Types of OpenAI's Responses API."""

from litellm._lazy import submodules

__getattr__ = submodules(__name__)
