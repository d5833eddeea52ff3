"""A fast stand-in for a provider: `python -m benchmarks.stub PORT`. One answer, or a stream of 100 chunks.

`/401/...` is refused, so that errors can be measured too.
"""

import asyncio
import json
import sys

import httptools
import uvloop

CHUNKS = 100
HEAD = {"id": "chatcmpl-stub", "created": 1700000000, "model": "gpt-4o-mini"}
USAGE = {"prompt_tokens": 20, "completion_tokens": CHUNKS, "total_tokens": 20 + CHUNKS}


def _plain(status: str, value: object) -> bytes:
    body = json.dumps(value).encode()
    return b"HTTP/1.1 %b\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%b" % (
        status.encode(),
        len(body),
        body,
    )


def _chunk(delta: dict[str, str], finish: str | None = None) -> bytes:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return _framed(json.dumps({**HEAD, "object": "chat.completion.chunk", "choices": [choice]}))


def _framed(data: str) -> bytes:
    event = f"data: {data}\n\n".encode()
    return b"%x\r\n%b\r\n" % (len(event), event)


MESSAGE = {"role": "assistant", "content": "Hello! " * 20}
CHOICE = {"index": 0, "message": MESSAGE, "logprobs": None, "finish_reason": "stop"}
ANSWER = _plain("200 OK", {**HEAD, "object": "chat.completion", "choices": [CHOICE], "usage": USAGE})
REFUSAL = _plain("401 Unauthorized", {"error": {"message": "no such key", "type": "invalid_request_error"}})
STREAM_HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"
STREAM = [
    _chunk({"role": "assistant", "content": ""}),
    *[_chunk({"content": "token "})] * CHUNKS,
    _chunk({}, "stop"),
    _framed("[DONE]") + b"0\r\n\r\n",
]


# The same events without the transfer coding around them.
EVENTS = [part.split(b"\r\n", 1)[1].rsplit(b"\r\n", 1)[0] for part in (*STREAM[:-1], _framed("[DONE]"))]


class Connection(asyncio.Protocol):
    """One keep-alive connection."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._begin()

    def _begin(self) -> None:
        self._parser = httptools.HttpRequestParser(self)
        self._body = b""
        self._url = b""

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def on_url(self, url: bytes) -> None:
        self._url += url

    def on_body(self, body: bytes) -> None:
        self._body += body

    def on_message_complete(self) -> None:
        streams = b'"stream":true' in self._body.replace(b" ", b"")
        refuses = self._url.startswith(b"/401/")
        self._begin()
        if streams:
            self._tasks = asyncio.ensure_future(self._stream())
        else:
            self._transport.write(REFUSAL if refuses else ANSWER)  # type: ignore[attr-defined]

    async def _stream(self) -> None:
        """Each chunk in a write of its own, so that a client sees them as they come."""
        self._transport.write(STREAM_HEAD)  # type: ignore[attr-defined]
        for chunk in STREAM:
            self._transport.write(chunk)  # type: ignore[attr-defined]
            await asyncio.sleep(0)


async def main(port: int) -> None:
    """Serve until ended."""
    server = await asyncio.get_running_loop().create_server(Connection, "127.0.0.1", port, backlog=2048)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1])))
