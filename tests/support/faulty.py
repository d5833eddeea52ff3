"""A provider on loopback that can fail in every way: it sends what a test scripts, then does what the test says."""

import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress

import msgspec

Script = Callable[["Peer"], None]


class Peer:
    """One accepted request: what came, and ways to answer it."""

    def __init__(self, connection: socket.socket, head: bytes, body: bytes) -> None:
        self._connection = connection
        self.head = head.decode("latin-1")
        self.headers = {
            name.lower(): value for name, _, value in (line.partition(": ") for line in self.head.split("\r\n")[1:])
        }
        self.body = body

    @property
    def path(self) -> str:
        return self.head.split(" ")[1]

    def json(self) -> dict[str, object]:
        return msgspec.json.decode(self.body)  # type: ignore[no-any-return]

    def raw(self, data: bytes) -> None:
        self._connection.sendall(data)

    def answer(self, status: int, body: object, headers: dict[str, str] | None = None) -> None:
        data = body if isinstance(body, bytes) else msgspec.json.encode(body)
        lines = [f"HTTP/1.1 {status} X", f"content-length: {len(data)}", "content-type: application/json"]
        lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
        self.raw("\r\n".join(lines).encode() + b"\r\n\r\n" + data)

    def begin_stream(self) -> None:
        self.raw(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n")

    def event(self, data: object) -> None:
        text = data if isinstance(data, bytes) else msgspec.json.encode(data)
        self.part(b"data: " + text + b"\n\n")

    def part(self, data: bytes) -> None:
        self.raw(b"%x\r\n%s\r\n" % (len(data), data))

    def end_stream(self) -> None:
        self.raw(b"0\r\n\r\n")

    def hang_up(self) -> None:
        """Close the connection where it is."""
        self._connection.shutdown(socket.SHUT_RDWR)

    def wait_until_gone(self, seconds: float = 10.0) -> bool:
        """Wait for the other side to close; False when it does not."""
        self._connection.settimeout(seconds)
        try:
            return self._connection.recv(1) == b""
        except TimeoutError:
            return False
        except OSError:
            return True


class FaultyProvider:
    """Serves each request with the next script, the last one again and again."""

    def __init__(self, scripts: Sequence[Script]) -> None:
        self._scripts = list(scripts)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.base = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.requests: list[Peer] = []
        self.ended = threading.Event()
        self._threads: list[threading.Thread] = []
        self._connections: list[socket.socket] = []

    def run(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self._connections.append(connection)
            thread = threading.Thread(target=self._serve, args=(connection,), daemon=True)
            thread.start()
            self._threads.append(thread)

    def stop(self) -> None:
        # Shutting down wakes a thread that waits in accept() or recv(); closing alone does not.
        _shut(self._listener)
        for connection in self._connections:
            _shut(connection)
        for thread in self._threads:
            thread.join(5)

    def _serve(self, connection: socket.socket) -> None:
        with connection:
            try:
                while (peer := _receive(connection)) is not None:
                    place = min(len(self.requests), len(self._scripts) - 1)
                    self.requests.append(peer)
                    self._scripts[place](peer)
            except OSError:
                pass
        self.ended.set()


def _shut(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()


def _receive(connection: socket.socket) -> Peer | None:
    data = b""
    while b"\r\n\r\n" not in data:
        more = connection.recv(65536)
        if not more:
            return None
        data += more
    head, _, body = data.partition(b"\r\n\r\n")
    length = next((int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0)
    while len(body) < length:
        body += connection.recv(65536)
    return Peer(connection, head, body)


@contextmanager
def faulty(*scripts: Script) -> Iterator[FaultyProvider]:
    """A provider that follows `scripts`, one a request, for as long as the block lasts."""
    provider = FaultyProvider(scripts)
    thread = threading.Thread(target=provider.run, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        provider.stop()
        thread.join(5)


CHAT = {
    "id": "chatcmpl-1",
    "object": "chat.completion",
    "created": 1,
    "model": "m",
    "choices": [{"index": 0, "message": {"role": "assistant", "content": "Hello"}, "finish_reason": "stop"}],
    "usage": {"prompt_tokens": 3, "completion_tokens": 1, "total_tokens": 4},
}


def chunk(content: str | None = None, finish_reason: str | None = None, **more: object) -> dict[str, object]:
    """One chunk in OpenAI's format."""
    delta = {"content": content} if content is not None else {}
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "m",
        "choices": [{"index": 0, "delta": delta, "finish_reason": finish_reason}],
        **more,
    }


def ok(peer: Peer) -> None:
    """Answer a chat completion."""
    peer.answer(200, CHAT)


def streamed(*texts: str) -> Script:
    """Stream these texts, whole."""

    def script(peer: Peer) -> None:
        peer.begin_stream()
        for text in texts:
            peer.event(chunk(text))
        peer.event(chunk(finish_reason="stop"))
        peer.event(b"[DONE]")
        peer.end_stream()

    return script


def refuses(status: int, message: str = "no", headers: dict[str, str] | None = None) -> Script:
    """Answer an error in OpenAI's shape."""
    return lambda peer: peer.answer(status, {"error": {"message": message, "type": "x"}}, headers)
