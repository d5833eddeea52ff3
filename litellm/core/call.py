"""One call of one user, as a value: what was asked, in OpenAI's terms, apart from where it goes.

The names that LiteLLM owns are typed here (`Options`); what a provider owns travels in `extra` untouched.
"""

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

Endpoint = Literal["chat", "completion", "embedding", "moderation"]


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """The LiteLLM-owned arguments of a call. None of them is ever sent to a provider."""

    api_key: str | None = None
    api_base: str | None = None
    api_version: str | None = None
    organization: str | None = None
    custom_llm_provider: str | None = None
    base_model: str | None = None
    model_info: Mapping[str, Any] | None = None
    metadata: Mapping[str, Any] | None = None
    tags: list[str] | None = None
    timeout: Any = None
    stream_timeout: Any = None
    connect_timeout: float | None = None
    first_byte_timeout: float | None = None
    stream_idle_timeout: float | None = None
    total_timeout: float | None = None
    num_retries: int | None = None
    retry_strategy: str | None = None
    fallbacks: list[Any] | None = None
    context_window_fallbacks: Mapping[str, str] | None = None
    content_policy_fallbacks: list[Any] | None = None
    drop_params: bool | None = None
    modify_params: bool | None = None
    allowed_openai_params: list[str] | None = None
    additional_drop_params: list[str] | None = None
    extra_body: Mapping[str, Any] | None = None
    headers: Mapping[str, str] | None = None
    client: Any = None
    mock_response: Any = None
    mock_tool_calls: list[Any] | None = None
    mock_timeout: bool | None = None
    mock_delay: float | None = None
    custom_pricing: Mapping[str, Any] | None = None
    credentials: Mapping[str, Any] = msgspec.field(default_factory=dict)
    merge_reasoning_content_in_choices: bool | None = None
    ensure_alternating_roles: bool | None = None
    user_continue_message: Mapping[str, Any] | None = None
    assistant_continue_message: Mapping[str, Any] | None = None
    supports_system_message: bool | None = None
    enable_json_schema_validation: bool | None = None
    no_log: bool = False
    other: Mapping[str, Any] = msgspec.field(default_factory=dict)

    def __repr__(self) -> str:
        """The names that are set, without their values: among those are keys."""
        default = Options.__struct_defaults__
        given = (name for name, usual in zip(self.__struct_fields__, default, strict=True) if _given(self, name, usual))
        return f"Options({', '.join(given)})"


def _given(options: Options, name: str, usual: Any) -> bool:
    return getattr(options, name) not in (usual, {}, None)


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """One request of one user.

    `input` is the messages (chat), the prompt (completion) or the texts (embedding, moderation). `params` are the
    OpenAI parameters that were given, never None; `extra` is everything nobody here knows: it goes to the provider.
    """

    id: str
    endpoint: Endpoint
    model: str
    input: Any
    params: Mapping[str, Any] = msgspec.field(default_factory=dict)
    extra: Mapping[str, Any] = msgspec.field(default_factory=dict)
    options: Options = Options()
    stream: bool = False
    started: float = 0.0
    asynchronous: bool = False
    response_schema: Any = None
