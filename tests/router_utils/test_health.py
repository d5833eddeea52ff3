"""Health checks: how little is asked, what a failure keeps away, and that calls without them go as ever."""

import asyncio
from typing import Any

import pytest

import litellm
from litellm.core.http import HttpRequest
from litellm.router_utils.health import AT_ONCE
from litellm.router_utils.state import Rest
from tests.support.deployments import MESSAGES, OK, World, entry, group, refused, router_in


def routed(world: World, *entries: dict[str, Any], **settings: Any) -> litellm.Router:
    return router_in(world, *entries, enable_health_check_routing=True, num_retries=0, **settings)


async def asked(router: litellm.Router, world: World, times: int = 20) -> set[str]:
    """The deployments that calls of the group go to."""
    world.asked.clear()
    for _ in range(times):
        await router.acompletion("chat", MESSAGES)
    return set(world.asked)


# -- what is asked -----------------------------------------------------------------------------------------------------


async def test_a_chat_is_asked_for_one_token() -> None:
    world = World()
    router = router_in(world, entry("chat", "a", max_completion_tokens=500, reasoning_effort="high", temperature=0.5))
    report = await router.acheck_health()
    assert world.bodies() == [
        {"model": "a", "messages": [{"role": "user", "content": "Hi"}], "max_tokens": 1, "temperature": 0.5}
    ]
    assert report == {
        "healthy_endpoints": [{"model": "openai/a", "model_id": "a", "group": "chat"}],
        "unhealthy_endpoints": [],
        "healthy_count": 1,
        "unhealthy_count": 0,
    }


async def test_an_embedding_model_is_asked_for_an_embedding() -> None:
    vector = {"object": "list", "model": "e", "data": [{"object": "embedding", "index": 0, "embedding": [0.1]}]}
    world = World(e=OK._replace(body=litellm.EmbeddingResponse(**vector).model_dump_json().encode()))
    router = router_in(world, entry("chat", "e", {"mode": "embedding"}))
    assert (await router.acheck_health())["healthy_count"] == 1
    assert world.requests[0].url.endswith("/embeddings") and world.bodies() == [{"model": "e", "input": "Hi"}]


async def test_what_is_said_of_a_deployment_bounds_its_check() -> None:
    world = World()
    info = {"health_check_model": "openai/small", "health_check_max_tokens": 7}
    await router_in(world, entry("chat", "a", info)).acheck_health()
    assert [(body["model"], body["max_tokens"]) for body in world.bodies()] == [("small", 7)]


async def test_a_model_that_thinks_has_room_for_it() -> None:
    world = World()
    await router_in(world, entry("chat", "gpt-5")).acheck_health()
    (body,) = world.bodies()
    assert body.get("max_completion_tokens", body.get("max_tokens")) == 128


async def test_who_cannot_be_checked_or_wants_none_is_left_out() -> None:
    world = World()
    router = router_in(
        world,
        entry("chat", "a"),
        entry("quiet", "b", {"disable_background_health_check": True}),
        entry("drawn", "c", {"mode": "image_generation"}),
        entry("openai/*", "*", {"id": "any"}),
        entry("mistral/*", "*", {"id": "one", "health_check_model": "openai/d"}),
    )
    report = await router.acheck_health()
    assert (world.asked, report["healthy_count"]) == (["a", "d"], 2)


async def test_one_group_is_checked_alone() -> None:
    world = World()
    router = router_in(world, entry("chat", "a"), entry("other", "b"), model_group_alias={"talk": "chat"})
    await router.acheck_health("talk")
    assert world.asked == ["a"]
    with pytest.raises(litellm.BadRequestError, match="did you mean 'chat'"):
        await router.acheck_health("chta")


async def test_a_failure_is_one_attempt_and_says_why() -> None:
    world = World(a=refused(500, "out of order"))
    report = await router_in(world, entry("chat", "a", num_retries=3), num_retries=3).acheck_health()
    assert world.asked == ["a"] and report["unhealthy_count"] == 1
    assert "out of order" in report["unhealthy_endpoints"][0]["error"]


async def test_a_wrong_number_fails_its_own_check_only() -> None:
    world = World()
    router = router_in(world, entry("chat", "a", {"health_check_timeout": "soon"}), entry("chat", "b"))
    report = await router.acheck_health()
    assert "health_check_timeout='soon'" in report["unhealthy_endpoints"][0]["error"]
    assert (world.asked, report["healthy_count"]) == (["b"], 1)


async def test_a_providers_own_bug_does_not_end_the_others_checks() -> None:
    world = World(a=ZeroDivisionError("oops"))
    report = await router_in(world, *group("ab")).acheck_health()
    assert (report["healthy_count"], report["unhealthy_count"]) == (1, 1)


async def test_only_so_many_are_checked_at_once() -> None:
    running, most, go = 0, 0, asyncio.Event()

    async def answer(request: HttpRequest) -> Any:
        nonlocal running, most
        running += 1
        most = max(most, running)
        if running == AT_ONCE:
            go.set()
        await go.wait()
        running -= 1
        return OK

    names = "abcdefghijkl"
    world = World(**dict.fromkeys(names, answer))
    assert (await router_in(world, *group(names)).acheck_health())["healthy_count"] == len(names)
    assert most == AT_ONCE


# -- what it changes ---------------------------------------------------------------------------------------------------


async def test_nobody_is_sent_where_a_check_failed_until_one_succeeds() -> None:
    world = World(a=[refused(401), OK])
    router = routed(world, *group("ab"))
    await router.acheck_health()
    assert await asked(router, world) == {"b"}
    answer = await router.acompletion("chat", MESSAGES)
    assert answer._hidden_params["routing"]["skipped"] == {"a": "failed its health check"}
    await router.acheck_health()
    assert await asked(router, world) == {"a", "b"}


@pytest.mark.parametrize(("settings", "seconds"), [({}, 600), ({"health_check_staleness_threshold": 30}, 30)])
async def test_an_old_result_counts_no_more(settings: dict[str, Any], seconds: float) -> None:
    world = World(a=[refused(500), OK])
    router = routed(world, *group("ab"), **settings)
    await router.acheck_health()
    world.time += seconds - 1
    assert await asked(router, world) == {"b"}
    world.time += 1
    assert await asked(router, world) == {"a", "b"}
    assert router.routing.state.unhealthy == {}


async def test_without_health_check_routing_nothing_changes() -> None:
    world = World(a=[refused(500), OK])
    router = router_in(world, *group("ab"))
    assert (await router.acheck_health())["unhealthy_count"] == 1
    assert await asked(router, world) == {"a", "b"}


@pytest.mark.parametrize("status", [408, 429])
@pytest.mark.parametrize("ignored", [True, False])
async def test_what_will_pass_says_nothing_where_that_is_wanted(status: int, ignored: bool) -> None:
    world = World(a=[OK, refused(status), OK], b=[refused(500), refused(status), OK])
    router = routed(world, *group("abc"), health_check_ignore_transient_errors=ignored)
    await router.acheck_health()
    assert (await router.acheck_health())["unhealthy_count"] == 2
    assert set(router.routing.state.unhealthy) == ({"b"} if ignored else {"a", "b"})


async def test_when_all_failed_their_checks_all_are_asked() -> None:
    world = World(a=[refused(500), OK], b=[refused(500), OK])
    router = routed(world, *group("ab"))
    await router.acheck_health()
    assert set(router.routing.state.unhealthy) == {"a", "b"}
    world.asked.clear()
    assert await router.acompletion("chat", MESSAGES)
    first = world.asked[0]
    assert await asked(router, world) == {first}, "what answered a call is well, whatever its check said"


async def test_a_failed_check_is_believed_less_than_a_failed_call() -> None:
    world = World()
    router = routed(world, *group("ab"))
    state = router.routing.state
    state.resting["a"] = Rest(world.time + 60, 429, "429")
    state.unhealthy["b"] = world.time + 60
    assert await asked(router, world) == {"b"}


async def test_a_deployment_that_rests_and_failed_its_check_may_still_have_recovered() -> None:
    world = World()
    router = routed(world, *group("a"))
    state = router.routing.state
    state.resting["a"], state.unhealthy["a"] = Rest(world.time + 60, 429, "429"), world.time + 60
    assert await asked(router, world) == {"a"}


# -- entries that cannot be used ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("wrong", [{"model": "of nobody"}, {"rpm": "many"}])
def test_an_entry_that_cannot_be_used_is_left_out_where_that_is_wanted(
    wrong: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    broken = entry("broken", "x")
    broken["litellm_params"] |= wrong
    entries = [broken, entry("chat", "a")]
    router = litellm.Router(entries, ignore_invalid_deployments=True)
    assert router.get_model_names() == ["chat"]
    assert "'broken' is left out (ignore_invalid_deployments)" in caplog.text
    with pytest.raises(ValueError):
        litellm.Router(entries)
