"""One provider for all rows; a Router and a gateway over the table, and a pair of those that balance."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import litellm
from tests.e2e.faults.policies import PATIENT_GROUPS, SETTINGS, WAYS, all_groups
from tests.e2e.faults.provider import FALLBACKS, Provider, provider
from tests.e2e.faults.ways import BlockingRouter, OpenAIClient, RawHTTP, WaitingRouter, Way
from tests.e2e.gateway.conftest import Gateway

MASTER_KEY = "sk-a-key-of-the-faults-0123456789"
ALONE: dict[str, Any] = {"num_retries": 0, "disable_cooldowns": True, "fallbacks": FALLBACKS}
"""A router that tries once and remembers no failure."""


@pytest.fixture(scope="session")
def faults() -> Iterator[Provider]:
    with provider() as made:
        yield made


def table(faults: Provider) -> list[dict[str, Any]]:
    return [*faults.model_list(), *(faults.deployment(name, name) for name in PATIENT_GROUPS)]


@pytest.fixture(scope="session")
def router(faults: Provider) -> litellm.Router:
    """A Router over the whole table."""
    return litellm.Router(table(faults), **ALONE)


@pytest.fixture(scope="session")
def balancing_router(faults: Provider) -> litellm.Router:
    return litellm.Router(all_groups(faults), **SETTINGS)


Start = Callable[[list[dict[str, Any]], dict[str, Any]], Gateway]


@pytest.fixture(scope="session")
def begin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Start]:
    """Start gateways; they are stopped at the end."""
    started: list[Gateway] = []

    def start(model_list: list[dict[str, Any]], settings: dict[str, Any]) -> Gateway:
        directory = tmp_path_factory.mktemp("faults")
        general = {"master_key": MASTER_KEY}
        told = {"model_list": model_list, "general_settings": general, "router_settings": settings}
        config = directory / "config.yaml"
        config.write_text(json.dumps(told))  # JSON is YAML
        started.append(Gateway(["--config", str(config), "--debug"], directory))
        return started[-1]

    yield start
    for each in started:
        each.stop()


@pytest.fixture(scope="session")
def gateway(faults: Provider, begin: Start) -> Gateway:
    """A gateway over the whole table."""
    return begin(table(faults), ALONE)


@pytest.fixture(scope="session")
def balancing_gateway(faults: Provider, begin: Start) -> Gateway:
    return begin(all_groups(faults), SETTINGS)


def _way(request: pytest.FixtureRequest, router: str, gateway: str) -> Way:
    if request.param in ("sync", "async"):
        found = request.getfixturevalue(router)
        return BlockingRouter(found) if request.param == "sync" else WaitingRouter(found)
    url = request.getfixturevalue(gateway).url
    return OpenAIClient(url, MASTER_KEY) if request.param == "openai" else RawHTTP(url, MASTER_KEY)


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest) -> Way:
    """A way to the table."""
    return _way(request, "router", "gateway")


@pytest.fixture(params=WAYS)
def balanced(request: pytest.FixtureRequest) -> Way:
    """A way to the groups that are balanced."""
    return _way(request, "balancing_router", "balancing_gateway")


@pytest.fixture
def own(request: pytest.FixtureRequest) -> str:
    """What ends the names of the groups that this test alone may make fail."""
    params = request.node.callspec.params
    return f"{params['balanced']}-{params['stream']}"


@pytest.fixture(autouse=True)
def nothing_left_over(faults: Provider) -> None:
    faults.calls()
