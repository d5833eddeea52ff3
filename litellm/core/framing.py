"""Cuts a byte stream into messages: server-sent events, JSON lines, the items of a JSON array.

It owns framing only; what a message means is the adapter's. Nothing waits here.
"""

from typing import NamedTuple

MAX_EVENT_BYTES = 32 * 1024 * 1024


class Event(NamedTuple):
    """One server-sent event: its name (empty when none was given) and its data."""

    name: str
    data: bytes


class FrameTooLarge(ValueError):
    """A single message outgrew what a stream may hold."""


class EventParser:
    """Server-sent events, as the WHATWG HTML standard frames them; only `event` and `data` fields matter here."""

    def __init__(self) -> None:
        self._pending = b""
        self._name = ""
        self._data: list[bytes] = []

    def feed(self, data: bytes) -> list[Event]:
        """The events that these bytes complete."""
        *lines, self._pending = (self._pending + data).split(b"\n")
        if len(self._pending) > MAX_EVENT_BYTES:
            raise FrameTooLarge(f"an event of more than {MAX_EVENT_BYTES} bytes")
        events: list[Event] = []
        for line in lines:
            self._line(line.rstrip(b"\r"), events)
        return events

    def close(self) -> list[Event]:
        """An event whose closing blank line never came."""
        events: list[Event] = []
        if self._pending:
            self._line(self._pending.rstrip(b"\r"), events)
            self._pending = b""
        self._line(b"", events)
        return events

    def _line(self, line: bytes, events: list[Event]) -> None:
        if not line:
            if self._data:
                events.append(Event(self._name, self._data[0] if len(self._data) == 1 else b"\n".join(self._data)))
                self._data = []
            self._name = ""
        elif line.startswith(b"data:"):
            self._data.append(line[6:] if line[5:6] == b" " else line[5:])
        elif line.startswith(b"event:"):
            self._name = line[6:].strip().decode("utf-8", "replace")


class LineParser:
    """One JSON value a line."""

    def __init__(self) -> None:
        self._pending = b""

    def feed(self, data: bytes) -> list[bytes]:
        """The lines that these bytes complete, blank ones left out."""
        *lines, self._pending = (self._pending + data).split(b"\n")
        if len(self._pending) > MAX_EVENT_BYTES:
            raise FrameTooLarge(f"a line of more than {MAX_EVENT_BYTES} bytes")
        return [line for line in map(bytes.strip, lines) if line]

    def close(self) -> list[bytes]:
        """A last line without its end."""
        rest, self._pending = self._pending.strip(), b""
        return [rest] if rest else []
