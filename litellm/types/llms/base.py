"""The path under which LiteLLM 1.x has the base class of Responses API objects."""

from litellm.types.responses.main import BaseLiteLLMOpenAIResponseObject

__all__ = ["BaseLiteLLMOpenAIResponseObject"]
