"""Complexity is enforced; sizes are reported, with a reason each, by `python -m tests.architecture.sizes`."""

import subprocess
import sys

from tests.architecture.sizes import REASONS, outliers
from tests.architecture.sources import ROOT


def test_complexity() -> None:
    command = [sys.executable, "-m", "ruff", "check", "--select", "C901", "--quiet", "litellm"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_reasons_are_about_what_is_still_large() -> None:
    assert REASONS.keys() <= {outlier.name for outlier in outliers()}
