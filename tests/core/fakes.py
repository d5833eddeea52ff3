"""A world without a network or a clock: ports that answer from a script and write down what was asked of them."""

from collections.abc import Callable, Mapping
from typing import Any

from litellm.core.http import Deadlines, HttpRequest, HttpResponse

Scripted = HttpResponse | Exception


class FakeBody:
    """An answer that arrives in the given pieces; an exception among them is raised in its turn."""

    def __init__(self, *pieces: bytes | Exception, status: int = 200) -> None:
        self.status = status
        self.headers: Mapping[str, str] = {"x-request-id": "r1"}
        self.closed = 0
        self.has_begun = False
        self._pieces = list(pieces)

    async def read(self) -> bytes:
        piece = self._pieces.pop(0) if self._pieces else b""
        if isinstance(piece, Exception):
            raise piece
        return piece

    def began(self) -> None:
        self.has_begun = True

    async def aclose(self) -> None:
        self.closed += 1


class FakePorts:
    """Answers `send`, `open` and `fetch` from one script, in its order; sleeping only moves the clock."""

    def __init__(self, *script: Scripted | FakeBody) -> None:
        self.script = list(script)
        self.requests: list[HttpRequest] = []
        self.slept: list[float] = []
        self.time = 1000.0

    def _next(self, request: HttpRequest) -> Any:
        self.requests.append(request)
        answer = self.script.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def send(self, request: HttpRequest, deadlines: Deadlines, client: Any = None) -> HttpResponse:
        return self._next(request)  # type: ignore[no-any-return]

    async def open(self, request: HttpRequest, deadlines: Deadlines, client: Any = None) -> FakeBody:
        return self._next(request)  # type: ignore[no-any-return]

    async def fetch(self, url: str) -> HttpResponse:
        return self._next(HttpRequest("GET", url, {}))  # type: ignore[no-any-return]

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds

    async def offload(self, work: Callable[[], Any]) -> Any:
        return work()

    def now(self) -> float:
        return self.time
