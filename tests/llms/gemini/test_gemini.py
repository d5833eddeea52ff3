from pathlib import Path
from typing import Any

import pytest

from tests.llms import cases


@pytest.mark.parametrize("case", cases.load(Path(__file__).parent / "cases"))
def test_case(case: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    cases.run(case, monkeypatch)
