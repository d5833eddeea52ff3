"""Public names that are still to come exist, and say so when they are used: the list in `litellm._not_yet`."""

import asyncio
import importlib.util
import inspect
from typing import Any

import pytest

from tests.architecture.test_public_names import find


def names() -> list[str]:
    """The names on the list; none when there is no such list any more."""
    if importlib.util.find_spec("litellm._not_yet") is None:
        return []
    return sorted(importlib.import_module("litellm._not_yet").NOT_YET)


@pytest.mark.parametrize("name", names())
def test_says_so_when_used(name: str) -> None:
    thing = find(f"litellm.{name}")
    with pytest.raises(NotImplementedError, match=name.rpartition(".")[2]):
        asyncio.run(use(thing))


async def use(thing: Any) -> None:
    """Call it, and await what wants to be awaited."""
    answer = thing()
    if inspect.isawaitable(answer):
        await answer
