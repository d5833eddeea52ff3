"""What kind of call is being priced, and which lines that kind of call has.

A call's kind comes from the function's name, else from the shape of its response.
"""

from collections.abc import Mapping
from typing import Any

import msgspec

from litellm.cost import media
from litellm.cost.media import ImageOrder
from litellm.cost.money import Line
from litellm.cost.rates import Rates
from litellm.cost.tokens import token_lines, unit_line
from litellm.cost.usage import Counts, field, number, usage_of

_KINDS = {
    "embedding": "embedding",
    "image_edit": "image",
    "image_generation": "image",
    "image_variation": "image",
    "ocr": "pages",
    "rerank": "rerank",
    "search": "query",
    "speech": "speech",
    "transcription": "transcription",
    "vector_store_search": "query",
    "create_video": "video",
    "video_edit": "video",
    "video_extension": "video",
    "video_generation": "video",
    "video_remix": "video",
}
_BATCHES = frozenset({"create_batch", "retrieve_batch"})
_CHAT = "chat"


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """What was called, and what of it is counted in something else than tokens. Times are seconds."""

    kind: str = _CHAT
    order: ImageOrder = ImageOrder()
    seconds: float = 0.0
    elapsed: float = 0.0
    resolution: str | None = None
    characters: int | None = None
    completion_characters: int | None = None
    queries: int | None = None
    results: int | None = None
    pages: int = 0
    annotated_pages: int = 0
    credits_used: float = 0.0


def kind_of(call_type: str | None, response: Any = None) -> str:
    """Name the kind of a call: from `call_type` (`aimage_generation` is an image), else from the response's shape.

    >>> kind_of("arerank")
    'rerank'
    """
    name = (call_type or "").lstrip("_")
    known = _KINDS.get(name) or _KINDS.get(name.removeprefix("a"))
    return known or (_shape_of(response) if not name and response is not None else _CHAT)


def is_batch(call_type: str | None) -> bool:
    """Tell whether a call's tokens were used by a batch job."""
    name = (call_type or "").lstrip("_")
    return name in _BATCHES or name.removeprefix("a") in _BATCHES


def _shape_of(response: Any) -> str:
    if field(response, "choices", "output") is not None:
        return _CHAT
    if field(response, "results") is not None:
        return "rerank" if usage_of(response) is None or field(response, "meta") is not None else _CHAT
    data = field(response, "data")
    if isinstance(data, (list, tuple)):
        return "embedding" if data and field(data[0], "embedding") is not None else _image_or_embedding(response)
    if isinstance(field(response, "pages"), (list, tuple)):
        return "pages"
    return "transcription" if isinstance(field(response, "text"), str) else _CHAT


def _image_or_embedding(response: Any) -> str:
    return "embedding" if field(response, "object") == "list" else "image"


def describe(
    response: Any, *, call_type: str | None, params: Mapping[str, Any], prompt: str = "", elapsed: float = 0.0
) -> Call:
    """Read from a response and a call's parameters whatever a price may depend on besides tokens."""
    used = field(response, "usage_info") or {}
    asked = params.get("size") or field(response, "size")
    pages = number(used, "pages_processed")
    return Call(
        kind=kind_of(call_type, response),
        order=_order(response, params),
        seconds=_seconds(response, params),
        elapsed=elapsed,
        resolution=params.get("resolution") or asked,
        characters=len(prompt) if prompt else None,
        queries=search_units(field(field(response, "meta") or {}, "billed_units")),
        results=params.get("max_results"),
        pages=pages,
        annotated_pages=pages if params.get("document_annotation_format") else 0,
        credits_used=number(used, "credits"),
    )


def _order(response: Any, params: Mapping[str, Any]) -> ImageOrder:
    data = field(response, "data")
    count = len(data) if isinstance(data, (list, tuple)) and data else params.get("n")
    return ImageOrder(
        size=params.get("size") or field(response, "size"),
        quality=params.get("quality") or field(response, "quality"),
        count=count or 1,
        steps=params.get("steps"),
    )


def _seconds(response: Any, params: Mapping[str, Any]) -> float:
    found = field(response, "duration", "seconds") or params.get("seconds") or params.get("duration") or 0
    try:
        return float(found)
    except (TypeError, ValueError):
        return 0.0


def search_units(billed: Any) -> int | None:
    """Read how many searches a provider billed, `None` when it does not say."""
    return number(billed, "search_units") or None if billed is not None else None


def lines_for(call: Call, counts: Counts, rates: Rates) -> list[Line]:
    """Price a call by its kind."""
    match call.kind:
        case "image":
            return media.image_lines(counts, rates, call.order)
        case "transcription":
            return media.transcription_lines(counts, rates, call.seconds or counts.seconds)
        case "speech":
            return media.speech_lines(counts, rates, call.characters or counts.characters)
        case "video":
            return media.video_lines(rates, call.seconds or counts.seconds, call.resolution)
        case "rerank":
            return media.rerank_lines(counts, rates, call.queries or counts.queries or 1)
        case "embedding":
            return media.embedding_lines(counts, rates)
        case "query":
            return media.query_lines(rates, call.queries or 1, call.results)
        case "pages":
            pages, annotated = call.pages or counts.pages, call.annotated_pages
            return media.page_lines(rates, pages=pages, annotated=annotated, credits_used=call.credits_used)
        case _:
            return _chat_lines(call, counts, rates)


def _chat_lines(call: Call, counts: Counts, rates: Rates) -> list[Line]:
    """Tokens; for entries without a price for them, characters or the time that the call took."""
    lines = token_lines(counts, rates)
    if not rates.price("input_cost_per_token") and not rates.price("output_cost_per_token"):
        lines += unit_line("characters", "input", call.characters or 0, rates, "input_cost_per_character")
        written = call.completion_characters or 0
        lines += unit_line("characters", "output", written, rates, "output_cost_per_character")
        lines += unit_line("seconds", "input", call.elapsed, rates, "input_cost_per_second")
        lines += unit_line("seconds", "output", call.elapsed, rates, "output_cost_per_second")
    return lines + unit_line("requests", "input", 1, rates, "input_cost_per_request")
