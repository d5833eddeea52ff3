"""Writes the documentation's page of settings from `litellm/_settings.py`: `python scripts/settings_table.py`.

`--check` writes nothing and fails when the page is not what the settings say.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "litellm"
SOURCE = PACKAGE / "_settings.py"
PAGE = ROOT / "docs/my-website/docs/settings.md"

HEAD = """# Settings

Settings are attributes of the package. They hold for every call of the process; an argument of a call wins over them.

```python
import litellm

litellm.drop_params = True
litellm.num_retries = 5
```

Nothing is read from a `.env` file. A few settings take their default from an environment variable; the keys and
addresses of providers have variables of their own, which each [provider's page](providers/index.md) names.

○ marks a setting that can be set as in LiteLLM 1.x and that nothing in this version looks at yet. Everything else is
in force.

*This page is made from `litellm/_settings.py` by `python scripts/settings_table.py`.*
"""


class Setting(NamedTuple):
    """One setting: its group, name, type, default and meaning, as the source writes them."""

    group: str
    name: str
    kind: str
    default: str
    meaning: str


def settings() -> Iterator[Setting]:
    """The public settings in the order of the source; the comment above a run of them is their group."""
    source = SOURCE.read_text("utf-8")
    comments = [(n, line[2:].strip()) for n, line in enumerate(source.splitlines(), 1) if line.startswith("# ")]
    body = ast.parse(source).body
    for statement, after in zip(body, body[1:], strict=False):
        if not isinstance(statement, ast.AnnAssign) or not isinstance(statement.target, ast.Name):
            continue
        name = statement.target.id
        if name.startswith("_"):
            continue
        if not (isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)):
            raise ValueError(f"the setting {name!r} has no text behind it that says what it means")
        group = [text for line, text in comments if line < statement.lineno][-1]
        assert statement.value is not None
        yield Setting(
            group, name, ast.unparse(statement.annotation), default_of(statement.value), str(after.value.value)
        )


def default_of(value: ast.expr) -> str:
    """A default as the table shows it; one from the environment names its variable."""
    if isinstance(value, ast.Call) and value.args and isinstance(value.args[0], ast.Constant):
        return f"`False`, or `{value.args[0].value}`"
    return f"`{ast.unparse(value)}`"


def names_in_use() -> set[str]:
    """The settings that code looks at: `settings.name` (or `sdk`, `litellm`), or their names as text in a `getattr`."""
    used: set[str] = set()
    for path in PACKAGE.rglob("*.py"):
        if path == SOURCE:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                if node.value.id in ("settings", "sdk", "litellm"):
                    used.add(node.attr)
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "getattr":
                used.update(str(arg.value) for arg in node.args[1:2] if isinstance(arg, ast.Constant))
    return used


def in_force(setting: Setting, used: set[str]) -> bool:
    """Whether the setting has an effect, or says itself that it has none."""
    is_key = setting.name.endswith(("_key", "_api_key"))  # looked up by the provider's name
    return is_key or setting.name in used or setting.meaning.startswith("Accepted for compatibility")


def page() -> str:
    """The whole page."""
    used, group, lines = names_in_use(), "", [HEAD]
    for setting in settings():
        if setting.group != group:
            group = setting.group
            lines.append(f"\n## {group}\n\n| setting | type | default | meaning |\n| --- | --- | --- | --- |\n")
        mark = "" if in_force(setting, used) else " ○"
        kind = setting.kind.replace("|", "\\|")
        lines.append(f"| `{setting.name}`{mark} | `{kind}` | {setting.default} | {setting.meaning} |\n")
    return "".join(lines)


def main() -> int:
    """Write the page, or check it."""
    text = page()
    if "--check" not in sys.argv[1:]:
        PAGE.parent.mkdir(parents=True, exist_ok=True)
        PAGE.write_text(text, encoding="utf-8")
        return 0
    if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == text:
        return 0
    print(f"{PAGE} is not what the settings say: run python scripts/settings_table.py", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
