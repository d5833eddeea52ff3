"""One run: the real Router over ports whose upstreams are the scenario's, every request and every call written down."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextvars import ContextVar
from random import Random
from typing import Any

from benchmarks.simulator.clock import VirtualLoop
from benchmarks.simulator.scenario import Scenario, Setting
from benchmarks.simulator.world import World, arrivals, world_of
from litellm.core.errors import ConnectionFailed, TimedOut
from litellm.core.http import Deadlines, HttpRequest, HttpResponse
from litellm.core.ports import ByteStream
from litellm.core.transport import AsyncPorts

GROUP = "group"
MESSAGES = [{"role": "user", "content": "Say hello."}]
# A moment that is no full minute; a run begins within a minute after it, since limits are counted by the clock.
EPOCH = 1_700_000_000.0
ANSWER = (
    b'{"id":"chatcmpl-1","object":"chat.completion","created":1700000000,"model":"gpt-4o-mini","choices":[{"index":0,'
    b'"message":{"role":"assistant","content":"Hello."},"finish_reason":"stop"}],'
    b'"usage":{"prompt_tokens":10,"completion_tokens":20,"total_tokens":30}}'
)
REFUSAL = b'{"error":{"message":"simulated","type":"server_error","code":null}}'
Caller = Callable[[], Awaitable[Any]]
MakeCaller = Callable[[list[dict[str, Any]], Mapping[str, Any], "SimulatedPorts", Random], Caller]


class Sent:
    """One call to an upstream."""

    __slots__ = ("at", "deployment", "ended", "outcome")

    def __init__(self, deployment: str, at: float) -> None:
        self.deployment = deployment
        self.at = at
        self.ended = at
        self.outcome = "left"


class Request:
    """One request of a user: when it came and ended, its error ("" when answered), and the calls made for it."""

    __slots__ = ("arrived", "calls", "ended", "error")

    def __init__(self, arrived: float) -> None:
        self.arrived = arrived
        self.ended = arrived
        self.error = ""
        self.calls: list[Sent] = []

    @property
    def seconds(self) -> float:
        """How long its user waited."""
        return self.ended - self.arrived


_current: ContextVar[Request] = ContextVar("request")


class SimulatedPorts(AsyncPorts):
    """Ports to a simulated world; they write down each call in the request that it was made for."""

    def __init__(self, world: World, rng: Random, epoch: float) -> None:
        super().__init__()
        self._world = world
        self._rng = rng
        self._epoch = epoch

    def now(self) -> float:
        return self._epoch + asyncio.get_running_loop().time()

    async def send(self, request: HttpRequest, deadlines: Deadlines, client: Any = None) -> HttpResponse:
        loop = asyncio.get_running_loop()
        upstream = self._world.upstreams[request.url.removeprefix("http://").partition(".")[0]]
        sent = Sent(upstream.name, loop.time())
        _current.get().calls.append(sent)
        try:
            return await self._answer(upstream.reply(sent.at, self._rng), deadlines, sent)
        finally:
            sent.ended = loop.time()

    async def _answer(self, reply: Any, deadlines: Deadlines, sent: Sent) -> HttpResponse:
        limit = min((each for each in (deadlines.first_byte, deadlines.total) if each is not None), default=600.0)
        await asyncio.sleep(min(reply.seconds, limit))
        sent.outcome = "timeout" if reply.seconds > limit else str(reply.status or "refused")
        if reply.seconds > limit:
            raise TimedOut(f"{sent.deployment} did not answer within {limit:g} s")
        if not reply.status:
            raise ConnectionFailed(f"cannot connect to {sent.deployment}")
        if reply.status == 200:
            return HttpResponse(200, {"content-type": "application/json"}, ANSWER)
        asked = {} if reply.retry_after is None else {"retry-after": f"{reply.retry_after:g}"}
        return HttpResponse(reply.status, {"content-type": "application/json", **asked}, REFUSAL)

    async def open(self, request: HttpRequest, deadlines: Deadlines, client: Any = None) -> ByteStream:
        raise NotImplementedError("no scenario streams")

    async def fetch(self, url: str) -> HttpResponse:
        raise NotImplementedError("no scenario fetches")

    async def offload(self, work: Callable[[], Any]) -> Any:
        return work()


def router_caller(
    deployments: list[dict[str, Any]], arguments: Mapping[str, Any], ports: SimulatedPorts, rng: Random
) -> Caller:
    """Calls through a Router with these deployments and arguments."""
    from litellm import Router

    router: Any = Router(model_list=deployments, **arguments)
    router._through = lambda asynchronous: ports
    router._rng.setstate(rng.getstate())
    return lambda: router.acompletion(model=GROUP, messages=MESSAGES)


def simulate(
    scenario: Scenario, setting: Setting, rate: float, seed: int, *, make: MakeCaller = router_caller
) -> tuple[World, list[Request]]:
    """Every request of one run, in the order in which they came, and the world that they met."""
    world = world_of(scenario, rate, seed)
    epoch = EPOCH + Random(f"{scenario.name}/{seed}/epoch").uniform(0.0, 60.0)
    ports = SimulatedPorts(world, Random(f"{scenario.name}/{rate}/{seed}/answers"), epoch)
    listed = [_listed(name) for name in world.upstreams]
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        call = make(listed, {**scenario.router, **setting.router}, ports, Random(seed))
        return world, runner.run(_serve(call, arrivals(scenario, rate, seed)))


async def _serve(call: Caller, times: list[float]) -> list[Request]:
    loop = asyncio.get_running_loop()
    requests: list[Request] = []
    tasks: list[asyncio.Task[None]] = []
    for at in times:
        await asyncio.sleep(at - loop.time())
        requests.append(Request(loop.time()))
        tasks.append(loop.create_task(_request(call, requests[-1])))
    await asyncio.gather(*tasks)
    return requests


async def _request(call: Caller, request: Request) -> None:
    _current.set(request)
    try:
        await call()
    except Exception as error:
        request.error = f"{type(error).__name__}: {error}"
    request.ended = asyncio.get_running_loop().time()


def _listed(name: str) -> dict[str, Any]:
    params = {"model": "openai/gpt-4o-mini", "api_base": f"http://{name}.example/v1", "api_key": "sk-simulated"}
    return {"model_name": GROUP, "litellm_params": params, "model_info": {"id": name}}
