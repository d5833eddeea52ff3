"""Programs of users are clean under pyright's strict mode: the files in `tests/typing`."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAMS = Path(__file__).parent / "typing"


@pytest.mark.skipif(shutil.which("node") is None, reason="pyright runs on node")
def test_programs_are_clean_under_strict() -> None:
    command = [sys.executable, "-m", "pyright", "--pythonpath", sys.executable, "--project", str(PROGRAMS)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    assert "0 errors" in done.stdout
