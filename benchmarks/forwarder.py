"""The floor of a Python gateway: uvicorn and pyreqwest, decode, encode, forward, and no gateway logic at all."""

import os
from typing import Any

import msgspec
from pyreqwest.client import Client, ClientBuilder

URL = os.environ.get("STUB", "") + "/v1/chat/completions"
HEADERS = {"content-type": "application/json", "authorization": "Bearer sk-x"}
_clients: list[Client] = []


async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Forward one request, whole."""
    if scope["type"] != "http":
        return
    if not _clients:  # made inside the running loop
        _clients.append(ClientBuilder().build())
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    sent = msgspec.json.encode(msgspec.json.decode(body))
    response = await _clients[0].post(URL).headers(HEADERS).body_bytes(sent).build().send()
    answer = msgspec.json.encode(msgspec.json.decode(bytes(await response.bytes())))
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(answer))]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": answer})
