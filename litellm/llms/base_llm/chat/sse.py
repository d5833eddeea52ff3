"""A stream decoder over server-sent events: framing here, meaning in the subclass's `event`."""

from collections.abc import Iterable

from litellm.core.errors import InvalidResponse, ProviderError, StreamBroken, quote
from litellm.core.framing import Event, EventParser
from litellm.core.target import Target
from litellm.types.stream import ModelResponseStream


class EventStreamDecoder:
    """Chunks of one answer that arrives as server-sent events.

    A subclass turns one event into chunks and sets `finished` when upstream says that the answer is complete. An error
    that comes after chunks waits in `failed` until those have been given out.
    """

    def __init__(self, target: Target) -> None:
        self.target = target
        self.finished = False
        self.failed: ProviderError | None = None
        self._events = EventParser()
        self._received = b""

    def event(self, event: Event) -> list[ModelResponseStream]:
        """The chunks that one event stands for."""
        raise NotImplementedError

    def feed(self, data: bytes) -> list[ModelResponseStream]:
        if len(self._received) < 256:
            self._received += data[:256]
        return self._collect(self._events.feed(data))

    def close(self) -> list[ModelResponseStream]:
        chunks = self._collect(self._events.close())
        if not self.finished and not self.failed:
            self._fail(self._cut(), after=chunks)
        return chunks

    def _collect(self, events: Iterable[Event]) -> list[ModelResponseStream]:
        chunks: list[ModelResponseStream] = []
        try:
            for event in events:
                chunks += self.event(event)
        except ProviderError as error:
            self._fail(error, after=chunks)
        return chunks

    def _fail(self, error: ProviderError, *, after: list[ModelResponseStream]) -> None:
        if not after:
            raise error
        self.failed = error

    def _cut(self) -> StreamBroken:
        return StreamBroken(
            f"the stream ended before upstream said that the answer was complete; it began with "
            f"{quote(self._received)}",
            provider=self.target.provider,
            model=self.target.model,
        )

    def malformed(self, data: bytes) -> InvalidResponse:
        """The error for an event that is not what the provider documents."""
        return InvalidResponse(
            f"upstream sent an event that cannot be read: {quote(data)}",
            provider=self.target.provider,
            model=self.target.model,
        )
