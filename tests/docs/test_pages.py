"""The pages hang together: links lead somewhere, blocks name their language, and nothing public is left out."""

import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import litellm
from litellm import exceptions
from litellm._not_yet import NAMES
from tests.docs.pages import ROOT, pages

LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)")
HOMES = (
    "litellm.main",
    "litellm.utils",
    "litellm.batch_completions",
    "litellm.cost_calculator",
    "litellm.core",
    "litellm.model_info",
)
LANGUAGES = {"python", "bash", "yaml", "json", "text"}
DOCS = ROOT / "docs/my-website/docs"


def name(page: Path) -> str:
    return str(page.relative_to(ROOT))


def prose(text: str) -> str:
    """The text without its blocks of code."""
    return re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)


def anchors(page: Path) -> set[str]:
    """The names that the page's headings have as anchors."""
    titles = re.findall(r"^#+ (.+)$", prose(page.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def broken(page: Path) -> Iterator[str]:
    for path, anchor in LINK.findall(prose(page.read_text("utf-8"))):
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            yield f"{path}#{anchor}"


@pytest.mark.parametrize("page", pages(), ids=name)
def test_links_lead_somewhere(page: Path) -> None:
    assert not list(broken(page))


@pytest.mark.parametrize("page", pages(), ids=name)
def test_every_block_names_its_language(page: Path) -> None:
    fences = [line for line in page.read_text("utf-8").splitlines() if line.startswith("```")]
    assert {line.removeprefix("```").partition(" ")[0] for line in fences[::2]} <= LANGUAGES
    assert all(line == "```" for line in fences[1::2])


@pytest.mark.parametrize("page", pages(), ids=name)
def test_every_page_is_reached_from_the_readme(page: Path) -> None:
    seen = {ROOT / "README.md"}
    waiting = list(seen)
    while waiting:
        here = waiting.pop()
        for path, _ in LINK.findall(prose(here.read_text("utf-8"))):
            target = (here.parent / path).resolve() if path else here
            if target.suffix == ".md" and target.exists() and target not in seen:
                seen.add(target)
                waiting.append(target)
    assert page in seen


def test_every_public_function_is_documented() -> None:
    text = "".join(page.read_text("utf-8") for page in pages())
    public = [
        name
        for name in dir(litellm)
        if name not in NAMES
        and not name.startswith(("_", "supports_"))
        and inspect.isfunction(value := getattr(litellm, name))
        and value.__module__.startswith(HOMES)
    ]
    assert len(public) > 40
    assert [name for name in public if not re.search(rf"\b{name}\b", text)] == []


def test_every_exception_is_in_the_table() -> None:
    text = (DOCS / "exceptions.md").read_text("utf-8")
    rows = {
        word
        for line in text.splitlines()
        if line.startswith("| `")
        for word in re.findall(r"`(\w+)`", line.split("|")[1])
    }
    assert set(exceptions.__all__) <= rows


def test_the_table_of_exceptions_tells_their_status_and_family() -> None:
    text = (DOCS / "exceptions.md").read_text("utf-8").partition("Not of OpenAI's family")[0]
    rows = re.findall(r"^\| `(\w+)` \| `(\w+)` \| (\d+|given)? ?\|", text, re.MULTILINE)
    assert len(rows) > 20
    for ours, theirs, status in rows:
        kind = getattr(exceptions, ours)
        assert theirs in {base.__name__ for base in kind.__mro__}, ours
        if status.isdigit():
            assert kind.status_code == int(status), ours
