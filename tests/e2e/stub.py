"""A provider in OpenAI's format on loopback. The model's name says how it behaves; it remembers what it was asked."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

USAGE = {"prompt_tokens": 5, "completion_tokens": 2, "total_tokens": 7}
WORDS = ("Hello", " there", "!")


class Stub(ThreadingHTTPServer):
    """The server. `requests` are the bodies received; `gone` is set when a client leaves an endless stream."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.gone = threading.Event()
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def close(self) -> None:
        self.shutdown()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Stub

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.server.requests.append(body)
        self.server.headers.append({name.lower(): value for name, value in self.headers.items()})
        model = body["model"]
        if model.startswith("status-"):
            status = int(model.removeprefix("status-"))
            error = {"message": f"the stub answers {status}", "type": "stub_error", "param": "model", "code": "stub"}
            self._json(status, {"error": error})
        elif self.path.endswith("/embeddings"):
            texts = body["input"] if isinstance(body["input"], list) else [body["input"]]
            data = [{"object": "embedding", "index": at, "embedding": [0.5, float(at)]} for at, _ in enumerate(texts)]
            usage = {"prompt_tokens": 4, "total_tokens": 4}
            self._json(200, {"object": "list", "model": model, "data": data, "usage": usage})
        elif body.get("stream"):
            self._stream(model, body)
        else:
            self._json(200, self._whole(model))

    def _whole(self, model: str) -> dict[str, Any]:
        text = "".join(WORDS)
        says = {"text": text} if not self._chats() else {"message": {"role": "assistant", "content": text}}
        kind = "chat.completion" if self._chats() else "text_completion"
        choices = [{"index": 0, **says, "finish_reason": "stop"}]
        return {"id": "c-1", "object": kind, "created": 1, "model": model, "choices": choices, "usage": USAGE}

    def _chats(self) -> bool:
        return self.path.endswith("/chat/completions")

    def _stream(self, model: str, body: dict[str, Any]) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("connection", "close")
        self.end_headers()
        try:
            for word in WORDS:
                self._event(self._chunk(model, word, None))
            if model == "cut":
                return
            if model == "error-event":
                self._event({"error": {"message": "the stub is full", "type": "server_error", "code": 503}})
                return
            while model == "endless":
                self._event(self._chunk(model, " and on", None))
            self._event(self._chunk(model, "", "stop"))
            if (body.get("stream_options") or {}).get("include_usage"):
                self._event({**self._chunk(model, "", None), "choices": [], "usage": USAGE})
            self.wfile.write(b"data: [DONE]\n\n")
        except OSError:
            self.server.gone.set()
        finally:
            self.close_connection = True

    def _chunk(self, model: str, text: str, finish: str | None) -> dict[str, Any]:
        says: dict[str, Any] = {"delta": {"content": text}} if self._chats() else {"text": text}
        kind = "chat.completion.chunk" if self._chats() else "text_completion"
        choices = [{"index": 0, **says, "finish_reason": finish}]
        return {"id": "c-1", "object": kind, "created": 1, "model": model, "choices": choices}

    def _event(self, chunk: dict[str, Any]) -> None:
        self.wfile.write(b"data: " + json.dumps(chunk).encode() + b"\n\n")

    def _json(self, status: int, answer: dict[str, Any]) -> None:
        data = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        self.send_header("x-request-id", "stub-1")
        self.send_header("retry-after-ms", "1")
        self.end_headers()
        self.wfile.write(data)
