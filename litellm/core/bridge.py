"""Runs a coroutine to its end without an event loop.

The engine is written once, as `async def`. Over blocking ports its coroutines never really wait, so the synchronous API
drives them by hand: this works inside a running loop, in any thread, and starts nothing.
"""

from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


def drive(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run `coroutine` to its result in this thread; it must await blocking ports only.

    Raises RuntimeError when something in it waits for an event loop, naming what it waits for.
    """
    try:
        waits_for = coroutine.send(None)
    except StopIteration as finished:
        return finished.value  # type: ignore[no-any-return]
    coroutine.close()
    raise RuntimeError(
        f"a synchronous call cannot wait for {waits_for!r}: use the asynchronous form of this function (acompletion, "
        "aembedding …), or a synchronous client, hook or provider"
    )
