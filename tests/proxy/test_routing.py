"""The gateway routes by the Router's code: what clients may say of it, what they are told, and what stays counted."""

import asyncio
from typing import Any

import msgspec
import pytest

from litellm.core.errors import ConnectionFailed, InternalError
from litellm.router_utils.state import Rest
from tests.proxy.fakes import ASK, Body, Client, Reply, World, deployment, said

PAIR = (deployment("a"), deployment("b"))


def world(*entries: Any, **router: Any) -> World:
    return World(*(entries or PAIR), router_settings={"num_retries": 0, **router})


def models(world: World) -> list[str]:
    return [each["model"] for each in world.asked]


# -- what an answer tells --------------------------------------------------------------------------------------------


async def test_a_usual_answer_tells_who_gave_it_and_no_more() -> None:
    reply = await world().ask()
    assert (reply.status, reply.json["model"]) == (200, "a")
    told = {name: value for name, value in reply.headers.items() if name.startswith("x-litellm-")}
    del told["x-litellm-call-id"], told["x-litellm-version"]
    assert told == {
        "x-litellm-model-id": "a",
        "x-litellm-model-group": "a",
        "x-litellm-model-api-base": "https://up.test/v1",
        "x-litellm-attempted-retries": "0",
        "x-litellm-attempted-fallbacks": "0",
    }


async def test_the_way_is_explained_to_who_asks() -> None:
    reply = await world().ask(x_litellm_routing="true")
    routing = msgspec.json.decode(reply.headers["x-litellm-routing"])
    assert (routing["strategy"], routing["considered"]) == ("simple-shuffle", ["a"])
    assert [each["outcome"] for each in routing["attempts"]] == ["success"]


async def test_a_fallback_tells_where_it_went_and_why() -> None:
    one = world(fallbacks=[{"a": ["b"]}])
    one.answers["a"] = 500
    reply = await one.ask()
    assert (reply.json["model"], models(one)) == ("b", ["a", "b"])
    assert reply.headers["x-litellm-model-group"] == "b"
    assert reply.headers["x-litellm-attempted-fallbacks"] == "1"
    failures = msgspec.json.decode(reply.headers["x-litellm-fallback-errors"])
    assert failures == [{"model_group": "a", "error": "InternalError", "status": 500}]
    assert msgspec.json.decode(reply.headers["x-litellm-routing"])["fallbacks"] == ["b"]


async def test_an_explanation_has_its_bounds() -> None:
    many = [deployment("a", f"deployment-{at:03}-" + "x" * 40, order=min(at, 1)) for at in range(200)]
    one = world(*many)
    reply = await one.ask(x_litellm_routing="true")
    routing = reply.headers["x-litellm-routing"]
    assert len(routing) <= 2048 and msgspec.json.decode(routing)["shortened"] is True


async def test_a_failure_tells_what_was_tried() -> None:
    one = world(num_retries=1)
    one.answers["a"] = 503
    reply = await one.ask()
    assert (reply.status, len(one.asked)) == (503, 2)
    assert reply.headers["x-litellm-attempted-retries"] == "1"
    assert reply.headers["x-litellm-model-id"] == "a"
    assert len(msgspec.json.decode(reply.headers["x-litellm-routing"])["attempts"]) == 2


async def test_nobody_left_is_a_429_that_says_when_to_come_back() -> None:
    one = world(deployment("a", "a1"), deployment("a", "a2"), cooldown_time=30, num_retries=0)
    now = one.ports.now()
    for key in ("a1", "a2"):
        one.routing.state.resting[key] = Rest(now + 60, 429, "429")
        one.routing.state.stats(key).last_failed_at = now
    reply = await one.ask()
    assert reply.status == 429
    assert reply.error["message"].startswith("No deployments available for selected model, Try again in ")
    assert "Passed model=a." in reply.error["message"]
    assert (reply.error["type"], reply.error["code"]) == ("throttling_error", "429")
    assert int(reply.headers["retry-after"]) > 0
    assert one.asked == []


async def test_an_unknown_model_is_refused_and_the_known_are_named() -> None:
    reply = await world().ask({**ASK, "model": "nothing"})
    assert reply.status == 400 and "Its models are: a, b" in reply.error["message"]


async def test_an_unknown_model_goes_to_the_default_fallback() -> None:
    reply = await world(default_fallbacks=["b"]).ask({**ASK, "model": "nothing"})
    assert (reply.status, reply.json["model"]) == (200, "b")


async def test_a_refused_content_goes_to_its_fallback() -> None:
    one = world(content_policy_fallbacks=[{"a": ["b"]}])
    choices = [{"index": 0, "message": {"role": "assistant", "content": ""}, "finish_reason": "content_filter"}]
    one.answers["a"] = {"id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": choices}
    assert (await one.ask()).json["model"] == "b"


# -- what a request says ---------------------------------------------------------------------------------------------


async def test_clients_name_fallbacks_of_their_own() -> None:
    one = world()
    one.answers["a"] = 500
    assert (await one.ask({**ASK, "fallbacks": ["b"]})).json["model"] == "b"
    assert models(one) == ["a", "b"]
    assert all(each.keys() == {"model", "messages"} for each in one.asked)


async def test_a_fallback_may_change_what_is_asked() -> None:
    one = world()
    one.answers["a"] = 500
    await one.ask({**ASK, "fallbacks": [{"model": "b", "temperature": 0.5}]})
    assert one.asked[-1]["temperature"] == 0.5 and "temperature" not in one.asked[0]


@pytest.mark.parametrize(
    "said",
    [
        {"fallbacks": [{"model": "b", "api_base": "https://evil.test"}]},
        {"fallbacks": [{"a": [{"model": "b", "api_key": "sk-mine"}]}]},
        {"content_policy_fallbacks": [{"a": [{"model": "b", "input_cost_per_token": 0}]}]},
        {"api_base": "https://evil.test"},
        {"api_key": "sk-mine"},
        {"model_list": []},
        {"num_retries": 1000},
        {"num_retries": "many"},
        {"priority": 256},
        {"fallbacks": "b"},
        {"tags": "x"},
    ],
)
async def test_what_clients_may_not_say_is_refused(said: dict[str, Any]) -> None:
    one = world()
    reply = await one.ask({**ASK, **said})
    assert (reply.status, reply.error["type"]) == (400, "invalid_request_error")
    assert one.asked == []


async def test_fallbacks_can_be_switched_off_for_one_request() -> None:
    one = world(fallbacks=[{"a": ["b"]}])
    one.answers["a"] = 500
    assert (await one.ask({**ASK, "disable_fallbacks": True})).status == 500


async def test_a_failure_may_be_asked_for_to_try_the_fallbacks() -> None:
    one = world(fallbacks=[{"a": ["b"]}])
    assert (await one.ask({**ASK, "mock_testing_fallbacks": True})).json["model"] == "b"
    assert models(one) == ["b"]


async def test_retries_of_a_request_win() -> None:
    one = world()
    one.answers["a"] = [500, 500, 500]
    assert (await one.ask({**ASK, "num_retries": 2})).status == 500
    assert len(one.asked) == 3
    one.answers["a"] = [500, 500]
    assert (await one.ask(x_litellm_num_retries="1")).status == 500
    assert len(one.asked) == 5


async def test_a_key_of_the_clients_own_where_the_operator_allows_it() -> None:
    one = world(deployment("a", configurable_clientside_auth_params=["api_key", "api_base"]))
    mine = {"api_key": "sk-mine", "api_base": "https://mine.test/v1"}
    assert (await one.ask({**ASK, **mine})).status == 200
    assert one.requests[-1].url.startswith("https://mine.test/v1/")
    assert one.requests[-1].headers["authorization"] == "Bearer sk-mine"
    assert set(one.asked[-1]) == {"model", "messages"}
    refused = await one.ask({**ASK, "api_base": "https://mine.test/v1"})
    assert refused.status == 400, "the operator's key goes nowhere that only a client names"


async def test_addresses_of_a_pattern_may_be_named_without_a_key() -> None:
    pattern = {"api_base": r"https://[a-z]+\.ours\.test/v1"}
    one = world(deployment("a", configurable_clientside_auth_params=[pattern]))
    assert (await one.ask({**ASK, "api_base": "https://eu.ours.test/v1"})).status == 200
    assert (await one.ask({**ASK, "api_base": "https://evil.test/?https://eu.ours.test/v1"})).status == 400


async def test_a_clients_account_stays_with_the_first_group() -> None:
    one = world(deployment("a", configurable_clientside_auth_params=["api_key"]), deployment("b"))
    one.answers["a"] = 500
    await one.ask({**ASK, "api_key": "sk-mine", "fallbacks": ["b"]})
    assert [each.headers["authorization"] for each in one.requests] == ["Bearer sk-mine", "Bearer sk-upstream"]


async def test_times_in_headers_are_the_requests_deadlines() -> None:
    one = world()
    seen: list[Any] = []
    send = one.ports.send

    async def note(request: Any, deadlines: Any, client: Any = None) -> Any:
        seen.append(deadlines)
        return await send(request, deadlines, client)

    one.ports.send = note
    await one.ask(x_litellm_timeout="7")
    assert seen[-1].total == 7
    assert (await one.ask(x_litellm_timeout="soon")).status == 400


@pytest.mark.parametrize(
    ("body", "headers", "served"),
    [
        ({"metadata": {"tags": ["paid"]}}, {}, "paid"),
        ({"tags": ["free"]}, {}, "free"),
        ({}, {"x_litellm_tags": "paid, other"}, "paid"),
        ({}, {"user_agent": "claude-cli/2.0"}, "cli"),
        ({}, {}, "default"),
    ],
)
async def test_tags_choose(body: dict[str, Any], headers: dict[str, str], served: str) -> None:
    one = world(
        deployment("a", "paid", tags=["paid"]),
        deployment("a", "free", tags=["free"]),
        deployment("a", "cli", tag_regex=["^User-Agent: claude-cli"]),
        deployment("a", "default", tags=["default"]),
        enable_tag_filtering=True,
    )
    await one.ask({**ASK, **body}, **headers)
    assert models(one) == [served]


async def test_metadata_that_only_the_gateway_knows_is_not_a_clients_to_say() -> None:
    one = world(deployment("a", "one"), deployment("a", "other"), enable_pre_call_checks=True)
    seen: list[Any] = []
    one.routing.checks = (lambda found, facts, now: seen.append(facts.metadata) or _all(found),)
    await one.ask({**ASK, "metadata": {"user_api_key_hash": "x", "team_id": "t", "user_agent": "x", "mine": 1}})
    assert seen == [{"mine": 1}]


def _all(found: Any) -> Any:
    from litellm.router_utils.pre_call_checks import Kept

    return Kept(found)


# -- money -----------------------------------------------------------------------------------------------------------


async def test_a_deployment_over_its_budget_gets_nothing_more() -> None:
    one = world(deployment("a", max_budget=0.00001, budget_duration="1d", input_cost_per_token=0.01))
    assert (await one.ask()).status == 200
    assert (await one.ask()).status == 429
    assert len(one.asked) == 1


# -- what stays counted ----------------------------------------------------------------------------------------------


STREAMED = {**ASK, "stream": True}


@pytest.mark.parametrize("answer", [500, ConnectionFailed("gone"), None, {"choices": []}])
@pytest.mark.parametrize("hot", [False, True])
async def test_nothing_is_in_flight_after_a_whole_answer(answer: Any, hot: bool) -> None:
    one = world(deployment("a", **({"temperature": 0.1} if hot else {})))
    if answer is not None:
        one.answers["a"] = answer
    await one.ask()
    assert (len(one.asked), one.in_flight()) == (1, 0)


@pytest.mark.parametrize(
    "parts",
    [
        (said("Hello"), said("", "stop"), b"data: [DONE]\n\n"),
        (said("Hello"),),
        (),
        (said("Hello"), ConnectionFailed("gone")),
        (ConnectionFailed("gone"),),
        (said("Hello"), b'data: {"error": {"message": "full"}}\n\n'),
        (b"data: {nonsense}\n\n",),
    ],
)
@pytest.mark.parametrize("hot", [False, True])
async def test_nothing_is_in_flight_after_a_stream(parts: Any, hot: bool) -> None:
    one = world(deployment("a", **({"temperature": 0.1} if hot else {})))
    body = one.answers["a"] = Body(*parts)
    reply = await one.ask(STREAMED)
    assert (one.in_flight(), body.closed) == (0, True)
    assert reply.body.endswith(b"data: [DONE]\n\n") is (len(parts) == 3)


@pytest.mark.parametrize("before", [(), (said("Hello"),)])
async def test_a_client_that_leaves_a_stream_cancels_it(before: Any) -> None:
    one = world()
    waiting = asyncio.Event()
    body = one.answers["a"] = Body(*before, waiting)
    client = Client(STREAMED)
    asking = asyncio.ensure_future(one.app(client.scope, client.receive, client.send))
    while body.parts:
        await asyncio.sleep(0)
    assert one.in_flight() == 1
    client.left.set()
    await asking
    assert (one.in_flight(), body.closed) == (0, True)
    assert not waiting.is_set()


async def test_a_place_is_given_back_for_the_next_request() -> None:
    one = world(deployment("a", max_parallel_requests=1))
    for _ in range(3):
        one.answers["a"] = Body(said("Hello"))
        await one.ask(STREAMED)
    one.answers["a"] = 500
    await one.ask()
    del one.answers["a"]
    assert (await one.ask()).status == 200


async def test_a_cancelled_request_gives_its_place_back() -> None:
    one = world(deployment("a", max_parallel_requests=1))
    one.answers["a"] = asyncio.Event()
    client = Client(ASK)
    asking = asyncio.ensure_future(one.app(client.scope, client.receive, client.send))
    while not one.asked:
        await asyncio.sleep(0)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert one.in_flight() == 0
    one.answers["a"].set()
    assert (await one.ask()).status == 200


async def test_a_stream_goes_elsewhere_until_its_first_token() -> None:
    one = world(fallbacks=[{"a": ["b"]}])
    one.answers["a"] = Body(ConnectionFailed("gone"))
    one.answers["b"] = Body(said("Hello"), said("", "stop"), b"data: [DONE]\n\n")
    reply: Reply = await one.ask(STREAMED)
    assert reply.headers["x-litellm-model-id"] == "b"
    assert b'"model":"b"' in reply.body and reply.body.endswith(b"data: [DONE]\n\n")


# -- before the first attempt ----------------------------------------------------------------------------------------


async def test_a_silent_model_is_asked_the_same_and_never_shown() -> None:
    one = world(deployment("a", silent_model="b"), deployment("b", silent_model="a"))
    later: list[Any] = []
    one.ports.spawn = later.append
    one.answers["b"] = 500
    reply = await one.ask()
    assert (reply.json["model"], models(one), len(later)) == ("a", ["a"], 1)
    with pytest.raises(InternalError):
        await later[0]()
    assert models(one) == ["a", "b"]
    assert one.asked[0]["messages"] == one.asked[1]["messages"]


async def test_requests_wait_their_turn_while_no_deployment_is_free() -> None:
    one = world(cooldown_time=60)
    one.routing.state.unhealthy["a"] = one.ports.now() + 60
    places = one.app.gateway.scheduler
    with places.place("a", 0):
        waited: list[float] = []

        async def sleep(seconds: float) -> None:
            waited.append(seconds)
            if len(waited) == 3:
                one.routing.state.unhealthy.clear()

        one.ports.sleep = sleep
        assert (await one.ask({**ASK, "priority": 5})).status == 200
    assert waited == [one.routing.settings.polling_interval] * 3


async def test_a_turn_that_does_not_come_is_a_timeout() -> None:
    one = world()
    one.routing.state.unhealthy["a"] = one.ports.now() + 600
    with one.app.gateway.scheduler.place("a", 0):
        reply = await one.ask({**ASK, "priority": 5, "timeout": 0.001})
    assert reply.status == 408 and "its turn" in reply.error["message"]


@pytest.mark.parametrize("hot", [False, True])
async def test_a_stream_that_broke_goes_on_elsewhere(hot: bool) -> None:
    more = {"temperature": 0.1} if hot else {}
    one = world(deployment("a", "one", **more), deployment("a", "two", **more), stream_continuation=True)
    broken, rest = (said("Hel"), ConnectionFailed("gone")), (said("lo"), said("", "stop"), b"data: [DONE]\n\n")
    bodies = [Body(*broken), Body(*rest)]
    one.answers["one"] = one.answers["two"] = bodies
    reply = await one.ask(STREAMED)
    events = [msgspec.json.decode(each[6:]) for each in reply.body.split(b"\n\n") if each[:7] == b"data: {"]
    assert "".join(each["choices"][0]["delta"].get("content") or "" for each in events) == "Hello"
    assert reply.body.endswith(b"data: [DONE]\n\n") and one.in_flight() == 0
    assert {each["model"] for each in events} == {"a"}
    assert one.asked[1]["messages"][-1]["content"] == "Hel"
