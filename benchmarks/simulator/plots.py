"""Draws what a scenario came to, as SVG: success and calls over time, and the settings beside each other. Pure text."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import NamedTuple

from benchmarks.simulator.figures import Figures

WIDTH, HEIGHT = 720, 220
LEFT, RIGHT, TOP, BOTTOM = 48, 190, 34, 28
NAMES, GAP, HEAD, STEP, FIGURE = 190, 14, 52, 22, 46
BEST, OTHERS, NEAR, FAR = "#1668b8", "#c9d3dc", 1.05, 1.2
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


class Column(NamedTuple):
    """One figure of every row: what it is called, how a value is written, and the values; less is better."""

    name: str
    form: str
    values: Sequence[float]


def compare(title: str, rows: Sequence[str], columns: Sequence[Column], *, rivals: Sequence[float]) -> str:
    """A picture of several figures side by side, a bar for every row, where the best of its rivals stands out.

    `rivals` has the same number for rows that are comparable. Where these differ by little, none stands out: so one
    look tells which setting wins at what, and what that costs elsewhere.
    """
    drawn = [_text(NAMES - 10, HEAD + STEP * at + 12, name, "end") for at, name in enumerate(rows)]
    width = (WIDTH - NAMES - GAP * len(columns)) / len(columns)
    for at, column in enumerate(columns):
        drawn += _bars(column, rivals, NAMES + at * (width + GAP), width)
    return _picture(title, drawn, height=HEAD + STEP * len(rows) + 8)


def _bars(column: Column, rivals: Sequence[float], left: float, width: float) -> list[str]:
    most = max(column.values) or 1.0
    drawn = [_text(left, HEAD - 8, column.name, "start", "#666")]
    for at, value in enumerate(column.values):
        y, length = HEAD + STEP * at, max(1.0, (width - FIGURE) * value / most)
        against = [each for each, rival in zip(column.values, rivals, strict=True) if rival == rivals[at]]
        wins = value <= min(against) * NEAR and max(against) > min(against) * FAR
        colour, weight = (BEST, ' font-weight="700"') if wins else (OTHERS, "")
        words = column.form.format(value)
        drawn.append(f'<rect x="{left:.1f}" y="{y}" width="{length:.1f}" height="16" rx="2" fill="{colour}"/>')
        drawn.append(f'<text x="{left + length + 5:.1f}" y="{y + 12}"{weight}>{escape(words)}</text>')
    return drawn


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


def _text(x: float, y: float, words: str, anchor: str, colour: str = "#333") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">{escape(words)}</text>'
