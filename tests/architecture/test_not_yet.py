"""Public names that are still to come say so when they are used, and only then."""

import asyncio
import inspect
from importlib import import_module
from typing import Any

import pytest

import litellm
from litellm._not_yet import NOT_YET


def find(name: str) -> Any:
    """The thing at a dotted name below the package."""
    path, _, last = name.rpartition(".")
    try:
        home = import_module(f"litellm.{path}") if path else litellm
    except ModuleNotFoundError:
        home = find(path)
    return getattr(home, last)


@pytest.mark.parametrize("name", NOT_YET)
def test_says_so_when_used(name: str) -> None:
    thing = find(name)
    with pytest.raises(NotImplementedError, match=f"litellm.{name} is not available"):
        answer = thing()
        if inspect.isawaitable(answer):
            asyncio.run(_wait(answer))


async def _wait(answer: Any) -> None:
    await answer


def test_every_name_that_refuses_is_on_the_list() -> None:
    refusing = {
        name for name in dir(litellm) if getattr(getattr(litellm, name), "__module__", "") == "litellm._not_yet"
    }
    assert refusing <= set(NOT_YET)


def test_a_name_that_is_not_on_the_list_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no_such_name"):
        getattr(litellm, "no_such_name")  # noqa: B009
