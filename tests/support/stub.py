"""An OpenAI-compatible provider on loopback, with the answers that most tests need."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from tests.conformance.recorder import Recorder

HELLO: Mapping[str, Any] = {
    "id": "chatcmpl-1",
    "object": "chat.completion",
    "created": 1,
    "model": "gpt-4o-mini",
    "choices": [{"index": 0, "message": {"role": "assistant", "content": "Hello."}, "finish_reason": "stop"}],
    "usage": {"prompt_tokens": 3, "completion_tokens": 2, "total_tokens": 5},
}


def answering(content: str, **message: Any) -> dict[str, Any]:
    """A whole answer with this content."""
    choice = {"index": 0, "message": {"role": "assistant", "content": content, **message}, "finish_reason": "stop"}
    return {**HELLO, "choices": [choice]}


def chunk(delta: Mapping[str, Any], finish_reason: str | None = None) -> dict[str, Any]:
    """One event of a streamed answer."""
    choice = {"index": 0, "delta": delta, "finish_reason": finish_reason}
    return {**HELLO, "object": "chat.completion.chunk", "choices": [choice], "usage": None}


@contextmanager
def provider(*steps: Mapping[str, Any]) -> Iterator[Recorder]:
    """A provider that answers one step after the other, and the last one from then on."""
    recorder = Recorder()
    recorder.arm([dict(step) for step in steps] or [{"status": 200, "body": dict(HELLO)}])
    try:
        yield recorder
    finally:
        recorder.close()
