"""The pages that are made from code say what the code says; each test names the command that makes its page anew."""

import subprocess
import sys

import pytest

from tests.docs.pages import ROOT


@pytest.mark.parametrize("script", ["settings_table", "router_settings_table", "journey", "provider_table"])
def test_a_generated_page_is_up_to_date(script: str) -> None:
    command = [sys.executable, f"scripts/{script}.py", "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


def test_the_journey_goes_from_the_public_function_to_the_wire() -> None:
    page = (ROOT / "docs/my-website/docs/journey.md").read_text("utf-8")
    stops = ["`main.py`", "`core/intake.py`", "`core/engine.py`", "`core/transport.py`", "`core/settle.py`"]
    assert [page.index(stop) for stop in stops] == sorted(page.index(stop) for stop in stops)
