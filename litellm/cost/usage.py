"""What was used: any usage object or response, read by shape into one set of counts.

Reads attributes or keys alike and knows the shapes of OpenAI chat, responses, images, audio and realtime, Anthropic
messages, and what this package returns. Prices nothing.
"""

from collections.abc import Iterable
from typing import Any

import msgspec

_INPUT_DETAILS = ("prompt_tokens_details", "input_tokens_details", "input_token_details")
_OUTPUT_DETAILS = ("completion_tokens_details", "output_tokens_details", "output_token_details")

_NUMBERS = (int, float)


class Counts(msgspec.Struct, frozen=True):
    """How much of everything a call used. `prompt` holds the cached, created, audio, image and video tokens too."""

    prompt: int = 0
    completion: int = 0
    cached: int = 0
    cached_audio: int = 0
    cached_image: int = 0
    created: int = 0
    created_1h: int = 0
    audio_in: int = 0
    image_in: int = 0
    video_in: int = 0
    reasoning: int = 0
    audio_out: int = 0
    image_out: int = 0
    video_out: int = 0
    citations: int = 0
    characters: int = 0
    images: int = 0
    audio_seconds: float = 0
    video_seconds: float = 0
    seconds: float = 0
    queries: int = 0
    searches: int = 0
    map_queries: int = 0
    pages: int = 0
    dollars: float | None = None
    modifiers: tuple[str, ...] = ()
    search_context: str | None = None

    @property
    def text_in(self) -> int:
        """Prompt tokens that are plain text, paid at the input price."""
        media = self.audio_in - self.cached_audio + self.image_in - self.cached_image + self.video_in
        return max(self.prompt - self.cached - self.created - media, 0)

    @property
    def text_out(self) -> int:
        """Completion tokens that are plain text, paid at the output price."""
        return max(self.completion - self.reasoning - self.audio_out - self.image_out - self.video_out, 0)


def field(source: Any, *names: str) -> Any:
    """Answer the first of `names` that `source`, a dict or an object, has and that is not null."""
    keyed = isinstance(source, dict)
    for name in names:
        value = source.get(name) if keyed else getattr(source, name, None)
        if value is not None:
            return value
    return None


def number(source: Any, *names: str) -> Any:
    """Answer the first of `names` that is a number, else 0."""
    keyed = isinstance(source, dict)
    for name in names:
        value = source.get(name) if keyed else getattr(source, name, None)
        if type(value) in _NUMBERS:
            return value
    return 0


def read_usage(usage: Any) -> Counts:
    """Read a usage object of any known shape, or a list of them as their sum.

    >>> read_usage({"prompt_tokens": 9, "completion_tokens": 1, "prompt_tokens_details": {"cached_tokens": 4}}).text_in
    5
    """
    if usage is None:
        return Counts()
    if isinstance(usage, (list, tuple)):
        return added(read_usage(part) for part in usage)
    inputs, outputs = field(usage, *_INPUT_DETAILS) or {}, field(usage, *_OUTPUT_DETAILS) or {}
    cached = number(inputs, "cached_tokens") or number(usage, "cache_read_input_tokens", "prompt_cache_hit_tokens")
    created = number(usage, "cache_creation_input_tokens")
    created = created or number(inputs, "cache_creation_tokens", "cache_write_tokens")
    cached_details = field(inputs, "cached_tokens_details") or {}
    lifetimes = field(inputs, "cache_creation_token_details") or field(usage, "cache_creation") or {}
    audio_in, image_in = number(inputs, "audio_tokens"), number(inputs, "image_tokens")
    return Counts(
        prompt=_prompt_tokens(usage, cached, created),
        completion=number(usage, "completion_tokens", "output_tokens"),
        cached=cached,
        cached_audio=min(number(cached_details, "audio_tokens"), audio_in),
        cached_image=min(number(cached_details, "image_tokens"), image_in),
        created=created,
        created_1h=min(number(lifetimes, "ephemeral_1h_input_tokens"), created),
        audio_in=audio_in,
        image_in=image_in,
        video_in=number(inputs, "video_tokens"),
        reasoning=number(outputs, "reasoning_tokens") or number(usage, "reasoning_tokens"),
        audio_out=number(outputs, "audio_tokens"),
        image_out=number(outputs, "image_tokens"),
        video_out=number(outputs, "video_tokens"),
        citations=number(usage, "citation_tokens"),
        characters=number(inputs, "character_count"),
        images=number(inputs, "image_count"),
        audio_seconds=number(inputs, "audio_length_seconds"),
        video_seconds=number(inputs, "video_length_seconds"),
        seconds=number(usage, "seconds", "duration_seconds"),
        queries=number(inputs, "query_count"),
        searches=_searches(usage, inputs),
        search_context=field(usage, "search_context_size"),
        map_queries=number(inputs, "google_maps_grounding_requests"),
        dollars=_reported_dollars(usage),
        modifiers=_modifiers(usage),
    )


def usage_of(response: Any) -> Any:
    """Answer a response's usage; of a realtime session's events, their usages in a list."""
    usage = field(response, "usage")
    events = field(response, "results")
    if usage is not None or not isinstance(events, (list, tuple)):
        return usage
    answered = [field(field(event, "response") or {}, "usage") for event in events]
    return [part for part in answered if part is not None] or None


def added(parts: Iterable[Counts]) -> Counts:
    """Add counts up."""
    total: dict[str, Any] = {}
    for part in parts:
        for name in Counts.__struct_fields__:
            value = getattr(part, name)
            if value:
                total[name] = value if name not in total or isinstance(value, str) else total[name] + value
    return Counts(**total)


def _prompt_tokens(usage: Any, cached: int, created: int) -> int:
    """Anthropic's own `input_tokens` leave the cached tokens out; all other shapes count them in."""
    prompt: int = number(usage, "prompt_tokens")
    if prompt or field(usage, "input_tokens") is None:
        return prompt
    tokens: int = number(usage, "input_tokens")
    apart = field(usage, "cache_read_input_tokens", "cache_creation_input_tokens") is not None
    return tokens + cached + created if apart and field(usage, *_INPUT_DETAILS) is None else tokens


def _searches(usage: Any, inputs: Any) -> int:
    tools = field(usage, "server_tool_use") or {}
    found: int = number(tools, "web_search_requests") or number(inputs, "web_search_requests")
    return found or int(number(usage, "num_search_queries"))


def _reported_dollars(usage: Any) -> float | None:
    cost = field(usage, "cost")
    if cost is not None and not isinstance(cost, (int, float)):
        cost = field(cost, "total_cost")
    return float(cost) if isinstance(cost, (int, float)) and not isinstance(cost, bool) else None


def _modifiers(usage: Any) -> tuple[str, ...]:
    values = (field(usage, "inference_geo"), field(usage, "speed"))
    return tuple(value for value in values if isinstance(value, str))
