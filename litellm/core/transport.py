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
from collections.abc import Callable, Coroutine, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeout
from datetime import timedelta
from functools import lru_cache
from typing import Any, NamedTuple, NoReturn

from litellm.core import egress, foreign, racing
from litellm.core.bridge import drive
from litellm.core.errors import BadRequest, ConnectionFailed, MediaFetchFailed, ProviderError, TimedOut
from litellm.core.http import Deadlines, HttpRequest, HttpResponse
from litellm.core.ports import ByteStream
from litellm.core.recorder import guarded, in_loop
from litellm.core.slots import Slots

_forks = 0
_runtime_started_at_fork = -1


class TransportOptions(NamedTuple):
    """How connections are made: trust, identity and protocol. `verify` is a flag or the path of a CA bundle."""

    verify: bool | str = True
    certificate: str | None = None
    http2: bool = False
    force_ipv4: bool = False
    use_environment_proxies: bool = True


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


def _failed(error: Exception, request: HttpRequest, deadlines: Deadlines) -> NoReturn:
    """Raise what a transport failure means for the call."""
    from pyreqwest import exceptions

    if isinstance(error, ProviderError):
        raise error
    host = request.url.split("?")[0]
    if isinstance(error, ValueError):
        raise BadRequest(
            f"the request to {host!r} cannot be built: {_cause(error)}; give api_base as an http or https URL, and "
            "headers as names and values of plain text"
        ) from error
    if isinstance(error, exceptions.RequestTimeoutError | TimeoutError | FutureTimeout):
        raise TimedOut(f"{host} sent nothing within its deadline ({shown(deadlines)})") from error
    if isinstance(error, exceptions.ReadError):
        raise ConnectionFailed(f"{host} closed the connection in the middle of its answer") from error
    raise ConnectionFailed(f"cannot reach {host}: {_cause(error)}") from error


def shown(deadlines: Deadlines) -> str:
    named = zip(("connect", "first byte", "between chunks", "total"), deadlines, strict=True)
    return ", ".join(f"{name} {seconds:g} s" for name, seconds in named if seconds is not None)


def _cause(error: Exception) -> str:
    details = error.args[1] if len(error.args) > 1 and isinstance(error.args[1], dict) else {}
    causes = [cause["message"] for cause in details.get("causes") or () if "message" in cause]
    return str(causes[-1] if causes else error)


def _lower(headers: Any) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


class _Body:
    """An answer that is arriving, read through pyreqwest; `leave` closes the request.

    The library goes on reading an answer that nobody holds any more, so an abandoned body closes its request itself.
    """

    def __init__(
        self, request: HttpRequest, deadlines: Deadlines, response: Any, leave: Callable[[], Any], stop_at: float | None
    ) -> None:
        self.status: int = response.status
        self.headers: Mapping[str, str] = _lower(response.headers)
        self._read = response.body_reader.read_chunk
        self._leave: Callable[[], Any] | None = leave
        self._request = request
        self._deadlines = deadlines
        self._stop_at = stop_at

    def _time_left(self) -> float | None:
        """Seconds until the answer must be whole, None without a limit; raises `TimedOut` when there are none."""
        if self._stop_at is None:
            return None
        left = self._stop_at - time.monotonic()
        if left <= 0:
            _failed(TimeoutError(), self._request, self._deadlines)
        return left

    async def aclose(self) -> None:
        raise NotImplementedError

    def __del__(self) -> None:
        if self._leave:
            try:
                drive(self.aclose())  # the library closes without waiting, in both of its forms
            except Exception:
                pass  # the interpreter may be shutting down; the connection dies with it


class _BlockingBody(_Body):
    async def read(self) -> bytes:
        self._time_left()
        try:
            return bytes(self._read() or b"")
        except Exception as error:
            _failed(error, self._request, self._deadlines)

    async def aclose(self) -> None:
        leave, self._leave = self._leave, None
        if leave:
            leave()


class _AsyncBody(_Body):
    async def read(self) -> bytes:
        left = self._time_left()
        try:
            if left is None:
                return bytes(await self._read() or b"")
            async with asyncio.timeout(left):
                return bytes(await self._read() or b"")
        except Exception as error:
            _failed(error, self._request, self._deadlines)

    async def aclose(self) -> None:
        leave, self._leave = self._leave, None
        if leave:
            await leave()


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

    def _builder(self, request: HttpRequest, deadlines: Deadlines, pinned: tuple[egress.Pin, ...] = ()) -> Any:
        read = deadlines.between_chunks if request.stream else deadlines.first_byte
        client = _client(self.asynchronous, _ClientKey(deadlines.connect, read, self.options, _forks, pinned))
        builder = client.request(request.method, request.url).headers(request.headers)
        if request.body:
            builder = builder.body_bytes(request.body)
        if deadlines.total is not None and not request.stream:
            builder = builder.timeout(timedelta(seconds=deadlines.total))
        return builder

    async def fetch(self, url: str) -> HttpResponse:
        return await egress.fetch(url, policy=self.egress_policy, resolve=self._resolve, get=self._get)

    async def _get(self, url: str, pinned: egress.Pin) -> HttpResponse:
        body = await self._open(HttpRequest("GET", url, {}, stream=True), _FETCH, (pinned,))
        return await egress.read(url, body)

    async def _resolve(self, host: str, port: int) -> list[str]:
        raise NotImplementedError

    async def _send(
        self, request: HttpRequest, deadlines: Deadlines, pinned: tuple[egress.Pin, ...] = ()
    ) -> HttpResponse:
        raise NotImplementedError

    async def _open(
        self, request: HttpRequest, deadlines: Deadlines, pinned: tuple[egress.Pin, ...] = ()
    ) -> ByteStream:
        raise NotImplementedError

    async def send(self, request: HttpRequest, deadlines: Deadlines, client: Any = None) -> HttpResponse:
        if client is not None:
            return await foreign.send(client, request, deadlines, asynchronous=self.asynchronous)
        return await self._send(request, deadlines)

    async def open(self, request: HttpRequest, deadlines: Deadlines, client: Any = None) -> ByteStream:
        if client is not None:
            return await foreign.open_stream(client, request, deadlines, asynchronous=self.asynchronous)
        return await self._open(request, deadlines)


class BlockingPorts(_Ports):
    """The world as a synchronous call sees it: every `async def` here returns without ever waiting for a loop."""

    asynchronous = False

    async def _send(
        self, request: HttpRequest, deadlines: Deadlines, pinned: tuple[egress.Pin, ...] = ()
    ) -> HttpResponse:
        try:
            response = self._builder(request, deadlines, pinned).build().send()
            return HttpResponse(response.status, _lower(response.headers), bytes(response.bytes()))
        except Exception as error:
            _failed(error, request, deadlines)

    async def _open(
        self, request: HttpRequest, deadlines: Deadlines, pinned: tuple[egress.Pin, ...] = ()
    ) -> ByteStream:
        stop_at = _stop_at(deadlines)
        try:
            streamed = self._builder(request, deadlines, pinned).streamed_read_buffer_limit(0).build_streamed()
            if deadlines.first_byte == deadlines.between_chunks:
                response = streamed.__enter__()
            else:
                response = _within(deadlines.first_byte, streamed)
        except Exception as error:
            _failed(error, request, deadlines)
        return _BlockingBody(request, deadlines, response, lambda: streamed.__exit__(None, None, None), stop_at)

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

    async def _send(
        self, request: HttpRequest, deadlines: Deadlines, pinned: tuple[egress.Pin, ...] = ()
    ) -> HttpResponse:
        try:
            response = await self._builder(request, deadlines, pinned).build().send()
            return HttpResponse(response.status, _lower(response.headers), bytes(await response.bytes()))
        except Exception as error:
            _failed(error, request, deadlines)

    async def _open(
        self, request: HttpRequest, deadlines: Deadlines, pinned: tuple[egress.Pin, ...] = ()
    ) -> ByteStream:
        stop_at = _stop_at(deadlines)
        try:
            streamed = self._builder(request, deadlines, pinned).streamed_read_buffer_limit(0).build_streamed()
            async with asyncio.timeout(deadlines.first_byte):
                response = await streamed.__aenter__()
        except Exception as error:
            _failed(error, request, deadlines)
        return _AsyncBody(request, deadlines, response, lambda: streamed.__aexit__(None, None, None), stop_at)

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


def _stop_at(deadlines: Deadlines) -> float | None:
    return None if deadlines.total is None else time.monotonic() + deadlines.total


def _within(seconds: float | None, streamed: Any) -> Any:
    """Open a blocking request in a thread and wait so long; one that opens later than that is closed there."""
    opening = _pool().submit(streamed.__enter__)
    try:
        return opening.result(seconds)
    except FutureTimeout:
        opening.add_done_callback(lambda late: late.exception() or streamed.__exit__(None, None, None))
        raise


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
def _racing_pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(64, thread_name_prefix="litellm-race")
