"""Public names that are still to come say so when they are used, and only then."""

import asyncio
import importlib.util
import inspect

import pytest

import litellm


def names() -> list[str]:
    """The list in `litellm._not_yet`; none when there is no such list any more."""
    if importlib.util.find_spec("litellm._not_yet") is None:
        return []
    return sorted(importlib.import_module("litellm._not_yet").NAMES)


@pytest.mark.skipif(not names(), reason="nothing is still to come")
@pytest.mark.parametrize("name", names())
def test_says_so_when_used(name: str) -> None:
    thing = getattr(litellm, name)
    with pytest.raises(NotImplementedError, match=name):
        answer = thing()
        if inspect.isawaitable(answer):
            asyncio.run(_wait(answer))


async def _wait(answer: object) -> None:
    await answer  # type: ignore[misc]
