"""Paths under which LiteLLM 1.x has the vendors' types."""

from typing import TYPE_CHECKING, Any

from litellm._lazy import submodule

if TYPE_CHECKING:
    from litellm.types.llms import anthropic as anthropic
    from litellm.types.llms import base as base
    from litellm.types.llms import openai as openai
else:

    def __getattr__(name: str) -> Any:
        return submodule(__name__, name)
