"""One HTTP exchange over raw ASGI: a bounded body, JSON and server-sent events, noticing a client that left.

It knows nothing of models, keys or providers.
"""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from types import TracebackType
from typing import Any

import msgspec

from litellm.core.intake import new_id
from litellm.proxy.errors import Refused, envelope

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Header = tuple[bytes, bytes]

DONE = b"data: [DONE]\n\n"
_JSON: Header = (b"content-type", b"application/json")
_EVENTS: tuple[Header, ...] = (
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-cache"),
    (b"x-accel-buffering", b"no"),
)
_LONGEST_ID = 128
_EVENTS_A_TURN = 16
_MOST_DISCARDED = 256 * 1024 * 1024

encode_json = msgspec.json.Encoder().encode


class Exchange:
    """A request and the one answer to it. `call_id` names the request in headers and logs; clients may choose it."""

    __slots__ = ("_receive", "_send", "_sent", "answered", "call_id", "headers", "method", "path", "streaming")

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._receive = receive
        self._send = send
        self.method: str = scope["method"]
        self.path: str = scope["path"]
        self.headers: dict[bytes, bytes] = dict(scope["headers"])
        self.call_id: str = _given_id(self.headers.get(b"x-litellm-call-id")) or new_id()
        self._sent = 0
        self.answered: bool = False
        self.streaming: bool = False

    async def body(self, limit: int) -> bytes:
        """The request's body. Raises `Refused` 413 as soon as it is known to have more than `limit` bytes."""
        declared = self.headers.get(b"content-length")
        if declared is not None and int(declared) > limit:
            await self._discard()
            raise _too_large(limit)
        message = await self._receive()
        data: bytes = message.get("body", b"")
        if not message.get("more_body"):
            return data
        parts, size = [data], len(data)
        while message.get("more_body"):
            message = await self._receive()
            part: bytes = message.get("body", b"")
            parts.append(part)
            size += len(part)
            if size > limit:
                await self._discard()
                raise _too_large(limit)
        return b"".join(parts)

    async def _discard(self) -> None:
        """Take the rest of a refused body, within bounds: a client that is still sending would miss the answer."""
        if b"expect" in self.headers:
            return  # it waits for leave to send, and is told no instead
        size = 0
        while size < _MOST_DISCARDED:
            message = await self._receive()
            size += len(message.get("body", b""))
            if not message.get("more_body"):
                return

    async def reply(self, status: int, body: bytes, headers: tuple[Header, ...] | list[Header] = ()) -> None:
        """Answer with JSON bytes."""
        self.answered = True
        shown = [_JSON, (b"content-length", b"%d" % len(body)), (b"x-litellm-call-id", self.call_id.encode()), *headers]
        await self._send({"type": "http.response.start", "status": status, "headers": shown})
        await self._send({"type": "http.response.body", "body": body})

    async def start_events(self, headers: list[Header]) -> None:
        """Begin an answer of server-sent events."""
        self.answered = self.streaming = True
        shown = [*_EVENTS, (b"x-litellm-call-id", self.call_id.encode()), *headers]
        await self._send({"type": "http.response.start", "status": 200, "headers": shown})

    async def events(self, data: bytes) -> None:
        """Send complete events; waits while the client reads slower than they come."""
        self._sent += 1
        if not self._sent % _EVENTS_A_TURN:
            await asyncio.sleep(0)  # a provider that is always quicker than we are must not hold the event loop
        await self._send({"type": "http.response.body", "body": data, "more_body": True})

    async def end_events(self, last: bytes = b"") -> None:
        """Send the last events, if any, and end the answer."""
        await self._send({"type": "http.response.body", "body": last})

    async def refuse(self, refused: Refused, headers: tuple[Header, ...] | list[Header] = ()) -> None:
        """Answer with an error; inside a stream it becomes the last event, and no `[DONE]` follows it."""
        if self.streaming:
            await self.end_events(b"data: " + encode_json(envelope(refused)) + b"\n\n")
            return
        own = [header(name, value) for name, value in refused.headers.items()]
        await self.reply(refused.status, encode_json(envelope(refused)), [*headers, *own])

    def until_disconnect(self) -> "UntilDisconnect":
        """A context whose body is cancelled when the client goes away; the body has been read before."""
        return UntilDisconnect(self._receive)


class UntilDisconnect:
    """Cancels what runs inside when the client leaves, and swallows that cancellation: `gone` tells afterwards."""

    __slots__ = ("_over", "_receive", "_task", "_watcher", "gone")

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._over = False
        self.gone: bool = False

    async def __aenter__(self) -> "UntilDisconnect":
        self._task = asyncio.current_task()
        self._watcher = asyncio.ensure_future(self._watch())
        return self

    async def _watch(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        if not self._over and self._task:
            self.gone = True
            self._task.cancel()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        self._over = True
        self._watcher.cancel()
        if not self.gone or kind is not asyncio.CancelledError or self._task is None:
            return False
        self._task.uncancel()
        return True


def header(name: str, value: object) -> Header:
    """One header of an answer; a value that could break out of its line loses what would let it."""
    text = str(value).encode("ascii", "backslashreplace")
    return name.encode("ascii"), text.replace(b"\r", b" ").replace(b"\n", b" ")


def _given_id(value: bytes | None) -> str | None:
    text = (value or b"").decode("latin-1")
    return text if text.isascii() and text.isprintable() and len(text) <= _LONGEST_ID else None


def _too_large(limit: int) -> Refused:
    megabytes = limit / 1024 / 1024
    return Refused(
        413, f"the request's body has more than {megabytes:g} MB; general_settings.max_request_size_mb sets this limit"
    )
