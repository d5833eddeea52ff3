"""The five moments at which other code may look at a call, or change it.

Folded into tuples once; empty ones cost nothing.
"""

from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

from litellm.core.call import Call
from litellm.core.http import HttpRequest
from litellm.core.plan import Outcome
from litellm.core.target import Target


class Record(NamedTuple):
    """All that is known of a call once it is over; `body` is upstream's whole answer, empty for a stream."""

    call: Call
    target: Target | None
    response: Any
    error: BaseException | None
    started: float
    ended: float
    first_chunk: float | None = None
    cost: float | None = None
    outcomes: tuple[Outcome, ...] = ()
    request: HttpRequest | None = None
    body: bytes = b""


OnRequest = Callable[[Call], Awaitable[Call]]
OnAttempt = Callable[[Call, Target, HttpRequest], None]
WrapStream = Callable[[Call, Any], Any]
OnResponse = Callable[[Call, Any], Awaitable[Any]]
OnRecord = Callable[[Record], Any]


class Hooks(NamedTuple):
    """What runs at each moment: before the call, before each attempt, around a stream, after the answer, at the end.

    `wrap_stream` gets the engine's chunks, an object with `__anext__` and `aclose`, and answers such an object, whose
    `aclose` closes the one that it was given. `on_response` answers the result, the same or another.
    """

    on_request: tuple[OnRequest, ...] = ()
    on_attempt: tuple[OnAttempt, ...] = ()
    wrap_stream: tuple[WrapStream, ...] = ()
    on_response: tuple[OnResponse, ...] = ()
    on_record: tuple[OnRecord, ...] = ()


NO_HOOKS = Hooks()
