"""The stream that callers hold."""

import asyncio
import gc
from typing import Any

import pytest

from litellm.core.public_stream import CustomStreamWrapper
from litellm.types.stream import ModelResponseStream


def chunk(content: str | None = "Hello") -> ModelResponseStream:
    return ModelResponseStream.from_dict({"choices": [{"index": 0, "delta": {"content": content}}]})


class Source:
    """A stream of the engine's shape, which never waits."""

    def __init__(self, *items: Any) -> None:
        self._items = list(items)
        self.closed = 0

    async def prime(self) -> None: ...

    async def __anext__(self) -> Any:
        if not self._items:
            raise StopAsyncIteration
        item = self._items.pop(0)
        if isinstance(item, Exception):
            raise item
        return item

    async def aclose(self) -> None:
        self.closed += 1


async def gathered(stream: CustomStreamWrapper) -> list[Any]:
    return [each async for each in stream]


def test_both_ways_give_the_same_and_keep_what_they_gave() -> None:
    chunks = [chunk("a"), chunk("b")]
    stream = CustomStreamWrapper(Source(*chunks), asynchronous=False, keep=True)
    assert list(stream) == stream.chunks == chunks
    assert asyncio.run(gathered(CustomStreamWrapper(Source(*chunks)))) == chunks


def test_the_wrong_loop_is_refused_and_named() -> None:
    with pytest.raises(TypeError, match="async for"):
        next(CustomStreamWrapper(Source(chunk())))


def test_any_iterator_may_be_wrapped() -> None:
    assert len(list(CustomStreamWrapper(iter([chunk(), chunk()]), "m"))) == 2
    assert len(asyncio.run(gathered(CustomStreamWrapper(iter([chunk()]), "m")))) == 1


@pytest.mark.parametrize("asynchronous", [False, True])
def test_errors_are_translated_and_end_the_stream_upstream(asynchronous: bool) -> None:
    source = Source(chunk(), KeyError("inner"))
    stream = CustomStreamWrapper(source, asynchronous=asynchronous, translate=lambda error: ValueError(str(error)))
    with pytest.raises(ValueError, match="inner") as caught:
        _ = asyncio.run(gathered(stream)) if asynchronous else list(stream)
    assert isinstance(caught.value.__cause__, KeyError)
    assert source.closed == 1


def test_an_error_without_a_translation_is_not_its_own_cause() -> None:
    with pytest.raises(KeyError) as caught:
        list(CustomStreamWrapper(Source(KeyError("x")), asynchronous=False))
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("asynchronous", [False, True])
def test_a_model_that_repeats_itself_is_stopped(asynchronous: bool) -> None:
    source = Source(*[chunk("again")] * 10)
    stream = CustomStreamWrapper(source, asynchronous=asynchronous, repeat_limit=3)
    with pytest.raises(RuntimeError, match="'again' came 4 times"):
        _ = asyncio.run(gathered(stream)) if asynchronous else list(stream)
    assert source.closed == 1


def test_short_pieces_and_pauses_are_no_repetition() -> None:
    pieces = [*[chunk("..")] * 9, *[chunk("abc"), chunk("abd")] * 9, chunk(None)]
    assert len(list(CustomStreamWrapper(Source(*pieces), asynchronous=False, repeat_limit=3))) == len(pieces)


def test_conversion() -> None:
    stream = CustomStreamWrapper(Source(chunk("x")), asynchronous=False).converted(lambda each: "made of it")
    assert list(stream) == ["made of it"]


def test_leaving_ends_the_request() -> None:
    source = Source(chunk())
    with CustomStreamWrapper(source, asynchronous=False) as stream:
        next(stream)
    assert source.closed == 1

    async def leave() -> None:
        async with CustomStreamWrapper(source) as stream:
            await anext(stream)
        assert source.closed == 1

    source = Source(chunk())
    asyncio.run(leave())


@pytest.mark.parametrize("asynchronous", [False, True])
def test_a_stream_that_nobody_holds_ends_its_request(asynchronous: bool) -> None:
    source = Source(chunk())
    stream = CustomStreamWrapper(source, asynchronous=asynchronous)
    del stream
    gc.collect()
    assert source.closed == 1


def test_iterators_with_a_way_to_close_are_closed() -> None:
    def pieces() -> Any:
        try:
            yield chunk()
            yield chunk()
        finally:
            closed.append(True)

    closed: list[bool] = []
    stream = CustomStreamWrapper(pieces(), asynchronous=False)
    next(stream)
    stream.close()
    assert closed == [True]
    CustomStreamWrapper(iter([])).close()
