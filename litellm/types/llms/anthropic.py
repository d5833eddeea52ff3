"""Messages, tools and answers of Anthropic's API (https://docs.anthropic.com/en/api/messages)."""

from typing import Any, Literal, Required, TypedDict


class AnthropicCacheControl(TypedDict, total=False):
    """A mark: the prompt may be cached up to here, for `ttl` ("5m" or "1h")."""

    type: Required[Literal["ephemeral"]]
    ttl: Literal["5m", "1h"]


class AnthropicMessagesToolChoice(TypedDict, total=False):
    """Which tool to use."""

    type: Required[Literal["auto", "any", "tool", "none"]]
    name: str
    disable_parallel_tool_use: bool


class AnthropicMessagesTool(TypedDict, total=False):
    """A tool; `input_schema` is a JSON schema."""

    name: Required[str]
    description: str
    input_schema: dict[str, Any]
    type: str
    cache_control: AnthropicCacheControl | None


class AnthropicUsage(TypedDict, total=False):
    """Tokens of a call; those read from or written to the prompt cache are not in `input_tokens`."""

    input_tokens: int
    output_tokens: int
    cache_creation_input_tokens: int | None
    cache_read_input_tokens: int | None
    cache_creation: dict[str, int] | None
    server_tool_use: dict[str, int] | None
    service_tier: str | None


class AnthropicMessagesResponse(TypedDict, total=False):
    """An answer."""

    id: str
    type: Literal["message"]
    role: Literal["assistant"]
    model: str | None
    content: list[dict[str, Any]] | None
    stop_reason: str | None
    stop_sequence: str | None
    usage: AnthropicUsage | None
    container: dict[str, Any] | None
    context_management: dict[str, Any] | None


class AnthropicMessagesRequest(TypedDict, total=False):
    """A request."""

    model: Required[str]
    messages: Required[list[dict[str, Any]]]
    max_tokens: Required[int]
    metadata: dict[str, Any] | None
    stop_sequences: list[str] | None
    stream: bool | None
    system: str | list[dict[str, Any]] | None
    temperature: float | None
    thinking: dict[str, Any] | None
    tool_choice: AnthropicMessagesToolChoice | None
    tools: list[AnthropicMessagesTool] | None
    top_k: int | None
    top_p: float | None
