"""The one home of the `redis` library: where a Redis or Valkey server is, and commands and replies on a connection.

It knows no deadline, no retry and no meaning of a command; the library is imported when an address is made.
"""

import asyncio
from collections import deque
from collections.abc import Mapping, Sequence
from hashlib import sha1
from typing import Any, NamedTuple, Protocol

_SCHEMES = ("redis://", "rediss://", "unix://")
_TELL = "give redis_url='redis://host:6379/0', or redis_host and redis_port"

Argument = str | int | float | bytes


class Script:
    """A Lua script and the name under which a server remembers it."""

    __slots__ = ("sha", "text")

    def __init__(self, text: str) -> None:
        self.text: str = text
        self.sha: str = sha1(text.encode(), usedforsecurity=False).hexdigest()


class Command(NamedTuple):
    """A script with the keys it touches (all in one cluster slot) and its arguments."""

    script: Script
    keys: Sequence[str]
    args: Sequence[Argument]

    def packed(self, *, whole: bool = False) -> tuple[Argument, ...]:
        """The words to send; `whole` carries the script's text, for a server that does not know it yet."""
        name, what = ("EVAL", self.script.text) if whole else ("EVALSHA", self.script.sha)
        return (name, what, len(self.keys), *self.keys, *self.args)


class Wire(Protocol):
    """A connection on which replies come in the order of their commands."""

    async def open(self) -> None: ...

    async def write(self, commands: Sequence[Sequence[Argument]]) -> None: ...

    async def read(self) -> Any:
        """The next reply; an exception that the server answered with is returned."""
        ...

    async def close(self) -> None: ...


class Address:
    """Where the server is and how to sign in; it prints without its secrets.

    Exactly one of `url`, `host` and `startup_nodes` (of a cluster) is needed. Raises ValueError for what is no address,
    ImportError when the `redis` library is missing.

    >>> Address(url="redis://:secret@cache:6379/2")
    cache:6379/2
    """

    def __init__(
        self,
        *,
        url: str | None = None,
        host: str | None = None,
        port: int | str | None = None,
        password: str | None = None,
        username: str | None = None,
        db: int | str | None = None,
        ssl: bool = False,
        startup_nodes: Sequence[Mapping[str, Any]] | None = None,
        connect_seconds: float = 1.0,
    ) -> None:
        library = _library()
        self._nodes = [_node(node) for node in startup_nodes or ()]
        self._class: Any = library.Connection
        given: dict[str, Any]
        if self._nodes:
            given = {"username": username, "password": password, "ssl": ssl or None}
            self.name: str = ",".join(f"{host}:{port}" for host, port in self._nodes)
        elif url is not None:
            given = _from_url(url, library.parse_url)
            self._class = given.pop("connection_class", library.Connection)
            given.update({name: v for name, v in (("password", password), ("username", username)) if v is not None})
            self.name = _name(given)
        elif isinstance(host, str) and host:
            given = {"host": host, "port": _port(port), "db": _database(db), "username": username, "password": password}
            self._class = library.SSLConnection if ssl else library.Connection
            self.name = _name(given)
        else:
            raise ValueError(f"redis_host={host!r} is no address of a Redis server: {_TELL}")
        # The library's own deadlines and second tries are off: whoever uses the wire has both.
        self._given = {name: v for name, v in given.items() if v is not None}
        self._given["socket_connect_timeout"] = connect_seconds
        self._given["protocol"] = 2
        self._check()

    def __repr__(self) -> str:
        return self.name

    def _check(self) -> None:
        """Make a connection that is never opened: what the library refuses is told now, not at the first request."""
        try:
            if not self._nodes:
                self.wire()
        except (TypeError, ValueError):
            raise ValueError(f"redis_url has an option that the redis library does not know: {_TELL}") from None

    def wire(self) -> Wire:
        """A connection to the server, not opened yet, for the running event loop."""
        return _ClusterWire(self._nodes, self._given) if self._nodes else _ServerWire(self._class, self._given)


class _ServerWire:
    """One connection to one server."""

    def __init__(self, kind: Any, given: Mapping[str, Any]) -> None:
        from redis.asyncio.retry import Retry
        from redis.backoff import NoBackoff

        self._connection = kind(**{"socket_timeout": None, **given, "retry": Retry(NoBackoff(), 0)})

    async def open(self) -> None:
        await self._connection.connect()

    async def write(self, commands: Sequence[Sequence[Argument]]) -> None:
        packed = self._connection.pack_commands(commands)
        await self._connection.send_packed_command(packed, check_health=False)

    async def read(self) -> Any:
        from redis.exceptions import ResponseError

        try:
            return await self._connection.read_response()
        except ResponseError as error:
            return error

    async def close(self) -> None:
        await self._connection.disconnect(nowait=True)


class _ClusterWire:
    """The library's cluster client, which finds the node of a command by its keys."""

    def __init__(self, nodes: Sequence[tuple[str, int]], given: Mapping[str, Any]) -> None:
        from redis.asyncio.cluster import ClusterNode, RedisCluster

        self._client: Any = RedisCluster(startup_nodes=[ClusterNode(*node) for node in nodes], **given)
        self._running: deque[asyncio.Task[Any]] = deque()
        self._some = asyncio.Event()

    async def open(self) -> None:
        await self._client.initialize()

    async def write(self, commands: Sequence[Sequence[Argument]]) -> None:
        loop = asyncio.get_running_loop()
        self._running.extend(loop.create_task(self._client.execute_command(*command)) for command in commands)
        self._some.set()

    async def read(self) -> Any:
        from redis.exceptions import ConnectionError, ResponseError

        while not self._running:
            self._some.clear()
            await self._some.wait()
        try:
            return await self._running.popleft()
        except ConnectionError:
            raise
        except ResponseError as error:
            return error

    async def close(self) -> None:
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
        await self._client.aclose()


def broken() -> tuple[type[Exception], ...]:
    """What a wire raises when it cannot be used (any more)."""
    from redis.exceptions import RedisError

    return (RedisError, OSError, TimeoutError, EOFError)


def unknown_script(reply: Any) -> bool:
    """Whether the server answered that it does not know a script: nothing was run."""
    from redis.exceptions import NoScriptError

    return isinstance(reply, NoScriptError)


def _library() -> Any:
    try:
        import redis.asyncio.connection as library
    except ImportError as error:
        raise ImportError(
            "redis_host, redis_url and redis clusters need the 'redis' library: pip install 'litellm[caching]'"
        ) from error
    return library


def _from_url(url: str, parse: Any) -> dict[str, Any]:
    if not isinstance(url, str) or not url.startswith(_SCHEMES):
        raise ValueError(f"redis_url does not begin with one of {', '.join(_SCHEMES)}: {_TELL}")
    try:
        given = dict(parse(url))
    except (ValueError, TypeError):  # its text may quote the URL, and the password with it
        raise ValueError(f"redis_url is no address of a Redis server: {_TELL}") from None
    if not given.get("host") and not given.get("path"):
        raise ValueError(f"redis_url names no host: {_TELL}")
    return given


def _name(given: Mapping[str, Any]) -> str:
    place = given.get("path") or f"{given.get('host')}:{given.get('port') or 6379}"
    return f"{place}/{given['db']}" if given.get("db") else str(place)


def _node(node: Mapping[str, Any]) -> tuple[str, int]:
    host = node.get("host") if isinstance(node, Mapping) else None
    if not isinstance(host, str) or not host:
        raise ValueError("startup_nodes of a Redis cluster: give a list of {'host': ..., 'port': ...}")
    return host, _port(node.get("port"))


def _port(port: Any) -> int:
    try:
        number = int(6379 if port is None else port)
    except (TypeError, ValueError):
        number = 0
    if not 0 < number < 65536:
        raise ValueError(f"redis_port={port!r}: give a number from 1 to 65535")
    return number


def _database(db: Any) -> int:
    try:
        number = int(0 if db is None else db)
    except (TypeError, ValueError):
        number = -1
    if number < 0:
        raise ValueError(f"redis_db={db!r}: give a number from 0 on")
    return number
