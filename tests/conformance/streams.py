"""What a caller sees of a stream: what its chunks add up to."""

import json
from dataclasses import dataclass, field
from typing import Any

from tests.conformance.answers import responses, tool_call
from tests.conformance.plain import pick, plain, read, usage, without_none

Json = Any


@dataclass
class _Choice:
    """One choice as it grows."""

    content: str = ""
    reasoning_content: str = ""
    finish_reason: Json = None
    tool_calls: dict[int, dict[str, Json]] = field(default_factory=dict)
    extras: dict[str, Json] = field(default_factory=dict)
    pieces: int = 0

    def add(self, choice: Any) -> None:
        delta = read(choice, "delta")
        text = read(choice, "text") if delta is None else read(delta, "content")
        self.content += text or ""
        self.pieces += bool(text)
        self.reasoning_content += read(delta, "reasoning_content") or ""
        self.finish_reason = plain(read(choice, "finish_reason")) or self.finish_reason
        for call in read(delta, "tool_calls") or ():
            self._add_call(tool_call(call))
        self._add_extras(delta)

    def _add_call(self, call: dict[str, Json]) -> None:
        empty = {"id": None, "type": "function", "function": {"name": "", "arguments": ""}}
        whole = self.tool_calls.setdefault(call["index"] or 0, empty)
        whole["id"] = whole["id"] or call["id"] or None
        function, piece = whole["function"], call["function"]
        function["name"] = function["name"] or piece["name"] or ""
        function["arguments"] += piece["arguments"] or ""

    def _add_extras(self, delta: Any) -> None:
        for block in map(plain, read(delta, "thinking_blocks") or ()):  # its text is in reasoning_content
            found = {name: block[name] for name in ("signature", "data") if block.get(name)}
            if found:
                self.extras.setdefault("thinking", {}).update(found)
        for name in ("annotations", "images"):
            if items := plain(read(delta, name)):
                self.extras.setdefault(name, []).extend(items)
        self._add_text("audio", plain(read(delta, "audio")), ("data", "transcript"))
        function = read(delta, "function_call")
        if function:
            self.extras.setdefault("function_call", {"name": "", "arguments": ""})
            self._add_text("function_call", pick(function, "name", "arguments"), ("name", "arguments"))

    def _add_text(self, holder: str, piece: Json, names: tuple[str, ...]) -> None:
        if not isinstance(piece, dict):
            return
        whole = self.extras.setdefault(holder, {})
        for name in names:
            if piece.get(name):
                whole[name] = whole.get(name, "") + piece[name]

    def whole(self, index: int) -> dict[str, Json]:
        seen = {
            "content": self.content,
            "reasoning_content": self.reasoning_content,
            "finish_reason": self.finish_reason,
            "tool_calls": [self.tool_calls[key] for key in sorted(self.tool_calls)],
            **self.extras,
        }
        return {name: value for name, value in seen.items() if value not in ("", [], None)} | {"index": index}


def chat_stream(chunks: list[Any]) -> dict[str, Json]:
    """Chunks of a chat or text completion, put together."""
    choices: dict[int, _Choice] = {}
    counts, role = None, None
    for chunk in chunks:
        counts = usage(read(chunk, "usage")) or counts
        for choice in read(chunk, "choices") or ():
            choices.setdefault(read(choice, "index") or 0, _Choice()).add(choice)
            role = role or plain(read(read(choice, "delta"), "role"))
    return without_none(
        {
            "first_role": role,
            "choices": plain([choices[index].whole(index) for index in sorted(choices)]),
            "usage": counts,
            "incremental": sum(choice.pieces for choice in choices.values()) > 1,
        }
    )


RESPONSES_END = ("response.completed", "response.incomplete", "response.failed")


def responses_stream(events: list[Any]) -> dict[str, Json]:
    """Events of the Responses API, put together."""
    kinds = [plain(read(event, "type")) for event in events]
    arguments: dict[str, str] = {}
    text, reasoning, final = "", "", None
    for kind, event in zip(kinds, events, strict=True):
        delta = read(event, "delta") or ""
        if kind == "response.output_text.delta":
            text += delta
        elif kind == "response.function_call_arguments.delta":
            item = str(read(event, "output_index") or 0)
            arguments[item] = arguments.get(item, "") + delta
        elif kind == "response.reasoning_summary_text.delta":
            reasoning += delta
        elif kind in RESPONSES_END:
            final = responses(read(event, "response"))
    return without_none(
        {
            "event_types": sorted(set(kinds)),
            "first": kinds[:1],
            "last": kinds[-1:],
            "text": text,
            "arguments": [arguments[item] for item in sorted(arguments)],
            "reasoning": reasoning,
            "final": final,
        }
    )


DELTAS = {"text": "text", "thinking": "thinking", "signature": "signature", "partial_json": "json"}
BLOCK_FIELDS = ("type", "text", "thinking", "signature", "id", "name", "json", "data")
MESSAGE_COUNTERS = ("input_tokens", "output_tokens", "cache_creation_input_tokens", "cache_read_input_tokens")


def _message_events(pieces: list[Any]) -> list[dict[str, Json]]:
    """Events come as objects, or as the bytes of Server-Sent Events cut anywhere."""
    raw, events = b"", []
    for piece in pieces:
        if isinstance(piece, str | bytes | bytearray):
            raw += piece.encode() if isinstance(piece, str) else bytes(piece)
        else:
            events.append(plain(piece))
    for line in raw.split(b"\n"):
        if line.startswith(b"data:"):
            try:
                events.append(json.loads(line[5:]))
            except ValueError:
                continue
    return events


def _integers(counts: Json) -> dict[str, int]:
    return {name: count for name, count in (counts or {}).items() if isinstance(count, int)}


def messages_stream(pieces: list[Any]) -> dict[str, Json]:
    """Events of the Messages API, put together."""
    events = _message_events(pieces)
    blocks: dict[int, dict[str, Json]] = {}
    stop: dict[str, Json] = {}
    counts: dict[str, int] = {}
    for event in events:
        kind = event.get("type")
        if kind == "message_start":
            counts |= _integers((event.get("message") or {}).get("usage"))
        elif kind == "content_block_start":
            blocks[event.get("index", 0)] = dict(event.get("content_block") or {})
        elif kind == "content_block_delta":
            _grow(blocks.setdefault(event.get("index", 0), {}), event.get("delta") or {})
        elif kind == "message_delta":
            stop = event.get("delta") or {}
            counts |= _integers(event.get("usage"))
    kinds = [event.get("type") for event in events]
    return without_none(
        {
            "event_types": sorted({str(kind) for kind in kinds}),
            "first": kinds[:1],
            "last": kinds[-1:],
            "content": [
                {name: value for name, value in blocks[index].items() if name in BLOCK_FIELDS and value}
                for index in sorted(blocks)
            ],
            "stop_reason": stop.get("stop_reason"),
            "stop_sequence": stop.get("stop_sequence"),
            "usage": {name: counts.get(name) for name in MESSAGE_COUNTERS},
        }
    )


def _grow(block: dict[str, Json], delta: dict[str, Json]) -> None:
    for source, target in DELTAS.items():
        if delta.get(source):
            block[target] = (block.get(target) or "") + delta[source]
