"""A stream decoder over server-sent events: framing here, meaning in the subclass's `event`."""

from litellm.core.errors import InvalidResponse, StreamBroken, quote
from litellm.core.framing import Event, EventParser
from litellm.core.target import Target
from litellm.types.stream import ModelResponseStream


class EventStreamDecoder:
    """Chunks of one answer that arrives as server-sent events.

    A subclass turns one event into chunks and sets `finished` when upstream says that the answer is complete.
    """

    def __init__(self, target: Target) -> None:
        self.target = target
        self.finished = False
        self._events = EventParser()
        self._received = b""

    def event(self, event: Event) -> list[ModelResponseStream]:
        """The chunks that one event stands for."""
        raise NotImplementedError

    def feed(self, data: bytes) -> list[ModelResponseStream]:
        if len(self._received) < 256:
            self._received += data[:256]
        return [chunk for event in self._events.feed(data) for chunk in self.event(event)]

    def close(self) -> list[ModelResponseStream]:
        chunks = [chunk for event in self._events.close() for chunk in self.event(event)]
        if not self.finished:
            raise StreamBroken(
                f"the stream ended before upstream said that the answer was complete; it began with "
                f"{quote(self._received)}",
                provider=self.target.provider,
                model=self.target.model,
            )
        return chunks

    def malformed(self, data: bytes) -> InvalidResponse:
        """The error for an event that is not what the provider documents."""
        return InvalidResponse(
            f"upstream sent an event that cannot be read: {quote(data)}",
            provider=self.target.provider,
            model=self.target.model,
        )
