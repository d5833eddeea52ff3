"""What a caller sees of a whole answer, one function per kind of call."""

import base64
from typing import Any

from tests.conformance.plain import pick, plain, read, usage, without_none

Json = Any


def tool_call(call: Any) -> dict[str, Json]:
    """One tool call, whole or as a delta."""
    function = read(call, "function")
    return {
        "id": read(call, "id"),
        "type": read(call, "type"),
        "index": read(call, "index"),
        "function": {"name": read(function, "name"), "arguments": read(function, "arguments")},
    }


def message(answer: Any) -> dict[str, Json]:
    """An assistant's message."""
    seen = {"role": plain(read(answer, "role")), "content": plain(read(answer, "content"))}
    special = read(answer, "provider_specific_fields")
    for name in ("reasoning_content", "thinking_blocks", "refusal", "annotations", "images", "citations"):
        value = plain(read(answer, name))
        if not value and name in ("refusal", "citations"):
            value = plain(read(special, name))
        seen[name] = value or None
    if calls := read(answer, "tool_calls"):
        seen["tool_calls"] = [{k: v for k, v in tool_call(call).items() if k != "index"} for call in calls]
    if function := read(answer, "function_call"):
        seen["function_call"] = pick(function, "name", "arguments")
    if audio := read(answer, "audio"):
        seen["audio"] = pick(audio, "data", "transcript")
    return without_none(plain(seen))


def logprobs(value: Any) -> Json:
    """Log probabilities per token, without their bytes."""
    value = plain(value)
    tokens = value.get("content") if isinstance(value, dict) else None
    if not tokens:
        return value or None
    return {"content": [_token(token) for token in tokens]}


def _token(token: dict[str, Json]) -> Json:
    top = [{"token": other.get("token"), "logprob": other.get("logprob")} for other in token.get("top_logprobs") or ()]
    return without_none({"token": token.get("token"), "logprob": token.get("logprob"), "top_logprobs": top})


def chat(answer: Any) -> dict[str, Json]:
    """A chat or text completion."""
    seen = {
        "object": read(answer, "object"),
        "model": read(answer, "model"),
        "choices": [_choice(choice) for choice in read(answer, "choices") or ()],
        "usage": usage(read(answer, "usage")),
    }
    for name in ("citations", "search_results", "service_tier"):
        seen[name] = plain(read(answer, name)) or None
    return without_none(plain(seen))


def _choice(choice: Any) -> dict[str, Json]:
    seen = {"index": read(choice, "index"), "finish_reason": plain(read(choice, "finish_reason"))}
    if read(choice, "message") is not None:
        seen["message"] = message(read(choice, "message"))
    elif read(choice, "text") is not None:
        seen["text"] = read(choice, "text")
    seen["logprobs"] = logprobs(read(choice, "logprobs"))
    return seen


def responses(answer: Any) -> dict[str, Json]:
    """An answer of the Responses API."""
    return without_none(
        {
            **pick(answer, "object", "model", "status"),
            "output": [_item(plain(item)) for item in read(answer, "output") or ()],
            "usage": usage(read(answer, "usage")),
            "incomplete_details": plain(read(answer, "incomplete_details")) or None,
        }
    )


def _item(item: dict[str, Json]) -> dict[str, Json]:
    seen = {name: item.get(name) for name in ("type", "role", "name", "arguments", "call_id", "status")}
    if isinstance(item.get("content"), list):
        parts = [part for part in item["content"] if isinstance(part, dict)]
        names = ("type", "text", "refusal", "annotations")
        seen["content"] = [{name: part[name] for name in names if part.get(name)} for part in parts]
    if item.get("summary"):
        parts = [part for part in item["summary"] if isinstance(part, dict)]
        seen["summary"] = [{name: part.get(name) for name in ("type", "text")} for part in parts]
    seen["encrypted_content"] = item.get("encrypted_content") or None
    return without_none(seen)


def messages(answer: Any) -> dict[str, Json]:
    """An answer of the Messages API."""
    answer = plain(answer)
    names = ("input_tokens", "output_tokens", "cache_creation_input_tokens", "cache_read_input_tokens")
    fields = ("type", "role", "model", "stop_reason", "stop_sequence", "content")
    return {**pick(answer, *fields), "usage": pick(answer.get("usage") or {}, *names)}


def embedding(answer: Any) -> dict[str, Json]:
    """Vectors in their order."""
    vectors = [pick(item, "index", "embedding") for item in read(answer, "data") or ()]
    return without_none({**pick(answer, "object", "model"), "data": vectors, "usage": usage(read(answer, "usage"))})


def rerank(answer: Any) -> dict[str, Json]:
    """Documents in their order of relevance."""
    results = [pick(item, "index", "relevance_score", "document") for item in read(answer, "results") or ()]
    return without_none({"results": results, "meta": plain(read(answer, "meta"))})


def image(answer: Any) -> dict[str, Json]:
    """Images by address or content."""
    images = [pick(item, "url", "b64_json", "revised_prompt") for item in read(answer, "data") or ()]
    return without_none({"data": images, "usage": usage(read(answer, "usage"))})


def transcription(answer: Any) -> dict[str, Json]:
    """Text, with its language and times where given."""
    if isinstance(answer, str):
        return {"text": answer}
    extras = {name: plain(read(answer, name)) or None for name in ("language", "duration", "words", "segments")}
    return without_none({"text": read(answer, "text"), **extras})


def speech(answer: Any) -> dict[str, Json]:
    """Audio bytes."""
    content = read(answer, "content")
    data = content if isinstance(content, bytes | bytearray) else answer.read()
    return {"b64": base64.b64encode(data).decode()}


def error(raised: BaseException) -> dict[str, Json]:
    """An exception: its class, ancestry, status and words."""
    lineage = type(raised).__mro__
    status = getattr(raised, "status_code", None)
    return {
        "class": type(raised).__name__,
        "mro": [c.__name__ for c in lineage if c.__name__ not in ("object", "BaseException", "Exception")],
        "openai_bases": [c.__name__ for c in lineage if (c.__module__ or "").startswith("openai")][:1],
        "status_code": status if isinstance(status, int) else None,
        "llm_provider": plain(getattr(raised, "llm_provider", None)),
        "message": str(raised)[:1500],
    }
