"""Names that guardrails are configured by."""

from enum import StrEnum
from typing import Any, Literal, TypedDict


class GuardrailEventHooks(StrEnum):
    """When a guardrail looks."""

    pre_call = "pre_call"
    post_call = "post_call"
    during_call = "during_call"
    logging_only = "logging_only"
    pre_mcp_call = "pre_mcp_call"
    during_mcp_call = "during_mcp_call"
    post_mcp_call = "post_mcp_call"


class PiiAction(StrEnum):
    """What to do with a personal detail."""

    BLOCK = "BLOCK"
    MASK = "MASK"


class Guardrail(TypedDict, total=False):
    """A configured guardrail."""

    guardrail_id: str | None
    guardrail_name: str
    litellm_params: dict[str, Any]
    guardrail_info: dict[str, Any] | None


class DynamicGuardrailParams(TypedDict):
    """Parameters that a call adds to a guardrail's own."""

    extra_body: dict[str, Any]


class GenericGuardrailAPIInputs(TypedDict, total=False):
    """What a guardrail is shown of a request or an answer."""

    texts: list[str]
    images: list[str]
    tools: list[dict[str, Any]]
    tool_calls: list[dict[str, Any]]
    structured_messages: list[dict[str, Any]]
    model: str | None


GuardrailMode = Literal["default"] | GuardrailEventHooks | list[GuardrailEventHooks]
