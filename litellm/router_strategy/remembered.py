"""What a strategy made of a group's deployments, kept while the same tuple of them comes. It knows no strategy."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from litellm.router_utils.deployments import Deployment

Made = TypeVar("Made")
_MOST = 64


class Remembered(Generic[Made]):
    """Answers `make(candidates)`, and the same answer again for the very same tuple.

    A group's deployments are one tuple until its list changes, so that a decision need not read what never changes.
    Anything but a tuple may change, and is made anew each time.
    """

    __slots__ = ("_known", "_make")

    def __init__(self, make: Callable[[Sequence[Deployment]], Made]) -> None:
        self._make = make
        self._known: dict[int, tuple[Sequence[Deployment], Made]] = {}

    def of(self, candidates: Sequence[Deployment]) -> Made:
        """What was made of these candidates."""
        known = self._known.get(id(candidates))
        if known is not None and known[0] is candidates:
            return known[1]
        made = self._make(candidates)
        if isinstance(candidates, tuple):
            if len(self._known) >= _MOST:  # tuples of candidates that met once, and of lists that were replaced
                self._known.clear()
            self._known[id(candidates)] = (candidates, made)  # kept with its tuple: the id stays its own
        return made

    def forget(self) -> None:
        """Make everything anew from now on."""
        self._known.clear()
