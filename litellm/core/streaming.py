"""Streamed answers: bytes become chunks, chunks are put into the one order that callers rely on.

Classes with `__anext__` and `aclose`, never async generators: a loop that shuts down ends those silently.
"""

from collections.abc import Callable
from typing import Any, Protocol

from litellm.core.call import Call
from litellm.core.errors import ProviderError, StreamBroken
from litellm.core.estimate import usage_of
from litellm.core.framing import FrameTooLarge
from litellm.core.ports import ByteStream, Ports
from litellm.core.target import Target
from litellm.types.usage import Usage


class Chunks(Protocol):
    """Where chunks come from."""

    async def next(self) -> list[Any] | None:
        """Some chunks (maybe none yet), or None when the answer is complete."""
        ...

    async def aclose(self) -> None: ...


class HttpChunks:
    """The chunks in an HTTP answer that is still arriving."""

    def __init__(self, body: ByteStream, decoder: Any) -> None:
        self._body = body
        self.decoder = decoder
        self._ended = False

    async def next(self) -> list[Any] | None:
        if self._ended:
            return None
        data = await self._body.read()
        if data:
            return self.decoder.feed(data)  # type: ignore[no-any-return]
        self._ended = True
        return self.decoder.close()  # type: ignore[no-any-return]

    async def aclose(self) -> None:
        await self._body.aclose()


class ChunkStream:
    """One streamed answer as callers see it.

    Each choice's first chunk names the role; every choice finishes once; usage is shown when the caller asked for it
    and kept in `usage` either way. `on_end` is called once, however the stream ends.
    """

    def __init__(self, source: Chunks, call: Call, target: Target, ports: Ports) -> None:
        self._source = source
        self._ports = ports
        self._call = call
        self._target = target
        self._ready: list[Any] = []
        self._over = False
        self._begun: set[int] = set()
        self._finished: set[int] = set()
        self._shows_usage = bool((call.params.get("stream_options") or {}).get("include_usage"))
        self._text: list[str] = []
        self._last: Any = None
        self.usage: Any = None
        self.first_chunk_at: float | None = None
        self.on_end: Callable[[BaseException | None], None] | None = None

    async def prime(self) -> None:
        """Wait for the first chunk, so that a stream that fails at once is an error and not a stream."""
        try:
            while not self._ready and await self._pull():
                pass
        except BaseException:
            await self._source.aclose()
            raise

    def __aiter__(self) -> "ChunkStream":
        return self

    async def __anext__(self) -> Any:
        try:
            while not self._ready:
                if self._over:
                    raise StopAsyncIteration
                if not await self._pull():
                    await self._complete()
        except StopAsyncIteration:
            raise
        except BaseException as error:
            await self._end(error)
            raise
        return self._ready.pop(0)

    def text(self) -> str:
        """The text that came so far, all choices together."""
        return "".join(self._text)

    async def _complete(self) -> None:
        """Count the usage that upstream did not report, show it if that was asked for, and end."""
        if self.usage is None and self._shows_usage and self._last is not None:
            text = self.text()
            self.usage = await self._ports.offload(lambda: usage_of(self._call, self._target.model, text))
            self._ready.append(self._last.model_copy(update={"choices": [], "usage": self.usage}))
        if self._last is not None:
            # Whoever puts the chunks together finds here what upstream reported, even if it was not shown.
            self._last._hidden_params = {"usage": self.usage or Usage()}
        await self._end(None)

    async def aclose(self) -> None:
        """Close the connection to the provider; a stream that was not read to its end is cancelled there."""
        self._ready.clear()
        await self._end(None)

    async def _end(self, error: BaseException | None) -> None:
        if self._over:
            return
        self._over = True
        try:
            await self._source.aclose()
        finally:
            if self.on_end:
                self.on_end(error)

    async def _pull(self) -> bool:
        try:
            chunks = await self._source.next()
        except FrameTooLarge as error:
            raise StreamBroken(str(error), provider=self._target.provider, model=self._target.model) from error
        except ProviderError as error:
            error.provider = error.provider or self._target.provider
            error.model = error.model or self._target.model
            if isinstance(error, StreamBroken):
                error.partial = self.text()
            raise
        if chunks is None:
            return False
        for chunk in chunks:
            self._take(chunk)
        return True

    def _take(self, chunk: Any) -> None:
        usage = chunk.usage
        if usage is not None:
            self.usage = usage
            if not self._shows_usage:
                del chunk["usage"]
        if not chunk.choices and not (usage is not None and self._shows_usage):
            return
        for choice in chunk.choices:
            self._order(choice)
        if self.first_chunk_at is None:
            self.first_chunk_at = self._ports.now()
        self._last = chunk
        self._ready.append(chunk)

    def _order(self, choice: Any) -> None:
        delta = getattr(choice, "delta", None)
        if delta is None:
            text = choice.text
        else:
            text = delta.content
            if choice.index not in self._begun:
                delta.role = delta.role or "assistant"
                self._begun.add(choice.index)
        if text:
            self._text.append(text)
        if choice.finish_reason is None:
            return
        if choice.index in self._finished:
            choice.finish_reason = None
        self._finished.add(choice.index)
