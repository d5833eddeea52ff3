"""Checks the documents: relative links resolve and Python examples compile. Run by `make docs`."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
EXAMPLE = re.compile(r"^```(?:python|py)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def documents() -> list[Path]:
    """Every Markdown file of the project that git knows."""
    listed = subprocess.run(["git", "ls-files", "*.md"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).exists()]


def faults(document: Path) -> Iterator[str]:
    """What is wrong with one document."""
    text = document.read_text("utf-8")
    name = document.relative_to(ROOT)
    for link in LINK.findall(text):
        if not (document.parent / link).exists():
            yield f"{name}: no such file: {link}"
    for example in EXAMPLE.finditer(text):
        line = text[: example.start()].count("\n") + 2
        try:  # top-level await is how async examples are written
            compile(example[1], str(name), "exec", flags=0x2000)
        except SyntaxError as error:
            yield f"{name}:{line + (error.lineno or 1) - 1}: {error.msg}"


def main() -> int:
    """Print all faults; the exit status tells whether there are any."""
    found = [fault for document in documents() for fault in faults(document)]
    print("\n".join(found) if found else f"{len(documents())} documents, nothing wrong")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
