"""The only file that talks to the network: `BlockingPorts` and `AsyncPorts` over pyreqwest.

A client is made on first use and kept per set of deadlines, since the library takes those when a client is built.
Nothing starts at import: the library's runtime does not survive `fork()`, so a forked child makes clients on its other
runtime.
"""

import asyncio
import os
import socket
import sys
import threading
import time
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import lru_cache
from typing import Any, NamedTuple, NoReturn, TypeVar

from litellm.core import egress, foreign, racing
from litellm.core.bridge import drive
from litellm.core.errors import BadRequest, ConnectionFailed, MediaFetchFailed, ProviderError
from litellm.core.http import Deadlines, HttpRequest, HttpResponse
from litellm.core.ports import ByteStream
from litellm.core.recorder import guarded, in_loop
from litellm.core.slots import Slots
from litellm.core.waiting import AsyncBody, BlockingBody, Body, Clock, in_thread, longer, shorter, shown_url, whole

BodyType = TypeVar("BodyType", bound=Body)

_forks = 0
_runtime_started_at_fork = -1


class TransportOptions(NamedTuple):
    """How connections are made: trust, identity and protocol. `verify` is a flag or the path of a CA bundle.

    `max_answer_bytes` bounds an answer that is held as a whole; a stream may have any length.
    """

    verify: bool | str = True
    certificate: str | None = None
    http2: bool = False
    force_ipv4: bool = False
    use_environment_proxies: bool = True
    max_answer_bytes: int = 256 * 1024 * 1024


class _ClientKey(NamedTuple):
    connect: float | None
    read: float | None
    options: TransportOptions
    forks: int
    pinned: tuple[egress.Pin, ...] = ()


def _after_fork() -> None:
    global _forks
    _forks += 1
    _client.cache_clear()
    _pool.cache_clear()
    _racing_pool.cache_clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)


@lru_cache(maxsize=64)
def _client(asynchronous: bool, key: _ClientKey) -> Any:
    global _runtime_started_at_fork
    _load_library()
    from pyreqwest.client import ClientBuilder, SyncClientBuilder

    builder = ClientBuilder() if asynchronous else SyncClientBuilder()
    if _runtime_started_at_fork < 0:
        _runtime_started_at_fork = key.forks
    elif key.forks > _runtime_started_at_fork + 1:
        raise ProviderError(
            "HTTP was used in this process's parent and grandparent before they forked: start worker processes with "
            "'spawn', or make no call before forking twice"
        )
    elif key.forks > _runtime_started_at_fork:
        builder = builder.runtime_multithreaded(True)
    builder = builder.error_for_status(False).follow_redirects(False)
    if key.connect is not None:
        builder = builder.connect_timeout(timedelta(seconds=key.connect))
    if key.read is not None:
        builder = builder.read_timeout(timedelta(seconds=key.read))
    for host, address, port in key.pinned:
        builder = builder.resolve(host, address, port)
    return _with_options(builder, key.options).build()


def _load_library() -> None:
    """Import pyreqwest in a thread that never ends.

    The process crashes (seen with 0.15.1) when the thread that imported it first is gone and another one uses it.
    """
    if "pyreqwest" in sys.modules or threading.current_thread() is threading.main_thread():
        return
    loaded = threading.Event()

    def load() -> None:
        try:
            import pyreqwest.client  # noqa: F401
        finally:
            loaded.set()
        threading.Event().wait()

    threading.Thread(target=load, name="litellm-http", daemon=True).start()
    loaded.wait()


def _with_options(builder: Any, options: TransportOptions) -> Any:
    if options.verify is False:
        builder = builder.danger_accept_invalid_certs(True)
    elif isinstance(options.verify, str):
        builder = builder.add_root_certificate_pem(_read_file(options.verify, "ssl_verify"))
    if options.certificate:
        builder = builder.identity_pem(_read_file(options.certificate, "ssl_certificate"))
    if options.force_ipv4:
        builder = builder.local_address("0.0.0.0")
    if not options.use_environment_proxies:
        builder = builder.no_proxy()
    return builder.http2(True) if options.http2 else builder.http1_only()


def _read_file(path: str, setting: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise ProviderError(f"{setting} names {path!r}, which cannot be read: {error.strerror}") from error


def _failed(error: Exception, clock: Clock) -> NoReturn:
    """Raise what a transport failure means for the call."""
    if isinstance(error, ProviderError):
        raise error
    host = shown_url(clock.request)
    if isinstance(error, TimeoutError):
        raise clock.ran_out() from error
    if isinstance(error, ValueError):
        raise BadRequest(
            f"the request to {host!r} cannot be built: {_cause(error)}; give api_base as an http or https URL, and "
            "headers as names and values of plain text"
        ) from error
    raise ConnectionFailed(f"cannot reach {host}: {_cause(error)}") from error


def _broke(error: Exception, clock: Clock) -> NoReturn:
    """Raise what a failure means once the answer has begun."""
    if isinstance(error, ProviderError | TimeoutError):
        _failed(error, clock)
    raise ConnectionFailed(f"{shown_url(clock.request)} closed the connection in the middle of its answer") from error


def _cause(error: Exception) -> str:
    details = error.args[1] if len(error.args) > 1 and isinstance(error.args[1], dict) else {}
    causes = [cause["message"] for cause in details.get("causes") or () if "message" in cause]
    return str(causes[-1] if causes else error)


def _lower(headers: Any) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


_FETCH = Deadlines(connect=5.0, first_byte=30.0, between_chunks=30.0, total=60.0)


_USUAL = TransportOptions()


class _Ports:
    """What the blocking and the asynchronous ports share."""

    asynchronous: bool

    def __init__(self, options: TransportOptions = _USUAL, egress_policy: egress.Policy = egress.PUBLIC_ONLY) -> None:
        self.options = options
        self.egress_policy = egress_policy

    def now(self) -> float:
        return time.time()

    def _request(self, clock: Clock, pinned: tuple[egress.Pin, ...]) -> Any:
        """The library's form of a request, ready to be entered."""
        request, deadlines = clock.request, clock.deadlines
        key = _ClientKey(deadlines.connect, _patience(deadlines), self.options, _forks, pinned)
        builder = _client(self.asynchronous, key).request(request.method, request.url).headers(request.headers)
        if request.body:
            builder = builder.body_bytes(request.body)
        if deadlines.total is not None:
            builder = builder.timeout(timedelta(seconds=deadlines.total))
        # Without this the library holds the answer's head back until a part of its body is there.
        return builder.streamed_read_buffer_limit(0).build_streamed()

    async def fetch(self, url: str) -> HttpResponse:
        return await egress.fetch(url, policy=self.egress_policy, resolve=self._resolve, get=self._get)

    async def _get(self, url: str, pinned: egress.Pin) -> HttpResponse:
        body = await self._open(HttpRequest("GET", url, {}, stream=True), _FETCH, (pinned,))
        return await egress.read(url, body)

    async def _resolve(self, host: str, port: int) -> list[str]:
        raise NotImplementedError

    async def _open(
        self, request: HttpRequest, deadlines: Deadlines, pinned: tuple[egress.Pin, ...] = ()
    ) -> ByteStream:
        raise NotImplementedError

    async def send(self, request: HttpRequest, deadlines: Deadlines, client: Any = None) -> HttpResponse:
        if client is not None:
            return await foreign.send(client, request, deadlines, asynchronous=self.asynchronous)
        return await whole(await self._open(request, deadlines), request, self.options.max_answer_bytes)

    async def open(self, request: HttpRequest, deadlines: Deadlines, client: Any = None) -> ByteStream:
        if client is not None:
            return await foreign.open_stream(client, request, deadlines, asynchronous=self.asynchronous)
        return await self._open(request, deadlines)


class BlockingPorts(_Ports):
    """The world as a synchronous call sees it: every `async def` here returns without ever waiting for a loop."""

    asynchronous = False

    async def _open(
        self, request: HttpRequest, deadlines: Deadlines, pinned: tuple[egress.Pin, ...] = ()
    ) -> ByteStream:
        clock = Clock(deadlines, request)
        try:
            streamed = self._request(clock, pinned)
            response = _entered(streamed, clock)
        except Exception as error:
            _failed(error, clock)
        return _body(BlockingBody, response, clock, lambda: streamed.__exit__(None, None, None))

    async def sleep(self, seconds: float) -> None:
        time.sleep(seconds)

    async def race(
        self, first: racing.First, second: racing.Second, after: float, *, wins: racing.Wins, drop: racing.Drop
    ) -> Sequence[Any]:
        return racing.race_in_threads(first, second, after, wins=wins, drop=drop, pool=_racing_pool())

    async def acquire(self, slots: Slots, seconds: float | None) -> bool:
        return racing.acquire_in_thread(slots, seconds)

    def spawn(self, work: Callable[[], Coroutine[Any, Any, Any]]) -> None:
        _racing_pool().submit(lambda: drive(guarded(work())))

    async def offload(self, work: Callable[[], Any]) -> Any:
        return work()

    async def _resolve(self, host: str, port: int) -> list[str]:
        return _addresses(host, port)


class AsyncPorts(_Ports):
    """The world as a coroutine in an event loop sees it.

    A caller that is cancelled before the answer's headers have come gets its cancellation at once, but the library goes
    on waiting for that answer until a deadline; once the headers are there, leaving closes the connection.
    """

    asynchronous = True

    async def _open(
        self, request: HttpRequest, deadlines: Deadlines, pinned: tuple[egress.Pin, ...] = ()
    ) -> ByteStream:
        clock = Clock(deadlines, request)
        try:
            streamed = self._request(clock, pinned)
            async with asyncio.timeout(clock.left(deadlines.first_byte)):
                response = await streamed.__aenter__()
        except Exception as error:
            _failed(error, clock)
        return _body(AsyncBody, response, clock, lambda: streamed.__aexit__(None, None, None))

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    async def race(
        self, first: racing.First, second: racing.Second, after: float, *, wins: racing.Wins, drop: racing.Drop
    ) -> Sequence[Any]:
        return await racing.race(first, second, after, wins=wins, drop=drop)

    async def acquire(self, slots: Slots, seconds: float | None) -> bool:
        return await racing.acquire(slots, seconds)

    def spawn(self, work: Callable[[], Coroutine[Any, Any, Any]]) -> None:
        in_loop(work())

    async def offload(self, work: Callable[[], Any]) -> Any:
        return await asyncio.get_running_loop().run_in_executor(_pool(), work)

    async def _resolve(self, host: str, port: int) -> list[str]:
        return await asyncio.get_running_loop().run_in_executor(_pool(), _addresses, host, port)


def _patience(deadlines: Deadlines) -> float | None:
    """What the library is told to wait for a read: it has one limit for the first and the next."""
    return longer(deadlines.first_byte, deadlines.between_chunks)


def _body(kind: type[BodyType], response: Any, clock: Clock, leave: Callable[[], Any]) -> BodyType:
    return kind(
        (response.status, _lower(response.headers)),
        response.body_reader.read_chunk,
        response.bytes,
        leave,
        clock=clock,
        patience=_patience(clock.deadlines),
        failed=lambda error: _broke(error, clock),
    )


def _entered(streamed: Any, clock: Clock) -> Any:
    """Open a blocking request; one that opens later than it may is closed in the thread that was waiting for it."""
    first = clock.deadlines.first_byte
    seconds = shorter(first if first != _patience(clock.deadlines) else None, clock.until_token())
    if seconds is None:
        return streamed.__enter__()
    return in_thread(
        streamed.__enter__, seconds, late=lambda opened: opened.exception() or streamed.__exit__(None, None, None)
    )


def _addresses(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise MediaFetchFailed(f"{host!r} cannot be resolved: {error.strerror}") from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@lru_cache(maxsize=1)
def _pool() -> ThreadPoolExecutor:
    """The bounded threads for what the library cannot do without blocking."""
    return ThreadPoolExecutor(max_workers=32, thread_name_prefix="litellm-io")


@lru_cache(maxsize=1)
def _racing_pool() -> racing.DaemonThreads:
    """The threads of requests that race each other, and of those that nobody waits for."""
    return racing.DaemonThreads(256)
