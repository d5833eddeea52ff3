"""What a call used: tokens by kind, tool requests, cost. Must not know prices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import UNSET

from litellm.types.mixin import JSON, Model, unset

if TYPE_CHECKING:
    from collections.abc import Mapping


class CacheCreationTokenDetails(Model):
    """Tokens written to a prompt cache, by how long they live there."""

    ephemeral_5m_input_tokens: int | None = unset()
    ephemeral_1h_input_tokens: int | None = unset()


class PromptTokensDetails(Model):
    """What the prompt's tokens were (https://platform.openai.com/docs/api-reference/chat/object)."""

    cached_tokens: int | None = unset()
    audio_tokens: int | None = unset()
    text_tokens: int | None = unset()
    image_tokens: int | None = unset()
    video_tokens: int | None = unset()
    cache_write_tokens: int | None = unset()
    cache_creation_tokens: int | None = unset()
    cache_creation_token_details: CacheCreationTokenDetails | None = unset()
    web_search_requests: int | None = unset()
    google_maps_grounding_requests: int | None = unset()
    tool_use_tokens: int | None = unset()
    character_count: int | None = unset()
    image_count: int | None = unset()
    video_length_seconds: float | None = unset()
    audio_length_seconds: float | None = unset()
    query_count: int | None = unset()
    cached_tokens_details: dict[str, Any] | None = unset()


class CompletionTokensDetails(Model):
    """What the answer's tokens were (https://platform.openai.com/docs/api-reference/chat/object)."""

    reasoning_tokens: int | None = unset()
    audio_tokens: int | None = unset()
    accepted_prediction_tokens: int | None = unset()
    rejected_prediction_tokens: int | None = unset()
    text_tokens: int | None = unset()
    image_tokens: int | None = unset()
    video_tokens: int | None = unset()


PromptTokensDetailsWrapper = PromptTokensDetails
CompletionTokensDetailsWrapper = CompletionTokensDetails


class ServerToolUse(Model):
    """Requests that the provider's own tools made."""

    web_search_requests: int | None = unset()
    tool_search_requests: int | None = unset()
    browser_open_requests: int | None = unset()


class Usage(Model):
    """Tokens and requests of one call.

    `cache_read_input_tokens` and `prompt_cache_hit_tokens` also become `prompt_tokens_details.cached_tokens`,
    `cache_creation_input_tokens` becomes `.cache_creation_tokens`. The constructor takes `reasoning_tokens`, which
    becomes `completion_tokens_details.reasoning_tokens`, with what is left of the answer as `text_tokens`.
    Example: `Usage(prompt_tokens=9, completion_tokens=12, total_tokens=21, reasoning_tokens=8)`.
    """

    prompt_tokens: int = 0
    completion_tokens: int = 0
    total_tokens: int = 0
    prompt_tokens_details: PromptTokensDetails | None = unset()
    completion_tokens_details: CompletionTokensDetails | None = unset()
    server_tool_use: ServerToolUse | None = unset()
    cost: float | dict[str, Any] | None = unset()
    cache_creation_input_tokens: int | None = unset()
    cache_read_input_tokens: int | None = unset()
    prompt_cache_hit_tokens: int | None = unset()
    prompt_cache_miss_tokens: int | None = unset()

    _positional = (
        "prompt_tokens", "completion_tokens", "total_tokens", "reasoning_tokens", "prompt_tokens_details",
        "completion_tokens_details", "server_tool_use", "cost",
    )  # fmt: skip
    _absent_when_none = frozenset(
        "prompt_tokens_details completion_tokens_details server_tool_use cost cache_creation_input_tokens "
        "cache_read_input_tokens prompt_cache_hit_tokens prompt_cache_miss_tokens".split()
    )

    if TYPE_CHECKING:

        def __init__(
            self,
            prompt_tokens: int | None = None,
            completion_tokens: int | None = None,
            total_tokens: int | None = None,
            reasoning_tokens: int | None = None,
            prompt_tokens_details: PromptTokensDetails | Mapping[str, Any] | None = None,
            completion_tokens_details: CompletionTokensDetails | Mapping[str, Any] | None = None,
            server_tool_use: ServerToolUse | Mapping[str, Any] | None = None,
            cost: float | None = None,
            **params: Any,
        ) -> None: ...

    @staticmethod
    def _prepare(given: JSON) -> JSON:
        for name in ("prompt_tokens", "completion_tokens", "total_tokens"):
            if given.get(name, 0) is None:
                given[name] = 0
        reasoning = given.pop("reasoning_tokens", None)
        if reasoning is not None:
            details = given.get("completion_tokens_details") or {}
            given["completion_tokens_details"] = _with_reasoning(
                details, reasoning, given.get("completion_tokens") or 0
            )
        return given

    def __post_init__(self) -> None:
        read, written = self._raw_cache_read_input_tokens, self._raw_cache_creation_input_tokens
        if read is UNSET:
            read = self._raw_prompt_cache_hit_tokens
        if read is not UNSET or written is not UNSET:
            self._detail_cache(read, written)

    def _detail_cache(self, read: Any, written: Any) -> None:
        details = self.prompt_tokens_details
        if not isinstance(details, PromptTokensDetails):
            details = self.prompt_tokens_details = PromptTokensDetails()
        if details.cached_tokens is None and isinstance(read, int):
            details.cached_tokens = read
        if details.cache_creation_tokens is None and isinstance(written, int):
            details.cache_creation_tokens = written


def _with_reasoning(
    details: CompletionTokensDetails | Mapping[str, Any], reasoning: int, completion: int
) -> CompletionTokensDetails:
    """The details with `reasoning_tokens`, and as `text_tokens` what the other kinds leave of the answer."""
    made = CompletionTokensDetails(**dict(details))
    if made.reasoning_tokens is None:
        made.reasoning_tokens = reasoning
    if made.text_tokens is None:
        made.text_tokens = max(completion - reasoning - (made.image_tokens or 0) - (made.audio_tokens or 0), 0)
    return made
