"""OpenAI's streamed chat completions: one JSON chunk an event, closed by `[DONE]`."""

import msgspec

from litellm.core.errors import InvalidResponse, ProviderError, classify
from litellm.core.framing import Event
from litellm.core.http import HttpResponse
from litellm.llms.base_llm.adapter import error_message
from litellm.llms.base_llm.chat.sse import EventStreamDecoder
from litellm.types.mixin import decode
from litellm.types.stream import ModelResponseStream


class OpenAIStreamDecoder(EventStreamDecoder):
    """Chunks in OpenAI's own format.

    An answer is complete at `[DONE]`, or when a choice has finished: not every vendor sends the mark.
    """

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
        elif chunk.choices[0].finish_reason:
            self.finished = True
        return [self.chunk(chunk)]

    def chunk(self, chunk: ModelResponseStream) -> ModelResponseStream:
        """The chunk as callers see it; a vendor's peculiarities go here."""
        return chunk

    def failure(self, data: bytes) -> ProviderError:
        """The error that upstream put into the stream."""
        message = error_message(data) or data.decode("utf-8", "replace")
        status = _status(data)
        if status is None:
            return InvalidResponse(message, provider=self.target.provider, model=self.target.model, body=data)
        return classify(
            HttpResponse(status, {}, data), message, provider=self.target.provider, model=self.target.model
        )


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
        if str(error.get(name)).isdigit():
            return int(error[name])
    return _STATUS_BY_TYPE.get(str(error.get("type"))) or _STATUS_BY_TYPE.get(str(error.get("code")))
