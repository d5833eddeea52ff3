"""A world for routers: providers that answer by a script for each model, and a clock that only sleeping moves."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import msgspec

import litellm
from litellm.core import racing
from litellm.core.http import Deadlines, HttpRequest, HttpResponse
from litellm.core.slots import Slots
from tests.core.fakes import FakeBody
from tests.support.faulty import CHAT, chunk

Answer = HttpResponse | FakeBody | Exception
Reply = Answer | Callable[[HttpRequest], Any]
MESSAGES = [{"role": "user", "content": "Hi"}]
OK = HttpResponse(200, {}, msgspec.json.encode(CHAT))


def refused(status: int, message: str = "no", code: str | None = None, **headers: str) -> HttpResponse:
    """An error in OpenAI's shape."""
    told = msgspec.json.encode({"error": {"message": message, "type": "x", "code": code}})
    return HttpResponse(status, {name.replace("_", "-"): value for name, value in headers.items()}, told)


def said(text: str = "Hello", finish_reason: str = "stop") -> HttpResponse:
    """A whole answer."""
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": finish_reason}
    return HttpResponse(200, {}, msgspec.json.encode({**CHAT, "choices": [choice]}))


def stream(*texts: str, whole: bool = True) -> FakeBody:
    """A streamed answer; one that is not whole breaks off."""
    events = [chunk(text) for text in texts] + [chunk(finish_reason="stop")] * whole
    data = [b"data: " + msgspec.json.encode(each) + b"\n\n" for each in events]
    return FakeBody(*data, *[b"data: [DONE]\n\n"] * whole)


class World:
    """Every model answers with the next of its replies, the last one again and again; without any it says OK.

    `asked` are the models that requests went to, `requests` the requests. Sleeping moves the clock.
    """

    def __init__(self, **replies: Reply | Sequence[Reply]) -> None:
        self.replies = {name: list(given) if isinstance(given, list) else [given] for name, given in replies.items()}
        self.requests: list[HttpRequest] = []
        self.asked: list[str] = []
        self.slept: list[float] = []
        self.time = 1_700_000_000.0

    def ports(self, asynchronous: bool) -> "WorldPorts":
        return WorldPorts(self, asynchronous)

    def reply(self, request: HttpRequest) -> Any:
        body = msgspec.json.decode(request.body)
        model = body["model"]
        self.requests.append(request)
        self.asked.append(model)
        replies = self.replies.get(model)
        if not replies:
            return stream("Hello") if body.get("stream") else OK
        found = replies.pop(0) if len(replies) > 1 else replies[0]
        return found(request) if callable(found) else found

    def bodies(self) -> list[Any]:
        """What was sent, as data."""
        return [msgspec.json.decode(request.body) for request in self.requests]


class WorldPorts:
    """The ports of a world, of either kind."""

    def __init__(self, world: World, asynchronous: bool) -> None:
        self._world = world
        self.asynchronous = asynchronous
        self.spawned: list[Any] = []

    async def _answer(self, request: HttpRequest) -> Any:
        found = self._world.reply(request)
        if isinstance(found, Awaitable):
            found = await found
        if isinstance(found, Exception):
            raise found
        return found

    async def send(self, request: HttpRequest, deadlines: Deadlines, client: Any = None) -> HttpResponse:
        return await self._answer(request)  # type: ignore[no-any-return]

    async def open(self, request: HttpRequest, deadlines: Deadlines, client: Any = None) -> FakeBody:
        found = await self._answer(request)
        return FakeBody(found.body, status=found.status) if isinstance(found, HttpResponse) else found

    async def fetch(self, url: str) -> HttpResponse:
        raise AssertionError(url)

    async def sleep(self, seconds: float) -> None:
        if seconds:
            self._world.slept.append(seconds)
        self._world.time += seconds
        if self.asynchronous:
            await asyncio.sleep(0)

    async def race(self, first: Any, second: Any, after: float, *, wins: Any, drop: Any) -> Sequence[Any]:
        if self.asynchronous:
            return await racing.race(first, second, after, wins=wins, drop=drop)
        with ThreadPoolExecutor(4) as pool:
            return racing.race_in_threads(first, second, after, wins=wins, drop=drop, pool=pool)

    async def acquire(self, slots: Slots, seconds: float | None) -> bool:
        if self.asynchronous:
            return await racing.acquire(slots, seconds)
        return racing.acquire_in_thread(slots, seconds)

    def spawn(self, work: Callable[[], Coroutine[Any, Any, Any]]) -> None:
        if self.asynchronous:
            self.spawned.append(asyncio.ensure_future(work()))
        else:
            with ThreadPoolExecutor(1) as pool:
                pool.submit(asyncio.run, work()).result()

    async def offload(self, work: Callable[[], Any]) -> Any:
        return work()

    def now(self) -> float:
        return self._world.time


def entry(group: str, model: str, info: dict[str, Any] | None = None, **params: Any) -> dict[str, Any]:
    """A deployment of `model` in `group`, whose id is the model's name."""
    own = {"model": f"openai/{model}", "api_key": "k", **params}
    return {"model_name": group, "litellm_params": own, "model_info": {"id": model, **(info or {})}}


def router_in(world: World, *entries: dict[str, Any], **settings: Any) -> litellm.Router:
    """A router whose deployments are in the world."""
    router = litellm.Router(list(entries), **settings)
    router._through = world.ports
    return router


def group(models: str, name: str = "chat", **params: Any) -> list[dict[str, Any]]:
    """One deployment a letter, all alike."""
    return [entry(name, model, **params) for model in models]


def in_flight(router: litellm.Router) -> int:
    """The requests that have begun and not ended."""
    return sum(each.stats.in_flight for each in router.routing.catalog.by_id.values())
