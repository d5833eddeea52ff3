"""A stream of generateContent answers as chunks. Source: https://ai.google.dev/api/generate-content#stream"""

from collections.abc import Mapping
from typing import Any

import msgspec

from litellm.core.framing import Event
from litellm.core.target import Target
from litellm.llms.base_llm.chat.sse import EventStreamDecoder
from litellm.llms.gemini.chat.grounding import annotations, groundings, own_metadata
from litellm.llms.gemini.chat.logprobs import read_logprobs
from litellm.llms.gemini.chat.parts import read_parts
from litellm.llms.gemini.chat.response import block_reason, blocked_fields, finish_reason
from litellm.llms.gemini.chat.usage import read_usage
from litellm.llms.gemini.errors import read_stream_error
from litellm.types.stamps import chat_id, now
from litellm.types.stream import ChatCompletionDeltaToolCall, Delta, ModelResponseStream, StreamingChoices

_decode = msgspec.json.Decoder().decode


class _Candidate(msgspec.Struct):
    """What the earlier chunks of one candidate held."""

    text: str = ""
    calls: int = 0
    images: int = 0
    finished: bool = False


class GeminiStreamDecoder(EventStreamDecoder):
    """Chunks of one answer; it is complete when every candidate that began has a finishReason."""

    def __init__(self, target: Target) -> None:
        super().__init__(target)
        self._id = chat_id()
        self._created = now()
        self._candidates: dict[int, _Candidate] = {}
        self._searched: list[Mapping[str, Any]] = []

    def event(self, event: Event) -> list[ModelResponseStream]:
        try:
            answer = _decode(event.data)
        except msgspec.DecodeError as error:
            raise self.malformed(event.data) from error
        if not isinstance(answer, dict):
            raise self.malformed(event.data)
        if "error" in answer:
            raise read_stream_error(_as_mapping(answer["error"]), self.target)
        return self._chunks(answer)

    def _chunks(self, answer: dict[str, Any]) -> list[ModelResponseStream]:
        self._id = answer.get("responseId") or self._id
        candidates = answer.get("candidates") or []
        self._searched += groundings(candidates)
        chunks = []
        if candidates:
            choices = [self._choice(candidate, place) for place, candidate in enumerate(candidates)]
            chunks.append(self._chunk(choices, **own_metadata(candidates)))
            self.finished = all(state.finished for state in self._candidates.values())
        elif block_reason(answer):
            chunks.append(self._chunk([_blocked(answer)]))
            self.finished = True
        # Until the end the counts are partial, and nobody reads them.
        if self.finished and answer.get("usageMetadata"):
            chunks.append(self._chunk([], usage=read_usage(answer["usageMetadata"], self._searched)))
        return chunks

    def _chunk(self, choices: list[StreamingChoices], **fields: Any) -> ModelResponseStream:
        return ModelResponseStream(
            id=self._id, created=self._created, model=self.target.model, choices=choices, **fields
        )

    def _choice(self, candidate: dict[str, Any], place: int) -> StreamingChoices:
        index = candidate.get("index", place)
        state = self._candidates.setdefault(index, _Candidate())
        parts = (candidate.get("content") or {}).get("parts") or ()
        said = read_parts(parts, calls_before=state.calls, images_before=state.images)
        state.text += said.text
        state.calls += len(said.calls)
        state.images += len(said.images)
        fields = said.fields()
        if said.text:
            fields["content"] = said.text
        signed = [block for block in said.thinking if "signature" in block]
        if signed:
            fields["thinking_blocks"] = signed
        if said.calls:
            fields["tool_calls"] = [ChatCompletionDeltaToolCall(**call) for call in said.calls]
        cited = annotations(candidate.get("groundingMetadata"), state.text)
        if cited:
            fields["annotations"] = cited
        return StreamingChoices(
            index=index,
            delta=Delta(**fields),
            finish_reason=self._finish(candidate, state),
            logprobs=read_logprobs(candidate.get("logprobsResult")),
        )

    def _finish(self, candidate: Mapping[str, Any], state: _Candidate) -> str | None:
        reason = candidate.get("finishReason")
        if not reason:
            return None
        state.finished = True
        return finish_reason(reason, called=state.calls > 0)


def _blocked(answer: Mapping[str, Any]) -> StreamingChoices:
    return StreamingChoices(index=0, delta=Delta(**blocked_fields(answer)), finish_reason="content_filter")


def _as_mapping(error: Any) -> Mapping[str, Any]:
    return error if isinstance(error, dict) else {"message": str(error)}
