"""Lines of a bill for tokens: text, cached, created, audio, image, video, reasoning, citations."""

from collections.abc import Iterator

from litellm.cost.money import Line, Side, decimal
from litellm.cost.rates import Rates
from litellm.cost.usage import Counts

_INPUT = "input_cost_per_token"
_OUTPUT = "output_cost_per_token"
_READ = ("cache_read_input_token_cost", "input_cost_per_token_cache_hit")
_CREATE = "cache_creation_input_token_cost"


def token_lines(counts: Counts, rates: Rates) -> list[Line]:
    """Price every kind of token, each once; a kind without a price of its own costs what plain text costs."""
    return [*_input_lines(counts, rates), *_output_lines(counts, rates)]


def _input_lines(counts: Counts, rates: Rates) -> Iterator[Line]:
    created_5m = counts.created - counts.created_1h
    cached_text = max(counts.cached - counts.cached_audio - counts.cached_image, 0)
    yield from _line("input", "input", counts.text_in, rates, _INPUT)
    yield from _line("cache_read", "input", cached_text, rates, *_READ, _INPUT)
    yield from _line("cache_creation", "input", created_5m, rates, _CREATE, _INPUT)
    yield from _line("cache_creation_1h", "input", counts.created_1h, rates, f"{_CREATE}_above_1hr", _CREATE, _INPUT)
    audio, image = "input_cost_per_audio_token", "input_cost_per_image_token"
    yield from _line("input_audio", "input", counts.audio_in - counts.cached_audio, rates, audio, _INPUT)
    cached_audio = "cache_read_input_audio_token_cost"
    yield from _line("cache_read_audio", "input", counts.cached_audio, rates, cached_audio, *_READ, audio, _INPUT)
    yield from _line("input_image", "input", counts.image_in - counts.cached_image, rates, image, _INPUT)
    cached_image = "cache_read_input_image_token_cost"
    yield from _line("cache_read_image", "input", counts.cached_image, rates, cached_image, *_READ, image, _INPUT)
    yield from _line("input_video", "input", counts.video_in, rates, "input_cost_per_video_token", _INPUT)
    yield from _line("citations", "input", counts.citations, rates, "citation_cost_per_token")


def _output_lines(counts: Counts, rates: Rates) -> Iterator[Line]:
    yield from _line("output", "output", counts.text_out, rates, _OUTPUT)
    yield from _line("reasoning", "output", counts.reasoning, rates, "output_cost_per_reasoning_token", _OUTPUT)
    yield from _line("output_audio", "output", counts.audio_out, rates, "output_cost_per_audio_token", _OUTPUT)
    yield from _line("output_image", "output", counts.image_out, rates, "output_cost_per_image_token", _OUTPUT)
    yield from _line("output_video", "output", counts.video_out, rates, "output_cost_per_video_token", _OUTPUT)


def _line(kind: str, side: Side, quantity: float, rates: Rates, *names: str) -> Iterator[Line]:
    if quantity > 0 and (rate := rates.price(*names)):
        yield Line(kind, side, decimal(quantity), rate)


def unit_line(kind: str, side: Side, quantity: float, rates: Rates, *names: str) -> list[Line]:
    """Price `quantity` units of anything by the first of `names` that the entry prices; no line when none does."""
    return list(_line(kind, side, quantity, rates, *names))
