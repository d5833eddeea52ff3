"""OpenAI's streamed chat completions: one JSON chunk an event, closed by `[DONE]`."""

from collections.abc import Iterable
from typing import Any

import msgspec

from litellm.core.errors import InvalidResponse, ProviderError, classify
from litellm.core.framing import Event
from litellm.core.http import HttpResponse
from litellm.core.target import Target
from litellm.llms.base_llm.adapter import error_message
from litellm.llms.base_llm.chat.sse import EventStreamDecoder
from litellm.types.mixin import decode
from litellm.types.stream import ModelResponseStream


class OpenAIStreamDecoder(EventStreamDecoder):
    """Chunks in OpenAI's own format.

    An answer is complete at `[DONE]`, or when all its choices have finished: not every vendor sends the mark.
    """

    def __init__(self, target: Target) -> None:
        super().__init__(target)
        self._begun: set[int] = set()
        self._ended: set[int] = set()

    def event(self, event: Event) -> list[ModelResponseStream]:
        data = event.data
        if data == b"[DONE]":
            self.finished = True
            return []
        try:
            chunk = decode(ModelResponseStream, data)
        except ValueError as error:
            raise self.malformed(data) from error
        if not chunk.choices:
            if "error" in chunk or event.name == "error":
                raise self.failure(data)
        self.follow(chunk.choices)
        return [self.chunk(chunk)]

    def follow(self, choices: Iterable[Any]) -> None:
        """Note which choices have begun and which have ended."""
        for choice in choices:
            self._begun.add(choice.index)
            if choice.finish_reason:
                self._ended.add(choice.index)
                self.finished = self._begun == self._ended

    def chunk(self, chunk: ModelResponseStream) -> ModelResponseStream:
        """The chunk as callers see it; a vendor's peculiarities go here."""
        return chunk

    def failure(self, data: bytes) -> ProviderError:
        """The error that upstream put into the stream."""
        message = error_message(data) or data.decode("utf-8", "replace")
        status = _status(data)
        if status is None:
            return InvalidResponse(message, provider=self.target.provider, model=self.target.model, body=data)
        return classify(HttpResponse(status, {}, data), message, provider=self.target.provider, model=self.target.model)


_STATUS_BY_TYPE = {
    "rate_limit_error": 429,
    "rate_limit_exceeded": 429,
    "insufficient_quota": 429,
    "server_error": 500,
    "invalid_request_error": 400,
    "authentication_error": 401,
}


def _status(data: bytes) -> int | None:
    try:
        error = msgspec.json.decode(data)["error"]
    except (ValueError, KeyError, TypeError):
        return None
    if not isinstance(error, dict):
        return None
    for name in ("code", "status", "status_code"):
        code = str(error.get(name))
        if code.isdigit() and 400 <= int(code) < 600:  # some vendors number their errors in a way of their own
            return int(code)
    return _STATUS_BY_TYPE.get(str(error.get("type"))) or _STATUS_BY_TYPE.get(str(error.get("code")))
