"""A strategy of the user's own."""

from typing import Any

import pytest

import litellm
from litellm.types.router import CustomRoutingStrategyBase
from tests.support.deployments import MESSAGES, OK, World, group, refused, router_in


class Always(CustomRoutingStrategyBase):
    """Answers the same deployment to whatever it is asked."""

    def __init__(self, entry: Any) -> None:
        self.entry = entry
        self.asked: list[Any] = []

    def get_available_deployment(self, *args: Any, **kwargs: Any) -> Any:
        self.asked.append(kwargs)
        return self.entry


class AlwaysAsync(CustomRoutingStrategyBase):
    def __init__(self, entry: Any) -> None:
        self.entry = entry

    async def async_get_available_deployment(self, *args: Any, **kwargs: Any) -> Any:
        return self.entry


@pytest.mark.parametrize("kind", [Always, AlwaysAsync])
async def test_its_choice_is_asked(kind: Any) -> None:
    world = World()
    router = router_in(world, *group("abc"))
    router.set_custom_routing_strategy(kind(group("b")[0]))
    router.completion("chat", MESSAGES)
    await router.acompletion("chat", MESSAGES)
    assert world.asked == ["b", "b"]


def test_it_is_told_of_the_request() -> None:
    router, strategy = router_in(World(), *group("ab")), Always(group("a")[0])
    router.set_custom_routing_strategy(strategy)
    router.completion("chat", MESSAGES, temperature=0.5)
    (asked,) = strategy.asked
    assert (asked["model"], list(asked["messages"]), asked["input"]) == ("chat", MESSAGES, None)
    assert asked["request_kwargs"]["temperature"] == 0.5


def test_one_that_insists_on_what_failed_gets_it_again() -> None:
    world = World(a=[refused(500), OK])
    router = router_in(world, *group("ab"))
    router.set_custom_routing_strategy(Always(group("a")[0]))
    router.completion("chat", MESSAGES)
    assert world.asked == ["a", "a"]


@pytest.mark.parametrize("answer", [group("z")[0], {"litellm_params": {"model": "other"}}])
def test_what_is_not_in_the_list_is_refused(answer: Any) -> None:
    router = router_in(World(), *group("ab"))
    router.set_custom_routing_strategy(Always(answer))
    with pytest.raises(ValueError, match="no deployment of the model list"):
        router.completion("chat", MESSAGES)


def test_it_may_answer_that_there_is_no_room() -> None:
    router = router_in(World(), *group("ab"), num_retries=0)
    router.set_custom_routing_strategy(Always(None))
    with pytest.raises(litellm.exceptions.RouterRateLimitError):
        router.completion("chat", MESSAGES)


def test_an_object_that_cannot_choose_is_refused() -> None:
    for wrong in (object(), CustomRoutingStrategyBase()):
        with pytest.raises(ValueError, match="has neither"):
            router_in(World(), *group("a")).set_custom_routing_strategy(wrong)
