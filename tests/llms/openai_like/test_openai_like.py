"""OpenAI-compatible vendors: every row's request, the quirks, and what rows may say."""

import json
from pathlib import Path
from runpy import run_path
from typing import Any

import pytest

from litellm.llms.openai_like.params import supported_params
from litellm.llms.openai_like.provider import Provider
from litellm.llms.openai_like.providers import PROVIDERS
from litellm.llms.openai_like.quirks import QUIRKS
from tests.llms.cases import load, run

CASES = Path(__file__).parent / "cases"
ROWS = {
    case["provider"]: case
    for name in ("rows.json", "embedding_rows.json")
    for case in json.loads((CASES / name).read_text())["cases"]
}


@pytest.mark.parametrize("case", load(CASES))
def test_case(case: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OR_SITE_URL", "OR_APP_NAME"):
        monkeypatch.delenv(name, raising=False)
    run(case, monkeypatch)


def test_every_row_has_a_case_that_cites_its_page() -> None:
    assert {name: row.docs for name, row in PROVIDERS.items()} == {name: case["page"] for name, case in ROWS.items()}


@pytest.mark.parametrize("row", PROVIDERS.values(), ids=lambda row: row.name)
def test_a_row_is_complete(row: Provider) -> None:
    assert row.docs.startswith("https://") or not row.docs
    assert row.docs or not row.verified, "a page confirmed it: which one?"
    assert row.base or row.base_env
    assert row.chat or row.embedding
    assert row.key_env
    assert set(row.quirks) <= set(QUIRKS)
    assert not row.key_name or row.key_name in row.key_env
    if row.supported is not None:
        assert set(row.renames) <= row.supported, "a renamed parameter is one that the vendor takes"


def test_parameters_that_depend_on_the_model_come_from_the_map() -> None:
    chutes = PROVIDERS["chutes"]
    assert "tools" not in supported_params(chutes, "an-unlisted-model")
    assert "tools" in supported_params(PROVIDERS["crusoe"], "an-unlisted-model")
    assert "reasoning_effort" in supported_params(PROVIDERS["cerebras"], "gpt-oss-120b")
    assert "reasoning_effort" not in supported_params(PROVIDERS["cerebras"], "an-unlisted-model")
    assert "user" in supported_params(PROVIDERS["github"], "gpt-4o")
    assert "user" not in supported_params(PROVIDERS["lambda_ai"], "llama3.1-8b-instruct")


def test_the_documentation_says_what_the_rows_say() -> None:
    script = run_path(str(Path(__file__).parents[3] / "scripts" / "provider_table.py"))
    assert script["PAGE"].read_text(encoding="utf-8") == script["page"]()
