"""Speech to text and text to speech (https://platform.openai.com/docs/api-reference/audio)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from litellm.types.mixin import Model, unset

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Mapping


class TranscriptionUsage(Model):
    """What was transcribed: `type` is "duration" with `seconds`, or "tokens" with token counts."""

    type: str = "duration"
    seconds: float | None = unset()
    input_tokens: int | None = unset()
    output_tokens: int | None = unset()
    total_tokens: int | None = unset()
    input_token_details: dict[str, Any] | None = unset()


class TranscriptionResponse(Model):
    """Text of a recording; `words`, `segments`, `language`, `task` and `duration` (seconds) in verbose answers."""

    text: str | None = None
    usage: TranscriptionUsage | None = unset()
    task: str | None = unset()
    language: str | None = unset()
    duration: float | None = unset()
    words: list[dict[str, Any]] | None = unset()
    segments: list[dict[str, Any]] | None = unset()
    logprobs: list[dict[str, Any]] | None = unset()


class HttpxBinaryResponseContent:
    """An answer of bytes, a recording or a file, with the face of the OpenAI SDK's class of this name.

    Example: `speech(...).stream_to_file("hello.mp3")`.
    """

    def __init__(self, content: bytes, headers: Mapping[str, str] | None = None, status_code: int = 200) -> None:
        self.content = content
        self.headers: dict[str, str] = dict(headers or {})
        self.status_code = status_code
        self._hidden_params: dict[str, Any] = {}

    @property
    def response(self) -> HttpxBinaryResponseContent:
        """The answer itself, for code that asks the OpenAI SDK's object for its HTTP response."""
        return self

    @property
    def text(self) -> str:
        """The bytes as UTF-8 text."""
        return self.content.decode()

    def read(self) -> bytes:
        """All bytes."""
        return self.content

    async def aread(self) -> bytes:
        """All bytes."""
        return self.content

    def json(self, **_: Any) -> Any:
        """The bytes parsed as JSON."""
        import msgspec

        return msgspec.json.decode(self.content)

    def iter_bytes(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """The bytes in pieces of `chunk_size`."""
        size = chunk_size or len(self.content) or 1
        return (self.content[start : start + size] for start in range(0, len(self.content), size))

    async def aiter_bytes(self, chunk_size: int | None = None) -> AsyncIterator[bytes]:
        """The bytes in pieces of `chunk_size`."""
        for piece in self.iter_bytes(chunk_size):
            yield piece

    def write_to_file(self, file: str) -> None:
        """Write the bytes to the file at this path."""
        with open(file, "wb") as target:
            target.write(self.content)

    def stream_to_file(self, file: str, *, chunk_size: int | None = None) -> None:
        """Write the bytes to the file at this path."""
        self.write_to_file(file)

    async def astream_to_file(self, file: str, *, chunk_size: int | None = None) -> None:
        """Write the bytes to the file at this path."""
        self.write_to_file(file)

    def close(self) -> None:
        """Nothing is held open."""

    async def aclose(self) -> None:
        """Nothing is held open."""
