"""One home a library, waiting only in the ports, the environment read in few places."""

import ast

import pytest

from tests.architecture.sources import ENGINE, graph, modules, top, tree

HOMES: dict[str, tuple[str, ...]] = {
    "pyreqwest": ("litellm.core.transport",),
    "httpx": ("litellm.core.transport", "litellm.core.foreign"),
    "httpx2": ("litellm.core.transport", "litellm.core.foreign"),
    "aiohttp": (),
    "requests": (),
    "urllib3": (),
    "tiktoken": ("litellm.core.tokens",),
    "redis": ("litellm.caching.redis_wire",),
    "sqlalchemy": ("litellm.proxy.db",),
    "alembic": ("litellm.proxy.db",),
    "fastapi": ("litellm.proxy",),
    "starlette": ("litellm.proxy",),
    "uvicorn": ("litellm.proxy",),
    "yaml": ("litellm.proxy.config.loader",),
    "openai": ("litellm.exceptions", "litellm._openai_errors"),
    # core/schema: a response_format that is a TypedDict or dataclass has no schema of its own.
    "pydantic": ("litellm.proxy.management_endpoints", "litellm.proxy.management", "litellm.core.schema"),
}
"""Library to the modules (or packages) that may import it, inside functions too. Where DESIGN says `core/transport`, a
client that a user brings is driven by `core/foreign`."""

WAITING = ("asyncio", "threading", "time", "concurrent", "multiprocessing", "select", "sched", "selectors")
WAITS = {
    "litellm.core.plain_http": "a transport too: plain HTTP in the event loop",
    "litellm.core.waiting": "the transports' deadlines, kept in a loop and in threads",
    "litellm.core.transport": "the one place that does I/O and holds the clock",
    "litellm.core.racing": "the transports' waiting for more than one thing",
    "litellm.core.slots": "a lock: places are given to threads and coroutines alike",
    "litellm.core.recorder": "the one background thread",
    "litellm.types.stamps": "`created` of objects made here: a stamp, never a duration",
    "litellm.caching.redis_wire": "answers of a cluster, which come out of order",
    "litellm.caching.redis_link": "the deadline of every question to Redis, and its pipeline",
    "litellm.caching.redis_connection": "one connection an event loop; the loop of those who call synchronously",
    "litellm.caching.redis_outage": "one warning an outage, whichever thread sees it",
    "litellm.core.foreign": "drives a client that the user brought, in the user's own loop",
}
"""Modules of the engine's layers that may wait or read a clock, and why."""

ENVIRONMENT = ("litellm._settings", "litellm.core.target", "litellm.proxy.config.loader", "litellm.secret_managers.env")


def is_in(module: str, homes: tuple[str, ...]) -> bool:
    return any(module == home or module.startswith(f"{home}.") for home in homes)


@pytest.mark.parametrize("library", HOMES)
def test_each_library_has_its_home(library: str) -> None:
    importers = graph().find_modules_that_directly_import(library) if library in graph().modules else set()
    assert sorted(m for m in importers if not is_in(m, HOMES[library])) == []


@pytest.mark.parametrize("library", WAITING)
def test_the_engine_waits_through_ports(library: str) -> None:
    importers = graph().find_modules_that_directly_import(library) if library in graph().modules else set()
    assert sorted(m for m in importers if top(m) in ENGINE and not is_in(m, tuple(WAITS))) == []


def reads_environment(module: str) -> list[int]:
    """The lines where a module reads or writes environment variables."""
    names = ("environ", "getenv", "putenv", "environb", "unsetenv")
    lines = []
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Attribute) and node.attr in names:
            lines.append(node.lineno)
        elif isinstance(node, ast.ImportFrom) and node.module == "os":
            lines += [node.lineno for alias in node.names if alias.name in names]
    return lines


def test_the_environment_is_read_in_few_places() -> None:
    found = {module: reads_environment(module) for module in modules() if not is_in(module, ENVIRONMENT)}
    assert {module: lines for module, lines in found.items() if lines} == {}
