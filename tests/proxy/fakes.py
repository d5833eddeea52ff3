"""A gateway whose upstream answers what a test says, and requests to it without a network."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec

from litellm.core.http import HttpResponse
from litellm.proxy.app import App, compose
from litellm.proxy.config import loader

ANSWER = {
    "id": "c-1",
    "object": "chat.completion",
    "created": 1,
    "model": "upstream's own name",
    "choices": [{"index": 0, "message": {"role": "assistant", "content": "Hello."}, "finish_reason": "stop"}],
    "usage": {"prompt_tokens": 3, "completion_tokens": 2, "total_tokens": 5},
}
CHUNK = {"id": "c-1", "object": "chat.completion.chunk", "created": 1, "model": "m"}
ASK = {"model": "a", "messages": [{"role": "user", "content": "Hi"}]}


def deployment(name: str, key: str | None = None, **params: Any) -> dict[str, Any]:
    given = {"model": f"openai/{key or name}", "api_key": "sk-upstream", "api_base": "https://u:p@up.test/v1?k=s"}
    return {"model_name": name, "litellm_params": {**given, **params}, "model_info": {"id": key or name}}


class Body:
    """A streamed answer: its parts in turn; one that is an event is waited for, one that is an error is raised."""

    def __init__(self, *parts: Any) -> None:
        self.status, self.headers = 200, {"content-type": "text/event-stream"}
        self.parts = list(parts)
        self.closed = False

    async def read(self) -> bytes:
        if not self.parts:
            return b""
        part = self.parts.pop(0)
        if isinstance(part, asyncio.Event):
            await part.wait()
            return b""
        if isinstance(part, Exception):
            raise part
        return part  # type: ignore[no-any-return]

    def began(self) -> None: ...

    async def aclose(self) -> None:
        self.closed = True


def said(text: str, finish: str | None = None) -> bytes:
    """One event of a streamed answer."""
    choices = [{"index": 0, "delta": {"content": text}, "finish_reason": finish}]
    return b"data: " + msgspec.json.encode({**CHUNK, "choices": choices}) + b"\n\n"


class World:
    """One gateway. `answers` maps an upstream model to what it answers: a dict, a status, an exception or a `Body`."""

    def __init__(self, *entries: dict[str, Any], **sections: Any) -> None:
        data = {"model_list": list(entries), **sections}
        self.app: App = compose(loader.accept(data, at=lambda place: "here").config, master_key=None)
        self.ports: Any = self.app.gateway.ports
        self.answers: dict[str, Any] = {}
        self.asked: list[dict[str, Any]] = []
        self.requests: list[Any] = []
        self.ports.send = self._send
        self.ports.open = self._open
        self.ports.sleep = self._sleep

    @property
    def routing(self) -> Any:
        return self.app.gateway.snapshot.routing

    def in_flight(self) -> int:
        return sum(each.stats.in_flight for each in self.routing.catalog.by_id.values())

    def _answer(self, request: Any) -> Any:
        body = msgspec.json.decode(request.body)
        self.asked.append(body)
        self.requests.append(request)
        answer = self.answers.get(body["model"], ANSWER)
        if isinstance(answer, list):
            answer = answer.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def _send(self, request: Any, deadlines: Any, client: Any = None) -> HttpResponse:
        answer = self._answer(request)
        if isinstance(answer, asyncio.Event):
            await answer.wait()
            answer = ANSWER
        if isinstance(answer, int):
            error = {"error": {"message": f"upstream answers {answer}"}}
            return HttpResponse(answer, {}, msgspec.json.encode(error))
        return HttpResponse(200, {"content-type": "application/json"}, msgspec.json.encode(answer))

    async def _open(self, request: Any, deadlines: Any, client: Any = None) -> Any:
        answer = self._answer(request)
        if isinstance(answer, int):
            body = Body(msgspec.json.encode({"error": {"message": f"upstream answers {answer}"}}))
            body.status, body.headers = answer, {"content-type": "application/json"}
            return body
        return answer

    async def _sleep(self, seconds: float) -> None: ...

    async def ask(self, body: dict[str, Any] | None = None, /, *, path: str = "", **headers: str) -> "Reply":
        """The answer to one request; `headers` have `_` for `-`."""
        exchange = Client(body or ASK, path or "/v1/chat/completions", headers)
        await self.app(exchange.scope, exchange.receive, exchange.send)
        return exchange.reply


class Reply:
    """What a client got."""

    def __init__(self, messages: list[dict[str, Any]]) -> None:
        self.status: int = messages[0]["status"]
        self.headers = {name.decode(): value.decode() for name, value in messages[0]["headers"]}
        self.body: bytes = b"".join(each.get("body", b"") for each in messages[1:])

    @property
    def json(self) -> Any:
        return msgspec.json.decode(self.body)

    @property
    def error(self) -> Any:
        return self.json["error"]


class Client:
    """One request as a server hands it over; the client goes away when `left` is set."""

    def __init__(
        self,
        body: dict[str, Any],
        path: str = "/v1/chat/completions",
        headers: dict[str, str] | None = None,
        on_send: Callable[[dict[str, Any]], Awaitable[None]] | None = None,
    ) -> None:
        given = [(name.replace("_", "-").encode(), value.encode()) for name, value in (headers or {}).items()]
        self.scope: Any = {"type": "http", "method": "POST", "path": path, "headers": given}
        self.left = asyncio.Event()
        self.sent: list[dict[str, Any]] = []
        self._body: bytes | None = msgspec.json.encode(body)
        self._on_send = on_send

    async def receive(self) -> dict[str, Any]:
        if self._body is not None:
            body, self._body = self._body, None
            return {"type": "http.request", "body": body}
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        self.sent.append(dict(message))
        if self._on_send:
            await self._on_send(dict(message))

    @property
    def reply(self) -> Reply:
        return Reply(self.sent)
