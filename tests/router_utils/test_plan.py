"""A call's way through the deployments: retries, orders, fallbacks, their bounds, and what is told of it."""

import asyncio
from collections.abc import Callable
from random import Random
from typing import Any

import openai
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import litellm
from tests.support.deployments import (
    MESSAGES,
    OK,
    World,
    entry,
    group,
    in_flight,
    refused,
    router_in,
    said,
)

Ask = Callable[..., Any]
TOO_LONG = refused(400, "maximum context length is 10 tokens", "context_length_exceeded")
REFUSED = refused(400, "content management policy", "content_filter")


@pytest.fixture(params=["blocking", "in a loop"])
def ask(request: pytest.FixtureRequest) -> Ask:
    """A chat completion by either kind of API."""

    def blocking(router: litellm.Router, model: str = "chat", **more: Any) -> Any:
        return router.completion(model, MESSAGES, **more)

    def waiting(router: litellm.Router, model: str = "chat", **more: Any) -> Any:
        return asyncio.run(router.acompletion(model, MESSAGES, **more))

    return blocking if request.param == "blocking" else waiting


def told(response: Any) -> Any:
    return response._hidden_params["routing"]


# -- retries -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "alone", "among"),
    [(400, 1, 1), (401, 1, 3), (403, 1, 3), (404, 1, 1), (408, 3, 3), (409, 3, 3), (422, 1, 1), (429, 3, 3)]
    + [(500, 3, 3), (502, 3, 3), (503, 3, 3)],
)
def test_what_may_pass_is_tried_again(ask: Ask, status: int, alone: int, among: int) -> None:
    for names, tries in (("a", alone), ("abc", among)):
        world = World(**dict.fromkeys(names, refused(status)))
        router = router_in(world, *group(names), num_retries=2, disable_cooldowns=True)
        with pytest.raises(openai.APIError):
            ask(router)
        assert len(world.asked) == tries
        assert len(set(world.asked)) == min(tries, len(names))
        assert in_flight(router) == 0


@pytest.mark.parametrize(
    ("router", "deployment", "request_", "tries"),
    [(0, None, None, 1), (0, 3, None, 4), (5, 1, None, 2), (5, 1, 0, 1), (0, 0, 4, 5), (None, None, None, 3)],
)
def test_the_request_wins_over_the_deployment_over_the_router(
    ask: Ask, router: int | None, deployment: int | None, request_: int | None, tries: int
) -> None:
    world = World(a=refused(500))
    own: dict[str, Any] = {} if deployment is None else {"num_retries": deployment}
    said = {} if request_ is None else {"num_retries": request_}
    made = router_in(world, entry("chat", "a", **own), num_retries=router)
    with pytest.raises(litellm.InternalServerError):
        ask(made, **said)
    assert len(world.asked) == tries


def test_policies_by_kind_of_error(ask: Ask) -> None:
    policy = {"RateLimitErrorRetries": 4, "InternalServerErrorRetries": 0}
    world = World(a=refused(429), b=refused(500))
    router = router_in(
        world,
        entry("a", "a"),
        entry("b", "b"),
        retry_policy=policy,
        model_group_retry_policy={"b": {"InternalServerErrorRetries": 3}},
        num_retries=0,
        max_fallbacks=0,
    )
    for name, error, tries in (("a", litellm.RateLimitError, 5), ("b", litellm.InternalServerError, 4)):
        with pytest.raises(error):
            ask(router, name)
        assert world.asked.count(name) == tries
    with pytest.raises(litellm.RateLimitError):
        ask(router, "a", retry_policy={"RateLimitErrorRetries": 1})
    assert world.asked.count("a") == 7


def test_nobody_waits_while_others_are_healthy(ask: Ask) -> None:
    world = World(a=refused(503), b=refused(503), c=refused(503))
    with pytest.raises(litellm.ServiceUnavailableError):
        ask(router_in(world, *group("abc"), num_retries=2))
    assert world.slept == [] and sorted(world.asked) == ["a", "b", "c"]


def test_a_deployment_alone_is_given_the_time_it_asks_for(ask: Ask) -> None:
    world = World(a=[refused(429, retry_after="7"), refused(500), OK])
    router = router_in(world, entry("chat", "a"), retry_after=2)
    ask(router)
    assert world.slept[0] == 7
    assert 2 <= world.slept[1] <= 2.75  # 1 s and jitter, but 2 at the least


# -- orders and weighted failover --------------------------------------------------------------------------------------


def test_lower_orders_come_first_and_before_other_groups(ask: Ask) -> None:
    world = World(a=refused(500), b=refused(500), c=OK)
    router = router_in(
        world,
        entry("chat", "c", order=2),
        entry("chat", "a", order=1),
        entry("chat", "b", order=1),
        entry("other", "x"),
        num_retries=0,
        fallbacks=[{"chat": ["other"]}],
    )
    response = ask(router)
    assert world.asked[0] in "ab" and world.asked[1:] == ["c"]
    assert response._hidden_params["model_id"] == "c"


def test_every_order_is_tried_whatever_the_retries(ask: Ask) -> None:
    world = World(a=refused(500), b=refused(500), c=refused(500))
    orders = [entry("chat", name, order=place) for place, name in enumerate("abc", 1)]
    with pytest.raises(litellm.InternalServerError):
        ask(router_in(world, *orders, num_retries=0, max_fallbacks=0))
    assert world.asked == ["a", "b", "c"]
    with pytest.raises(litellm.InternalServerError):
        ask(router_in(world, *orders, num_retries=0), disable_fallbacks=True)
    assert world.asked == ["a", "b", "c", "a"]


def test_weighted_failover_goes_on_in_the_group(ask: Ask) -> None:
    world = World(a=refused(400), b=refused(400), c=refused(400), x=OK)
    router = router_in(
        world,
        *group("abc"),
        entry("other", "x"),
        num_retries=0,
        enable_weighted_failover=True,
        fallbacks=[{"chat": ["other"]}],
    )
    ask(router)
    assert sorted(world.asked[:3]) == ["a", "b", "c"] and world.asked[3:] == ["x"]


# -- fallbacks ---------------------------------------------------------------------------------------------------------


def groups(world: World, names: str, **settings: Any) -> litellm.Router:
    return router_in(world, *(entry(name, name) for name in names), num_retries=0, **settings)


@pytest.mark.parametrize(
    ("settings", "reply", "way"),
    [
        ({"fallbacks": [{"a": ["b", "c"]}]}, refused(500), "ab"),
        ({"fallbacks": [{"*": ["c"]}]}, refused(500), "ac"),
        ({"fallbacks": [{"b": ["c"]}], "default_fallbacks": ["d"]}, refused(500), "ad"),
        ({"fallbacks": [{"a": ["b"]}], "context_window_fallbacks": [{"a": ["c"]}]}, TOO_LONG, "ac"),
        ({"fallbacks": [{"a": ["b"]}], "content_policy_fallbacks": [{"a": ["d"]}]}, REFUSED, "ad"),
        ({"fallbacks": [{"a": ["b"]}], "content_policy_fallbacks": [{"a": ["d"]}]}, said("", "content_filter"), "ad"),
        ({"fallbacks": [{"a": ["b"]}]}, said("", "content_filter"), "a"),
        ({"fallbacks": [{"a": ["b"]}]}, refused(400), "ab"),
    ],
)
def test_where_a_call_goes_after_a_group_failed(ask: Ask, settings: Any, reply: Any, way: str) -> None:
    world = World(a=reply)
    response = ask(groups(world, "abcd", **settings), "a")
    assert "".join(world.asked) == way
    headers = response._hidden_params["additional_headers"]
    assert headers["x-litellm-model-group"] == world.asked[-1]  # the one that served
    assert headers["x-litellm-attempted-retries"] == 0


@pytest.mark.parametrize(
    ("asked", "way"),
    [
        ({"fallbacks": ["c"]}, "ac"),
        ({"fallbacks": ["missing", "c"]}, "ac"),
        ({"fallbacks": []}, "a"),
        ({"fallbacks": [{"a": ["d"]}]}, "ad"),
        ({"disable_fallbacks": True}, "a"),
        ({"max_fallbacks": 0}, "a"),
        ({}, "ab"),
    ],
)
def test_the_request_has_the_last_word_on_fallbacks(ask: Ask, asked: Any, way: str) -> None:
    world = World(a=refused(500))
    router = groups(world, "abcd", fallbacks=[{"a": ["b"]}])
    if way == "a":
        with pytest.raises(litellm.InternalServerError):
            ask(router, "a", **asked)
    else:
        ask(router, "a", **asked)
    assert "".join(world.asked) == way
    assert all(not body.keys() & asked.keys() for body in world.bodies())


def test_a_fallback_may_change_the_request(ask: Ask) -> None:
    world = World(a=[refused(500), OK])
    short = [{"role": "user", "content": "short"}]
    change = {"model": "a", "messages": short, "temperature": 0.5, "max_tokens": 9}
    response = ask(groups(world, "a"), "a", temperature=1, fallbacks=[change])
    last = world.bodies()[-1]
    assert (last["messages"], last["temperature"], last["max_tokens"]) == (short, 0.5, 9)
    assert told(response)["fallbacks"] == ["a"]


def test_fallbacks_have_fallbacks_up_to_a_number(ask: Ask) -> None:
    chain = [{one: [other]} for one, other in zip("abcde", "bcdef", strict=True)]
    world = World(**dict.fromkeys("abcde", refused(500)))
    response = ask(groups(world, "abcdef", fallbacks=chain), "a")
    assert (world.asked, told(response)["fallbacks"]) == (list("abcdef"), list("bcdef"))

    world = World(**dict.fromkeys("abcdef", refused(500)))
    with pytest.raises(litellm.InternalServerError, match=r"Available Model Group Fallbacks=\['b', 'c'\]"):
        ask(groups(world, "abcdef", fallbacks=chain, max_fallbacks=2), "a")
    assert world.asked == list("abc")


def test_fallbacks_in_a_circle_end(ask: Ask) -> None:
    world = World(a=refused(500), b=refused(500, "the second"))
    with pytest.raises(litellm.InternalServerError, match="the second"):
        ask(groups(world, "ab"), "a", fallbacks=[{"a": ["b"]}, {"b": ["a"]}])
    assert world.asked == ["a", "b"]


@pytest.mark.parametrize(
    ("name", "way"),
    [("mock_testing_fallbacks", "b"), ("mock_testing_context_fallbacks", "c")]
    + [("mock_testing_content_policy_fallbacks", "d"), ("mock_testing_rate_limit_error", "b")],
)
def test_a_failure_can_be_asked_for(ask: Ask, name: str, way: str) -> None:
    world = World()
    router = groups(
        world,
        "abcd",
        fallbacks=[{"a": ["b"]}],
        context_window_fallbacks=[{"a": ["c"]}],
        content_policy_fallbacks=[{"a": ["d"]}],
    )
    ask(router, "a", **{name: True})
    assert world.asked == [way]
    assert name not in world.bodies()[0]


def test_fallbacks_that_the_caller_may_not_use_are_passed_over(ask: Ask) -> None:
    world = World(a=refused(500))
    seen: list[Any] = []

    def may(group: str, metadata: Any) -> bool:
        seen.append((group, metadata.get("user")))
        return group != "b"

    ask(groups(world, "abc", fallbacks=[{"a": ["b", "c"]}], fallback_access_check=may), "a", metadata={"user": "u"})
    assert world.asked == ["a", "c"]
    assert seen == [("b", "u"), ("c", "u")]


# -- bounds ------------------------------------------------------------------------------------------------------------


def test_max_attempts_bound_all_groups_together(ask: Ask) -> None:
    world = World(a=refused(500), b=refused(500))
    router = router_in(world, entry("a", "a"), entry("b", "b"), fallbacks=[{"a": ["b"]}], num_retries=2, max_attempts=4)
    with pytest.raises(litellm.InternalServerError):
        ask(router, "a")
    assert world.asked == ["a", "a", "a", "b"]


def test_no_wait_goes_beyond_the_calls_time(ask: Ask) -> None:
    world = World(a=refused(429, retry_after="30"), b=OK)
    router = router_in(world, entry("a", "a"), entry("b", "b"), fallbacks=[{"a": ["b"]}], total_timeout=20)
    ask(router, "a")
    assert (world.asked, world.slept) == (["a", "b"], [])
    with pytest.raises(litellm.RateLimitError):
        ask(router, "a", disable_fallbacks=True)
    assert world.slept == []


def test_a_call_may_bring_its_own_time(ask: Ask) -> None:
    world = World(a=refused(429, retry_after="3"))
    with pytest.raises(litellm.RateLimitError):
        ask(router_in(world, entry("a", "a")), "a", total_timeout=5)
    assert world.slept == [3]


FAILURES = [400, 401, 404, 408, 429, 500, 503]


@settings(max_examples=120, deadline=None)
@given(data=st.data())
def test_every_call_ends_within_its_bounds(data: st.DataObject) -> None:
    """Whatever fails: attempts are bounded, and nobody is asked twice while somebody else was not asked at all."""
    draw = data.draw
    replies: dict[str, Any] = {}
    for name in "abcdef":
        statuses = draw(st.lists(st.sampled_from([*FAILURES, 200]), min_size=1, max_size=4))
        replies[name] = [OK if status == 200 else refused(status, retry_after="1") for status in statuses]
    most = draw(st.none() | st.integers(1, 6))
    world = World(**replies)
    router = router_in(
        world,
        *group("abc", "one"),
        *group("de", "two"),
        entry("three", "f"),
        num_retries=draw(st.integers(0, 4)),
        max_fallbacks=draw(st.integers(0, 2)),
        max_attempts=most,
        fallbacks=[{"one": ["two"]}, {"two": ["three"]}],
        enable_weighted_failover=draw(st.booleans()),
        disable_cooldowns=True,
        total_timeout=draw(st.sampled_from([None, 2.0, 60.0])),
    )
    router._rng.seed(draw(st.integers(0, 99)))
    try:
        router.completion("one", MESSAGES)
    except openai.OpenAIError:
        pass
    limit = router.settings.max_attempts or (1 + max(router.settings.num_retries, 2)) * 3
    assert 1 <= len(world.asked) <= limit
    assert in_flight(router) == 0
    for names in ("abc", "de"):
        asked = [name for name in world.asked if name in names]
        first = asked[: len(names)]
        assert len(set(first)) == len(first)


# -- what is told ------------------------------------------------------------------------------------------------------


def test_the_way_to_the_answer_is_told(ask: Ask) -> None:
    world = World(a=refused(503), b=refused(400), c=OK)
    router = router_in(
        world, entry("chat", "a", order=1), entry("chat", "b", order=2), entry("other", "c"), num_retries=1,
        fallbacks=[{"chat": ["other"]}],
    )  # fmt: skip
    response = ask(router)
    way = told(response)
    assert [(each["deployment"], each["group"], each["outcome"], each.get("status")) for each in way["attempts"]] == [
        ("a", "chat", "Unavailable", 503),
        ("b", "chat", "BadRequest", 400),
        ("c", "other", "success", None),
    ]
    assert (way["model_group"], way["strategy"], way["fallbacks"]) == ("chat", "simple-shuffle", ["other"])
    assert way["considered"] == ["a", "b", "c"]
    assert way["skipped"]["b"] == "its order comes after 1"
    headers = response._hidden_params["additional_headers"]
    assert headers["x-litellm-attempted-retries"] == 1
    assert headers["x-litellm-attempted-fallbacks"] == 1
    assert headers["x-litellm-model-id"] == response._hidden_params["model_id"] == "c"


def test_retries_are_told_though_a_fallback_could_not_be_asked(ask: Ask) -> None:
    router = router_in(World(a=refused(500)), entry("a", "a"), entry("c", "c"), num_retries=1)
    headers = ask(router, "a", fallbacks=["missing", "c"])._hidden_params["additional_headers"]
    assert (headers["x-litellm-attempted-retries"], headers["x-litellm-attempted-fallbacks"]) == (1, 2)


def test_an_unknown_name_is_refused_with_the_nearest_one(ask: Ask) -> None:
    with pytest.raises(litellm.BadRequestError, match="no 'model_name'.*did you mean 'chat'"):
        ask(router_in(World(), *group("a")), "chta")


def test_the_same_randomness_makes_the_same_choices() -> None:
    ways = []
    for _ in range(2):
        world = World()
        router = router_in(world, *group("abcd"))
        router._rng.setstate(Random(5).getstate())
        for _ in range(20):
            router.completion("chat", MESSAGES)
        ways.append(world.asked)
    assert ways[0] == ways[1] and len(set(ways[0])) > 1
