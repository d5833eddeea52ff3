"""Executes a plan: asks for the next attempt, sends it, reads the answer. Written once, for both kinds of API.

It knows no provider, no router and no user setting; all of that is in the values it is given.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from litellm.core.call import Call
from litellm.core.errors import BadRequest, ConnectionFailed, InvalidResponse, ProviderError, TimedOut, quote
from litellm.core.hooks import Hooks
from litellm.core.http import HttpRequest, HttpResponse
from litellm.core.plan import Attempt, Outcome, Plan, Route
from litellm.core.ports import Ports
from litellm.core.streaming import ChunkStream, HttpChunks
from litellm.core.target import Target

Adapters = Callable[[Call, Target], Any]

MAX_REFUSAL_BYTES = 1024 * 1024
# What reading someone else's data raises when it is not as expected.
_UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, IndexError)


class Answer(NamedTuple):
    """A result, and how it was reached; `body` is upstream's whole answer, empty for a stream."""

    result: Any
    route: Route
    headers: dict[str, str]
    outcomes: tuple[Outcome, ...] = ()
    request: HttpRequest | None = None
    body: bytes = b""


async def run(plan: Plan, adapters: Adapters, ports: Ports, *, hooks: Hooks, give_up_at: float) -> Answer:
    """Follow `plan` to an answer, or raise the error of the last attempt.

    `give_up_at` (seconds since the epoch) bounds the whole call: no attempt starts after it.
    """
    outcomes: tuple[Outcome, ...] = ()
    while True:
        attempt = plan.next_step(outcomes)
        if attempt is None:
            raise _last_error(outcomes)
        if outcomes and ports.now() + attempt.wait > give_up_at:
            raise _last_error(outcomes)
        if attempt.wait:
            await ports.sleep(attempt.wait)
        try:
            answer = await _attempt(attempt, adapters, ports, hooks)
        except ProviderError as error:
            error.provider = error.provider or attempt.route.target.provider
            error.model = error.model or attempt.route.target.model
            outcomes += (Outcome(attempt.route, error),)
            continue
        return answer._replace(outcomes=outcomes)


def _last_error(outcomes: tuple[Outcome, ...]) -> ProviderError:
    error = outcomes[-1].error
    error.attempts = len(outcomes)
    return error


async def _attempt(attempt: Attempt, adapters: Adapters, ports: Ports, hooks: Hooks) -> Answer:
    if attempt.error is not None:
        raise attempt.error
    call, target = attempt.route
    adapter = adapters(call, target)
    if adapter.local:
        return Answer(await _local(adapter, call, target, ports), attempt.route, {})
    request = await _prepare(adapter, call, target, ports)
    for observe in hooks.on_attempt:
        observe(call, target, request)
    if call.stream:
        return await _stream(adapter, attempt.route, request, ports)
    response = await ports.send(request, target.deadlines, target.client)
    if not 200 <= response.status < 300:
        raise adapter.transform_error(response, target)
    result = read(adapter, response, call, target)
    return Answer(result, attempt.route, dict(response.headers), request=request, body=response.body)


async def _prepare(adapter: Any, call: Call, target: Target, ports: Ports) -> HttpRequest:
    try:
        return await adapter.prepare(call, target, ports)  # type: ignore[no-any-return]
    except ProviderError:
        raise
    except _UNREADABLE as reason:
        raise BadRequest(
            f"the call cannot be put into the format of {target.provider} ({type(reason).__name__}: {reason}); "
            "look for a message, a tool or a parameter of another shape than OpenAI documents"
        ) from reason


async def _stream(adapter: Any, route: Route, request: HttpRequest, ports: Ports) -> Answer:
    call, target = route
    body = await ports.open(request, target.deadlines, target.client)
    if not 200 <= body.status < 300:
        response = HttpResponse(body.status, body.headers, await _drain(body))
        raise adapter.transform_error(response, target)
    chunks = adapter.stream_type(HttpChunks(body, adapter.stream_decoder(call, target)), call, target, ports)
    await chunks.prime()
    return Answer(chunks, route, dict(body.headers), request=request)


async def _local(adapter: Any, call: Call, target: Target, ports: Ports) -> Any:
    answer = await adapter.answer(call, target, ports)
    if not call.stream:
        return answer
    chunks = ChunkStream(answer, call, target, ports)
    await chunks.prime()
    return chunks


async def _drain(body: Any) -> bytes:
    """What came of a refusal's body: its status alone says enough when the rest does not come."""
    parts: list[bytes] = []
    try:
        while sum(map(len, parts)) < MAX_REFUSAL_BYTES and (part := await body.read()):
            parts.append(part)
    except (TimedOut, ConnectionFailed):
        pass
    finally:
        await body.aclose()
    return b"".join(parts)


def read(adapter: Any, response: HttpResponse, call: Call, target: Target) -> Any:
    """The result in a 2xx answer; what the adapter stumbles over becomes `InvalidResponse` with what was received."""
    try:
        return adapter.transform_response(response, call, target)
    except ProviderError:
        raise
    except _UNREADABLE as reason:
        raise InvalidResponse(
            f"upstream's answer cannot be read ({reason}); it began with {quote(response.body)}",
            provider=target.provider,
            model=target.model,
            headers=response.headers,
            body=response.body,
        ) from reason
