"""Executes a plan: asks for the next attempt, sends it, reads the answer. Written once, for both kinds of API.

It knows no provider, no router and no user setting; all of that is in the values it is given.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, NamedTuple

from litellm.core.call import Call
from litellm.core.continuation import ContinuedStream, GoOn
from litellm.core.errors import BadRequest, ConnectionFailed, InvalidResponse, ProviderError, TimedOut, quote
from litellm.core.hooks import Hooks
from litellm.core.http import HttpRequest, HttpResponse
from litellm.core.plan import Attempt, Ended, Lease, Outcome, Plan, Route
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


class _World(NamedTuple):
    """What every attempt of a call is made with."""

    adapters: Adapters
    ports: Ports
    hooks: Hooks
    give_up_at: float


async def run(plan: Plan, adapters: Adapters, ports: Ports, *, hooks: Hooks, give_up_at: float) -> Answer:
    """Follow `plan` to an answer, or raise the error that the plan makes of its failures.

    `give_up_at` (seconds since the epoch) bounds the whole call: no attempt starts after it.
    """
    world = _World(adapters, ports, hooks, give_up_at)
    answer = await _follow(plan, world)
    if plan.continues and answer.route.call.stream:
        return answer._replace(result=ContinuedStream(answer.result, _going_on(plan, world)))
    return answer


async def _follow(plan: Plan, world: _World) -> Answer:
    ports = world.ports
    outcomes: tuple[Outcome, ...] = ()
    while True:
        attempt = plan.next_step(outcomes)
        if attempt is None or (outcomes and ports.now() + attempt.wait > world.give_up_at):
            error = plan.failure(outcomes)
            error.attempts = len(outcomes)
            raise error
        if attempt.wait:
            await ports.sleep(attempt.wait)
        found = await _go(attempt, world)
        if len(found) == 1 and not outcomes and type(found[0]) is Answer:
            return found[0]  # as almost always
        outcomes += tuple(each for each in found if type(each) is Outcome)
        answer = next((each for each in found if type(each) is Answer), None)
        if answer is not None:
            return answer._replace(outcomes=outcomes)


def _going_on(plan: Plan, world: _World) -> GoOn:
    """How a stream that broke goes on, by the plan's word."""

    last: Plan | None = plan

    async def go_on(error: ProviderError, text: str) -> Any:
        nonlocal last
        last = last and last.continuation(error, text)
        if last is None:
            return None
        try:
            return (await _follow(last, world)).result
        except ProviderError:
            return None

    return go_on


Found = Sequence[Answer | Outcome]


async def _go(attempt: Attempt, world: _World) -> Found:
    """How the attempt, and those that joined it when it was slow, ended; at most one of them is an answer."""
    hedge = attempt.hedge
    if hedge is None:
        return (await _try(attempt, world),)

    async def first() -> Found:
        return (await _try(attempt, world),)

    def second() -> Awaitable[Found] | None:
        joined = hedge()
        return _go(joined, world) if joined else None

    found = await world.ports.race(first, second, attempt.hedge_after, wins=_is_answered, drop=_drop)
    return [each for ended in found for each in ended]


def _is_answered(found: Found) -> bool:
    return any(type(each) is Answer for each in found)


async def _drop(found: Found) -> None:
    """Close an answer that came second."""
    for ended in found:
        if type(ended) is Answer and ended.route.call.stream:
            await ended.result.aclose()


async def _try(attempt: Attempt, world: _World) -> Answer | Outcome:
    """How one attempt ended."""
    lease, route = attempt.lease, attempt.route
    try:
        if attempt.error is not None:
            raise attempt.error
        if lease is None:
            return await _attempt(route, world)
        try:
            await lease.begin(world.ports)
        finally:
            route = lease.route
        return await _leased(route, lease, world)
    except ProviderError as error:
        error.provider = error.provider or route.target.provider
        error.model = error.model or route.target.model
        return Outcome(route, error)


async def _leased(route: Route, lease: Lease, world: _World) -> Answer:
    """Make an attempt whose lease has begun, and end the lease with it: with the stream, where it is one."""
    ports = world.ports
    started = ports.now()
    try:
        answer = await _attempt(route, world)
        lease.accept(answer.result, ports.now())
    except BaseException as error:
        known = error if isinstance(error, ProviderError) else None
        now = ports.now()
        lease.end(Ended(now, now - started, error=known, cancelled=known is None))
        raise
    if route.call.stream:
        answer.result.watch(_ending(answer.result, lease, started, ports))
    else:
        now = ports.now()
        lease.end(Ended(now, now - started, result=answer.result))
    return answer


def _ending(stream: Any, lease: Lease, started: float, ports: Ports) -> Callable[[BaseException | None, bool], None]:
    def ended(error: BaseException | None, finished: bool) -> None:
        now, first = ports.now(), stream.first_chunk_at
        known = error if isinstance(error, ProviderError) else None
        told = None if first is None else first - started
        lease.end(Ended(now, now - started, told, stream, known, cancelled=known is None and not finished))

    return ended


async def _attempt(route: Route, world: _World) -> Answer:
    call, target = route
    ports = world.ports
    adapter = world.adapters(call, target)
    if adapter.local:
        return Answer(await _local(adapter, call, target, ports), route, {})
    request = await _prepare(adapter, call, target, ports)
    for observe in world.hooks.on_attempt:
        observe(call, target, request)
    if call.stream:
        return await _stream(adapter, route, request, ports)
    response = await ports.send(request, target.deadlines, target.client)
    if not 200 <= response.status < 300:
        raise adapter.transform_error(response, target)
    result = read(adapter, response, call, target)
    return Answer(result, route, dict(response.headers), request=request, body=response.body)


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
