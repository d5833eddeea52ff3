"""Lines of a bill for what is not counted in tokens: images, seconds, characters, pages, queries."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from litellm.core.model_map import find_key, model_cost, split_provider
from litellm.cost.money import Line, decimal
from litellm.cost.rates import Rates
from litellm.cost.tokens import token_lines, unit_line
from litellm.cost.usage import Counts
from litellm.types.model_rules import PROVIDER_ALIASES

_FINE_STEPS = 50


class ImageOrder(msgspec.Struct, frozen=True):
    """What was asked of an image model: `size` as `1024x1024`, how many, and how well."""

    size: str | None = None
    quality: str | None = None
    count: int = 1
    steps: int | None = None


def image_lines(counts: Counts, rates: Rates, order: ImageOrder) -> list[Line]:
    """Price images: by tokens where the answer counts and the entry prices them, else per image, else per pixel."""
    by_token = any(name in rates.entry for name in ("output_cost_per_image_token", "input_cost_per_image_token"))
    if (counts.prompt or counts.completion) and (by_token or rates.price("output_cost_per_token")):
        return token_lines(_drawn(counts), rates)
    return _per_image(rates, order) or _per_pixel(rates, order)


def _drawn(counts: Counts) -> Counts:
    """An image model writes image tokens unless the answer says otherwise."""
    unnamed = counts.text_out if not counts.image_out else 0
    return msgspec.structs.replace(counts, image_out=counts.image_out + unnamed)


def _per_image(rates: Rates, order: ImageOrder) -> list[Line]:
    sized = (f"output_cost_per_image_{order.size}",) if order.size else ()
    return unit_line("image", "output", order.count, rates, *sized, "output_cost_per_image", "input_cost_per_image")


def _per_pixel(rates: Rates, order: ImageOrder) -> list[Line]:
    width, height = dimensions(order.size) or (1024, 1024)
    pixels = width * height * order.count
    read = unit_line("pixels", "input", pixels, rates, "input_cost_per_pixel")
    return read + unit_line("pixels", "output", pixels, rates, "output_cost_per_pixel")


def dimensions(size: str | None) -> tuple[int, int] | None:
    """Read `1024x1024` or `1024-x-1024`; `None` for anything else."""
    width, cross, height = (size or "").replace("-", "").lower().partition("x")
    return (int(width), int(height)) if cross and width.isdigit() and height.isdigit() else None


def image_key(model: str, provider: str | None, order: ImageOrder) -> str | None:
    """Find the map's entry for exactly this quality, size and number of steps; `None` when there is none so exact."""
    if provider is None:
        provider, model = split_provider(model)
    provider = PROVIDER_ALIASES.get(provider, provider) if provider else None
    bare = model.removeprefix(f"{provider}/")
    for variant in _variants(order):
        for key in _placed(variant, bare, provider):
            if key in model_cost():
                return find_key(key, provider) or key
    return None


def _variants(order: ImageOrder) -> Iterator[str]:
    width, height = dimensions(order.size) or (1024, 1024)
    steps = "max-steps" if order.steps and order.steps > _FINE_STEPS else f"{_FINE_STEPS}-steps"
    for size in (f"{width}-x-{height}", "max-x-max"):
        for quality in (order.quality, None, "standard"):
            yield f"{quality}/{size}" if quality else size
        yield f"{size}/{steps}"


def _placed(variant: str, model: str, provider: str | None) -> Iterator[str]:
    if provider:
        yield f"{provider}/{variant}/{model}"
        yield f"{variant}/{provider}/{model}"
    yield f"{variant}/{model}"


def transcription_lines(counts: Counts, rates: Rates, seconds: float) -> list[Line]:
    """Price heard audio: by the second where the entry does so, else by tokens.

    Some entries state the one price of a second under both names; it is charged once.
    """
    heard = unit_line("audio_seconds", "output", seconds, rates, "output_cost_per_second")
    heard = heard or unit_line("audio_seconds", "input", seconds, rates, "input_cost_per_second")
    return heard or token_lines(counts, rates)


def speech_lines(counts: Counts, rates: Rates, characters: int) -> list[Line]:
    """Price spoken text: by the character where the entry does so, else by tokens."""
    spoken = unit_line("characters", "input", characters, rates, "input_cost_per_character")
    return spoken or token_lines(counts, rates)


def video_lines(rates: Rates, seconds: float, resolution: str | None) -> list[Line]:
    """Price a video of `seconds` at `resolution` (`720p`, `4k`, or a size such as `1280x720`)."""
    named = (f"output_cost_per_second_{_resolution(resolution)}",) if resolution else ()
    return unit_line(
        "video_seconds", "output", seconds, rates, *named, "output_cost_per_video_per_second", "output_cost_per_second"
    )


def _resolution(asked: str) -> str:
    size = dimensions(asked)
    return f"{min(size)}p" if size else asked.lower()


def rerank_lines(counts: Counts, rates: Rates, searches: int) -> list[Line]:
    """Price a reranking: by search units and by tokens, whichever the entry prices."""
    return unit_line("searches", "input", searches, rates, "input_cost_per_query") + token_lines(counts, rates)


def page_lines(rates: Rates, *, pages: int, annotated: int = 0, credits_used: float = 0) -> list[Line]:
    """Price read documents: by page or by the provider's credits, annotations apart."""
    read = unit_line("pages", "input", pages, rates, "ocr_cost_per_page")
    read = read or unit_line("credits", "input", credits_used, rates, "ocr_cost_per_credit")
    return read + unit_line("annotated_pages", "input", annotated, rates, "annotation_cost_per_page")


def embedding_lines(counts: Counts, rates: Rates) -> list[Line]:
    """Price embedded tokens, characters, images, audio and video."""
    lines = token_lines(counts, rates)
    if not rates.price("input_cost_per_token"):
        lines += unit_line("characters", "input", counts.characters, rates, "input_cost_per_character")
    lines += unit_line("images", "input", counts.images, rates, "input_cost_per_image")
    lines += unit_line("audio_seconds", "input", counts.audio_seconds, rates, "input_cost_per_audio_per_second")
    return lines + unit_line(
        "video_seconds", "input", counts.video_seconds, rates, *_video_names(counts), "input_cost_per_video_per_second"
    )


def _video_names(counts: Counts) -> tuple[str, ...]:
    for seconds in (15, 8):
        if counts.video_seconds > seconds:
            return (f"input_cost_per_video_per_second_above_{seconds}s_interval",)
    return ()


def query_lines(rates: Rates, queries: int, results: int | None = None) -> list[Line]:
    """Price searches of the web or of a store; some entries ask more for more results."""
    for tier in rates.entry.get("tiered_pricing") or ():
        if results is not None and _holds(tier, results):
            return [Line("queries", "input", decimal(queries), decimal(tier["input_cost_per_query"]))]
    return unit_line("queries", "input", queries, rates, "input_cost_per_query")


def _holds(tier: Mapping[str, Any], results: int) -> bool:
    bounds = tier.get("max_results_range")
    return bounds is not None and bounds[0] <= results <= bounds[1]
