"""uvicorn's HTTP/1.1 protocol with what it lacks: bounds on a request's head and on silence, one write for one
answer.
"""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from litellm.proxy.errors import Refused, envelope
from litellm.proxy.http import encode_json

MOST_HEAD_BYTES = 64 * 1024
HEAD_SECONDS = 10.0
BODY_SECONDS = 60.0
_MOST_JOINED = 64 * 1024

_REASONS = {400: b"Bad Request", 408: b"Request Timeout", 431: b"Request Header Fields Too Large"}


class Corked:
    """A transport that joins what is written within one turn of the event loop: head and body leave in one packet."""

    __slots__ = ("_loop", "_parts", "_size", "_transport")

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport = transport
        self._loop = loop
        self._parts: list[bytes] = []
        self._size = 0

    def write(self, data: bytes) -> None:
        if not self._parts:
            self._loop.call_soon(self._flush)
        self._parts.append(data)
        self._size += len(data)
        if self._size > _MOST_JOINED:
            self._flush()

    def close(self) -> None:
        self._flush()
        self._transport.close()

    def _flush(self) -> None:
        parts, self._parts, self._size = self._parts, [], 0
        if parts and not self._transport.is_closing():
            self._transport.write(parts[0] if len(parts) == 1 else b"".join(parts))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)


class Protocol(HttpToolsProtocol):
    """One connection. A head of more than 64 kB is refused (431), and so is one, or a body, that stops coming (408)."""

    _head = 0
    _head_complete = False
    _complete = True
    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(Corked(transport, self.loop))  # type: ignore[arg-type]
        self._timer = self.loop.call_later(HEAD_SECONDS, self._too_slow)

    def connection_lost(self, exc: Exception | None) -> None:
        self._disarm()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._complete:
            return
        if self._head_complete:
            self._disarm()
            self._timer = self.loop.call_later(BODY_SECONDS, self._too_slow)
        elif self._timer is None:
            self._timer = self.loop.call_later(HEAD_SECONDS, self._too_slow)

    def on_message_begin(self) -> None:
        self._head, self._complete, self._head_complete = 0, False, False
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        self._count(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        self._count(len(name) + len(value) + 4)
        super().on_header(name, value)

    def _count(self, size: int) -> None:
        self._head += size
        if self._head > MOST_HEAD_BYTES:
            raise ValueError("the head of the request is too large")  # stops the parser, which calls send_400_response

    def on_headers_complete(self) -> None:
        self._head_complete = True
        self._disarm()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._complete = True
        self._disarm()
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no HTTP, or has too large a head."""
        if self._head > MOST_HEAD_BYTES:
            self._refuse(431, f"the request's URL and headers have more than {MOST_HEAD_BYTES // 1024} kB together")
        else:
            self._refuse(
                400,
                "this is no HTTP/1.1 request" + ("" if self.scheme == "https" else "; it is served without TLS here"),
            )

    def _too_slow(self) -> None:
        self._timer = None
        if not self._head_complete and not self._head:
            self.transport.close()  # nothing was ever asked
        elif self.cycle is None or not self.cycle.response_started:
            self._refuse(408, "the request stopped coming before it was complete")
        else:
            self.transport.close()

    def _refuse(self, status: int, message: str) -> None:
        body = encode_json(envelope(Refused(status, message)))
        head = b"HTTP/1.1 %d %b\r\ncontent-type: application/json\r\ncontent-length: %d\r\nconnection: close\r\n\r\n"
        self.transport.write(head % (status, _REASONS[status], len(body)) + body)
        self.transport.close()

    def _disarm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
