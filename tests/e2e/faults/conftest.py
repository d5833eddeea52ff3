"""One provider, one Router and one gateway for the whole table."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import litellm
from tests.e2e.faults.provider import FALLBACKS, Provider, provider
from tests.e2e.faults.ways import BlockingRouter, OpenAIClient, RawHTTP, WaitingRouter, Way
from tests.e2e.gateway.conftest import Gateway

KEY = "sk-a-key-of-the-faults-0123456789"


@pytest.fixture(scope="session")
def faults() -> Iterator[Provider]:
    with provider() as made:
        yield made


@pytest.fixture(scope="session")
def router(faults: Provider) -> litellm.Router:
    """A Router over the whole table that tries once and remembers no failure."""
    return litellm.Router(faults.model_list(), num_retries=0, disable_cooldowns=True, fallbacks=FALLBACKS)


@pytest.fixture(scope="session")
def gateway(faults: Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    """The gateway over the same table; JSON is YAML."""
    directory: Path = tmp_path_factory.mktemp("faults")
    config = directory / "config.yaml"
    settings = {"num_retries": 0, "disable_cooldowns": True, "fallbacks": FALLBACKS}
    told = {
        "model_list": faults.model_list(),
        "general_settings": {"master_key": KEY},
        "router_settings": settings,
    }
    config.write_text(json.dumps(told))
    started = Gateway(["--config", str(config), "--debug"], directory)
    yield started
    if started.process.poll() is None:
        started.stop()


WAYS = ("sync", "async", "openai", "raw")


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest) -> Way:
    if request.param in ("sync", "async"):
        router = request.getfixturevalue("router")
        return BlockingRouter(router) if request.param == "sync" else WaitingRouter(router)
    gateway = request.getfixturevalue("gateway")
    return OpenAIClient(gateway.url, KEY) if request.param == "openai" else RawHTTP(gateway.url, KEY)


@pytest.fixture(autouse=True)
def nothing_left_over(faults: Provider) -> None:
    faults.calls()
