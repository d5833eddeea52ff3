"""Every example of the documentation runs: `python` and `bash` blocks, page by page, against a provider on loopback."""

import os
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from litellm.llms.accounts import ACCOUNTS
from litellm.llms.openai_like.providers import PROVIDERS
from tests.docs.pages import ROOT, RUN, blocks, pages
from tests.docs.stub import provider

PAGES = [page for page in pages() if any(block.language in RUN for block in blocks(page))]
# Why a block does not run -> how many of them there are. A new one is a decision.
SKIPPED = {"installs from the network": 4, "needs a clone": 1, "another way to start": 3}


def name(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    with provider() as address:
        yield address


def environment(base: str, directory: Path) -> dict[str, str]:
    """The environment of a user who has an account everywhere, with all addresses on loopback."""
    found = {key: os.environ[key] for key in ("LANG", "LC_ALL", "TMPDIR") if key in os.environ}
    found.update(HOME=str(directory), PYTHONPATH=str(ROOT), PYTHONWARNINGS="error", PORT=str(free_port()))
    found["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    for account in (*PROVIDERS.values(), *ACCOUNTS.values()):
        found.update((variable, "sk-test") for variable in account.key_env[:1])
        found.update((variable, base) for variable in account.base_env)
    found["AZURE_API_VERSION"] = "2024-10-21"
    return found


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_a_page_does_what_it_says(page: Path, base: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.docs.run_page", str(page)],
        cwd=tmp_path,
        env=environment(base, tmp_path),
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout.splitlines()[-1]) == sum(
        block.language in RUN and "skip" not in block.words for block in blocks(page)
    )


def test_few_blocks_are_left_out_and_each_says_why() -> None:
    reasons = [block.words["skip"] for page in PAGES for block in blocks(page) if "skip" in block.words]
    assert Counter(reasons) == SKIPPED
