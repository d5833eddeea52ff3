"""Every name that users of LiteLLM 1.x reach for is there, and is the same kind of thing."""

import ast
import importlib
import inspect
import json
import subprocess
import sys
from typing import Any

import pytest

import litellm
from litellm._lazy import UNLISTED
from tests.architecture.sources import PACKAGE, ROOT

SYMBOLS: dict[str, dict[str, Any]] = json.loads((ROOT / "tests/architecture/public_symbols.json").read_text("utf-8"))
"""What real packages use: dotted name to its kind, an exception's ancestors, and whether it is touched at import."""


def listed_names() -> list[str]:
    """The names under `if TYPE_CHECKING:` of the package."""
    body = ast.parse((PACKAGE / "__init__.py").read_text("utf-8")).body
    blocks = [node for node in body if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"]
    imports = [node for block in blocks for node in block.body if isinstance(node, ast.ImportFrom)]
    return sorted({alias.asname or alias.name for node in imports for alias in node.names})


def find(symbol: str) -> Any:
    """The thing at a dotted name: by attribute where there is one, else by importing the longest module in it."""
    parts = symbol.split(".")
    try:
        return _follow(litellm, parts[1:])
    except AttributeError:
        pass
    for length in range(len(parts), 1, -1):
        try:
            return _follow(importlib.import_module(".".join(parts[:length])), parts[length:])
        except (ImportError, AttributeError):
            continue
    raise AttributeError(symbol)


def _follow(found: Any, names: list[str]) -> Any:
    for name in names:
        found = getattr(found, name)
    return found


def is_kind(thing: Any, kind: str) -> bool:
    """Whether a user of `kind` can use `thing`."""
    checks = {
        "exception": lambda: inspect.isclass(thing) and issubclass(thing, BaseException),
        "class": lambda: not inspect.ismodule(thing),  # type aliases and TypedDicts serve as classes too
        "module": lambda: inspect.ismodule(thing) or callable(thing),
        "async function": lambda: inspect.iscoroutinefunction(thing),
        "function": lambda: callable(thing) and not inspect.iscoroutinefunction(thing),
    }
    return bool(checks.get(kind, lambda: not inspect.ismodule(thing))())


@pytest.mark.parametrize("name", listed_names())
def test_listed_names_resolve(name: str) -> None:
    getattr(litellm, name)


def test_listed_names_are_in_dir() -> None:
    assert set(listed_names()) - UNLISTED <= set(dir(litellm))


@pytest.mark.parametrize("symbol", SYMBOLS)
def test_symbols_that_packages_use(symbol: str) -> None:
    wanted = SYMBOLS[symbol]
    found = find(symbol)
    assert is_kind(found, wanted["kind"])
    lineage = {ancestor.__name__ for ancestor in getattr(found, "__mro__", ())}
    assert set(wanted.get("ancestors", ())) <= lineage


def test_modules_are_attributes_at_once() -> None:
    """Users write `import litellm` and then `litellm.types.utils.ModelResponse`: no second import."""
    modules = [symbol for symbol, about in SYMBOLS.items() if about["kind"] == "module"]
    script = "import litellm, sys\n" + "\n".join(
        f"try: {symbol}\nexcept AttributeError as error: print(error, file=sys.stderr)" for symbol in modules
    )
    done = subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, text=True)
    assert done.stderr == ""


AIDER_ERRORS = set(
    """APIConnectionError APIError APIResponseValidationError AuthenticationError AzureOpenAIError BadGatewayError
    BadRequestError BudgetExceededError ContentPolicyViolationError ContextWindowExceededError ImageFetchError
    InternalServerError InvalidRequestError JSONSchemaValidationError NotFoundError OpenAIError RateLimitError
    RouterRateLimitError ServiceUnavailableError UnprocessableEntityError UnsupportedParamsError""".split()
)


def test_dir_shows_the_errors_that_aider_knows() -> None:
    """aider walks `dir(litellm)` and refuses to start on an exception that is not in its own table."""
    errors = {name for name in dir(litellm) if name.endswith("Error")}
    shown = {
        name for name in errors if inspect.isclass(found := getattr(litellm, name)) and issubclass(found, Exception)
    }
    assert shown == AIDER_ERRORS
