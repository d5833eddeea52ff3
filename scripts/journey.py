"""Writes the page that follows one request through the package: `python scripts/journey.py`.

It traces a warm `litellm.completion` against a provider on loopback. `--check` writes nothing and fails when the page
is not what the code does.
"""

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import litellm  # noqa: E402
from tests.architecture.test_journey import files_run  # noqa: E402
from tests.support.faulty import faulty, ok  # noqa: E402

PAGE = ROOT / "docs/my-website/docs/journey.md"
TREE = "../../../litellm"

HEAD = """# The journey of a request

These are all the files that a second `litellm.completion(...)` runs through, in the order of their first use. Reading
them from top to bottom is the quickest way to know how the package works.

1. The **public function** takes its arguments. LiteLLM's own are taken off and typed; the rest is OpenAI's, or the
   provider's. Together they are one value, the `Call`.
2. The **provider** is found from the model's name; with key, address and deadlines it becomes the `Target`.
3. A **plan** says what to try: the call itself, its retries, its fallbacks. The **engine** follows it. It is one
   coroutine; `acompletion` awaits it, `completion` drives it over blocking ports.
4. The provider's **adapter** is pure: it makes an HTTP request of the call, and later a result of the answer. It never
   sends anything. The **transport** does.
5. The answer becomes a **typed response**, gets its **cost**, and is handed over. Callbacks are told afterwards, off
   the caller's path.

A streamed answer adds `core/framing.py` (bytes to events), the adapter's stream decoder (events to chunks) and
`core/streaming.py` (chunks in their order).

## The files

"""

FOOT = """
*This page is made by `python scripts/journey.py`, which traces a call; a test keeps it true.*
"""


def page() -> str:
    """The whole page."""
    lines = [
        f"1. [`{path.as_posix()}`]({TREE}/{path.as_posix()}): {purpose(path)}\n"  # Markdown counts by itself
        for path in trace()
    ]
    return HEAD + "".join(lines) + FOOT


def trace() -> list[Path]:
    """The files of a call that is not the first, in order of first use."""
    with faulty(ok) as provider:

        def call() -> None:
            messages = [{"role": "user", "content": "Hello?"}]
            litellm.completion("openai/gpt-4o-mini", messages, api_base=provider.base, api_key="sk-test")

        call()
        return files_run(call)


def purpose(path: Path) -> str:
    """The first paragraph of a module's docstring."""
    text = ast.get_docstring(ast.parse((ROOT / "litellm" / path).read_text("utf-8"))) or ""
    return " ".join(text.partition("\n\n")[0].split())


def main() -> int:
    """Write the page, or check it."""
    text = page()
    if "--check" not in sys.argv[1:]:
        PAGE.parent.mkdir(parents=True, exist_ok=True)
        PAGE.write_text(text, encoding="utf-8")
        return 0
    if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == text:
        return 0
    print(f"{PAGE} is not what the code does: run python scripts/journey.py", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
