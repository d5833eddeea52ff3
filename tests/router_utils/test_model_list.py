"""Changing and asking a router's model list while it serves."""

from typing import Any

import pytest

import litellm
from litellm.router_utils.routing import Routing
from litellm.router_utils.settings import Settings
from tests.support.deployments import MESSAGES, World, entry, group, router_in


def state(router: litellm.Router) -> Any:
    return router.model_list, router.get_settings(), [each.stats for each in router.routing.catalog.by_id.values()]


def test_figures_stay_with_the_id_whatever_changes() -> None:
    world = World()
    router = router_in(world, *group("a"))
    router.completion("chat", MESSAGES)
    stats = router.routing.catalog.by_id["a"].stats
    router.set_model_list([entry("chat", "a", temperature=0), entry("chat", "b")])
    router.upsert_deployment(entry("other", "a"))
    router.update_settings(timeout=3)
    assert router.routing.catalog.by_id["a"].stats is stats
    assert stats.window.at(world.time).requests == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda router: router.set_model_list([entry("chat", "x"), {"model_name": "chat"}]),
        lambda router: router.set_model_list([entry("chat", "x"), entry("chat", "y", rpm="many")]),
        lambda router: router.set_model_list("gpt"),
        lambda router: router.add_deployment({"model_name": "chat", "litellm_params": {"model": "nobodys"}}),
        lambda router: router.upsert_deployment(entry("chat", "a", weight=-1)),
        lambda router: router.update_settings(routing_strategy="fastest"),
        lambda router: router.update_settings(num_retries=9, cooldown_tme=3),
        lambda router: router.update_settings(fallbacks=[{"chat": ["nowhere"]}]),
    ],
)
def test_what_cannot_be_changes_nothing(change: Any) -> None:
    router = router_in(World(), *group("ab"))
    before = state(router)
    with pytest.raises((ValueError, litellm.BadRequestError)):
        change(router)
    assert state(router) == before
    assert router.completion("chat", MESSAGES)


def test_a_deployment_is_added_once() -> None:
    router = router_in(World(), *group("a"))
    params = {"model": "openai/x", "api_key": "k"}
    added = router.add_deployment({"model_name": "new", "litellm_params": params})
    assert added is not None and added.model_info.id in router.get_model_ids()
    assert router.add_deployment({"model_name": "new", "litellm_params": params}) is None
    assert router.add_deployment(entry("else", "a")) is None
    assert router.model_names == {"chat", "new"}


def test_a_deployment_is_replaced_when_it_differs() -> None:
    router = router_in(World(), *group("a"), timeout=5, default_litellm_params={"temperature": 1})
    assert router.upsert_deployment(entry("chat", "a")) is None
    assert router.upsert_deployment(entry("chat", "a", rpm=7)) is not None
    assert router.routing.catalog.by_id["a"].rpm == 7
    assert len(router.model_list) == 1


def test_a_deployment_is_taken_out() -> None:
    router = router_in(World(), *group("ab"))
    gone = router.delete_deployment("a")
    assert gone is not None and gone.model_name == "chat"
    assert router.delete_deployment("a") is None
    assert router.get_model_ids() == ["b"]
    router.delete_deployment("b")
    with pytest.raises(litellm.BadRequestError, match="no 'model_name'"):
        router.completion("chat", MESSAGES)


def test_settings_reach_the_deployments_that_are_there() -> None:
    router = router_in(World(), entry("chat", "a"), entry("chat", "b", timeout=1), timeout=10)
    router.update_settings(timeout=20, default_max_parallel_requests=4)
    by_id = router.routing.catalog.by_id
    assert (by_id["a"].params["timeout"], by_id["b"].params["timeout"]) == (20, 1)
    assert by_id["a"].parallel == 4
    assert (router.get_settings()["timeout"], router.settings.timeout) == (20, 20)


def test_lists_show_what_was_given() -> None:
    router = router_in(World(), *group("a"), timeout=10, default_litellm_params={"temperature": 1})
    assert router.model_list == group("a")


def test_names_ids_and_lists() -> None:
    router = router_in(
        World(),
        *group("ab"),
        entry("openai/*", "*", {"id": "w", "access_groups": ["all"]}),
        entry("inner", "t", {"team_id": "t1", "team_public_model_name": "theirs"}),
        model_group_alias={"shown": "chat", "secret": {"model": "chat", "hidden": True}},
    )
    assert {"chat", "openai/*", "shown"} <= set(router.get_model_names())
    assert not {"secret", "inner"} & set(router.get_model_names())
    assert "theirs" in router.get_model_names(team_id="t1")
    assert router.get_model_ids("chat") == ["a", "b"]
    assert "t" not in router.get_model_ids(exclude_team_models=True)
    assert [each["model_name"] for each in router.get_model_list("shown") or ()] == ["shown", "shown"]
    assert {"chat", "shown"} <= {each["model_name"] for each in router.get_model_list() or ()}
    assert router.get_model_list("missing") == []
    assert router.get_model_access_groups() == {"all": ["openai/*"]}
    found = router.get_deployment("a")
    assert found is not None and found.model_info.id == "a" and router.get_deployment("zz") is None
    assert [each["model_info"]["id"] for each in router.get_model_group("a") or ()] == ["a", "b"]


async def test_usage_of_a_group() -> None:
    router = router_in(World(), *group("ab"))
    assert await router.get_model_group_usage("missing") == (None, None)
    assert await router.get_model_group_usage("chat") == (0, 0)


def test_invalid_entries_are_left_out_where_that_is_asked_for(caplog: pytest.LogCaptureFixture) -> None:
    router = litellm.Router([{"model_name": "x"}, *group("a")], ignore_invalid_deployments=True)
    assert router.get_model_ids() == ["a"]
    assert "left out" in caplog.text


# -- names -------------------------------------------------------------------------------------------------------------


def test_a_pattern_is_one_deployment_for_all_its_names() -> None:
    world = World()
    router = router_in(world, entry("openai/*", "*", {"id": "w"}), entry("*", "other-*", {"id": "any"}))
    one = router.completion("openai/one", MESSAGES)
    router.completion("openai/two", MESSAGES)
    router.completion("free", MESSAGES)
    assert world.asked == ["one", "two", "other-free"]
    assert one._hidden_params["model_id"] == "w"
    assert router.routing.catalog.by_id["w"].stats.window.at(world.time).requests == 2


def test_limits_of_a_pattern_hold_for_all_its_names_together() -> None:
    world = World()
    made = entry("openai/*", "*", {"id": "w"}, rpm=2)
    router = router_in(world, made, routing_strategy="usage-based-routing-v2", num_retries=0)
    for name in "ab":
        router.completion(f"openai/{name}", MESSAGES)
    with pytest.raises(Exception, match=r"(?i)no deployments|limit") as caught:
        router.completion("openai/c", MESSAGES)
    assert caught.value.status_code == 429  # type: ignore[attr-defined]


def test_aliases_ids_and_models_that_pass_through() -> None:
    world = World()
    router = router_in(
        world,
        *group("ab"),
        model_group_alias={"other": "chat", "hidden": {"model": "chat", "hidden": True}},
        router_general_settings={"pass_through_all_models": True},
    )
    for name in ("other", "hidden", "b", "b"):
        router.completion(name, MESSAGES)
    assert world.asked[2:] == ["b", "b"]
    router.completion("openai/far", MESSAGES, api_key="k")
    assert world.asked[-1] == "far"


def test_a_teams_own_deployments_are_for_the_team() -> None:
    world = World()
    mine = entry("inner", "t", {"team_id": "t1", "team_public_model_name": "chat"})
    router = router_in(world, *group("a"), mine)
    for metadata in ({"user_api_key_team_id": "t1"}, {}, {"user_api_key_team_id": "t2"}):
        router.completion("chat", MESSAGES, metadata=metadata)
    assert world.asked == ["t", "a", "a"]


def test_deployments_that_share_an_id_are_all_kept_when_something_changes() -> None:
    router = litellm.Router([_entry("a", id="same"), _entry("b", id="same"), _entry("b", id="same")])
    router.update_settings(num_retries=1)
    assert [each["model_name"] for each in router.model_list] == ["a", "b", "b"]
    router.add_deployment(_entry("c", id="other"))
    assert router.model_names == {"a", "b", "c"}


def test_what_is_taken_out_is_forgotten() -> None:
    router = litellm.Router([_entry("a", id="kept")])
    for number in range(20):
        router.set_model_list([_entry("a", id="kept"), _entry("a", id=str(number))])
    assert set(router.routing.state._stats) == {"kept", "19"}


def test_a_mirror_that_nothing_serves_is_refused() -> None:
    entry = _entry("a", id="x")
    entry["litellm_params"]["silent_model"] = "nope"
    with pytest.raises(ValueError, match="silent_model='nope'"):
        litellm.Router([entry])


def _entry(group: str, **info: str) -> dict[str, Any]:
    return {"model_name": group, "litellm_params": {"model": "openai/m", "api_key": "k"}, "model_info": info}


def test_shared_state_knows_every_deployment_before_it_is_used() -> None:
    class Shared:
        cooled: dict[str, Any] = {}
        known: dict[str, set[str]] = {}

        def know(self, group: str, deployments: Any) -> None:
            self.known[group] = {each.id for each in deployments}

    shared = Shared()
    routing = Routing(Settings(), [_entry("a", id="1"), _entry("a", id="2")], shared=shared)  # type: ignore[arg-type]
    routing.put(_entry("b", id="3"))
    assert shared.known == {"a": {"1", "2"}, "b": {"3"}}
