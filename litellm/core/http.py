"""The values that cross the wire boundary: a request to send, an answer received, and the deadlines of both.

They know no transport and no provider.
"""

from collections.abc import Mapping
from typing import NamedTuple


class HttpRequest(NamedTuple):
    """One HTTP request, complete: sending it needs no further knowledge."""

    method: str
    url: str
    headers: dict[str, str]
    body: bytes = b""
    stream: bool = False

    def __repr__(self) -> str:
        """Without headers and query, which hold credentials, and without the body, which holds prompts."""
        return f"HttpRequest({self.method} {self.url.partition('?')[0]}, {len(self.body)} bytes)"


class HttpResponse(NamedTuple):
    """One whole HTTP answer; header names are lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Deadlines(NamedTuple):
    """How long to wait, in seconds: for the connection, for the first byte, between two reads, in total, and for the
    first token of a stream, whatever comes before it.

    `None` means no limit of that kind.
    """

    connect: float | None = 5.0
    first_byte: float | None = 600.0
    between_chunks: float | None = 600.0
    total: float | None = None
    first_token: float | None = None
