"""The Router as its users see it: calls, batches, priorities, mirrors, what callbacks and providers are shown."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import pytest

import litellm
from litellm.integrations.custom_logger import CustomLogger
from tests.support.deployments import MESSAGES, OK, World, entry, group, in_flight, refused, router_in, said, stream
from tests.support.faulty import faulty, ok

OURS: dict[str, Any] = {
    "weight": 1, "order": 1, "rpm": 1000, "tpm": 100000, "itpm": 90000, "otpm": 9000, "max_parallel_requests": 9,
    "cooldown_time": 3, "tags": ["t"], "tag_regex": ["^x"], "region_name": "eu", "max_budget": 5,
    "budget_duration": "1d", "num_retries": 1, "timeout": 5, "stream_timeout": 4, "input_cost_per_token": 1e-6,
    "output_cost_per_token": 1e-6, "configurable_clientside_auth_params": ["api_key"], "use_in_pass_through": False,
    "silent_model": "quiet", "max_retries": 0, "litellm_trace_id": "x",
}  # fmt: skip
ASKED: dict[str, Any] = {
    "num_retries": 1, "fallbacks": ["other"], "max_fallbacks": 2, "disable_fallbacks": True, "metadata": {"a": "b"},
    "context_window_fallbacks": [{"chat": ["other"]}], "content_policy_fallbacks": [{"chat": ["other"]}],
    "mock_testing_fallbacks": False, "retry_policy": {"RateLimitErrorRetries": 1}, "timeout": 3, "priority": 0,
    "specific_deployment": False, "tags": ["t"], "total_timeout": 30, "cache": {"no-cache": True},
}  # fmt: skip


@pytest.mark.parametrize("streams", [False, True])
async def test_router_arguments_never_reach_the_provider(streams: bool) -> None:
    world = World()
    router = router_in(world, entry("chat", "a", **OURS), entry("quiet", "q"), entry("other", "o"))
    await router.acompletion("chat", MESSAGES, temperature=0.5, top_k=3, stream=streams, **ASKED)
    while len(world.asked) < 2:
        await asyncio.sleep(0)
    for body in world.bodies():
        assert body.keys() <= {"model", "messages", "temperature", "top_k", "stream"}
        assert body["top_k"] == 3


def test_a_call_over_the_wire() -> None:
    with faulty(ok) as provider:
        router = litellm.Router([entry("chat", "a", api_base=f"{provider.base}/v1")], num_retries=0, timeout=5)
        response = router.completion("chat", MESSAGES, api_base=None, api_key=None, temperature=0)
        assert response.choices[0].message.content == "Hello"
        (request,) = provider.requests
        assert request.json() == {"model": "a", "messages": MESSAGES, "temperature": 0}
        assert request.headers["authorization"] == "Bearer k"


def test_a_mocked_deployment_answers() -> None:
    router = litellm.Router([entry("chat", "a", mock_response="mocked")])
    assert router.completion("chat", MESSAGES).choices[0].message.content == "mocked"


def test_many_threads_share_a_router() -> None:
    world = World(a=OK, b=[OK, refused(500), OK, OK, refused(429)] * 30 + [OK])
    router = router_in(world, *group("abc"), routing_strategy="least-busy", num_retries=5)

    def ask(_: int) -> Any:
        return [router.completion("chat", MESSAGES).choices[0].message.content for _ in range(50)]

    with ThreadPoolExecutor(16) as pool:
        answers = [text for texts in pool.map(ask, range(16)) for text in texts]
    assert answers == ["Hello"] * 800
    assert in_flight(router) == 0
    stats = [each.stats.window.at(world.time) for each in router.routing.catalog.by_id.values()]
    assert sum(each.requests for each in stats) == len(world.asked)
    assert sum(each.succeeded for each in stats) == 800


def test_when_all_rest_the_error_says_until_when() -> None:
    world = World(a=refused(429), b=refused(429))
    router = router_in(world, *group("ab"), num_retries=1, cooldown_time=30)
    with pytest.raises(litellm.RateLimitError):
        router.completion("chat", MESSAGES)
    with pytest.raises(litellm.exceptions.RouterRateLimitError, match="No deployments available for selected model"):
        while True:
            with pytest.raises(litellm.RateLimitError):
                router.completion("chat", MESSAGES, num_retries=0)
            world.time += 0.1
            if len(world.asked) > 40:
                pytest.fail("nobody rests")


# -- many at once ------------------------------------------------------------------------------------------------------


async def test_batches() -> None:
    router = router_in(World(a=said("A"), b=refused(400)), entry("a", "a"), entry("b", "b"), num_retries=0)
    one, other = await router.abatch_completion(["a", "b"], MESSAGES)
    assert one.choices[0].message.content == "A" and isinstance(other, litellm.BadRequestError)
    rows = await router.abatch_completion(["a", "a"], [MESSAGES, MESSAGES, MESSAGES])
    assert [len(row) for row in rows] == [2, 2, 2]
    answers = await router.abatch_completion_one_model_multiple_requests("b", [MESSAGES, MESSAGES])
    assert [type(each) for each in answers] == [litellm.BadRequestError] * 2


async def test_the_fastest_of_several_answers() -> None:
    async def never(request: Any) -> Any:
        await asyncio.Event().wait()

    world = World(a=never, b=refused(400), c=said("C"))
    router = router_in(world, *(entry(name, name) for name in "abc"), num_retries=0)
    answer = await router.abatch_completion_fastest_response("a, b, c", MESSAGES)
    assert answer.choices[0].message.content == "C"
    assert in_flight(router) == 0
    with pytest.raises(litellm.BadRequestError):
        await router.abatch_completion_fastest_response("b", MESSAGES)
    with pytest.raises(ValueError, match="names of model groups"):
        await router.abatch_completion_fastest_response(" , ", MESSAGES)


async def test_the_streams_that_came_second_are_closed() -> None:
    bodies = {name: stream("x", "y") for name in "ab"}
    router = router_in(World(**bodies), entry("a", "a"), entry("b", "b"))
    answer = await router.abatch_completion_fastest_response("a,b", MESSAGES, stream=True)
    assert in_flight(router) == 1
    assert [each async for each in answer]
    assert (in_flight(router), sum(body.closed for body in bodies.values())) == (0, 2)


async def test_a_priority_waits_at_most_as_long_as_the_call_may() -> None:
    world = World()
    router = router_in(world, *group("a"))
    assert await router.acompletion("chat", MESSAGES, priority=3)
    with pytest.raises(ValueError, match="priority=300"):
        await router.acompletion("chat", MESSAGES, priority=300)
    router.routing.state.unhealthy["a"] = world.time + 1e6
    with router._scheduler.place("chat", 0), pytest.raises(litellm.Timeout, match="turn .* did not come"):
        await router.schedule_acompletion("chat", MESSAGES, 1, timeout=0.01)
    with router._scheduler.place("chat", 0), pytest.raises(litellm.Timeout, match="in 0.02 s"):
        await router.schedule_acompletion("chat", MESSAGES, 1, timeout=SimpleNamespace(connect=1.0, read=0.02))
    with pytest.raises(litellm.BadRequestError, match="timeout='soon'"):
        await router.schedule_acompletion("chat", MESSAGES, 1, timeout="soon")
    assert router._scheduler.first("chat") is None


# -- mirrors -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reply", [OK, refused(500)])
async def test_a_mirror_is_asked_the_same_and_changes_nothing(reply: Any) -> None:
    world = World(q=reply)
    router = router_in(world, entry("chat", "a", silent_model="quiet"), entry("quiet", "q"), num_retries=0)
    answer = await router.acompletion("chat", MESSAGES, temperature=1)
    assert answer._hidden_params["model_id"] == "a"
    while "q" not in world.asked:
        await asyncio.sleep(0)
    assert [{**body, "model": ""} for body in world.bodies()] == [
        {"model": "", "messages": MESSAGES, "temperature": 1}
    ] * 2


# -- what callbacks see ------------------------------------------------------------------------------------------------


async def test_callbacks_see_the_group_and_the_deployment(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Any] = []
    told = asyncio.Event()

    class Log(CustomLogger):
        async def async_log_success_event(self, kwargs: Any, response: Any, start: Any, end: Any) -> None:
            seen.append(kwargs["litellm_params"]["metadata"])
            told.set()

    monkeypatch.setattr(litellm, "callbacks", [Log()])
    await router_in(World(), *group("a")).acompletion("chat", MESSAGES, metadata={"mine": 1})
    await asyncio.wait_for(told.wait(), 5)
    (metadata,) = seen
    assert (metadata["model_group"], metadata["model_info"]["id"], metadata["mine"]) == ("chat", "a", 1)
    assert metadata["deployment"] == "openai/a"


# -- hedging -----------------------------------------------------------------------------------------------------------

HEDGED: dict[str, Any] = {"hedging": {"delay": 0.005, "max_percent": 100}, "num_retries": 0}


async def test_a_slow_attempt_is_overtaken() -> None:
    async def never(request: Any) -> Any:
        await asyncio.Event().wait()

    world = World(a=never, b=said("B"))
    router = router_in(world, entry("chat", "a", weight=1), entry("chat", "b", weight=0), **HEDGED)
    answer = await router.acompletion("chat", MESSAGES)
    assert answer.choices[0].message.content == "B"
    assert answer._hidden_params["model_id"] == "b"
    first, second = answer._hidden_params["routing"]["attempts"]
    assert (first["outcome"], second["outcome"], second["hedge"]) == ("cancelled", "success", True)
    assert in_flight(router) == 0


@pytest.mark.parametrize("more", [{"store": True}, {"web_search_options": {}}, {"tools": [{"type": "web_search"}]}])
async def test_what_does_more_than_answer_is_never_doubled(more: Any) -> None:
    async def slow(request: Any) -> Any:
        await asyncio.sleep(0.015)
        return OK

    world = World(a=slow, b=slow)
    router = router_in(world, *group("ab"), **HEDGED)
    await router.acompletion("chat", MESSAGES, **more)
    assert len(world.asked) == 1


async def test_when_both_fail_the_call_fails() -> None:
    async def slow(request: Any) -> Any:
        await asyncio.sleep(0.01)
        return refused(500)

    world = World(a=slow, b=slow)
    router = router_in(world, *group("ab"), **HEDGED)
    with pytest.raises(litellm.InternalServerError):
        await router.acompletion("chat", MESSAGES)
    assert len(world.asked) == 2 and in_flight(router) == 0


def test_threads_are_hedged_too() -> None:
    from threading import Event

    overtaken = Event()

    def slow(request: Any) -> Any:
        assert overtaken.wait(5)
        return said("A")

    def quick(request: Any) -> Any:
        overtaken.set()
        return said("B")

    world = World(a=slow, b=quick)
    router = router_in(world, entry("chat", "a", weight=1), entry("chat", "b", weight=0), **HEDGED)
    answer = router.completion("chat", MESSAGES)
    expected = {"A": "a", "B": "b"}[answer.choices[0].message.content]
    assert answer._hidden_params["model_id"] == expected
    assert in_flight(router) == 0


# -- choosing without asking -------------------------------------------------------------------------------------------


async def test_the_deployment_of_a_call_can_be_asked_for() -> None:
    router = router_in(World(), *group("a"))
    assert router.get_available_deployment("chat") == group("a")[0]
    assert await router.async_get_available_deployment("chat", {}, MESSAGES) == group("a")[0]
    assert in_flight(router) == 0
    with pytest.raises(litellm.BadRequestError, match="no 'model_name'"):
        router.get_available_deployment("missing")


def test_names_nobody_can_place_are_refused_as_everywhere() -> None:
    router = router_in(World(), entry("*", "x"))
    router.set_model_list([{"model_name": "*", "litellm_params": {"model": "*", "api_key": "k"}}])
    with pytest.raises(litellm.BadRequestError, match="LLM Provider NOT provided"):
        router.completion("nobodys", MESSAGES)


@pytest.mark.parametrize(("setting", "calls"), [(0, 1), (1, 2)])
def test_the_packages_own_number_of_retries_holds_where_the_router_is_not_told(
    setting: int, calls: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(litellm, "num_retries", setting)
    world = World(a=refused(500), b=refused(500))
    router = router_in(world, entry("chat", "a"), entry("chat", "b"))
    with pytest.raises(litellm.InternalServerError):
        router.completion("chat", MESSAGES)
    assert len(world.asked) == calls
