"""Anthropic's token counts as OpenAI's: cached input is part of the prompt, thinking is part of the answer.

Wire facts: https://platform.claude.com/docs/en/api/messages (usage), …/build-with-claude/prompt-caching (input_tokens
is what lies after the last breakpoint), …/build-with-claude/compaction (iterations).
"""

from collections.abc import Mapping
from typing import Any

from litellm.core.tokens import estimate_tokens, token_counter
from litellm.types.usage import (
    CacheCreationTokenDetails,
    CompletionTokensDetails,
    PromptTokensDetails,
    ServerToolUse,
    Usage,
)

Counts = Mapping[str, Any]

# Above this many characters an estimate of the thinking does: exact counting would hold up other calls.
_COUNTED_EXACTLY = 40_000
# Facts that pricing needs, kept under the provider's own names.
_KEPT = ("inference_geo", "speed", "iterations")


def to_usage(counts: Counts, thinking: str = "") -> Usage:
    """The usage of one answer.

    `thinking` is the thinking that came back, counted when the provider does not say how long it was.

    >>> to_usage({"input_tokens": 5, "cache_read_input_tokens": 100, "output_tokens": 7}).prompt_tokens
    105
    """
    read, written = counts.get("cache_read_input_tokens") or 0, counts.get("cache_creation_input_tokens") or 0
    fresh, output = counts.get("input_tokens") or 0, counts.get("output_tokens") or 0
    for iteration in counts.get("iterations") or ():
        # The totals leave out what a compaction read and wrote, but it is paid for.
        if iteration.get("type") == "compaction":
            fresh += iteration.get("input_tokens") or 0
            read += iteration.get("cache_read_input_tokens") or 0
            written += iteration.get("cache_creation_input_tokens") or 0
            output += iteration.get("output_tokens") or 0
    prompt = fresh + read + written
    reasoning = _reasoning(counts, thinking, output)
    return Usage(
        prompt_tokens=prompt,
        completion_tokens=output,
        total_tokens=prompt + output,
        prompt_tokens_details=_prompt_details(fresh, read, written, counts.get("cache_creation")),
        completion_tokens_details=CompletionTokensDetails(
            reasoning_tokens=reasoning, text_tokens=max(output - reasoning, 0)
        ),
        server_tool_use=_server_tools(counts.get("server_tool_use")),
        cache_creation_input_tokens=written,
        cache_read_input_tokens=read,
        **{name: counts[name] for name in _KEPT if counts.get(name) is not None},
    )


def _prompt_details(fresh: int, read: int, written: int, lifetimes: Counts | None) -> PromptTokensDetails:
    details = PromptTokensDetails(cached_tokens=read, cache_creation_tokens=written, text_tokens=fresh)
    if lifetimes:
        details.cache_creation_token_details = CacheCreationTokenDetails(
            ephemeral_5m_input_tokens=lifetimes.get("ephemeral_5m_input_tokens") or 0,
            ephemeral_1h_input_tokens=lifetimes.get("ephemeral_1h_input_tokens") or 0,
        )
    return details


def _reasoning(counts: Counts, thinking: str, output: int) -> int:
    told = (counts.get("output_tokens_details") or {}).get("thinking_tokens")
    if told is not None:
        return int(told)
    if not thinking:
        return 0
    counted = token_counter(text=thinking) if len(thinking) <= _COUNTED_EXACTLY else estimate_tokens(thinking)
    return min(counted, output)


def _server_tools(requests: Counts | None) -> ServerToolUse | None:
    return ServerToolUse(**dict(requests)) if requests else None
