"""What a place at a deployment counts, teaches and gives back, however its attempt ends."""

import asyncio
import gc
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

import litellm
from litellm.core.errors import TimedOut
from litellm.router_utils.state import Rest
from tests.support.deployments import MESSAGES, OK, World, entry, group, in_flight, refused, router_in, stream

BREAKER = {"consecutive_failures": 1, "open_seconds": 5, "half_open_requests": 1}


def window(router: litellm.Router, key: str, world: World) -> Any:
    return router.routing.catalog.by_id[key].stats.window.at(world.time)


class Gate:
    """Answers when it is opened."""

    def __init__(self) -> None:
        self.opened = asyncio.Event()

    async def __call__(self, request: Any) -> Any:
        await self.opened.wait()
        return OK


# -- counts ------------------------------------------------------------------------------------------------------------


async def test_in_flight_is_zero_after_every_end() -> None:
    gate = Gate()
    world = World(a=[OK, refused(500), refused(400), stream("x"), stream("x"), stream("x", whole=False), gate])
    router = router_in(world, entry("chat", "a"), num_retries=0)
    await router.acompletion("chat", MESSAGES)
    for _ in range(2):
        with pytest.raises(Exception, match="no"):
            await router.acompletion("chat", MESSAGES)

    whole = await router.acompletion("chat", MESSAGES, stream=True)
    assert in_flight(router) == 1
    assert [each async for each in whole]
    assert in_flight(router) == 0

    left = await router.acompletion("chat", MESSAGES, stream=True)
    await anext(left)
    assert in_flight(router) == 1
    await left.aclose()
    assert in_flight(router) == 0

    broken = await router.acompletion("chat", MESSAGES, stream=True)
    with pytest.raises(litellm.exceptions.MidStreamFallbackError):
        _ = [each async for each in broken]
    assert in_flight(router) == 0

    waiting = asyncio.ensure_future(router.acompletion("chat", MESSAGES))
    while not in_flight(router):
        await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert in_flight(router) == 0
    assert (window(router, "a", world).requests, window(router, "a", world).failed) == (7, 2)


def test_a_stream_that_nobody_closes_is_given_back_when_it_is_collected() -> None:
    world = World(a=stream("x", "y"))
    router = router_in(world, entry("chat", "a", max_parallel_requests=1))
    answer = router.completion("chat", MESSAGES, stream=True)
    assert in_flight(router) == 1
    del answer
    gc.collect()
    assert in_flight(router) == 0
    slots = router.routing.state.slots(router.routing.catalog.by_id["a"])
    assert slots is not None and slots.free == 1


def test_a_stream_may_be_collected_by_who_holds_the_lock() -> None:
    world = World(a=stream("x", "y"))
    router = router_in(world, entry("chat", "a"))
    streams = [router.completion("chat", MESSAGES, stream=True)]

    def collect() -> None:
        with router.routing.state.lock:
            streams.clear()
            gc.collect()

    thread = threading.Thread(target=collect, daemon=True)
    thread.start()
    thread.join(5)
    assert not thread.is_alive() and in_flight(router) == 0


async def test_tokens_are_reserved_and_then_corrected() -> None:
    gate = Gate()
    world = World(a=gate)
    router = router_in(world, entry("chat", "a", tpm=100_000), routing_strategy="usage-based-routing-v2")
    call = asyncio.ensure_future(router.acompletion("chat", MESSAGES, max_tokens=50))
    while not in_flight(router):
        await asyncio.sleep(0)
    assert window(router, "a", world).output_tokens == 50
    gate.opened.set()
    await call
    assert (window(router, "a", world).input_tokens, window(router, "a", world).output_tokens) == (3, 1)


# -- places at once ----------------------------------------------------------------------------------------------------


async def test_requests_wait_for_a_place_in_their_order() -> None:
    gate, here, most = asyncio.Event(), 0, 0

    async def count(request: Any) -> Any:
        nonlocal here, most
        here += 1
        most = max(most, here)
        await gate.wait()
        await asyncio.sleep(0)
        here -= 1
        return OK

    world = World(a=count)
    router = router_in(world, entry("chat", "a", max_parallel_requests=2))
    calls = [asyncio.ensure_future(router.acompletion("chat", MESSAGES, user=str(at))) for at in range(9)]
    while len(world.asked) < 2:
        await asyncio.sleep(0)
    await asyncio.sleep(0)
    gate.set()
    await asyncio.gather(*calls)
    assert most == 2 and in_flight(router) == 0
    assert [body["user"] for body in world.bodies()] == [str(at) for at in range(9)]


def test_threads_share_the_places_too() -> None:
    lock, here, most = threading.Lock(), 0, 0

    def count(request: Any) -> Any:
        nonlocal here, most
        with lock:
            here += 1
            most = max(most, here)
        with lock:
            here -= 1
        return OK

    world = World(a=count)
    router = router_in(world, entry("chat", "a", max_parallel_requests=2))
    with ThreadPoolExecutor(8) as pool:
        calls = [pool.submit(router.completion, "chat", MESSAGES) for _ in range(80)]
        assert all(call.result() for call in calls)
    assert most <= 2 and in_flight(router) == 0 and len(world.asked) == 80


async def test_who_gets_no_place_in_time_is_not_counted() -> None:
    gate = Gate()
    world = World(a=gate)
    router = router_in(
        world, entry("chat", "a", max_parallel_requests=1), num_retries=0, total_timeout=0.01, circuit_breaker=BREAKER
    )
    first = asyncio.ensure_future(router.acompletion("chat", MESSAGES))
    while not world.asked:
        await asyncio.sleep(0)
    with pytest.raises(litellm.RateLimitError, match="max_parallel_requests"):
        await router.acompletion("chat", MESSAGES)
    assert (window(router, "a", world).requests, in_flight(router)) == (1, 1)
    gate.opened.set()
    await first
    assert in_flight(router) == 0


# -- limits ------------------------------------------------------------------------------------------------------------


async def test_limits_are_exact_under_parallel_calls() -> None:
    world = World()
    router = router_in(
        world,
        entry("chat", "a", rpm=70, max_parallel_requests=500),
        entry("chat", "b", rpm=50, max_parallel_requests=500),
        routing_strategy="usage-based-routing-v2",
        num_retries=0,
    )
    calls = (router.acompletion("chat", MESSAGES) for _ in range(300))
    answers = await asyncio.gather(*calls, return_exceptions=True)
    assert (world.asked.count("a"), world.asked.count("b")) == (70, 50)
    refusals = [each for each in answers if isinstance(each, Exception)]
    assert len(refusals) == 180 and {each.status_code for each in refusals} == {429}  # type: ignore[attr-defined]
    world.time += 60
    assert await router.acompletion("chat", MESSAGES)


def test_limits_are_exact_in_threads() -> None:
    world = World()
    router = router_in(
        world,
        entry("chat", "a", rpm=40, max_parallel_requests=500),
        optional_pre_call_checks=["enforce_model_rate_limits"],
        num_retries=0,
    )

    def ask() -> bool:
        try:
            return bool(router.completion("chat", MESSAGES))
        except Exception:
            return False

    with ThreadPoolExecutor(16) as pool:
        assert sum(pool.map(lambda _: ask(), range(120))) == 40
    assert len(world.asked) == 40


# -- cooldowns ---------------------------------------------------------------------------------------------------------


def test_a_deployment_rests_and_comes_back() -> None:
    world = World(a=[refused(429), OK], b=OK)
    router = router_in(world, *group("ab"), cooldown_time=30, num_retries=1)
    while "a" not in world.asked:
        router.completion("chat", MESSAGES)
    router.completion("chat", MESSAGES)
    assert "rests after RateLimited 429" in router.completion("chat", MESSAGES)._hidden_params["routing"][
        "skipped"
    ].get("a", "")
    world.time += 31
    before = world.asked.count("a")
    for _ in range(60):
        router.completion("chat", MESSAGES)
    assert world.asked.count("a") > before


@pytest.mark.parametrize(
    ("own", "header", "rests"),
    [({}, {}, 40), ({}, {"retry_after": "20"}, 20), ({"cooldown_time": 7}, {"retry_after": "20"}, 7)],
)
def test_how_long_it_rests(own: Any, header: Any, rests: float) -> None:
    world = World(a=refused(429, **header))
    router = router_in(world, entry("chat", "a", weight=1, **own), entry("chat", "b", weight=0), cooldown_time=40)
    router.completion("chat", MESSAGES)
    assert router.routing.state.resting["a"].until == pytest.approx(world.time + rests)


@pytest.mark.parametrize("status", [408, 429, 500, 503])
def test_the_only_deployment_of_a_group_never_rests(status: int) -> None:
    world = World(a=refused(status))
    router = router_in(world, entry("chat", "a"), num_retries=9)
    with pytest.raises(Exception, match="no"):
        router.completion("chat", MESSAGES)
    assert len(world.asked) == 10 and not router.routing.state.resting


def test_what_a_callers_own_key_meets_says_nothing_of_the_deployment() -> None:
    world = World(a=refused(401))
    router = router_in(world, entry("chat", "a"), num_retries=0, circuit_breaker=BREAKER)
    with pytest.raises(litellm.AuthenticationError):
        router.completion("chat", MESSAGES, api_key="theirs")
    assert window(router, "a", world).failed == 0
    assert not router.routing.state.resting and not router.routing.state.suspects


def test_a_name_that_a_pattern_cannot_serve_says_nothing_of_its_deployment() -> None:
    world = World(wrong=refused(404))
    router = router_in(world, entry("openai/*", "*", {"id": "all"}), num_retries=0, circuit_breaker=BREAKER)
    with pytest.raises(litellm.NotFoundError):
        router.completion("openai/wrong", MESSAGES)
    assert router.completion("openai/right", MESSAGES)


# -- circuit breakers --------------------------------------------------------------------------------------------------


def breaker_of(router: litellm.Router, key: str) -> Any:
    settings = router.settings.circuit_breaker
    assert settings is not None
    return router.routing.state.breaker(router.routing.catalog.by_id[key], settings)


def test_with_a_breaker_nobody_rests() -> None:
    world = World(a=refused(429), b=OK)
    router = router_in(world, *group("ab"), circuit_breaker=BREAKER)
    for _ in range(20):
        router.completion("chat", MESSAGES)
    assert world.asked.count("a") == 1
    assert not router.routing.state.resting
    assert breaker_of(router, "a").state(world.time) == "open"


@pytest.mark.parametrize("how", ["own key", "no place", "cancelled"])
async def test_a_probe_that_says_nothing_lets_another_one_go(how: str) -> None:
    gate = Gate()
    world = World(a=[refused(500), gate])
    router = router_in(
        world, entry("chat", "a", max_parallel_requests=1), num_retries=0, circuit_breaker=BREAKER, total_timeout=0.02
    )
    with pytest.raises(litellm.InternalServerError):
        await router.acompletion("chat", MESSAGES)
    world.time += 6
    breaker = breaker_of(router, "a")
    assert breaker.state(world.time) == "half-open"
    if how == "own key":
        gate.opened.set()
        await router.acompletion("chat", MESSAGES, api_key="theirs")
    elif how == "no place":
        slots = router.routing.state.slots(router.routing.catalog.by_id["a"])
        assert slots is not None and slots.take()
        with pytest.raises(litellm.RateLimitError):
            await router.acompletion("chat", MESSAGES)
        slots.release()
    else:
        call = asyncio.ensure_future(router.acompletion("chat", MESSAGES))
        while not in_flight(router):
            await asyncio.sleep(0)
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
    assert breaker.allows(world.time)
    gate.opened.set()
    await router.acompletion("chat", MESSAGES)
    assert breaker.state(world.time) == "closed"


@pytest.mark.parametrize(("timeout", "suspected"), [(0.01, False), (None, True)])
def test_too_little_time_given_by_the_caller_says_nothing_of_the_deployment(
    timeout: float | None, suspected: bool
) -> None:
    slow = TimedOut("a did not answer in time")
    world = World(a=[OK, slow], b=[OK])
    router = router_in(world, *group("a"), num_retries=0, circuit_breaker=BREAKER)
    router.completion("chat", MESSAGES)
    with pytest.raises(litellm.Timeout):
        router.completion("chat", MESSAGES, timeout=timeout)
    assert ("a" in router.routing.state.suspects) == suspected
    assert ("a" in router.routing.state.tripped) == suspected


def test_a_policy_may_count_what_usually_is_the_requests_own_fault() -> None:
    world = World(a=[refused(400)], b=[OK])
    policy = litellm.types.router.AllowedFailsPolicy(BadRequestErrorAllowedFails=0)
    router = router_in(world, *group("ab"), num_retries=0, allowed_fails_policy=policy)
    for _ in range(20):
        try:
            router.completion("chat", MESSAGES)
        except litellm.BadRequestError:
            break
    assert "a" in router.routing.state.resting


def test_a_success_ends_a_rest_only_when_it_began_after_the_failure() -> None:
    world = World(a=[OK])
    router = router_in(world, *group("a"))
    plan_of = router.routing.catalog.by_id["a"]
    router.routing.state.resting["a"] = Rest(world.time + 30, 429, "RateLimited 429")
    plan_of.stats.last_failed_at = world.time - 2
    router.completion("chat", MESSAGES)  # all rest, so the one that failed first is asked all the same
    assert "a" not in router.routing.state.resting
