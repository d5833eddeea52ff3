"""GET /health, asked for or told from the last round of background checks, and routing by those rounds."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from tests.proxy.fakes import ASK, Client, Reply, World, deployment


@pytest.fixture(autouse=True)
def process_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("litellm.proxy.app._settle_process", lambda: None)


PAIR = (deployment("a", "one"), deployment("a", "two"))


class Rounds:
    """The gateway's life, round by round: its waits end when the test says so."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.waited: list[float] = []
        self._waits = asyncio.Event()
        self._go = asyncio.Event()
        world.ports.sleep = self._sleep

    async def _sleep(self, seconds: float) -> None:
        self.waited.append(seconds)
        self._waits.set()
        await self._go.wait()
        self._go.clear()

    async def over(self) -> None:
        """Wait until a round is over."""
        await asyncio.wait_for(self._waits.wait(), 5)
        self._waits.clear()

    async def next(self) -> None:
        """Have another round, and wait until it is over."""
        self._go.set()
        await self.over()


def background(*entries: Any, **general: Any) -> World:
    settings = {"background_health_checks": True, **general}
    return World(*(entries or PAIR), general_settings=settings, router_settings={"num_retries": 0})


@asynccontextmanager
async def living(world: World) -> AsyncIterator[Rounds]:
    """The gateway between its startup and its shutdown."""
    rounds, received, sent = Rounds(world), asyncio.Queue[Any](), asyncio.Queue[Any]()
    life = asyncio.ensure_future(world.app({"type": "lifespan"}, received.get, sent.put))
    for step in ("startup", "shutdown"):
        received.put_nowait({"type": f"lifespan.{step}"})
        assert await asyncio.wait_for(sent.get(), 5) == {"type": f"lifespan.{step}.complete"}
        if step == "startup":
            yield rounds
    await asyncio.wait_for(life, 5)


async def health(world: World) -> Any:
    client = Client({}, "/health")
    client.scope["method"] = "GET"
    await world.app(client.scope, client.receive, client.send)
    reply = Reply(client.sent)
    assert reply.status == 200
    return reply.json


def ids(endpoints: list[dict[str, Any]]) -> list[str]:
    return [each["model_id"] for each in endpoints]


async def served(world: World) -> set[str]:
    """The deployments that answer a client's requests."""
    return {(await world.ask({**ASK})).headers["x-litellm-model-id"] for _ in range(20)}


async def test_without_background_checks_everybody_is_asked_now() -> None:
    unasked = deployment("b")
    unasked["model_info"]["disable_background_health_check"] = True
    world = World(*PAIR, unasked)
    world.answers["two"] = 500
    for times in (1, 2):
        report = await health(world)
        assert (ids(report["healthy_endpoints"]), ids(report["unhealthy_endpoints"])) == (["one", "b"], ["two"])
        assert len(world.asked) == 3 * times
    assert "upstream answers 500" in report["unhealthy_endpoints"][0]["error"]
    assert "checked_at" not in report


async def test_with_background_checks_the_last_round_is_told() -> None:
    world = background(health_check_interval=100)
    before = await health(world)
    assert (before["healthy_count"], before["unhealthy_count"], before["checked_at"]) == (0, 0, None)
    async with living(world) as rounds:
        await rounds.over()
        assert (await health(world))["healthy_count"] == 2
        world.answers["two"] = 401
        assert (await health(world))["healthy_count"] == 2
        assert len(world.asked) == 2, "to be told is to ask nobody"
        await rounds.next()
        report = await health(world)
        assert (ids(report["healthy_endpoints"]), ids(report["unhealthy_endpoints"])) == (["one"], ["two"])
        assert report["checked_at"] == pytest.approx(world.ports.now(), abs=30)
    assert all(90 <= seconds <= 110 for seconds in rounds.waited) and len(set(rounds.waited)) == 2


async def test_rounds_end_with_the_gateway_and_never_overlap() -> None:
    world = background()
    hangs = asyncio.Event()
    world.answers["one"] = hangs
    before = asyncio.all_tasks()
    async with living(world) as rounds:
        while len(world.asked) < 2:
            await asyncio.sleep(0)
        for _ in range(10):
            await asyncio.sleep(0)
        assert (len(world.asked), rounds.waited) == (2, [])
    assert asyncio.all_tasks() == before


async def test_only_so_many_are_checked_at_once() -> None:
    world = background(health_check_concurrency=1)
    hangs = world.answers["one"] = asyncio.Event()
    async with living(world) as rounds:
        for _ in range(20):
            await asyncio.sleep(0)
        assert [each["model"] for each in world.asked] == ["one"]
        hangs.set()
        await rounds.over()
        assert [each["model"] for each in world.asked] == ["one", "two"]


@pytest.mark.parametrize("section", ["general_settings", "router_settings"])
async def test_requests_avoid_who_failed_the_last_round(section: str, caplog: pytest.LogCaptureFixture) -> None:
    sections: dict[str, Any] = {"general_settings": {"background_health_checks": True}, "router_settings": {}}
    sections[section]["enable_health_check_routing"] = True
    world = World(*PAIR, **sections)
    world.answers["two"] = 401
    async with living(world) as rounds:
        await rounds.over()
        del world.answers["two"]
        assert await served(world) == {"one"}
        assert world.routing.state.unhealthy["two"] == pytest.approx(world.ports.now() + 600, abs=30)
        await rounds.next()
        assert await served(world) == {"one", "two"}
    told = [each.getMessage() for each in caplog.records if "health check of" in each.getMessage()]
    assert len(told) == 2 and "a (two) fails: " in told[0] and told[1].endswith("a (two) succeeds again")


async def test_a_deployment_may_want_no_background_checks() -> None:
    unasked = deployment("b")
    unasked["model_info"]["disable_background_health_check"] = True
    world = background(*PAIR, unasked)
    async with living(world) as rounds:
        await rounds.over()
        assert [each["model"] for each in world.asked] == ["one", "two"]


async def test_a_round_that_breaks_is_not_the_last(caplog: pytest.LogCaptureFixture) -> None:
    world = background()
    right = world.ports.now
    world.ports.now = lambda: 1 / 0
    async with living(world) as rounds:
        await rounds.over()
        world.ports.now = right
        await rounds.next()
        assert (await health(world))["healthy_count"] == 2
    assert "a round of health checks failed" in caplog.text
