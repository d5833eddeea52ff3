"""Loads the package's public names on first use.

The names are those under `if TYPE_CHECKING:` in `litellm/__init__.py`: one list for checkers, editors and run time.
"""

import ast
import sys
from collections.abc import Callable
from importlib import import_module
from types import ModuleType
from typing import Any

# Exceptions that exist but are left out of dir(): a dependent lists every *Error there and refuses unknown ones.
UNLISTED = frozenset(
    "BlockedPiiEntityError CustomLLMError MidStreamFallbackError ModelNotMappedError PermissionDeniedError "
    "RejectedRequestError VectorStoreSearchError".split()
)
# The module whose names are made anew when the model map changes; they are never kept.
_LIVE = "litellm._model_lists"


class _Package(ModuleType):
    """The package as a module whose `model_cost` can be assigned, and deleted to have the map that came with it."""

    def __setattr__(self, name: str, value: Any) -> None:
        if name == "model_cost":
            import_module(_LIVE).replace_model_cost(value)
        else:
            super().__setattr__(name, value)

    def __delattr__(self, name: str) -> None:
        if name == "model_cost":
            import_module(_LIVE).restore_model_cost()
        else:
            super().__delattr__(name)


def install(namespace: dict[str, Any]) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """The module's `__getattr__` and `__dir__`, which load a public name when it is asked for."""
    origins = read_origins(namespace["__file__"])
    package = namespace["__name__"]
    sys.modules[package].__class__ = _Package

    def load(name: str) -> Any:
        origin = origins.get(name)
        if origin is None:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        module, attribute = origin
        value = import_module(module)
        if name in namespace:  # a package of that name, which importing its module has put here: it is callable
            return namespace[name]
        if attribute is not None:
            value = getattr(value, attribute)
        if module != _LIVE:
            namespace[name] = value
        return value

    def listed() -> list[str]:
        known = {name for name in namespace if not name.startswith("__")}
        return sorted((known | set(origins)) - UNLISTED)

    return load, listed


def submodule(package: str, name: str) -> Any:
    """A module of a package that is asked for as an attribute."""
    if not name.startswith("__"):
        try:
            return import_module(f"{package}.{name}")
        except ModuleNotFoundError as error:
            if error.name != f"{package}.{name}":
                raise
    raise AttributeError(f"module {package!r} has no attribute {name!r}")


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
