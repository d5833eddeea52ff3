"""The stream that callers hold: iterated with `for` after a synchronous call, with `async for` after the other."""

from collections.abc import Callable
from typing import Any

from litellm.core.bridge import drive
from litellm.types.stream import ModelResponseStream


class CustomStreamWrapper:
    """Chunks of a streamed answer.

    Leaving the loop early, `close()` and `aclose()` end the request at the provider. `chunks` are those given out so
    far when something (a callback, a rebuilt response) wants the whole answer; `_hidden_params` as on a response.
    """

    def __init__(
        self,
        completion_stream: Any,
        model: str | None = None,
        logging_obj: Any = None,
        custom_llm_provider: str | None = None,
        *,
        translate: Callable[[BaseException], BaseException] | None = None,
        hidden_params: dict[str, Any] | None = None,
        response_headers: dict[str, str] | None = None,
        keep: bool = False,
        repeat_limit: int = 100,
        asynchronous: bool = True,
        convert: Callable[[Any], Any] | None = None,
    ) -> None:
        self.completion_stream = completion_stream
        self._is_engines = translate is not None or hasattr(completion_stream, "prime")
        self.model = model
        self.logging_obj = logging_obj
        self.custom_llm_provider = custom_llm_provider
        self.response_headers: dict[str, str] = response_headers or {}
        self.chunks: list[Any] = []
        self.failure: Exception | None = None
        self._hidden_params = hidden_params if hidden_params is not None else {}
        self._translate = translate
        self._keep = keep
        self._asynchronous = asynchronous
        self._repeat_limit = repeat_limit
        self._repeats = 0
        self._last: str | None = None
        self._convert = convert

    def converted(self, convert: Callable[[Any], Any]) -> "CustomStreamWrapper":
        """This stream with every chunk put through `convert`."""
        self._convert = convert
        return self

    def __iter__(self) -> "CustomStreamWrapper":
        return self

    def __aiter__(self) -> "CustomStreamWrapper":
        return self

    def __next__(self) -> ModelResponseStream:
        if self._asynchronous and self._is_engines:
            raise TypeError("this stream comes from an asynchronous call: iterate it with 'async for'")
        try:
            return self._given(self._pull())
        except (StopIteration, StopAsyncIteration):
            raise StopIteration from None
        except Exception as error:
            self.failure = error
            self.close()
            shown = self._public(error)
            raise shown from self._cause(shown, error)

    async def __anext__(self) -> ModelResponseStream:
        try:
            if hasattr(self.completion_stream, "__anext__"):
                return self._given(await self.completion_stream.__anext__())
            return self._given(next(self.completion_stream))
        except (StopIteration, StopAsyncIteration):
            raise StopAsyncIteration from None
        except Exception as error:
            self.failure = error
            await self.aclose()
            shown = self._public(error)
            raise shown from self._cause(shown, error)

    def _pull(self) -> Any:
        if hasattr(self.completion_stream, "__next__"):
            return next(self.completion_stream)
        return drive(self.completion_stream.__anext__())

    def _given(self, chunk: Any) -> ModelResponseStream:
        if self._keep:
            self.chunks.append(chunk)
        choices = chunk.choices
        delta = getattr(choices[0], "delta", None) if choices else None
        text = delta.content if delta is not None else None
        if text and len(text) > 2 and text == self._last:
            self._repeats += 1
            if self._repeats >= self._repeat_limit:
                raise RuntimeError(f"the model repeats itself: {text!r} came {self._repeats + 1} times in a row")
        else:
            self._repeats = 0
        self._last = text
        return self._convert(chunk) if self._convert else chunk  # type: ignore[no-any-return]

    def _public(self, error: BaseException) -> BaseException:
        return self._translate(error) if self._translate else error

    def _cause(self, shown: BaseException, error: BaseException) -> BaseException | None:
        own = shown is error or getattr(error, "original", None) is shown
        return shown.__cause__ if own else error

    async def aclose(self) -> None:
        """End the request at the provider, after an asynchronous call."""
        close = getattr(self.completion_stream, "aclose", None)
        if close:
            await close()

    def close(self) -> None:
        """End the request at the provider, after a synchronous call."""
        if hasattr(self.completion_stream, "close"):
            self.completion_stream.close()
        else:
            drive(self.aclose())

    def __enter__(self) -> "CustomStreamWrapper":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    async def __aenter__(self) -> "CustomStreamWrapper":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    def __del__(self) -> None:
        if self._is_engines:
            try:
                self.close()
            except Exception:
                pass  # the interpreter may be shutting down; the connection dies with it
