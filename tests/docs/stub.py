"""A provider on loopback that answers requests in OpenAI's, Anthropic's and Gemini's formats as the real ones would.

It knows a few sentences; it calls the first tool it is given, and fills JSON schemas with plausible values. It refuses
the key `sk-wrong`, a model whose name ends in `-unknown`, and a prompt of more than 200,000 characters.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import msgspec

from tests.support.faulty import Peer, faulty

SENTENCES = {
    "capital of france": "The capital of France is Paris.",
    "weather": "It is 22 °C and sunny in Paris.",
    "image": "The picture shows a boardwalk through a green meadow.",
    "count": "one two three four five",
    "story": "Once upon a time there was a gateway.",
    "document": "It is a contract about a house.",
    "recording": "Somebody says hello.",
    "once upon a time": " there was a gateway.",
}
GREETING = "Hello! How can I help you today?"
THOUGHT = "The user greets me. I answer politely."
VALUES = {"name": "Science Fair", "city": "Paris", "location": "Paris", "date": "Friday", "unit": "celsius"}


@contextmanager
def provider() -> Iterator[str]:
    """The address of the provider, for as long as the block lasts."""
    with faulty(answer) as running:
        yield running.base


def answer(peer: Peer) -> None:
    """Answer one request."""
    path = peer.path.partition("?")[0].rstrip("/")
    if peer.head.startswith("GET "):
        peer.answer(200, {"object": "list", "data": [{"id": "gpt-4o-mini", "object": "model", "owned_by": "openai"}]})
        return
    body: Any = peer.json()
    status, refusal = refused(peer, body, path)
    if status:
        peer.answer(status, refusal, {"x-request-id": "req-1"})
    elif path.endswith("/chat/completions"):
        openai_chat(peer, body)
    elif path.endswith("/completions"):
        openai_completion(peer, body)
    elif path.endswith("/embeddings"):
        openai_embeddings(peer, body)
    elif path.endswith("/moderations"):
        openai_moderation(peer, body)
    elif path.endswith("/messages"):
        anthropic_messages(peer, body)
    elif path.endswith((":generateContent", ":streamGenerateContent")):
        gemini_content(peer, body, stream="stream" in path)
    elif path.endswith((":embedContent", ":batchEmbedContents")):
        peer.answer(
            200,
            {"embeddings": [{"values": VECTOR} for _ in body.get("requests", [1])], "embedding": {"values": VECTOR}},
        )
    else:
        peer.answer(404, {"error": {"message": f"no such path: {path}", "type": "invalid_request_error"}})


VECTOR = [0.0125, -0.05, 0.75]


def refused(peer: Peer, body: Any, path: str) -> tuple[int, Any]:
    """Status and body of a refusal; 0 for none."""
    key = peer.headers.get("authorization", "").removeprefix("Bearer ") or peer.headers.get("x-api-key", "")
    model = str(body.get("model") or path.rpartition("/")[2].partition(":")[0])
    if key == "sk-wrong":
        return 401, _error("Incorrect API key provided: sk-wrong.", "invalid_request_error", "invalid_api_key")
    if model.endswith("-unknown"):
        return 404, _error(f"The model `{model}` does not exist", "invalid_request_error", "model_not_found")
    if len(peer.body) > 200_000 and "data:" not in peer.body[:100_000].decode("utf-8", "replace"):
        return 400, _error(
            "This model's maximum context length is 8192 tokens. However, your messages resulted in 50007 tokens.",
            "invalid_request_error",
            "context_length_exceeded",
        )
    return 0, None


def _error(message: str, kind: str, code: str) -> dict[str, Any]:
    return {"error": {"message": message, "type": kind, "param": None, "code": code}}


# -- what is said ------------------------------------------------------------------------------------------------------


def sentence(prompt: str) -> str:
    """What the model says to a prompt."""
    return next((said for word, said in SENTENCES.items() if word in prompt.lower()), GREETING)


def said_in(value: Any) -> str:
    """All text in a message's content."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return " ".join(said_in(item) for item in value)
    return said_in(value.get("text") or value.get("content") or "") if isinstance(value, dict) else ""


def sample(schema: Any, root: Any, name: str = "") -> Any:
    """A value that fits a JSON schema."""
    if "$ref" in schema:
        found = root
        for step in schema["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        return sample(found, root, name)
    for choice in (*schema.get("anyOf", ()), *schema.get("oneOf", ()), *schema.get("allOf", ())):
        return sample(choice, root, name)
    if schema.get("enum"):
        return schema["enum"][0]
    kind = str(schema.get("type", "object")).lower()
    if kind == "object":
        return {key: sample(inner, root, key) for key, inner in schema.get("properties", {}).items()}
    if kind == "array":
        return (
            ["Alice", "Bob"] if schema["items"].get("type", "").lower() == "string" else [sample(schema["items"], root)]
        )
    return {"integer": 3, "number": 0.5, "boolean": True, "null": None}.get(kind, VALUES.get(name, "text"))


def usage(prompt: int, completion: int) -> dict[str, int]:
    return {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}


def words(text: str) -> list[str]:
    """The text in pieces, as a stream brings it."""
    return [word if place == 0 else f" {word}" for place, word in enumerate(text.split(" "))]


# -- OpenAI ------------------------------------------------------------------------------------------------------------


def openai_chat(peer: Peer, body: Any) -> None:
    """https://platform.openai.com/docs/api-reference/chat"""
    message = openai_message(body)
    common = {"id": "chatcmpl-1", "created": 1700000000, "model": body["model"] if "model" in body else "gpt-4o-mini"}
    reason = "tool_calls" if message.get("tool_calls") else "function_call" if message.get("function_call") else "stop"
    counted = usage(12, 9)
    if not body.get("stream"):
        choices = [{"index": i, "message": message, "finish_reason": reason} for i in range(body.get("n") or 1)]
        peer.answer(200, {"object": "chat.completion", **common, "choices": choices, "usage": counted}, LIMITS)
        return
    chunk = {"object": "chat.completion.chunk", **common}
    peer.begin_stream()
    for delta in deltas(message):
        peer.event({**chunk, "choices": [{"index": 0, "delta": delta, "finish_reason": None}]})
    peer.event({**chunk, "choices": [{"index": 0, "delta": {}, "finish_reason": reason}]})
    if (body.get("stream_options") or {}).get("include_usage"):
        peer.event({**chunk, "choices": [], "usage": counted})
    peer.event(b"[DONE]")
    peer.end_stream()


LIMITS = {"x-request-id": "req-1", "x-ratelimit-remaining-requests": "9999"}


def openai_message(body: Any) -> dict[str, Any]:
    """The message that answers a chat."""
    last = body["messages"][-1]
    tools = [tool["function"] for tool in body.get("tools") or () if "function" in tool]
    if tools and last["role"] == "user" and body.get("tool_choice") != "none":
        calls = [_call(place, tool) for place, tool in enumerate(tools)]
        return {"role": "assistant", "content": None, "tool_calls": calls}
    if body.get("functions") and last["role"] == "user":
        return {"role": "assistant", "content": None, "function_call": _function(body["functions"][0])}
    return {"role": "assistant", "content": openai_text(body, last)}


def openai_text(body: Any, last: Any) -> str:
    wanted = body.get("response_format") or {}
    if wanted.get("type") == "json_schema":
        schema = wanted["json_schema"]["schema"]
        return msgspec.json.encode(sample(schema, schema)).decode()
    if wanted.get("type") == "json_object":
        return '{"colors": ["red", "green", "blue"]}'
    if last["role"] in ("tool", "function"):
        return SENTENCES["weather"]
    kinds = " ".join(part["type"] for part in last["content"]) if isinstance(last["content"], list) else ""
    return sentence(said_in(last["content"]) + kinds)


def _function(tool: Any) -> dict[str, str]:
    schema = tool.get("parameters") or {}
    return {"name": tool["name"], "arguments": msgspec.json.encode(sample(schema, schema)).decode()}


def _call(place: int, tool: Any) -> dict[str, Any]:
    return {"id": f"call_{place + 1}", "type": "function", "function": _function(tool)}


def deltas(message: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A message as the deltas of a stream."""
    yield {"role": "assistant", "content": ""}
    for word in words(message.get("content") or ""):
        if word:
            yield {"content": word}
    for place, call in enumerate(message.get("tool_calls") or ()):
        arguments = call["function"]["arguments"]
        yield {
            "tool_calls": [{"index": place, **call, "function": {"name": call["function"]["name"], "arguments": ""}}]
        }
        for part in (arguments[:8], arguments[8:]):
            yield {"tool_calls": [{"index": place, "function": {"arguments": part}}]}


def openai_completion(peer: Peer, body: Any) -> None:
    """https://platform.openai.com/docs/api-reference/completions"""
    prompts = body["prompt"] if isinstance(body["prompt"], list) else [body["prompt"]]
    common = {"id": "cmpl-1", "object": "text_completion", "created": 1700000000, "model": body["model"]}
    texts = [sentence(str(prompt)) for prompt in prompts]
    if not body.get("stream"):
        choices = [
            {"index": i, "text": text, "finish_reason": "stop", "logprobs": None} for i, text in enumerate(texts)
        ]
        peer.answer(200, {**common, "choices": choices, "usage": usage(4, 6)})
        return
    peer.begin_stream()
    for word in words(texts[0]):
        peer.event({**common, "choices": [{"index": 0, "text": word, "finish_reason": None, "logprobs": None}]})
    peer.event({**common, "choices": [{"index": 0, "text": "", "finish_reason": "stop", "logprobs": None}]})
    peer.event(b"[DONE]")
    peer.end_stream()


def openai_embeddings(peer: Peer, body: Any) -> None:
    """https://platform.openai.com/docs/api-reference/embeddings"""
    texts = body["input"] if isinstance(body["input"], list) else [body["input"]]
    vector = (VECTOR * 512)[: body.get("dimensions") or 1536]
    data = [{"object": "embedding", "index": i, "embedding": vector} for i, _ in enumerate(texts)]
    counted = {"prompt_tokens": 2 * len(texts), "total_tokens": 2 * len(texts)}
    peer.answer(200, {"object": "list", "data": data, "model": body["model"], "usage": counted})


def openai_moderation(peer: Peer, body: Any) -> None:
    """https://platform.openai.com/docs/api-reference/moderations"""
    texts = body["input"] if isinstance(body["input"], list) else [body["input"]]
    results = [
        {
            "flagged": bad,
            "categories": {"violence": bad, "hate": False},
            "category_scores": {"violence": 0.97 * bad, "hate": 0.0},
        }
        for bad in ("kill" in said_in(text) for text in texts)
    ]
    peer.answer(200, {"id": "modr-1", "model": body.get("model"), "results": results})


# -- Anthropic ---------------------------------------------------------------------------------------------------------


def anthropic_messages(peer: Peer, body: Any) -> None:
    """https://platform.claude.com/docs/en/api/messages"""
    parts = anthropic_content(body)
    reason = "tool_use" if parts[-1]["type"] == "tool_use" else "end_turn"
    counted = {"input_tokens": 12, "output_tokens": 9, "cache_creation_input_tokens": 0, "cache_read_input_tokens": 0}
    if "cache_control" in peer.body.decode("utf-8", "replace"):
        counted = {**counted, "cache_creation_input_tokens": 1100}
    message = {"id": "msg_1", "type": "message", "role": "assistant", "model": body["model"], "stop_sequence": None}
    if not body.get("stream"):
        peer.answer(200, {**message, "content": parts, "stop_reason": reason, "usage": counted})
        return
    peer.begin_stream()
    _event(
        peer, {"type": "message_start", "message": {**message, "content": [], "stop_reason": None, "usage": counted}}
    )
    for place, part in enumerate(parts):
        _anthropic_part(peer, place, part)
    delta = {"stop_reason": reason, "stop_sequence": None}
    _event(peer, {"type": "message_delta", "delta": delta, "usage": {"output_tokens": 9}})
    _event(peer, {"type": "message_stop"})
    peer.end_stream()


def anthropic_content(body: Any) -> list[dict[str, Any]]:
    last = body["messages"][-1]
    content = last["content"] if isinstance(last["content"], list) else [{"type": "text", "text": last["content"]}]
    answered = any(part["type"] == "tool_result" for part in content)
    thoughts = [{"type": "thinking", "thinking": THOUGHT, "signature": "c2lnbmF0dXJl"}] if _thinks(body) else []
    tools = [tool for tool in body.get("tools") or () if "input_schema" in tool]
    if tools and not answered and (body.get("tool_choice") or {}).get("type") != "none":
        calls = [
            {
                "type": "tool_use",
                "id": f"toolu_{i}",
                "name": tool["name"],
                "input": sample(tool["input_schema"], tool["input_schema"]),
            }
            for i, tool in enumerate(tools)
        ]
        return [*thoughts, *calls]
    schema = ((body.get("output_config") or {}).get("format") or body.get("output_format") or {}).get("schema")
    kinds = " ".join(part["type"] for part in content)
    text = msgspec.json.encode(sample(schema, schema)).decode() if schema else sentence(said_in(content) + kinds)
    return [*thoughts, {"type": "text", "text": SENTENCES["weather"] if answered else text}]


def _thinks(body: Any) -> bool:
    return (body.get("thinking") or {}).get("type") in ("enabled", "adaptive")


def _anthropic_part(peer: Peer, place: int, part: dict[str, Any]) -> None:
    kind = part["type"]
    empty = {"text": {"text": ""}, "thinking": {"thinking": "", "signature": ""}, "tool_use": {"input": {}}}[kind]
    _event(peer, {"type": "content_block_start", "index": place, "content_block": {**part, **empty}})
    if kind == "text":
        found = [{"type": "text_delta", "text": word} for word in words(part["text"])]
    elif kind == "thinking":
        found = [{"type": "thinking_delta", "thinking": word} for word in words(part["thinking"])]
        found.append({"type": "signature_delta", "signature": part["signature"]})
    else:
        found = [{"type": "input_json_delta", "partial_json": msgspec.json.encode(part["input"]).decode()}]
    for delta in found:
        _event(peer, {"type": "content_block_delta", "index": place, "delta": delta})
    _event(peer, {"type": "content_block_stop", "index": place})


def _event(peer: Peer, data: dict[str, Any]) -> None:
    peer.part(b"event: %s\ndata: %s\n\n" % (data["type"].encode(), msgspec.json.encode(data)))


# -- Gemini ------------------------------------------------------------------------------------------------------------


def gemini_content(peer: Peer, body: Any, *, stream: bool) -> None:
    """https://ai.google.dev/api/generate-content"""
    parts = gemini_parts(body)
    counted = {"promptTokenCount": 12, "candidatesTokenCount": 9, "totalTokenCount": 21}
    if not stream:
        peer.answer(
            200,
            {"candidates": [_candidate(parts, "STOP")], "usageMetadata": counted, "modelVersion": "gemini-2.5-flash"},
        )
        return
    peer.begin_stream()
    for part in parts[:-1]:
        peer.event({"candidates": [_candidate([part])], "usageMetadata": counted})
    last = parts[-1]
    texts = words(last["text"]) if "text" in last else []
    for word in texts:
        peer.event({"candidates": [_candidate([{"text": word}])], "usageMetadata": counted})
    peer.event({"candidates": [_candidate([] if texts else [last], "STOP")], "usageMetadata": counted})
    peer.end_stream()


def _candidate(parts: list[Any], reason: str | None = None) -> dict[str, Any]:
    return {"index": 0, "content": {"role": "model", "parts": parts}, **({"finishReason": reason} if reason else {})}


def gemini_parts(body: Any) -> list[dict[str, Any]]:
    last = body["contents"][-1]["parts"]
    config = body.get("generationConfig") or {}
    answered = any("functionResponse" in part or "function_response" in part for part in last)
    thinking = (config.get("thinkingConfig") or {}).get("includeThoughts")
    thoughts = [{"text": THOUGHT, "thought": True}] if thinking else []
    functions = [function for tool in body.get("tools") or () for function in _declared(tool)]
    if functions and not answered:
        return [*thoughts, *({"functionCall": _gemini_call(function)} for function in functions)]
    schema = config.get("responseSchema") or config.get("responseJsonSchema") or config.get("response_json_schema")
    kinds = " ".join(str(part) for part in last if "text" not in part)
    text = msgspec.json.encode(sample(schema, schema)).decode() if schema else sentence(said_in(last) + kinds[:60])
    return [*thoughts, {"text": SENTENCES["weather"] if answered else text}]


def _declared(tool: Any) -> list[Any]:
    return tool.get("functionDeclarations") or tool.get("function_declarations") or []


def _gemini_call(function: Any) -> dict[str, Any]:
    schema = function.get("parameters") or function.get("parametersJsonSchema") or {}
    return {"name": function["name"], "args": sample(schema, schema)}
