"""`import litellm` stays light: measured in fresh interpreters, against an interpreter that imports nothing."""

import json
import subprocess
import sys
from functools import cache

import pytest

MODULES = 120
MILLISECONDS = 60
FORBIDDEN = ("pydantic", "openai", "httpx", "httpx2", "aiohttp", "fastapi", "yaml", "requests", "tiktoken", "asyncio")
ROUNDS = 7
SCRIPT = """
import sys, time
before, start = set(sys.modules), time.perf_counter()
{statement}
spent = time.perf_counter() - start
print({{"ms": spent * 1000, "modules": sorted(set(sys.modules) - before)}}.__repr__().replace("'", '"'))
"""


def fresh(statement: str) -> dict[str, object]:
    """Milliseconds and new modules of one statement in a new interpreter."""
    command = [sys.executable, "-I", "-c", SCRIPT.format(statement=statement)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


@cache
def loaded() -> list[str]:
    modules = fresh("import litellm")["modules"]
    assert isinstance(modules, list)
    return modules


def test_few_modules() -> None:
    assert len(loaded()) <= MODULES, loaded()


@pytest.mark.parametrize("library", FORBIDDEN)
def test_heavy_libraries_stay_out(library: str) -> None:
    assert library not in loaded()


def test_import_is_quick() -> None:
    """The best of several rounds: a busy machine makes a round slower, never faster."""
    best = min(float(str(fresh("import litellm")["ms"])) for _ in range(ROUNDS))
    assert best <= MILLISECONDS


def test_import_touches_nothing() -> None:
    """No network, no file outside Python's own and ours, no thread, no environment change."""
    script = """
import os, sys, threading
seen = []
watched = ("socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system", "os.putenv", "os.fork")
sys.addaudithook(lambda event, args: seen.append(event) if event in watched else None)
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
before = dict(os.environ)
import litellm
assert seen == [], seen
assert threading.active_count() == 1
assert dict(os.environ) == before
assert not [path for path in opened if path.endswith(".env")], opened
"""
    done = subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
