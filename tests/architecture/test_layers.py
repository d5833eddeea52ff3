"""Imports go down, and never in a circle."""

import subprocess
import sys

from tests.architecture.sources import ROOT, graph

FORMATS = {
    ("azure", "openai"): "the same API under other addresses and keys",
    ("azure_ai", "openai"): "OpenAI's chat format, served by Azure",
    ("azure_ai", "anthropic"): "Claude in Anthropic's own format, served by Azure",
    ("vertex_ai", "gemini"): "the same generateContent format under other addresses and keys",
    ("vertex_ai", "anthropic"): "Claude in Anthropic's own format, served by Google",
    ("bedrock", "anthropic"): "Claude in Anthropic's own format, served by AWS",
    ("bedrock", "cohere"): "Command and Embed in Cohere's own format, served by AWS",
    ("databricks", "openai"): "OpenAI's format with content blocks",
    ("databricks", "anthropic"): "Claude's thinking, with the same budgets",
    ("snowflake", "anthropic"): "Claude in Anthropic's own format, served by Snowflake",
    ("ollama_chat", "ollama"): "the same server",
    ("sagemaker", "openai"): "OpenAI's format behind SigV4",
    ("openai_like", "openai"): "rows of a table whose behaviour is OpenAI's",
}
"""Adapter packages that may import another: (who, whom) and the wire format they share."""

SHARED = {"base_llm", "openai_like", "openai", "registry", "custom_llm", "resolution", "accounts"}
"""What any adapter may build on: the base classes, and the format that most vendors speak."""

ROUTERS = {"registry", "resolution", "custom_llm", "accounts"}
"""Modules of `llms` that know all adapters."""


def test_imports_go_down_only() -> None:
    command = [sys.executable, "-c", "import sys; from importlinter.cli import lint_imports_command as run; run()"]
    done = subprocess.run([*command, "--no-cache", "--no-logo"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def circles(edges: dict[str, set[str]]) -> list[list[str]]:
    """Groups of modules that reach each other (Tarjan's strongly connected components of two or more)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(module: str) -> None:
        index[module] = low[module] = len(index)
        stack.append(module)
        for target in sorted(edges.get(module, ())):
            if target not in index:
                visit(target)
                low[module] = min(low[module], low[target])
            elif target in stack:
                low[module] = min(low[module], index[target])
        if low[module] == index[module]:
            group = stack[stack.index(module) :]
            del stack[-len(group) :]
            found.extend([group] if len(group) > 1 else [])

    for module in sorted(edges):
        if module not in index:
            visit(module)
    return found


def test_the_search_for_circles_finds_them() -> None:
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": {"a"}}) == [["b", "c"]]


def test_no_import_circles() -> None:
    own = graph().modules
    edges = {m: graph().find_modules_directly_imported_by(m) for m in own if m.startswith("litellm")}
    inside = {m: {t for t in targets if t.startswith("litellm")} for m, targets in edges.items()}
    assert circles(inside) == []


def test_nobody_imports_the_public_face() -> None:
    """`from litellm import completion` would hide which module is meant, and load names by reflection."""
    importers = graph().find_modules_that_directly_import("litellm")
    assert importers <= {"litellm._compose"}, importers  # settings are attributes of the package


def test_adapters_import_along_declared_lines() -> None:
    astray = []
    for module in graph().find_descendants("litellm.llms"):
        mine = module.split(".")[2]
        for target in graph().find_modules_directly_imported_by(module):
            theirs = (target.split(".") + ["", "", ""])[2] if target.startswith("litellm.llms.") else mine
            if theirs != mine and theirs not in SHARED and mine not in ROUTERS and (mine, theirs) not in FORMATS:
                astray.append(f"{module} -> {target}")
    assert astray == []
