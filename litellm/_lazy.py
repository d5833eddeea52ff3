"""Loads the package's public names on first use.

The names are those under `if TYPE_CHECKING:` in `litellm/__init__.py`: one list for type checkers, editors and run time.
"""

import ast
from collections.abc import Callable
from importlib import import_module
from typing import Any

# Exceptions that exist but are left out of dir(): a dependent lists every *Error it finds there and refuses unknown ones.
_UNLISTED = frozenset({"ModelNotMappedError", "PermissionDeniedError", "VectorStoreSearchError"})


def install(namespace: dict[str, Any]) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """The module's `__getattr__` and `__dir__`, which load a public name when it is asked for."""
    origins = read_origins(namespace["__file__"])
    package = namespace["__name__"]

    def load(name: str) -> Any:
        origin = origins.get(name)
        if origin is None:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        module, attribute = origin
        value = import_module(module)
        if attribute is not None:
            value = getattr(value, attribute)
        namespace[name] = value
        return value

    def listed() -> list[str]:
        return sorted({name for name in namespace if not name.startswith("__")} | set(origins) - _UNLISTED)

    return load, listed


def read_origins(path: str) -> dict[str, tuple[str, str | None]]:
    """Public name -> (module, attribute) for each import under `if TYPE_CHECKING:` in the file at `path`."""
    with open(path, encoding="utf-8") as file:
        tree = ast.parse(file.read())
    origins: dict[str, tuple[str, str | None]] = {}
    for block in tree.body:
        if isinstance(block, ast.If) and isinstance(block.test, ast.Name) and block.test.id == "TYPE_CHECKING":
            for statement in block.body:
                if isinstance(statement, ast.ImportFrom) and statement.module:
                    for alias in statement.names:
                        origins[alias.asname or alias.name] = _origin(statement.module, alias.name)
    return origins


def _origin(module: str, name: str) -> tuple[str, str | None]:
    return (f"{module}.{name}", None) if module == "litellm" else (module, name)
