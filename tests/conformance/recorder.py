"""A provider on loopback: answers with what a case says and remembers what it was asked. Knows no provider."""

import base64
import hashlib
import json
import re
import threading
import time
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

Json = Any
TOKEN_PATH = "/oauth-token"
"""Where sign-in flows fetch their token; never recorded."""

NO_ANSWER = {"status": 599, "body": {"error": {"message": "no recorded answer for this path"}}}


def _digest(data: bytes) -> dict[str, Json]:
    return {"bytes": len(data), "sha1": hashlib.sha1(data, usedforsecurity=False).hexdigest()}


def _one_or_all(values: list[Json]) -> Json:
    return values[0] if len(values) == 1 else values


def _form_parts(content_type: str, data: bytes) -> Json:
    document = BytesParser().parsebytes(f"Content-Type: {content_type}\r\n\r\n".encode() + data)
    fields: dict[str, list[Json]] = {}
    files: dict[str, list[Json]] = {}
    for part in document.get_payload() if document.is_multipart() else ():
        disposition = part.get("Content-Disposition", "")
        found = dict(re.findall(r'\b(name|filename)="([^"]*)"', disposition))
        content = part.get_payload(decode=True) or b""
        name = found.get("name", "?")
        if found.get("filename"):
            files.setdefault(name, []).append({"filename": found["filename"], **_digest(content)})
        else:
            fields.setdefault(name, []).append(content.decode("utf-8", "replace"))
    together = {"fields": fields, "files": files}
    return {"$multipart": {kind: {name: _one_or_all(v) for name, v in all_.items()} for kind, all_ in together.items()}}


def read_body(content_type: str, data: bytes) -> Json:
    """A request's body as data that compares: JSON as it is, forms by field, files and anything else by digest."""
    kind = content_type.lower()
    if not data:
        return None
    if kind.startswith("multipart/"):
        return _form_parts(content_type, data)
    if kind.startswith("application/x-www-form-urlencoded"):
        return {"$form": dict(parse_qsl(data.decode("utf-8", "replace")))}
    try:
        return json.loads(data)
    except ValueError:
        text = kind.startswith("text/") or "json" in kind
        return {"$text": data.decode("utf-8", "replace")} if text else {"$raw": _digest(data)}


def _event(event: Json) -> bytes:
    if isinstance(event, str):
        return f"data: {event}\n\n".encode()
    lines = []
    if "event" in event:
        lines.append(f"event: {event['event']}")
    if "comment" in event:
        lines.append(f": {event['comment']}")
    if "data" in event:
        data = event["data"]
        lines.append("data: " + (data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)))
    return ("\n".join(lines) + "\n\n").encode()


def _line(value: Json) -> bytes:
    return (json.dumps(value, ensure_ascii=False) + "\n").encode()


def parts_of(step: dict[str, Json], base: str) -> tuple[str, bool, list[bytes]]:
    """The answer of one step: its content type, whether it is a stream, and the pieces in which it is sent."""
    if "sse" in step:
        return "text/event-stream", True, [_event(event) for event in step["sse"]]
    if "ndjson" in step:
        return "application/x-ndjson", True, [_line(line) for line in step["ndjson"]]
    if "eventstream" in step:
        return "application/vnd.amazon.eventstream", True, [base64.b64decode(step["eventstream"])]
    if "b64" in step:
        return "application/octet-stream", False, [base64.b64decode(step["b64"])]
    if "text" in step:
        return "text/plain", False, [step["text"].encode()]
    return (
        "application/json",
        False,
        [json.dumps(step.get("body"), ensure_ascii=False).replace("{base}", base).encode()],
    )


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    recorder: "Recorder"

    def log_message(self, format: str, *args: object) -> None:
        """Silence: what was asked is in `taken`."""

    def _content(self) -> bytes:
        if "chunked" not in self.headers.get("Transfer-Encoding", "").lower():
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        whole = bytearray()
        while size := int(self.rfile.readline().split(b";")[0].strip() or b"0", 16):
            whole += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return bytes(whole)

    def _serve(self) -> None:
        content = self._content()
        url = urlsplit(self.path)
        try:
            if url.path == TOKEN_PATH:
                self._answer(self._token())
                return
            step = self.recorder.next_step(self.command, unquote(url.path))
            self.recorder.record(self, url.path, url.query, content)
            time.sleep(step.get("delay", 0))
            self._answer(step)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _token(self) -> dict[str, Json]:
        token = {"access_token": "tok-conformance", "token_type": "Bearer", "expires_in": 3600}
        return {"body": {**token, "expiration": int(time.time()) + 3600}}

    def _answer(self, step: dict[str, Json]) -> None:
        kind, streams, parts = parts_of(step, self.recorder.base)
        headers = {
            name: str(value).replace("{base}", self.recorder.base)
            for name, value in (step.get("headers") or {}).items()
        }
        self.send_response(step.get("status", 200))
        if "content-type" not in {name.lower() for name in headers}:
            headers["Content-Type"] = kind
        headers |= {"Transfer-Encoding": "chunked"} if streams else {"Content-Length": str(sum(map(len, parts)))}
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command == "HEAD":
            return
        for part in parts:
            self.wfile.write(b"%x\r\n%b\r\n" % (len(part), part) if streams else part)
            self.wfile.flush()
        if streams:
            self.wfile.write(b"0\r\n\r\n")
        self.wfile.flush()

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = _serve


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away is no news."""


class Recorder:
    """The server. `arm(steps)` says what comes next, `take()` gives the requests seen since."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._steps: list[tuple[dict[str, Json], bool]] = []
        self._requests: list[dict[str, Json]] = []
        handler = type("Handler", (_Handler,), {"recorder": self})
        self._server = _Server(("127.0.0.1", 0), handler)
        self.host = f"127.0.0.1:{self._server.server_address[1]}"
        self.base = f"http://{self.host}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def arm(self, steps: list[dict[str, Json]]) -> None:
        """Set the answers; each is used once, and the last fitting one again when all are used."""
        with self._lock:
            self._steps = [(step, False) for step in steps]
            self._requests = []

    def take(self) -> list[dict[str, Json]]:
        """The requests since `arm`, in order of arrival."""
        with self._lock:
            taken, self._requests = self._requests, []
            return taken

    def next_step(self, method: str, path: str) -> dict[str, Json]:
        """The first unused answer whose `match` and `method` fit."""
        with self._lock:
            fitting = [
                index
                for index, (step, _) in enumerate(self._steps)
                if (step.get("match") or "") in path and step.get("method", method) == method
            ]
            if not fitting:
                return NO_ANSWER
            chosen = next((index for index in fitting if not self._steps[index][1]), fitting[-1])
            step = self._steps[chosen][0]
            self._steps[chosen] = (step, True)
            return step

    def record(self, handler: BaseHTTPRequestHandler, path: str, query: str, content: bytes) -> None:
        """Keep one request as data."""
        seen = {
            "method": handler.command,
            "path": unquote(path),
            "query": dict(parse_qsl(query, keep_blank_values=True)),
            "headers": {name.lower(): value for name, value in handler.headers.items()},
            "body": read_body(handler.headers.get("Content-Type", ""), content),
        }
        with self._lock:
            self._requests.append(seen)
