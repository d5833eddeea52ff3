"""A small HTTP/1.1 client in the event loop itself, for upstreams reached without TLS, proxy or HTTP/2.

Such an upstream is a neighbour (a model server, a mesh's sidecar), and to a gateway the general client's thread costs
more than the request. It is also the one transport here that ends a request whose caller left before the answer began.
"""

import asyncio
import select
from collections import deque
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import httptools

from litellm.core import egress
from litellm.core.errors import BadRequest, ConnectionFailed
from litellm.core.http import Deadlines, HttpRequest
from litellm.core.ports import ByteStream
from litellm.core.target import env
from litellm.core.transport import AsyncPorts
from litellm.core.waiting import Clock, shown_url

IDLE_SECONDS = 30.0
SURELY_KEPT = 0.2  # nobody keeps a connection for less, and to look costs a system call
IDLE_CONNECTIONS = 256
PAUSE_ABOVE = 1024 * 1024


class _Place(NamedTuple):
    """Where a URL leads: what to connect to, and what to ask for there."""

    host: str
    port: int
    authority: str
    path: str


@lru_cache(maxsize=4096)
def _place(url: str) -> _Place | None:
    """The place of a plain URL; None for one that the general client must have."""
    parts = urlsplit(url)
    if parts.scheme != "http" or not parts.hostname or "@" in parts.netloc:
        return None
    path = parts.path or "/"
    return _Place(parts.hostname, parts.port or 80, parts.netloc, f"{path}?{parts.query}" if parts.query else path)


class _Connection(asyncio.Protocol):
    """One connection, one exchange at a time; the parser's callbacks fill in the answer."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.closed: bool = False
        self.idle_since: float = 0.0
        self._transport: Any = None
        self._waiter: asyncio.Future[None] | None = None
        self.begin()

    def begin(self) -> None:
        """Expect a new answer."""
        self._parser = httptools.HttpResponseParser(self)
        self.status: int = 0
        self.headers: dict[str, str] = {}
        self.has_head: bool = False
        self.complete: bool = False
        self._keeps_alive = False
        self.failure: Exception | None = None
        self._parts: deque[bytes] = deque()
        self._size = 0
        self._paused = False

    # -- what asyncio calls --------------------------------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError as error:
            self.failure = self.failure or ValueError(f"no HTTP/1.1 answer: {error}")
            self.abort()
        self._wake()

    def connection_lost(self, exc: Exception | None) -> None:
        self.closed = True
        if not self.complete:
            if self.has_head and not self._is_framed() and exc is None:
                self.complete = True
            else:
                self.failure = self.failure or exc or ConnectionResetError("the connection was closed")
        self._wake()

    # -- what the parser calls -----------------------------------------------------------------------------------

    def on_header(self, name: bytes, value: bytes) -> None:
        key, text = name.decode("latin-1").lower(), value.decode("latin-1")
        self.headers[key] = f"{self.headers[key]}, {text}" if key in self.headers else text

    def on_headers_complete(self) -> None:
        self.status = self._parser.get_status_code()
        self.has_head = self.status >= 200

    def on_body(self, body: bytes) -> None:
        self._parts.append(body)
        self._size += len(body)
        if self._size > PAUSE_ABOVE and not self._paused:
            self._paused = True
            self._transport.pause_reading()

    def on_message_complete(self) -> None:
        if self.has_head:
            self.complete = True
            self._keeps_alive = self._parser.should_keep_alive()
        else:
            self.headers = {}  # an interim answer (1xx); the real one follows

    # -- what the client calls -----------------------------------------------------------------------------------

    def write(self, data: bytes) -> None:
        self._transport.write(data)

    async def head(self, patience: float | None) -> None:
        """Wait so many seconds for the answer's head; raises OSError when the connection ends before."""
        while not self.has_head:
            await self._progress(patience)

    async def part(self, patience: float | None) -> bytes:
        """The body's next bytes, waited for so long; empty at its end. Raises OSError when it is cut."""
        while not self._parts:
            if self.complete:
                return b""
            await self._progress(patience)
        data = self._parts.popleft() if len(self._parts) == 1 else b"".join(self._parts)
        self._parts.clear()
        self._size = 0
        if self._paused:
            self._paused = False
            self._transport.resume_reading()
        return data

    async def _progress(self, patience: float | None) -> None:
        """Wait until something came; raises TimeoutError after `patience` seconds."""
        if self.failure is not None:
            raise self.failure
        waiter = self._waiter = self.loop.create_future()
        timer = None if patience is None else self.loop.call_later(patience, _be_late, waiter)
        try:
            await waiter
        finally:
            self._waiter = None
            if timer is not None:
                timer.cancel()

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    def _is_framed(self) -> bool:
        return "content-length" in self.headers or "transfer-encoding" in self.headers

    def may_serve_again(self) -> bool:
        """Whether the exchange ended so that the next may follow on this connection."""
        return self.complete and self._keeps_alive and not self.closed and not self._parts

    def is_quiet(self) -> bool:
        """Whether nothing has come since the last answer, not even its end, which the loop may not have seen yet."""
        if not hasattr(select, "poll"):
            return True
        poll = select.poll()
        poll.register(self._transport.get_extra_info("socket"), select.POLLIN)
        return not poll.poll(0)

    def abort(self) -> None:
        """Close at once; the other side sees it."""
        self.closed = True
        if self._transport is not None:
            self._transport.abort()


class PlainPorts(AsyncPorts):
    """`AsyncPorts` with a connection pool of its own for plain HTTP; everything else goes the general way."""

    def __init__(self, general: AsyncPorts) -> None:
        super().__init__(general.options, general.egress_policy)
        self._idle: dict[tuple[str, int], deque[_Connection]] = {}
        proxies = ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy")
        proxied = self.options.use_environment_proxies and env(*proxies) is not None
        self._general_only = proxied or self.options.http2 or self.options.force_ipv4

    async def _open(
        self, request: HttpRequest, deadlines: Deadlines, pinned: tuple[egress.Pin, ...] = ()
    ) -> ByteStream:
        place = None if pinned or self._general_only else _place(request.url)
        if place is None:
            return await super()._open(request, deadlines, pinned)
        return await self._exchange(place, request, deadlines)

    async def _exchange(self, place: _Place, request: HttpRequest, deadlines: Deadlines) -> "_PlainBody":
        """Send and wait for the answer's head.

        What was sent is never sent again here, not even when a kept connection breaks: upstream may have been at work
        on it. Whether to try again is the plan's to decide.
        """
        data = _serialize(place, request)
        clock = Clock(deadlines, request)
        connection = self._take(place) or await _connect(place, request, clock)
        connection.begin()
        connection.write(data)
        try:
            await connection.head(clock.left(deadlines.first_byte))
        except TimeoutError as error:
            connection.abort()
            raise clock.ran_out() from error
        except (OSError, ValueError) as error:
            connection.abort()
            raise ConnectionFailed(f"{shown_url(request)} broke off before its answer: {error}") from error
        except BaseException:
            connection.abort()
            raise
        return _PlainBody(self, place, connection, clock)

    def _take(self, place: _Place) -> _Connection | None:
        idle = self._idle.get((place.host, place.port))
        while idle:
            connection = idle.pop()
            # These ports serve one thread, so a loop that runs is ours; to ask for it costs a system call before 3.12.
            if connection.closed or not connection.loop.is_running():
                continue
            idle_for = connection.loop.time() - connection.idle_since
            if idle_for < SURELY_KEPT or (idle_for < IDLE_SECONDS and connection.is_quiet()):
                return connection
            connection.abort()
        return None

    def close(self) -> None:
        """Close the connections that wait for a request."""
        for idle in self._idle.values():
            while idle:
                idle.pop().abort()

    def give_back(self, place: _Place, connection: _Connection) -> None:
        """Keep a connection whose exchange is over, if it may serve again."""
        idle = self._idle.setdefault((place.host, place.port), deque())
        if not connection.may_serve_again() or len(idle) >= IDLE_CONNECTIONS:
            connection.abort()
            return
        connection.idle_since = connection.loop.time()
        idle.append(connection)


class _PlainBody:
    """An answer that is arriving on a connection, which goes back to the pool when the body was read to its end."""

    def __init__(self, ports: PlainPorts, place: _Place, connection: _Connection, clock: Clock) -> None:
        self.status: int = connection.status
        self.headers: Mapping[str, str] = connection.headers
        self._ports = ports
        self._place = place
        self._connection: _Connection | None = connection
        self._clock = clock

    async def read(self) -> bytes:
        connection, clock = self._connection, self._clock
        if connection is None:
            return b""
        try:
            return await connection.part(clock.left(clock.deadlines.between_chunks))
        except TimeoutError as error:
            raise clock.ran_out() from error
        except (OSError, ValueError) as error:
            raise ConnectionFailed(
                f"{shown_url(clock.request)} closed the connection in the middle of its answer"
            ) from error

    def began(self) -> None:
        self._clock.began()

    async def aclose(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            self._ports.give_back(self._place, connection)

    def __del__(self) -> None:
        if self._connection is not None:
            self._connection.abort()


async def _connect(place: _Place, request: HttpRequest, clock: Clock) -> _Connection:
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(clock.left(clock.deadlines.connect)):
            _, connection = await loop.create_connection(lambda: _Connection(loop), place.host, place.port)
    except TimeoutError as error:
        raise clock.ran_out() from error
    except OSError as error:
        raise ConnectionFailed(f"cannot reach {shown_url(request)}: {error.strerror or error}") from error
    return connection


def _serialize(place: _Place, request: HttpRequest) -> bytes:
    lines = [f"{request.method} {place.path} HTTP/1.1", f"host: {place.authority}", "accept: */*"]
    lines += [f"{name}: {value}" for name, value in request.headers.items()]
    lines.append(f"content-length: {len(request.body)}\r\n\r\n")
    head = "\r\n".join(lines)
    if head.count("\r") != len(lines) + 1 or head.count("\n") != len(lines) + 1:
        raise BadRequest(f"the request to {shown_url(request)!r} cannot be built: a header holds a line break")
    try:
        return head.encode("latin-1") + request.body
    except UnicodeEncodeError as error:
        raise BadRequest(f"the request to {shown_url(request)!r} cannot be built: {error}") from error


def _be_late(waiter: "asyncio.Future[None]") -> None:
    if not waiter.done():
        waiter.set_exception(TimeoutError())
