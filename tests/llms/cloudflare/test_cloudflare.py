"""The Cloudflare adapters on their cases."""

from pathlib import Path
from typing import Any

import pytest

from tests.llms.cases import load, run


@pytest.mark.parametrize("case", load(Path(__file__).parent / "cases"))
def test_case(case: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CLOUDFLARE_ACCOUNT_ID", raising=False)
    run(case, monkeypatch)
