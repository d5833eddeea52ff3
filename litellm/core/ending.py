"""How the end of a streamed answer is told: once, to everybody who asked, however it came."""

from collections.abc import Callable

Observer = Callable[[BaseException | None, bool], None]


class Ending:
    """The end of one stream.

    Observers are told why it failed (None when it did not) and whether the answer was complete: a stream that its
    reader left early has neither an error nor a whole answer.
    """

    __slots__ = ("_observers", "_told")

    def __init__(self) -> None:
        self._observers: list[Observer] = []
        self._told: tuple[BaseException | None, bool] | None = None

    @property
    def over(self) -> bool:
        """Whether the stream has ended."""
        return self._told is not None

    def watch(self, observer: Observer) -> None:
        """Tell `observer` of the end, once; at once when it has come already."""
        if self._told is None:
            self._observers.append(observer)
        else:
            observer(*self._told)

    def tell(self, error: BaseException | None, finished: bool) -> None:
        """Say that the stream has ended. Only the first time counts."""
        if self._told is not None:
            return
        self._told = (error, finished)
        observers, self._observers = self._observers, []
        for observer in observers:
            observer(error, finished)


class Kept:
    """Text that may have no end: its first part is kept, the rest only counted."""

    __slots__ = ("_parts", "_size", "limit", "total")

    def __init__(self, limit: int) -> None:
        self.limit: int = limit
        self.total: int = 0
        self._parts: list[str] = []
        self._size = 0

    def add(self, part: str) -> None:
        """Take the next part, as far as there is room for it."""
        self.total += len(part)
        if self._size < self.limit:
            self._parts.append(part[: self.limit - self._size])
            self._size = min(self.total, self.limit)

    def text(self) -> str:
        """What is kept."""
        return "".join(self._parts)

    @property
    def share(self) -> float:
        """How many times what is kept the whole is: 1.0 while everything is."""
        return self.total / self._size if self._size else 1.0
