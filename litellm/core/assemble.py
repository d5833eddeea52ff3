"""Puts the chunks of a streamed answer together into the whole one."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from litellm.core.call import Call
from litellm.core.tokens import token_counter
from litellm.types.chat import ModelResponse
from litellm.types.completion import TextCompletionResponse
from litellm.types.usage import CompletionTokensDetails, Usage

_JOINED = ("content", "reasoning_content", "refusal")
_LISTS = ("annotations", "images", "reasoning_items")


def assemble(chunks: Sequence[Any], call: Call, *, usage: Usage | None = None) -> Any:
    """The answer that these chunks add up to; None when there are none."""
    if not chunks:
        return None
    return build(chunks, messages=call.input if call.endpoint == "chat" else None, usage=usage)


def build(
    chunks: Sequence[Any], *, messages: Sequence[Mapping[str, Any]] | None = None, usage: Usage | None = None
) -> ModelResponse | TextCompletionResponse | None:
    """As `litellm.stream_chunk_builder`; a chunk may be a model or a dict."""
    plain = [chunk if isinstance(chunk, Mapping) else chunk.to_dict() for chunk in chunks]
    if not plain:
        return None
    texts = [chunk for chunk in plain for choice in chunk.get("choices") or () if "text" in choice]
    choices = [_text_choice(*item) if texts else _choice(*item) for item in sorted(_by_index(plain).items())]
    head = next((chunk for chunk in plain if chunk.get("id")), plain[0])
    made: dict[str, Any] = {
        name: value
        for name in ("id", "created", "model", "system_fingerprint", "service_tier")
        if (value := next((chunk[name] for chunk in plain if chunk.get(name)), head.get(name))) is not None
    }
    model = made.get("model") or ""
    made["choices"] = choices
    counted = usage or _reported_usage(chunks, plain) or _counted_usage(choices, messages, model)
    if texts:
        return TextCompletionResponse(**made, usage=counted)
    for name in ("citations", "search_results", "provider_specific_fields"):
        found = next((chunk[name] for chunk in reversed(plain) if chunk.get(name)), None)
        if found:
            made[name] = found
    return ModelResponse(**made, usage=counted)


def _by_index(chunks: Sequence[Mapping[str, Any]]) -> dict[int, list[Mapping[str, Any]]]:
    found: dict[int, list[Mapping[str, Any]]] = {}
    for chunk in chunks:
        for choice in chunk.get("choices") or ():
            found.setdefault(choice.get("index") or 0, []).append(choice)
    return found


def _choice(index: int, parts: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    deltas = [part.get("delta") or {} for part in parts]
    message: dict[str, Any] = {"role": "assistant", "content": None}
    for name in _JOINED:
        text = "".join(delta[name] for delta in deltas if delta.get(name))
        if text:
            message[name] = text
    for name in _LISTS:
        items = [item for delta in deltas for item in delta.get(name) or ()]
        if items:
            message[name] = items
    calls = _tool_calls(deltas)
    if calls:
        message["tool_calls"] = calls
    for name, value in (
        ("thinking_blocks", _thinking(deltas)),
        ("function_call", _function_call(deltas)),
        ("audio", _audio(deltas)),
        ("provider_specific_fields", _merged(deltas)),
    ):
        if value:
            message[name] = value
    choice: dict[str, Any] = {"index": index, "message": message, "finish_reason": _finish_reason(parts, calls)}
    logprobs = _logprobs(parts)
    if logprobs:
        choice["logprobs"] = logprobs
    return choice


def _text_choice(index: int, parts: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    text = "".join(part.get("text") or "" for part in parts)
    return {"index": index, "text": text, "finish_reason": _finish_reason(parts, [])}


def _finish_reason(parts: Sequence[Mapping[str, Any]], calls: Sequence[Any]) -> str:
    found = next((part["finish_reason"] for part in reversed(parts) if part.get("finish_reason")), "stop")
    return "tool_calls" if calls and found == "stop" else str(found)


def _tool_calls(deltas: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    calls: dict[int, dict[str, Any]] = {}
    for delta in deltas:
        for piece in delta.get("tool_calls") or ():
            place = piece.get("index") or 0
            call = calls.setdefault(
                place,
                {"id": None, "type": piece.get("type") or "function", "function": {"name": None, "arguments": ""}},
            )
            function = piece.get("function") or {}
            call["id"] = call["id"] or piece.get("id")
            call["function"]["name"] = call["function"]["name"] or function.get("name")
            call["function"]["arguments"] += function.get("arguments") or ""
            if piece.get("provider_specific_fields"):
                call.setdefault("provider_specific_fields", {}).update(piece["provider_specific_fields"])
    return [calls[place] for place in sorted(calls)]


def _function_call(deltas: Sequence[Mapping[str, Any]]) -> dict[str, str] | None:
    pieces = [delta["function_call"] for delta in deltas if delta.get("function_call")]
    if not pieces:
        return None
    return {
        "name": "".join(piece.get("name") or "" for piece in pieces),
        "arguments": "".join(piece.get("arguments") or "" for piece in pieces),
    }


def _audio(deltas: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    pieces = [delta["audio"] for delta in deltas if delta.get("audio")]
    if not pieces:
        return None
    whole: dict[str, Any] = {
        name: next((piece[name] for piece in pieces if piece.get(name)), None) for name in ("id", "expires_at")
    }
    whole["data"] = "".join(piece.get("data") or "" for piece in pieces)
    whole["transcript"] = "".join(piece.get("transcript") or "" for piece in pieces)
    return whole


def _thinking(deltas: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The thinking blocks: pieces of text run on until a signature closes them; redacted ones stand alone."""
    blocks: list[dict[str, Any]] = []
    is_open = False
    for block in (block for delta in deltas for block in delta.get("thinking_blocks") or ()):
        if block.get("type") == "redacted_thinking":
            blocks.append(dict(block))
            is_open = False
            continue
        if not is_open:
            blocks.append({"type": "thinking", "thinking": ""})
            is_open = True
        blocks[-1]["thinking"] += block.get("thinking") or ""
        if block.get("signature"):
            blocks[-1]["signature"] = block["signature"]
            is_open = False
    return blocks


def _merged(deltas: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for delta in deltas:
        for name, value in (delta.get("provider_specific_fields") or {}).items():
            if isinstance(value, list) and isinstance(merged.get(name), list):
                merged[name] = merged[name] + value
            elif value is not None:
                merged[name] = value
    return merged


def _logprobs(parts: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    content = [item for part in parts for item in (part.get("logprobs") or {}).get("content") or ()]
    return {"content": content} if content else None


def _reported_usage(chunks: Sequence[Any], plain: Sequence[Mapping[str, Any]]) -> Usage | None:
    """The usage on the chunks; or what the stream keeps on its last one: none reported is zero there, not a guess."""
    found = next((chunk["usage"] for chunk in reversed(plain) if chunk.get("usage")), None)
    if found:
        return Usage(**found)
    kept = (getattr(chunk, "_hidden_params", None) or {} for chunk in reversed(chunks))
    return next((hidden["usage"] for hidden in kept if "usage" in hidden), None)


def _counted_usage(choices: Sequence[Mapping[str, Any]], messages: Any, model: str) -> Usage:
    prompt = token_counter(model=model, messages=list(messages)) if messages else 0
    spoken = _tokens(model, map(_all_text, choices))
    reasoning = _tokens(model, ((choice.get("message") or {}).get("reasoning_content") or "" for choice in choices))
    answer = spoken + reasoning
    usage = Usage(prompt_tokens=prompt, completion_tokens=answer, total_tokens=prompt + answer)
    if reasoning:
        usage.completion_tokens_details = CompletionTokensDetails(reasoning_tokens=reasoning, text_tokens=spoken)
    return usage


def _tokens(model: str, texts: Iterable[str]) -> int:
    return sum(token_counter(model=model, text=text) for text in texts if text)


def _all_text(choice: Mapping[str, Any]) -> str:
    message = choice.get("message") or choice
    calls = "".join(
        (call["function"]["name"] or "") + call["function"]["arguments"] for call in message.get("tool_calls") or ()
    )
    return (message.get("content") or message.get("text") or "") + calls
