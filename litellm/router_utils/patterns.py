"""Model names with `*`: which of them a model fits, what each `*` stood for, and where that goes. Knows names only.

Matching takes time in proportion to the name, however many `*` there are: the name comes from whoever asks.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple


class Match(NamedTuple):
    """A pattern that a model fits, and the text that each of its `*` stood for."""

    pattern: str
    captured: tuple[str, ...]


class Patterns:
    """The names among these that have a `*`, the most specific first: most literal characters, then fewest `*`.

    Example: `Patterns(["*", "openai/*"]).match("openai/gpt-4o")` is `Match("openai/*", ("gpt-4o",))`.
    """

    __slots__ = ("_pieces",)

    def __init__(self, names: Iterable[str]) -> None:
        ordered = sorted({name for name in names if "*" in name}, key=specificity)
        self._pieces = tuple((name, tuple(name.split("*"))) for name in ordered)

    def __bool__(self) -> bool:
        return bool(self._pieces)

    def __iter__(self) -> Iterator[str]:
        return (name for name, _ in self._pieces)

    def match(self, model: str) -> Match | None:
        """The most specific pattern that the model fits; a `*` may stand for nothing."""
        for name, pieces in self._pieces:
            captured = _captured(pieces, model)
            if captured is not None:
                return Match(name, captured)
        return None


def specificity(pattern: str) -> tuple[int, int, str]:
    """A key that sorts the most specific pattern first.

    >>> sorted(["*", "*-mini", "openai/*"], key=specificity)
    ['openai/*', '*-mini', '*']
    """
    stars = pattern.count("*")
    return stars - len(pattern), stars, pattern


def fill(template: str, captured: Sequence[str]) -> str:
    """The template with what was captured for each `*` in turn; the last capture serves any that are left.

    >>> fill("azure/*-eu", ("gpt-4o",))
    'azure/gpt-4o-eu'
    """
    first, *rest = template.split("*")
    if not captured:
        return template
    last = len(captured) - 1
    return first + "".join(captured[min(at, last)] + piece for at, piece in enumerate(rest))


def _captured(pieces: Sequence[str], model: str) -> tuple[str, ...] | None:
    """What stands between the pieces, each taken where it first occurs."""
    start, *middle, end = pieces
    stop = len(model) - len(end)
    if stop < len(start) or not model.startswith(start) or not model.endswith(end):
        return None
    at, captured = len(start), []
    for piece in middle:
        found = model.find(piece, at, stop)
        if found < 0:
            return None
        captured.append(model[at:found])
        at = found + len(piece)
    return (*captured, model[at:stop])
