"""Cuts a byte stream into messages: server-sent events, JSON lines, the items of a JSON array.

It owns framing only; what a message means is the adapter's. Nothing waits here.
"""

import re
from typing import NamedTuple

MAX_EVENT_BYTES = 32 * 1024 * 1024

_BOM = b"\xef\xbb\xbf"


class Event(NamedTuple):
    """One server-sent event: its name (empty when none was given) and its data."""

    name: str
    data: bytes


class FrameTooLarge(ValueError):
    """A single message outgrew what a stream may hold."""


class _Lines:
    """Whole lines out of pieces of bytes; an unfinished line is kept in pieces, so that a long one costs its length."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._size = 0

    def feed(self, data: bytes) -> list[bytes]:
        """The lines that these bytes complete, without their `\\n`."""
        if b"\n" not in data:
            self._keep(data)
            return []
        first, *lines, rest = data.split(b"\n")
        whole = [b"".join((*self._pieces, first)), *lines]
        self._pieces, self._size = [], 0
        self._keep(rest)
        return whole

    @property
    def unfinished(self) -> bool:
        """Whether a line has begun and not ended."""
        return bool(self._pieces)

    def _keep(self, data: bytes) -> None:
        if data:
            self._pieces.append(data)
            self._size += len(data)
            require_size(self._size, "a line")

    def close(self) -> bytes:
        """What came after the last line."""
        rest = b"".join(self._pieces)
        self._pieces, self._size = [], 0
        return rest


def require_size(size: int, what: str) -> None:
    """Raise `FrameTooLarge` for a message that is larger than a stream may hold."""
    if size > MAX_EVENT_BYTES:
        raise FrameTooLarge(f"{what} of more than {MAX_EVENT_BYTES} bytes")


class EventParser:
    """Server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream).

    Only the fields `event` and `data` matter here; lines end in `\\n` or `\\r\\n`, as all providers send them.
    """

    def __init__(self) -> None:
        self._lines = _Lines()
        self._begun = False
        self._name = ""
        self._data: list[bytes] = []
        self._size = 0

    def feed(self, data: bytes) -> list[Event]:
        """The events that these bytes complete."""
        if self._is_one_event(data):
            return [Event("", data[6:-2])]
        events: list[Event] = []
        for line in self._lines.feed(data):
            self._line(line.rstrip(b"\r"), events)
        return events

    def _is_one_event(self, data: bytes) -> bool:
        """Whether the bytes are one nameless event of one line, whole: what most reads of most streams are."""
        return (
            data.startswith(b"data: ")
            and data.endswith(b"\n\n")
            and data.count(b"\n") == 2
            and b"\r" not in data
            and not (self._data or self._name or self._lines.unfinished)
        )

    def close(self) -> list[Event]:
        """An event whose closing blank line never came."""
        events: list[Event] = []
        self._line(self._lines.close().rstrip(b"\r"), events)
        self._line(b"", events)
        return events

    def _line(self, line: bytes, events: list[Event]) -> None:
        if not self._begun:
            self._begun = True
            line = line.removeprefix(_BOM)
        if not line:
            if self._data:
                events.append(Event(self._name, self._data[0] if len(self._data) == 1 else b"\n".join(self._data)))
                self._data, self._size = [], 0
            self._name = ""
        elif line.startswith(b"data:"):
            self._size += len(line)
            require_size(self._size, "an event")
            self._data.append(line[6:] if line[5:6] == b" " else line[5:])
        elif line.startswith(b"event:"):
            self._name = line[6:].strip().decode("utf-8", "replace")


class LineParser:
    """One JSON value a line."""

    def __init__(self) -> None:
        self._lines = _Lines()

    def feed(self, data: bytes) -> list[bytes]:
        """The lines that these bytes complete, blank ones left out."""
        return [line for line in map(bytes.strip, self._lines.feed(data)) if line]

    def close(self) -> list[bytes]:
        """A last line without its end."""
        rest = self._lines.close().strip()
        return [rest] if rest else []


_STRUCTURE = re.compile(rb'["\\\[\]{},]')
_IN_TEXT = re.compile(rb'["\\]')


class ArrayParser:
    """The items of one JSON array that arrives in pieces; `complete` once its closing bracket has come.

    Items are cut out as they are, and not checked: that is for who decodes them. What is not an array is a ValueError.
    """

    def __init__(self) -> None:
        self._item = bytearray()
        self._depth = 0
        self._in_text = False
        self._escaped = False
        self.complete: bool = False

    def feed(self, data: bytes) -> list[bytes]:
        """The items that these bytes complete."""
        items: list[bytes] = []
        at = 0
        while at < len(data):
            at = self._step(data, at, items)
        require_size(len(self._item), "an item")
        return items

    def _step(self, data: bytes, at: int, items: list[bytes]) -> int:
        """Take the bytes up to the next one that matters, and that one; answer the place after it."""
        if self._depth == 0:
            return self._outside(data, at)
        if self._escaped:
            self._escaped = False
            self._item += data[at : at + 1]
            return at + 1
        found = (_IN_TEXT if self._in_text else _STRUCTURE).search(data, at)
        if found is None:
            self._item += data[at:]
            return len(data)
        self._item += data[at : found.start()]
        self._mark(found[0], items)
        return found.end()

    def _outside(self, data: bytes, at: int) -> int:
        rest = data[at:].lstrip()
        if rest and (self.complete or rest[:1] != b"["):
            raise ValueError(
                f"{rest[:60]!r} {'follows the end of' if self.complete else 'does not begin'} a JSON array"
            )
        self._depth = 1 if rest else 0
        return len(data) - len(rest) + (1 if rest else 0)

    def _mark(self, mark: bytes, items: list[bytes]) -> None:
        if mark == b'"':
            self._in_text = not self._in_text
        elif mark == b"\\":
            self._escaped = self._in_text
        elif mark in b"[{":
            self._depth += 1
        elif mark in b"]}":
            self._depth -= 1
            self.complete = self._depth == 0
        if self._depth == 0 or (self._depth == 1 and mark == b","):
            item = bytes(self._item.strip())
            self._item.clear()
            if item:
                items.append(item)
        else:
            self._item += mark
