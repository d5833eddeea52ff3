"""What Gemini says beside an answer: sources as OpenAI's annotations, and its own metadata under LiteLLM 1.x's names.

Source: https://ai.google.dev/gemini-api/docs/google-search#grounded-response
"""

from collections.abc import Mapping, Sequence
from typing import Any

_METADATA = {
    "vertex_ai_grounding_metadata": "groundingMetadata",
    "vertex_ai_url_context_metadata": "urlContextMetadata",
    "vertex_ai_safety_results": "safetyRatings",
    "vertex_ai_citation_metadata": "citationMetadata",
}


def annotations(grounding: Mapping[str, Any] | None, text: str) -> list[dict[str, Any]]:
    """A citation for each source of each supported passage; Google counts in bytes of UTF-8, OpenAI in characters."""
    if not grounding:
        return []
    chunks: Sequence[Any] = grounding.get("groundingChunks") or []
    encoded = text.encode()
    cited = []
    for support in grounding.get("groundingSupports") or ():
        segment = support.get("segment") or {}
        span = {
            "start_index": _characters(encoded, segment.get("startIndex") or 0),
            "end_index": _characters(encoded, segment.get("endIndex") or 0),
        }
        for place in support.get("groundingChunkIndices") or ():
            source = _source(chunks[place]) if 0 <= place < len(chunks) else None
            if source:
                cited.append({"type": "url_citation", "url_citation": {**span, **source}})
    return cited


def _characters(encoded: bytes, place: int) -> int:
    return place if encoded.isascii() else len(encoded[:place].decode("utf-8", "ignore"))


def _source(chunk: Mapping[str, Any]) -> dict[str, str] | None:
    found = chunk.get("web") or chunk.get("maps") or chunk.get("retrievedContext") or {}
    return {"url": found["uri"], "title": found.get("title") or ""} if found.get("uri") else None


def own_metadata(candidates: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Google's metadata of the candidates that have any, by LiteLLM 1.x's names."""
    found = {
        name: [candidate[field] for candidate in candidates if candidate.get(field)]
        for name, field in _METADATA.items()
    }
    return {name: values for name, values in found.items() if values}


def groundings(candidates: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The grounding metadata of the candidates that searched."""
    return [candidate["groundingMetadata"] for candidate in candidates if candidate.get("groundingMetadata")]
