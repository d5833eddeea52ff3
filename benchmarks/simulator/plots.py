"""Draws what the runs of a scenario came to, as SVG: success and calls over time, p99 of every setting. Pure text."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import NamedTuple

from benchmarks.simulator.figures import Figures

WIDTH, HEIGHT = 720, 220
LEFT, RIGHT, TOP, BOTTOM = 48, 190, 34, 28
COLOURS = ("#1668b8", "#c8531b", "#2b8a3e", "#8031a7", "#a88600", "#5c6670")
Series = Mapping[str, Sequence[float]]


class Scale(NamedTuple):
    """Where values lie on a picture: `low` at the bottom of its field, `high` at the top, index `last` at the right."""

    low: float
    high: float
    last: int

    def x(self, index: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * index / max(1, self.last)

    def y(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * min(1.0, max(0.0, share))


def over_time(runs: Mapping[str, Sequence[Figures]]) -> tuple[dict[str, list[float]], dict[str, list[float]]]:
    """Success and calls a request in every second, over all seeds, by setting."""
    success: dict[str, list[float]] = {}
    calls: dict[str, list[float]] = {}
    for name, figures in runs.items():
        seconds = [[sum(each) for each in zip(*bins, strict=True)] for bins in zip(*_timelines(figures), strict=True)]
        success[name] = [answered / (requests or 1) for requests, answered, _ in seconds]
        calls[name] = [called / (requests or 1) for requests, _, called in seconds]
    return success, calls


def _timelines(figures: Sequence[Figures]) -> list[Sequence[tuple[int, int, int]]]:
    return [each.timeline for each in figures]


def lines(title: str, series: Series, *, bar: float | None, low: float, high: float) -> str:
    """A picture of values by second, with the bar as a dashed line."""
    scale = Scale(low, high, max(map(len, series.values())) - 1)
    drawn = [_line(index, name, values, scale) for index, (name, values) in enumerate(series.items())]
    ticks = [_text(scale.x(at), HEIGHT - 10, f"{at} s", "middle") for at in range(0, scale.last + 1, 10)]
    return _picture(title, [*_levels(scale), *_bar(bar, scale), *ticks, *drawn])


def columns(title: str, values: Mapping[str, float]) -> str:
    """A picture of one value for every name, in seconds."""
    high = max(values.values()) or 1.0
    drawn = [_column(index, name, value, value / high) for index, (name, value) in enumerate(values.items())]
    return _picture(title, drawn, height=TOP + 24 * len(values) + 10)


def _picture(title: str, drawn: Sequence[str], *, height: int = HEIGHT) -> str:
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'role="img" font-family="system-ui, sans-serif" font-size="11" fill="#333">'
    )
    field = f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>'
    named = f'<title>{escape(title)}</title><text x="8" y="18" font-size="13">{escape(title)}</text>'
    return "\n".join([head, field, named, *drawn, "</svg>"]) + "\n"


def _line(index: int, name: str, values: Sequence[float], scale: Scale) -> str:
    colour = COLOURS[index % len(COLOURS)]
    points = " ".join(f"{scale.x(at):.1f},{scale.y(value):.1f}" for at, value in enumerate(values))
    label = _text(WIDTH - RIGHT + 12, TOP + 12 + 16 * index, name, "start", colour)
    return f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="1.5"/>{label}'


def _levels(scale: Scale) -> list[str]:
    levels = [scale.low + (scale.high - scale.low) * part / 4 for part in range(5)]
    return [_rule(scale.y(each), "#ddd") + _text(LEFT - 6, scale.y(each) + 4, f"{each:g}", "end") for each in levels]


def _bar(bar: float | None, scale: Scale) -> list[str]:
    return [] if bar is None else [_rule(scale.y(bar), "#c00", ' stroke-dasharray="5 4"')]


def _rule(y: float, colour: str, style: str = "") -> str:
    return f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="{colour}"{style}/>'


def _column(index: int, name: str, value: float, share: float) -> str:
    y = TOP + 24 * index
    width = (WIDTH - RIGHT - 80) * share
    colour = COLOURS[index % len(COLOURS)]
    shape = f'<rect x="{RIGHT}" y="{y}" width="{width:.1f}" height="16" fill="{colour}"/>'
    return _text(RIGHT - 8, y + 12, name, "end") + shape + _text(RIGHT + width + 6, y + 12, f"{value:.2f} s", "start")


def _text(x: float, y: float, words: str, anchor: str, colour: str = "#333") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">{escape(words)}</text>'
