"""Gemini's usageMetadata as OpenAI's usage. Source: https://ai.google.dev/api/generate-content#UsageMetadata"""

from collections.abc import Mapping, Sequence
from typing import Any

from litellm.types.usage import CompletionTokensDetails, PromptTokensDetails, Usage

_KINDS = {
    "TEXT": "text_tokens",
    "DOCUMENT": "text_tokens",
    "AUDIO": "audio_tokens",
    "IMAGE": "image_tokens",
    "VIDEO": "video_tokens",
}


def read_usage(metadata: Mapping[str, Any], groundings: Sequence[Mapping[str, Any]] = ()) -> Usage:
    """The tokens of a call: thoughts count as answered, results of Google's tools as asked.

    `groundings` are the candidates' grounding metadata; they say how often Google searched.
    """
    prompt, tools = _number(metadata, "promptTokenCount"), _number(metadata, "toolUsePromptTokenCount")
    answered, thought = _number(metadata, "candidatesTokenCount"), _number(metadata, "thoughtsTokenCount")
    total = _number(metadata, "totalTokenCount")
    # Some models count their thoughts among the candidates' tokens: there the total leaves them no room of their own.
    inclusive = bool(thought) and prompt + tools + answered == total
    completion = answered if inclusive else answered + thought
    cached = _number(metadata, "cachedContentTokenCount")
    found: dict[str, Any] = {
        "prompt_tokens": prompt + tools,
        "completion_tokens": completion,
        "total_tokens": total or prompt + tools + completion,
        "prompt_tokens_details": _prompt(metadata, cached, groundings),
        "completion_tokens_details": _completion(metadata, completion, thought),
    }
    return Usage(**found, cache_read_input_tokens=cached) if cached else Usage(**found)


def _number(metadata: Mapping[str, Any], name: str) -> int:
    return int(metadata.get(name) or 0)


def _by_kind(details: Any) -> dict[str, int]:
    found: dict[str, int] = {}
    for detail in details or ():
        kind = _KINDS.get(detail.get("modality", ""))
        if kind:
            found[kind] = found.get(kind, 0) + _number(detail, "tokenCount")
    return found


def _prompt(metadata: Mapping[str, Any], cached: int, groundings: Sequence[Mapping[str, Any]]) -> PromptTokensDetails:
    """What the prompt held, by kind and without what was cached, which is counted on its own."""
    given = _by_kind(metadata.get("promptTokensDetails")) or {"text_tokens": _number(metadata, "promptTokenCount")}
    for kind, count in _by_kind(metadata.get("toolUsePromptTokensDetails")).items():
        given[kind] = given.get(kind, 0) + count
    from_cache = _by_kind(metadata.get("cacheTokensDetails")) or {"text_tokens": cached}
    left: dict[str, Any] = {kind: max(count - from_cache.get(kind, 0), 0) for kind, count in given.items()}
    if cached:
        left["cached_tokens"] = cached
    if metadata.get("toolUsePromptTokenCount"):
        left["tool_use_tokens"] = metadata["toolUsePromptTokenCount"]
    return PromptTokensDetails(**left, **_searches(groundings))


def _searches(groundings: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    queries = sum(len(grounding.get("webSearchQueries") or ()) for grounding in groundings)
    chunks = [chunk for grounding in groundings for chunk in grounding.get("groundingChunks") or ()]
    found = {"web_search_requests": queries} if queries else {}
    return {**found, "google_maps_grounding_requests": 1} if any("maps" in chunk for chunk in chunks) else found


def _completion(metadata: Mapping[str, Any], completion: int, thought: int) -> CompletionTokensDetails:
    given = _by_kind(metadata.get("candidatesTokensDetails") or metadata.get("responseTokensDetails"))
    others = sum(count for kind, count in given.items() if kind != "text_tokens")
    details: dict[str, Any] = {**given, "text_tokens": max(completion - thought - others, 0)}
    if thought:
        details["reasoning_tokens"] = thought
    return CompletionTokensDetails(**details)
