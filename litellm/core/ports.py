"""The ways out of the engine: sending, streaming, sleeping. Each has a blocking and an asynchronous implementation.

The engine and the adapters are written against these protocols alone.
"""

from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from typing import Any, Protocol

from litellm.core.http import Deadlines, HttpRequest, HttpResponse
from litellm.core.slots import Slots


class ByteStream(Protocol):
    """An answer whose body is still arriving."""

    status: int
    headers: Mapping[str, str]

    async def read(self) -> bytes:
        """The next bytes as they come; empty when the body has ended as its framing promised."""
        ...

    def began(self) -> None:
        """The first token has come: the deadline for it (`Deadlines.first_token`) no longer counts."""
        ...

    async def aclose(self) -> None:
        """Close the connection, wherever the body is."""
        ...


class Ports(Protocol):
    """What the engine may ask of the world."""

    async def send(self, request: HttpRequest, deadlines: Deadlines, client: Any = None) -> HttpResponse: ...

    async def open(self, request: HttpRequest, deadlines: Deadlines, client: Any = None) -> ByteStream: ...

    asynchronous: bool

    async def sleep(self, seconds: float) -> None: ...

    async def race(
        self,
        first: Callable[[], Awaitable[Any]],
        second: Callable[[], Awaitable[Any] | None],
        after: float,
        *,
        wins: Callable[[Any], bool],
        drop: Callable[[Any], Awaitable[None]],
    ) -> Sequence[Any]:
        """What the first came to, and the second, which starts when the first has not ended after so many seconds.

        Waits until one of them wins or all have ended. The other is then cancelled, and what it comes to nevertheless
        is given to `drop`.
        """
        ...

    async def acquire(self, slots: Slots, seconds: float | None) -> bool:
        """Wait at most so long for a slot; whether there was one."""
        ...

    def spawn(self, work: Callable[[], Coroutine[Any, Any, Any]]) -> None:
        """Do something that nobody waits for; a failure is logged."""
        ...

    async def fetch(self, url: str) -> HttpResponse:
        """GET a URL that a user gave, through the guard against requests to private addresses."""
        ...

    async def offload(self, work: Callable[[], Any]) -> Any:
        """Run CPU-bound work where it does not hold an event loop."""
        ...

    def now(self) -> float:
        """Seconds since the epoch."""
        ...
