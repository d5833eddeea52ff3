"""The command `litellm` as somebody meets it who has just installed it."""

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import openai
import pytest

from tests.e2e.gateway.conftest import Start
from tests.e2e.stub import Stub

LITELLM = [sys.executable, "-m", "litellm.proxy.proxy_cli"]


def run(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    told = {**os.environ, "LITELLM_DATA_DIR": str(cwd / "data"), **environment}
    return subprocess.run([*LITELLM, *arguments], cwd=cwd, env=told, capture_output=True, text=True, timeout=30)


def test_the_curl_line_works_and_the_key_is_shown_once(start: Start, tmp_path: Path) -> None:
    first = start(LITELLM_DATA_DIR=str(tmp_path / "data"))
    command = "".join(first.greeting).partition("try it:")[2]
    answer = subprocess.run(["sh", "-c", command], capture_output=True, text=True, timeout=30)
    assert '"content":"Hello"' in answer.stdout
    secrets = tmp_path / "data" / "secrets"
    key = secrets.read_text().partition("LITELLM_MASTER_KEY=")[2].split()[0]
    assert stat.S_IMODE(secrets.stat().st_mode) == 0o600
    assert key in "".join(first.greeting)
    first.stop(signal.SIGINT)
    assert (first.process.returncode, first.log.read_text()) == (0, "")
    second = start(LITELLM_DATA_DIR=str(tmp_path / "data"))
    assert key not in "".join(second.greeting) and str(secrets) in "".join(second.greeting)
    with openai.OpenAI(api_key=key, base_url=second.url) as client:
        assert [each.id for each in client.models.list()] == ["mock/echo"]


def test_keys_in_the_environment_make_models(start: Start, stub: Stub) -> None:
    gateway = start(OPENAI_API_KEY="sk-env", OPENAI_BASE_URL=stub.base, LITELLM_MASTER_KEY="sk-master-of-this-test")
    with openai.OpenAI(api_key="sk-master-of-this-test", base_url=gateway.url) as client:
        answer = client.chat.completions.create(
            model="openai/gpt-4o-mini", messages=[{"role": "user", "content": "Hi"}]
        )
        assert answer.model == "openai/gpt-4o-mini"
        assert "openai/gpt-4o" in {each.id for each in client.models.list()}
    assert stub.headers[-1]["authorization"] == "Bearer sk-env"


def test_one_model_under_an_alias(start: Start, stub: Stub) -> None:
    gateway = start(
        *("--model", "openai/gpt-4o-mini", "--alias", "mine", "--api_base", stub.base, "--max_tokens", "7"),
        OPENAI_API_KEY="sk-env",
        LITELLM_MASTER_KEY="sk-master-of-this-test",
    )
    with openai.OpenAI(api_key="sk-master-of-this-test", base_url=gateway.url) as client:
        client.chat.completions.create(model="mine", messages=[{"role": "user", "content": "Hi"}])
    assert stub.requests[-1]["max_tokens"] == 7


def test_several_workers(start: Start) -> None:
    gateway = start("--num_workers", "2", LITELLM_MASTER_KEY="sk-master-of-this-test")
    with openai.OpenAI(api_key="sk-master-of-this-test", base_url=gateway.url) as client:
        assert client.models.list().data[0].id == "mock/echo"
    assert gateway.stop() in (0, -signal.SIGTERM)


def test_stopping_lets_a_running_request_end(start: Start) -> None:
    gateway = start(LITELLM_MASTER_KEY="sk-master-of-this-test")
    with openai.OpenAI(api_key="sk-master-of-this-test", base_url=gateway.url) as client:
        stream = client.chat.completions.create(
            model="mock/echo", messages=[{"role": "user", "content": "0123456789" * 50}], stream=True
        )
        first = next(iter(stream))
        gateway.process.terminate()
        rest = "".join(chunk.choices[0].delta.content or "" for chunk in stream)
    assert (first.choices[0].delta.content or "") + rest == "0123456789" * 50
    assert gateway.stop() in (0, -signal.SIGTERM)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--prot", "1"], "unknown option --prot: did you mean --port?"),
        (["--config", "missing.yaml"], "missing.yaml: there is no such file"),
        (["--max_budget", "3"], "--max_budget protects something"),
        (["--alias", "x"], "--alias names the model of --model"),
        (["--model", "nobodys-model"], "does not say whose model it is"),
        (["--port", "99999"], "cannot listen on"),
    ],
)
def test_what_cannot_start_says_why(tmp_path: Path, arguments: list[str], message: str) -> None:
    done = run(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_version(tmp_path: Path) -> None:
    assert run("--version", cwd=tmp_path).stdout.startswith("litellm 1.")


def test_nobody_there(tmp_path: Path) -> None:
    done = run("--test", "http://127.0.0.1:9", cwd=tmp_path)
    assert done.returncode == 1
    assert "cannot reach http://127.0.0.1:9" in done.stderr
