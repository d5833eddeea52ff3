"""The ways in which a caller reaches a deployment: the Router in both forms, and the gateway over HTTP."""

import asyncio
import http.client
import json
from typing import Any, NamedTuple, Protocol

import openai

import litellm

FAILURES = (openai.OpenAIError, litellm.RouterRateLimitError)
ASK: Any = [{"role": "user", "content": "Hi"}]


class Seen(NamedTuple):
    """What a caller saw: the text, and the failure's name, status and words, if there was one."""

    text: str = ""
    error: str | None = None
    status: int | None = None
    message: str = ""
    everything: str = ""


class Way(Protocol):
    """Asks a model group, streamed or not."""

    def __call__(self, model: str, *, stream: bool, **more: Any) -> Seen: ...


def _text(chunk: Any) -> str:
    return (chunk.choices[0].delta.content or "") if chunk.choices else ""


def _failed(error: Any, text: str) -> Seen:
    told = f"{error!s} {error!r} {error.__dict__}"
    return Seen(text, type(error).__name__, getattr(error, "status_code", 429), str(error), told)


class BlockingRouter:
    """`Router.completion`."""

    def __init__(self, router: litellm.Router) -> None:
        self.router = router

    def __call__(self, model: str, *, stream: bool, **more: Any) -> Seen:
        text = ""
        try:
            answer = self.router.completion(model, ASK, stream=stream, **more)
            if not stream:
                return Seen(answer.choices[0].message.content)
            for chunk in answer:
                text += _text(chunk)
        except FAILURES as error:
            return _failed(error, text)
        return Seen(text)


class WaitingRouter:
    """`Router.acompletion`."""

    def __init__(self, router: litellm.Router) -> None:
        self.router = router

    def __call__(self, model: str, *, stream: bool, **more: Any) -> Seen:
        return asyncio.run(self._ask(model, stream=stream, **more))

    async def _ask(self, model: str, *, stream: bool, **more: Any) -> Seen:
        text = ""
        try:
            answer = await self.router.acompletion(model, ASK, stream=stream, **more)
            if not stream:
                return Seen(answer.choices[0].message.content)
            async for chunk in answer:
                text += _text(chunk)
        except FAILURES as error:
            return _failed(error, text)
        return Seen(text)


def _name(message: str) -> str | None:
    """The public name in front of the gateway's messages, which clients look for."""
    name = message.partition(":")[0]
    return name.removeprefix("litellm.") if name.startswith("litellm.") else None


class OpenAIClient:
    """The gateway through OpenAI's own client."""

    def __init__(self, url: str, key: str) -> None:
        self.client = openai.OpenAI(api_key=key, base_url=f"{url}/v1", max_retries=0, timeout=20)

    def __call__(self, model: str, *, stream: bool, **more: Any) -> Seen:
        text = ""
        try:
            answer: Any = self.client.chat.completions.create(model=model, messages=ASK, stream=stream, extra_body=more)
            if not stream:
                return Seen(answer.choices[0].message.content or "")
            for chunk in answer:
                text += _text(chunk)
        except openai.APIStatusError as error:
            message = error.body["message"] if isinstance(error.body, dict) else error.message
            return Seen(text, _name(message), error.status_code, message, f"{error!r} {error.body}")
        except openai.APIError as error:
            status = int(error.code) if error.code else None
            return Seen(text, _name(error.message), status, error.message, f"{error!r} {error.body}")
        return Seen(text)


class RawHTTP:
    """The gateway over a bare connection, so that nothing hides how an answer ends."""

    def __init__(self, url: str, key: str) -> None:
        self.address = url.removeprefix("http://")
        self.key = key

    def __call__(self, model: str, *, stream: bool, **more: Any) -> Seen:
        connection = http.client.HTTPConnection(self.address, timeout=20)
        try:
            body = json.dumps({"model": model, "messages": ASK, "stream": stream, **more})
            headers = {"authorization": f"Bearer {self.key}", "content-type": "application/json"}
            connection.request("POST", "/v1/chat/completions", body, headers)
            response = connection.getresponse()
            data = response.read().decode()
        finally:
            connection.close()
        told = f"{response.getheaders()} {data}"
        if response.status != 200:
            message = json.loads(data)["error"]["message"]
            return Seen("", _name(message), response.status, message, told)
        if not stream:
            return Seen(json.loads(data)["choices"][0]["message"]["content"])
        return _events(data, told)


def _events(data: str, told: str) -> Seen:
    """What a stream said; it ends with an error or with its mark, and never with both or neither."""
    *events, rest = data.split("\n\n")
    assert rest == ""
    text = ""
    for place, event in enumerate(events):
        value = event.removeprefix("data: ")
        last = place == len(events) - 1
        if value == "[DONE]":
            assert last
            return Seen(text)
        chunk = json.loads(value)
        if "error" in chunk:
            assert last, "nothing follows an error"
            error = chunk["error"]
            return Seen(text, _name(error["message"]), int(error["code"]), error["message"], told)
        text += (chunk["choices"][0]["delta"].get("content") or "") if chunk["choices"] else ""
    raise AssertionError(f"the stream ended without an error and without its mark: {data[-200:]!r}")
