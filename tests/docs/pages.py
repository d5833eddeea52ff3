"""The pages of the documentation as lists of code blocks. What stands behind a block's language tells how it is run.

```python                      run, in the page's one namespace
```bash                        run, in the page's one directory; with `background`, started and ended with the page
```yaml title="config.yaml"    written to a file of that name
```text                        behind a block that is run: what it prints, `…` standing for anything
```bash skip="why"             not run
"""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
RUN = ("python", "bash")
_FENCE = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_WORD = re.compile(r'(\w+)(?:="([^"]*)")?')


class Block(NamedTuple):
    """One block of code: where it begins, its language, what its first line says, and its text."""

    line: int
    language: str
    words: dict[str, str]
    code: str
    output: str | None = None


def pages() -> list[Path]:
    """The README and every page of the documentation that git knows or that is new."""
    command = [
        "git",
        "ls-files",
        "--cached",
        "--others",
        "--exclude-standard",
        "README.md",
        "docs/my-website/docs/*.md",
    ]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return sorted({ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).exists()})


def blocks(page: Path) -> list[Block]:
    """The page's blocks, each with the output that stands behind it."""
    found: list[Block] = []
    for block in _fences(page.read_text("utf-8")):
        before = found[-1] if found else None
        if block.language == "text" and before and before.language in RUN and before.output is None:
            found[-1] = before._replace(output=block.code)
        else:
            found.append(block)
    return found


def _fences(text: str) -> Iterator[Block]:
    for match in _FENCE.finditer(text):
        line = text[: match.start()].count("\n") + 2
        yield Block(line, match[1], dict(_WORD.findall(match[2])), match[3])
