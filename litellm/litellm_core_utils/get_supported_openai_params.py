"""The path under which LiteLLM 1.x has `get_supported_openai_params`."""

from litellm.utils import get_supported_openai_params

__all__ = ["get_supported_openai_params"]
