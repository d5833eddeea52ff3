"""The real gateway as a process, in front of a stub provider, for tests that speak to it over HTTP."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import openai
import pytest

from tests.e2e.stub import Stub

KEY = "sk-a-key-of-these-tests-0123456789"

CONFIG = """
model_list:
  - model_name: small
    litellm_params: &small {{model: openai/gpt-4o-mini, api_base: "{base}", api_key: sk-upstream}}
    model_info: {{id: the-small-one}}
  - model_name: hot
    litellm_params: {{<<: *small, temperature: 0.9}}
  - model_name: vectors
    litellm_params: {{model: openai/text-embedding-3-small, api_base: "{base}", api_key: sk-upstream}}
  - model_name: text
    litellm_params: {{model: text-completion-openai/gpt-3.5-turbo-instruct, api_base: "{base}", api_key: sk-upstream}}
  - model_name: pair
    litellm_params: {{model: openai/status-500, api_base: "{base}", api_key: sk-upstream, weight: 1000000}}
  - model_name: pair
    litellm_params: {{model: openai/gpt-4o-mini, api_base: "{base}", api_key: sk-upstream, weight: 0.000001}}
  - model_name: stub/*
    litellm_params: {{model: openai/*, api_base: "{base}", api_key: sk-upstream}}
  - model_name: mock/echo
    litellm_params: {{model: mock/echo}}
general_settings:
  master_key: {key}
  max_request_size_mb: 1
router_settings:
  num_retries: 1
"""


class Gateway:
    """A running gateway: its address, and what it wrote."""

    def __init__(self, arguments: list[str], directory: Path, **environment: str) -> None:
        self.log = directory / "gateway.log"
        command = [sys.executable, "-m", "litellm.proxy.proxy_cli", "--host", "127.0.0.1", "--port", "0", *arguments]
        told = {**os.environ, "LITELLM_DATA_DIR": str(directory / "data"), "HOME": str(directory), **environment}
        with self.log.open("w") as log:
            self.process = subprocess.Popen(command, env=told, cwd=directory, stdout=subprocess.PIPE, stderr=log)
        self.greeting: list[str] = []
        assert self.process.stdout
        for line in self.process.stdout:
            self.greeting.append(line.decode())
            if b"Content-Type" in line:
                break
        found = re.search(r"http://\S+", self.greeting[0]) if self.greeting else None
        assert found, self.log.read_text()
        self.url = found[0]

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to stop, and answer its exit status."""
        self.process.send_signal(how)
        status = self.process.wait(timeout=30)
        if self.process.stdout:
            self.process.stdout.close()
        return status


@pytest.fixture(scope="session")
def stub() -> Iterator[Stub]:
    server = Stub()
    yield server
    server.close()


Start = Callable[..., Gateway]


@pytest.fixture(scope="session")
def start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Start]:
    """Start gateways; they are stopped at the end."""
    started: list[Gateway] = []

    def begin(*arguments: str, **environment: str) -> Gateway:
        started.append(Gateway(list(arguments), tmp_path_factory.mktemp("gateway"), **environment))
        return started[-1]

    yield begin
    for each in started:
        if each.process.poll() is None:
            each.stop()


@pytest.fixture(scope="session")
def gateway(stub: Stub, start: Start, tmp_path_factory: pytest.TempPathFactory) -> Gateway:
    """The gateway that most tests share."""
    config = tmp_path_factory.mktemp("config") / "config.yaml"
    config.write_text(CONFIG.format(base=stub.base, key=KEY))
    return start("--config", str(config), "--debug")


@pytest.fixture
def client(gateway: Gateway) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(api_key=KEY, base_url=f"{gateway.url}/v1", max_retries=0, timeout=20) as made:
        yield made
