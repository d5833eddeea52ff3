"""Sends through a client that the user brought: an httpx or httpx2 client, or an OpenAI SDK client around one.

Clients are told by their shape; none of those libraries is imported.
"""

import inspect
from collections.abc import Mapping
from typing import Any

from litellm.core.errors import BadRequest, ConnectionFailed, TimedOut
from litellm.core.http import Deadlines, HttpRequest, HttpResponse


class ForeignBody:
    """A streamed answer of an httpx-shaped response."""

    def __init__(self, response: Any) -> None:
        self.status: int = response.status_code
        self.headers: Mapping[str, str] = _lower(response)
        self._response = response
        self._asynchronous = not hasattr(response.stream, "__iter__")
        self._chunks = response.aiter_bytes() if self._asynchronous else response.iter_bytes()

    async def read(self) -> bytes:
        try:
            if self._asynchronous:
                return bytes(await anext(self._chunks, b""))
            return bytes(next(self._chunks, b""))
        except Exception as error:
            raise _failure(error) from error

    def began(self) -> None:
        """The deadlines of a user's client are its own."""

    async def aclose(self) -> None:
        await _settled(self._response.aclose() if self._asynchronous else self._response.close())


async def send(client: Any, request: HttpRequest, deadlines: Deadlines, *, asynchronous: bool) -> HttpResponse:
    """Send and read the whole answer."""
    response = await _send(client, request, deadlines, stream=False, asynchronous=asynchronous)
    return HttpResponse(response.status_code, _lower(response), response.content)


async def open_stream(client: Any, request: HttpRequest, deadlines: Deadlines, *, asynchronous: bool) -> ForeignBody:
    """Send and hand the answer out as it arrives."""
    return ForeignBody(await _send(client, request, deadlines, stream=True, asynchronous=asynchronous))


async def _send(client: Any, request: HttpRequest, deadlines: Deadlines, *, stream: bool, asynchronous: bool) -> Any:
    http = getattr(client, "_client", client) if hasattr(client, "chat") else client
    if not hasattr(http, "build_request"):
        raise BadRequest(
            f"client={type(client).__name__} is no httpx client and no OpenAI client: pass one of those, or none"
        )
    if not asynchronous and inspect.iscoroutinefunction(http.send):
        raise BadRequest(
            f"client={type(client).__name__} is asynchronous: pass it to the asynchronous form of this function "
            "(acompletion, aembedding …), or pass a synchronous client"
        )
    timeout = (deadlines.connect, deadlines.first_byte, deadlines.first_byte, deadlines.connect)
    try:
        built = http.build_request(
            request.method, request.url, headers=request.headers, content=request.body, timeout=timeout
        )
        return await _settled(http.send(built, stream=stream))
    except Exception as error:
        raise _failure(error) from error


async def _settled(value: Any) -> Any:
    return await value if inspect.isawaitable(value) else value


def _failure(error: Exception) -> Exception:
    kind = TimedOut if "Timeout" in type(error).__name__ else ConnectionFailed
    return kind(f"the given client failed: {type(error).__name__}: {error}")


def _lower(response: Any) -> dict[str, str]:
    return {name.lower(): value for name, value in response.headers.items()}
