"""The events of a streamed answer as chunks; `MessageEvents` knows no framing, so other vendors' transports share it.

Wire facts: https://platform.claude.com/docs/en/build-with-claude/streaming.
"""

from collections.abc import Mapping
from typing import Any

import msgspec

from litellm.core.errors import ProviderError, classify
from litellm.core.framing import Event
from litellm.core.http import HttpResponse
from litellm.core.target import Target
from litellm.llms.anthropic.chat.response import Reading, dump, own_tools, url_annotation
from litellm.llms.anthropic.chat.usage import to_usage
from litellm.llms.base_llm.chat.sse import EventStreamDecoder
from litellm.types.stamps import now
from litellm.types.stream import ChatCompletionDeltaToolCall, Delta, ModelResponseStream, StreamingChoices

Chunks = list[ModelResponseStream]

# https://platform.claude.com/docs/en/api/errors: what the status would have been, had the answer not begun.
_STATUS = {
    "invalid_request_error": 400,
    "authentication_error": 401,
    "billing_error": 402,
    "permission_error": 403,
    "not_found_error": 404,
    "request_too_large": 413,
    "rate_limit_error": 429,
    "api_error": 500,
    "timeout_error": 504,
    "overloaded_error": 529,
}
# The field of a block that its deltas add to.
_GROWS = {
    "text_delta": "text",
    "thinking_delta": "thinking",
    "input_json_delta": "partial_json",
    "compaction_delta": "content",
}


class _Growing:
    """A content block that is still arriving."""

    __slots__ = ("call", "citations", "kind", "pieces", "signature", "start")

    def __init__(self, start: Mapping[str, Any], call: int | None) -> None:
        self.start = start
        self.kind: str = start["type"]
        self.call = call
        self.pieces: list[str] = []
        self.signature: str | None = None
        self.citations: list[Mapping[str, Any]] = []

    def whole(self) -> dict[str, Any]:
        """The block as a whole answer would have held it."""
        block = dict(self.start)
        text = "".join(self.pieces)
        if self.kind in ("text", "thinking", "compaction") and text:
            field = "content" if self.kind == "compaction" else self.kind
            block[field] = (block.get(field) or "") + text
        elif text:
            block["input"] = msgspec.json.decode(text)
        if self.signature is not None:
            block["signature"] = self.signature
        if self.citations:
            block["citations"] = self.citations
        return block


class MessageEvents:
    """The chunks of one answer, event by event; `finished` once the provider said that it is complete."""

    def __init__(self, reading: Reading, target: Target) -> None:
        self.finished = False
        self._reading = reading
        self._target = target
        self._id: str | None = None
        self._created = now()
        self._counts: dict[str, Any] = {}
        self._blocks: dict[int, _Growing] = {}
        self._calls = 0
        self._answered = False
        self._length = 0

    def chunks(self, event: Mapping[str, Any]) -> Chunks:
        """The chunks that one event stands for; an error event raises what it stands for."""
        kind = event.get("type")
        if kind == "content_block_delta":
            return self._delta(event["index"], event["delta"])
        if kind == "content_block_start":
            return self._start(event["index"], event["content_block"])
        if kind == "content_block_stop":
            return self._stop(event["index"])
        if kind == "message_delta":
            return self._end(event)
        if kind == "message_start":
            self._begin(event["message"])
        elif kind == "message_stop":
            self.finished = True
        elif kind == "error":
            raise stream_error(event.get("error") or {}, self._target)
        return []

    def _begin(self, message: Mapping[str, Any]) -> None:
        self._id = message.get("id")
        self._counts.update(message.get("usage") or {})

    def _start(self, index: int, start: Mapping[str, Any]) -> Chunks:
        is_answer = self._reading.is_answer(start)
        is_call = start["type"] == "tool_use" and not is_answer
        block = self._blocks[index] = _Growing(start, self._calls if is_call else None)
        self._answered |= is_answer
        if is_call:
            self._calls += 1
            return [self._call(block, start["id"], self._reading.name(start["name"]), "")]
        if block.kind == "redacted_thinking":
            return [self._chunk(Delta(thinking_blocks=[dict(start)]))]
        if block.kind == "text" and start.get("text"):
            return [self._text(start["text"])]
        return []

    def _delta(self, index: int, delta: Mapping[str, Any]) -> Chunks:
        block, kind = self._blocks[index], delta["type"]
        if kind == "signature_delta":
            block.signature = delta["signature"]
            signed = {"type": "thinking", "thinking": "", "signature": block.signature}
            return [self._chunk(Delta(thinking_blocks=[signed]))]
        if kind == "citations_delta":
            block.citations.append(delta["citation"])
            return [self._chunk(Delta(provider_specific_fields={"citation": delta["citation"]}))]
        piece = delta.get(_GROWS.get(kind, ""))
        if not piece:
            return []
        block.pieces.append(piece)
        if kind == "text_delta":
            return [self._text(piece)]
        if kind == "thinking_delta":
            thought = {"type": "thinking", "thinking": piece}
            return [self._chunk(Delta(reasoning_content=piece, thinking_blocks=[thought]))]
        if kind == "input_json_delta":
            return self._input(block, piece)
        return []

    def _input(self, block: _Growing, piece: str) -> Chunks:
        if block.call is not None:
            return [self._call(block, None, None, piece)]
        return [self._text(piece)] if self._reading.is_answer(block.start) else []

    def _stop(self, index: int) -> Chunks:
        block = self._blocks[index]
        if block.call is not None and not block.pieces:
            return [self._call(block, None, None, dump(block.start.get("input") or {}))]
        pages = [citation for citation in block.citations if citation.get("url")]
        if pages:
            start = self._length - sum(map(len, block.pieces))
            return [self._chunk(Delta(annotations=[url_annotation(page, start, self._length) for page in pages]))]
        return []

    def _end(self, event: Mapping[str, Any]) -> Chunks:
        """The last chunk: why the model stopped, what was used, and what the provider's own tools did."""
        delta = event.get("delta") or {}
        self._counts.update((name, value) for name, value in (event.get("usage") or {}).items() if value is not None)
        finish = self._reading.finish_reason(delta.get("stop_reason"), calls=self._calls > 0, answered=self._answered)
        names = ("container", "stop_sequence", "stop_details")
        fields = {name: delta[name] for name in names if delta.get(name) is not None}
        if event.get("context_management"):
            fields["context_management"] = event["context_management"]
        fields = {**own_tools([block.whole() for block in self._blocks.values()]), **fields}
        thoughts = [block for block in self._blocks.values() if block.kind == "thinking"]
        thinking = "".join(piece for block in thoughts for piece in block.pieces)
        chunk = self._chunk(Delta(provider_specific_fields=fields or None))
        chunk.choices[0].finish_reason = finish
        chunk.usage = to_usage(self._counts, thinking)
        return [chunk]

    def _text(self, text: str) -> ModelResponseStream:
        self._length += len(text)
        return self._chunk(Delta(content=text))

    def _call(self, block: _Growing, call_id: str | None, name: str | None, arguments: str) -> ModelResponseStream:
        function = {"arguments": arguments} if name is None else {"name": name, "arguments": arguments}
        call = {"index": block.call, "type": "function", "function": function}
        if call_id is not None:
            call["id"] = call_id
        return self._chunk(Delta(tool_calls=[ChatCompletionDeltaToolCall.from_dict(call)]))

    def _chunk(self, delta: Delta) -> ModelResponseStream:
        choices = [StreamingChoices(delta=delta)]
        return ModelResponseStream(id=self._id, created=self._created, model=self._target.model, choices=choices)


class AnthropicStreamDecoder(EventStreamDecoder):
    """Chunks of an answer that arrives as server-sent events."""

    def __init__(self, reading: Reading, target: Target) -> None:
        super().__init__(target)
        self._message = MessageEvents(reading, target)

    def event(self, event: Event) -> Chunks:
        try:
            chunks = self._message.chunks(msgspec.json.decode(event.data))
        except (msgspec.DecodeError, KeyError, TypeError, AttributeError) as reason:
            raise self.malformed(event.data) from reason
        self.finished = self._message.finished
        return chunks


def stream_error(error: Mapping[str, Any], target: Target) -> ProviderError:
    """The error that an error event stands for, as if it had been the answer."""
    kind = error.get("type") or "api_error"
    message = error.get("message") or f"upstream broke off the stream: {kind}"
    status = _STATUS.get(kind, 500)
    response = HttpResponse(status, {}, msgspec.json.encode({"type": "error", "error": dict(error)}))
    return classify(response, message, provider=target.provider, model=target.model)
