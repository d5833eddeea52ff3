"""The package as the checks see it: its files, their syntax trees and the graph of who imports whom."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import grimp

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "litellm"
ENGINE = {
    "types", "constants",
    "core", "_settings", "model_info", "cost_calculator", "cost",
    "llms", "caching", "guardrails", "integrations", "secret_managers", "experimental_mcp_client",
}  # fmt: skip
"""Top-level modules of layers 0 to 2: pure, so that waiting goes through ports."""


@cache
def graph() -> grimp.ImportGraph:
    """Every import of the package, inside functions too; those for type checking only are left out."""
    return grimp.build_graph(
        "litellm", include_external_packages=True, exclude_type_checking_imports=True, cache_dir=None
    )


@cache
def modules() -> dict[str, Path]:
    """Dotted name to file."""
    files = (path for path in PACKAGE.rglob("*.py") if "node_modules" not in path.parts)
    return {_dotted(path): path for path in sorted(files)}


def _dotted(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def tree(module: str) -> ast.Module:
    """The syntax tree of one module."""
    return ast.parse(modules()[module].read_text("utf-8"))


def top(module: str) -> str:
    """The part of the house a module is in: `litellm.core.http` is in `core`."""
    return (module.split(".") + [""])[1]


def docstrings(node: ast.AST) -> set[int]:
    """The ids of all string nodes that document something: bare strings, which no code reads."""
    bare = (found.value for found in ast.walk(node) if isinstance(found, ast.Expr))
    return {id(value) for value in bare if isinstance(value, ast.Constant)}


def functions(node: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """All functions and methods."""
    for found in ast.walk(node):
        if isinstance(found, ast.FunctionDef | ast.AsyncFunctionDef):
            yield found
