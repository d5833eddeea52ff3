"""A provider on loopback that answers what a request asks for: text, a stream, a tool call, or an error.

Standard library only. A prompt that says "fail" is refused with 401; tools that were not called yet are called with
`{"city": "Paris"}` (or their first parameter); everything else is answered with `TEXT`.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

TEXT = '{"name": "Ada"}'
USAGE = {"prompt_tokens": 20, "completion_tokens": 5, "total_tokens": 25}
REFUSAL = {
    "error": {
        "message": "Incorrect API key provided: sk-x.",
        "type": "invalid_request_error",
        "code": "invalid_api_key",
    }
}


def message_for(request: dict[str, Any]) -> dict[str, Any]:
    """The assistant's turn."""
    answered = any(message.get("role") == "tool" for message in request["messages"])
    if not request.get("tools") or answered or request.get("tool_choice") == "none":
        return {"role": "assistant", "content": TEXT}
    function = wanted(request)
    names = list((function.get("parameters") or {}).get("properties") or {"city": {}})
    call = {"name": function["name"], "arguments": json.dumps({names[0]: "Paris" if names[0] == "city" else "Ada"})}
    return {
        "role": "assistant",
        "content": None,
        "tool_calls": [{"id": "call_1", "type": "function", "function": call}],
    }


def wanted(request: dict[str, Any]) -> dict[str, Any]:
    """The tool that must be called, or the first."""
    functions: list[dict[str, Any]] = [tool["function"] for tool in request["tools"]]
    choice = request.get("tool_choice")
    name = choice.get("function", {}).get("name") if isinstance(choice, dict) else None
    return next((function for function in functions if function["name"] == name), functions[0])


def whole(request: dict[str, Any]) -> dict[str, Any]:
    message = message_for(request)
    finish = "tool_calls" if message.get("tool_calls") else "stop"
    head = {"id": "chatcmpl-1", "object": "chat.completion", "created": 1700000000, "model": request["model"]}
    return {**head, "choices": [{"index": 0, "message": message, "finish_reason": finish}], "usage": USAGE}


def events(request: dict[str, Any]) -> Iterator[dict[str, Any]]:
    answer = whole(request)
    choice = answer["choices"][0]
    head = {**answer, "object": "chat.completion.chunk", "usage": None}
    content, calls = choice["message"]["content"], choice["message"].get("tool_calls")
    deltas: list[dict[str, Any]] = [{"role": "assistant", "content": "" if content else None}]
    deltas += [{"content": content[start : start + 4]} for start in range(0, len(content or ""), 4)]
    if calls:
        first = {**calls[0], "index": 0, "function": {**calls[0]["function"], "arguments": ""}}
        deltas += [{"tool_calls": [first]}]
        deltas += [{"tool_calls": [{"index": 0, "function": {"arguments": calls[0]["function"]["arguments"]}}]}]
    for delta in deltas:
        yield {**head, "choices": [{"index": 0, "delta": delta, "finish_reason": None}]}
    yield {**head, "choices": [{"index": 0, "delta": {}, "finish_reason": choice["finish_reason"]}]}
    yield {**head, "choices": [], "usage": USAGE}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None: ...

    def do_POST(self) -> None:
        request = json.loads(self.rfile.read(int(self.headers["content-length"])))
        if "fail" in json.dumps(request["messages"][-1]):
            self._send(401, "application/json", json.dumps(REFUSAL).encode())
        elif request.get("stream"):
            lines = "".join(f"data: {json.dumps(event)}\n\n" for event in events(request))
            self._send(200, "text/event-stream", f"{lines}data: [DONE]\n\n".encode())
        else:
            self._send(200, "application/json", json.dumps(whole(request)).encode())

    def _send(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def serving() -> Iterator[str]:
    """The provider's base URL while it serves."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        server.shutdown()
        server.server_close()
