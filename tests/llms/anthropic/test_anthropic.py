"""The Anthropic adapter on its cases."""

from pathlib import Path
from typing import Any

import pytest

from tests.llms.cases import load, run

NAMES = ("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN", "ANTHROPIC_API_BASE", "ANTHROPIC_BASE_URL")


@pytest.mark.parametrize("case", load(Path(__file__).parent / "cases"))
def test_case(case: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    run(case, monkeypatch)
