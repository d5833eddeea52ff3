"""Streamed answers: bytes become chunks, chunks are put into the one order that callers rely on.

Classes with `__anext__` and `aclose`, never async generators: a loop that shuts down ends those silently.
"""

from collections.abc import Callable
from typing import Any, NoReturn, Protocol

from litellm.core.call import Call
from litellm.core.ending import Ending, Kept, Observer
from litellm.core.errors import ConnectionFailed, ProviderError, StreamBroken, concealed
from litellm.core.estimate import usage_of
from litellm.core.framing import FrameTooLarge
from litellm.core.ports import ByteStream, Ports
from litellm.core.target import Target
from litellm.types.stream import ModelResponseStream
from litellm.types.usage import Usage

# A provider that is always ahead of us never makes us wait: after so many chunks the event loop gets its turn.
TURN = 16
# Chunks without a token after which a stream counts as begun: what is held back for a fallback's sake is bounded.
MOST_BEFORE_TOKEN = 256
# Characters of an answer that are kept for who continues, counts or reports it.
KEPT_TEXT = 8 * 1024 * 1024


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
        failed = getattr(self.decoder, "failed", None)
        if failed is not None:
            raise failed
        if self._ended:
            return None
        data = await self._body.read()
        if data:
            return self.decoder.feed(data)  # type: ignore[no-any-return]
        self._ended = True
        return self.decoder.close()  # type: ignore[no-any-return]

    def began(self) -> None:
        """The answer's first token is there: the deadline for it is over."""
        self._body.began()

    async def aclose(self) -> None:
        await self._body.aclose()


class Streamed:
    """What every streamed answer is, whatever it is made of: something that ends once and can say what came so far.

    `first_chunk_at` is when the first token came (seconds since the epoch). The end is told once, however it comes: to
    those who `watch`, then to `on_end`.
    """

    def __init__(self, source: Any, target: Target, ports: Ports) -> None:
        self._source = source
        self._target = target
        self._ports = ports
        self._ending = Ending()
        self.first_chunk_at: float | None = None
        self.on_end: Callable[[BaseException | None], None] | None = None

    def text(self) -> str:
        """The text that came so far, all choices together; of a very long one its beginning."""
        raise NotImplementedError

    def _is_whole(self) -> bool:
        """Whether upstream said that the answer is complete."""
        raise NotImplementedError

    def watch(self, observer: Observer) -> None:
        """Have `observer` called once when the stream ends: with its error, if any, and whether it was complete.

        It is called for a stream that was finished, failed, closed early, cancelled or abandoned alike; the last in
        whatever thread collects it.
        """
        self._ending.watch(observer)

    def _began(self) -> None:
        began = getattr(self._source, "began", None)
        if began:
            began()

    async def aclose(self) -> None:
        """Close the connection to the provider; a stream that was not read to its end is cancelled there."""
        if not self._ending.over:
            await self._end(None, finished=self._is_whole())

    async def _end(self, error: BaseException | None, *, finished: bool = False) -> None:
        if self._ending.over:
            return
        try:
            await self._source.aclose()
        finally:
            self._tell(error, finished=finished)

    def _tell(self, error: BaseException | None, *, finished: bool) -> None:
        if self._ending.over:
            return
        self._ending.tell(error, finished)
        if self.on_end:
            self.on_end(error)

    def __del__(self) -> None:
        if not self._ending.over:
            self._tell(None, finished=False)

    def _raise(self, error: ProviderError) -> NoReturn:
        """Raise what a failure amounts to: a connection lost after the first token is a stream that broke."""
        cause: BaseException | None = error.__cause__
        if isinstance(error, ConnectionFailed) and self.first_chunk_at is not None and error.original is None:
            cause, error = error, StreamBroken(error.message)
        error.provider = error.provider or self._target.provider
        error.model = error.model or self._target.model
        if isinstance(error, StreamBroken):
            error.partial = self.text()
        raise concealed(error, self._target.key()) from cause


class ChunkStream(Streamed):
    """One streamed answer as callers see it.

    Each choice's first chunk names the role; every choice finishes once, whether upstream says so or not; usage is
    shown when the caller asked for it and kept in `usage` either way. Where upstream reports none it is counted for who
    sets `counts`, into `counted`. `calls_tools` and `reasons` say whether a tool call or reasoning has begun.
    """

    def __init__(self, source: Chunks, call: Call, target: Target, ports: Ports) -> None:
        super().__init__(source, target, ports)
        self._call = call
        self._ready: list[Any] = []
        self._begun: set[int] = set()
        self._finished: set[int] = set()
        self._shows_usage = bool((call.params.get("stream_options") or {}).get("include_usage"))
        self._text = Kept(KEPT_TEXT)
        self._aside = Kept(KEPT_TEXT)
        self._calls_tools: set[int] = set()
        self._until_turn = TURN
        self._last: Any = None
        self.usage: Any = None
        self.counts = False
        self.counted: Usage | None = None
        self.reasons: bool = False

    async def prime(self) -> None:
        """Wait for the first token, so that a stream that fails before it is an error and not a stream.

        Chunks that come before it (a role, usage) are given out with it, in their order.
        """
        try:
            while self.first_chunk_at is None and len(self._ready) < MOST_BEFORE_TOKEN and await self._pull():
                pass
        except BaseException as error:
            await self._end(error)
            raise
        self._began()

    @property
    def calls_tools(self) -> bool:
        """Whether a tool call has begun."""
        return bool(self._calls_tools)

    def __aiter__(self) -> "ChunkStream":
        return self

    async def __anext__(self) -> Any:
        try:
            while not self._ready:
                if self._ending.over:
                    raise StopAsyncIteration
                if not await self._pull():
                    await self._complete()
            self._until_turn -= 1
            if not self._until_turn:
                await self._take_turns()
        except StopAsyncIteration:
            raise
        except BaseException as error:
            await self._end(error)
            raise
        return self._ready.pop(0)

    def text(self) -> str:
        return self._text.text()

    def count(self) -> Usage:
        """The usage so far by our own count: for an answer whose provider reported none."""
        usage = usage_of(self._call, self._target.model, self._text.text() + self._aside.text())
        more = round(usage.completion_tokens * (max(self._text.share, self._aside.share) - 1))
        usage.completion_tokens += more
        usage.total_tokens += more
        return usage

    async def _take_turns(self) -> None:
        self._until_turn = TURN
        if self._call.asynchronous:
            await self._ports.sleep(0)

    async def _complete(self) -> None:
        """Finish what upstream left open, count the usage that it did not report, show it if that was asked for."""
        self._finish()
        if self.usage is None and self._last is not None and (self._shows_usage or self.counts):
            self.counted = await self._ports.offload(self.count)
        if self.counted is not None and self._shows_usage:
            self.usage = self.counted
            self._ready.append(self._last.model_copy(update={"choices": [], "usage": self.usage}))
        if self._last is not None:
            # Whoever puts the chunks together finds here what upstream reported, even if it was not shown.
            self._last._hidden_params = {"usage": self.usage or Usage()}
        await self._end(None, finished=True)

    def _finish(self) -> None:
        """Give a last chunk to every choice that has none; an answer without any chunk gets one too."""
        for index in sorted(self._begun - self._finished):
            self._take(self._closing(self._last, index))
        if self._last is None and self._call.endpoint == "chat":
            self._take(self._closing(ModelResponseStream(model=self._target.model), 0))

    def _closing(self, last: Any, index: int) -> Any:
        reason = "tool_calls" if index in self._calls_tools else "stop"
        rest: dict[str, Any] = {"delta": {}} if isinstance(last, ModelResponseStream) else {"text": ""}
        kept = {name: getattr(last, name) for name in ("id", "created", "model")}
        return type(last).from_dict({**kept, "choices": [{"index": index, "finish_reason": reason, **rest}]})

    async def aclose(self) -> None:
        self._ready.clear()
        await super().aclose()

    def _is_whole(self) -> bool:
        return bool(self._begun) and self._begun == self._finished

    async def _pull(self) -> bool:
        try:
            chunks = await self._source.next()
        except FrameTooLarge as error:
            self._raise(StreamBroken(str(error)))
        except ProviderError as error:
            self._raise(error)
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
        if self.first_chunk_at is None and any(map(_speaks, chunk.choices)):
            self.first_chunk_at = self._ports.now()
        for choice in chunk.choices:
            self._order(choice)
        self._last = chunk
        self._ready.append(chunk)

    def _order(self, choice: Any) -> None:
        delta = getattr(choice, "delta", None)
        if delta is None:
            text = choice.text
            self._begun.add(choice.index)
        else:
            text = delta.content
            if choice.index not in self._begun:
                delta.role = delta.role or "assistant"
                self._begun.add(choice.index)
            self._note(choice.index, delta)
        if text:
            self._text.add(text)
        if choice.finish_reason is None:
            return
        if choice.index in self._finished:
            choice.finish_reason = None
        self._finished.add(choice.index)

    def _note(self, index: int, delta: Any) -> None:
        """Keep what is paid for beside the text: tool calls and reasoning."""
        if delta.reasoning_content:
            self.reasons = True
            self._aside.add(delta.reasoning_content)
        for tool_call in delta.tool_calls or ():
            self._calls_tools.add(index)
            function = tool_call.function
            if function:
                self._aside.add((function.name or "") + (function.arguments or ""))


def _speaks(choice: Any) -> bool:
    """Whether a choice of a chunk says more than whose turn it is: text, reasoning, a tool call, audio, an end …"""
    if choice.finish_reason:
        return True
    delta = getattr(choice, "delta", None)
    if delta is None:
        return bool(choice.text)
    return any(value for name, value in delta.items() if name != "role")
