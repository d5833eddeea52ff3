"""Adapters that answer by themselves, without a request of ours: the user's own providers, and the built-in mock."""

from typing import Any, ClassVar

from litellm.core.call import Call
from litellm.core.ports import Ports
from litellm.core.target import Target
from litellm.llms.base_llm.adapter import BaseAdapter


class LocalAdapter(BaseAdapter[Any]):
    """An endpoint whose `answer` is all there is."""

    local: ClassVar[bool] = True

    async def answer(self, call: Call, target: Target, ports: Ports) -> Any:
        """The result, or for a streamed call an object with `next()` and `aclose()` that gives chunks."""
        raise NotImplementedError


class GivenChunks:
    """Chunks that are all there already, given out one at a time."""

    def __init__(self, chunks: list[Any]) -> None:
        self._chunks = iter(chunks)

    async def next(self) -> list[Any] | None:
        chunk = next(self._chunks, None)
        return None if chunk is None else [chunk]

    async def aclose(self) -> None:
        self._chunks = iter(())
