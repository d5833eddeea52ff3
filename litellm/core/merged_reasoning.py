"""Reasoning put into the content between `<think>` tags, for front ends that know nothing else. Pure."""

from typing import Any

_OPEN, _CLOSE = "<think>", "</think>"


def merge_reasoning(response: Any) -> None:
    """Put the reasoning of every choice of a response in front of its content."""
    for choice in getattr(response, "choices", None) or ():
        message = getattr(choice, "message", None)
        if message is not None and message.get("reasoning_content"):
            message.content = f"{_OPEN}{message.reasoning_content}{_CLOSE}{message.content or ''}"
            del message["reasoning_content"]


class MergedChunks:
    """Does the same to the chunks of one stream, given in their order."""

    def __init__(self) -> None:
        self._thinking: set[int] = set()

    def __call__(self, chunk: Any) -> Any:
        for choice in chunk.choices:
            delta = getattr(choice, "delta", None)
            if delta is not None:
                self._merge(choice, delta)
        return chunk

    def _merge(self, choice: Any, delta: Any) -> None:
        reasoning, content = delta.get("reasoning_content"), delta.content or ""
        if reasoning:
            start = "" if choice.index in self._thinking else _OPEN
            self._thinking.add(choice.index)
            delta.content = f"{start}{reasoning}"
            del delta["reasoning_content"]
        if choice.index in self._thinking and (content or choice.finish_reason):
            self._thinking.discard(choice.index)
            delta.content = f"{delta.content if reasoning else ''}{_CLOSE}{content}"
