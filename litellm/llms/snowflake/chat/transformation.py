"""Chat with Snowflake Cortex (https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-rest-api).

Claude speaks Anthropic's format there, all others OpenAI's.
"""

from litellm._settings import settings
from litellm.core.target import Target
from litellm.llms.anthropic.chat.transformation import API_VERSION, REASONING, SUPPORTED, AnthropicConfig
from litellm.llms.base_llm.chat.transformation import BaseConfig
from litellm.llms.openai.chat.transformation import OpenAIConfig
from litellm.llms.openai_like.chat.either import EitherConfig
from litellm.llms.snowflake.address import SnowflakeAddress

_OPENAI_PARAMS = "temperature max_tokens max_completion_tokens top_p stream tools tool_choice".split()


class SnowflakeOpenAIConfig(SnowflakeAddress, OpenAIConfig):
    """Chat with a model of Cortex that speaks OpenAI's format."""

    provider = "snowflake"
    path = "/cortex/v1/chat/completions"

    def get_supported_openai_params(self, model: str) -> list[str]:
        return list(_OPENAI_PARAMS)


class SnowflakeAnthropicConfig(SnowflakeAddress, AnthropicConfig):
    """Chat with Claude in Cortex."""

    provider = "snowflake"
    path = "/cortex/v1/messages"

    def get_supported_openai_params(self, model: str) -> list[str]:
        return SUPPORTED + REASONING

    def default_max_tokens(self, target: Target) -> int:
        return settings.max_tokens

    def validate_environment(self, target: Target) -> dict[str, str]:
        return {**super().validate_environment(target), "anthropic-version": API_VERSION}


class SnowflakeConfig(EitherConfig):
    """Chat with any model of Cortex."""

    provider = "snowflake"

    def __init__(self) -> None:
        self._claude = SnowflakeAnthropicConfig()
        self._others = SnowflakeOpenAIConfig()

    def adapter_of(self, model: str) -> BaseConfig:
        return self._claude if "claude" in model.lower() else self._others
