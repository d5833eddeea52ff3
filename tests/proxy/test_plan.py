"""Which deployment is asked, and which next."""

import random
from collections import Counter
from typing import Any

import pytest

from litellm.core.errors import Authentication, BadRequest, InternalError, NotFound, ProviderError
from litellm.core.plan import Outcome
from litellm.proxy.plan import DeploymentPlan
from litellm.proxy.state import Deployment, Snapshot, shuffled, wildcard


def deployment(key: str, weight: float = 0.0) -> Deployment:
    return Deployment(id=key, group="g", provider="p", model="m", params={}, info={}, weight=weight)


class Request:
    """A request whose route is the deployment itself."""

    def route(self, chosen: Deployment) -> Any:
        return chosen


def walk(errors: list[ProviderError], *, deployments: str, retries: int) -> tuple[list[str], list[float]]:
    """The deployments tried and the waits before them, while the attempts end with these errors."""
    plan = DeploymentPlan(
        request=Request(),  # type: ignore[arg-type]
        deployments=tuple(deployment(key) for key in deployments),
        retries=retries,
    )
    tried: list[str] = []
    waits: list[float] = []
    outcomes: tuple[Outcome, ...] = ()
    for error in errors:
        step = plan.next_step(outcomes)
        if step is None:
            break
        tried.append(step.route.id)  # type: ignore[attr-defined]
        waits.append(step.wait)
        outcomes += (Outcome(step.route, error),)
    return tried, waits


def failing() -> ProviderError:
    return InternalError("down")


def test_others_first_and_at_once_then_again_ever_more_slowly() -> None:
    tried, waits = walk([failing() for _ in range(9)], deployments="ab", retries=5)
    assert tried == ["a", "b", "a", "b", "a", "b"]
    assert waits == [0, 0, 0.5, 0.5, 1.0, 1.0]


def test_every_deployment_gets_its_try() -> None:
    assert walk([failing() for _ in range(9)], deployments="abc", retries=0)[0] == ["a", "b", "c"]


def test_a_request_at_fault_is_not_repeated() -> None:
    assert walk([BadRequest("no"), failing()], deployments="ab", retries=3)[0] == ["a"]
    assert walk([NotFound("no"), failing()], deployments="ab", retries=3)[0] == ["a"]


def test_a_wrong_account_is_passed_over_for_good() -> None:
    errors = [Authentication("no"), failing(), failing(), failing()]
    assert walk(errors, deployments="ab", retries=3)[0] == ["a", "b", "b", "b"]
    assert walk([Authentication("no"), failing()], deployments="a", retries=3)[0] == ["a"]


def test_upstream_says_how_long_to_wait() -> None:
    error = InternalError("down", headers={"retry-after": "7"})
    assert walk([error, error], deployments="a", retries=1)[1] == [0, 7.0]


def test_weights_are_shares() -> None:
    rng = random.Random(1)
    heavy, light, none = deployment("heavy", 3), deployment("light", 1), deployment("none")
    first = Counter(shuffled((none, light, heavy), rng)[0].id for _ in range(4000))
    assert first["none"] == 0
    assert first["heavy"] / first["light"] == pytest.approx(3, rel=0.15)


def test_without_weights_all_are_equal() -> None:
    rng = random.Random(1)
    first = Counter(shuffled((deployment("a"), deployment("b")), rng)[0].id for _ in range(2000))
    assert first["a"] == pytest.approx(1000, rel=0.1)


def test_the_most_exact_name_wins() -> None:
    def serving(name: str) -> Any:
        return lambda captured: (deployment(f"{name}:{captured}"),)

    state = Snapshot(
        groups={"openai/x": (deployment("exact"),)},
        wildcards=(wildcard("openai/gpt-*", serving("gpt")), wildcard("openai/*", serving("any"))),
        aliases={"mine": "openai/gpt-1"},
    )
    found = {name: [each.id for each in state.deployments(name)] for name in ("openai/x", "openai/gpt-1", "openai/y")}
    assert found == {"openai/x": ["exact"], "openai/gpt-1": ["gpt:1"], "openai/y": ["any:y"]}
    assert state.deployments("mine")[0].id == "gpt:1"
    assert state.deployments("openai/") == state.deployments("other") == ()
