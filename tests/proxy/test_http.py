"""One exchange: bodies within bounds, JSON and events as HTTP wants them, errors in OpenAI's envelope."""

import asyncio
from typing import Any

import msgspec
import pytest

from litellm.core.errors import RateLimited
from litellm.proxy.errors import Refused, envelope, refusal_of
from litellm.proxy.http import Exchange, header


def exchange(*messages: dict[str, Any], headers: dict[str, str] | None = None) -> tuple[Exchange, list[dict[str, Any]]]:
    waiting = list(messages)
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return waiting.pop(0)

    async def send(message: Any) -> None:
        sent.append(dict(message))

    raw = [(name.encode(), value.encode()) for name, value in (headers or {}).items()]
    return Exchange({"method": "POST", "path": "/", "headers": raw}, receive, send), sent  # type: ignore[arg-type]


def part(data: bytes, *, more: bool = False) -> dict[str, Any]:
    return {"type": "http.request", "body": data, "more_body": more}


async def test_a_body_in_parts() -> None:
    one, _ = exchange(part(b"ab", more=True), part(b"cd", more=True), part(b"e"))
    assert await one.body(5) == b"abcde"


async def test_a_body_over_the_limit_is_refused_and_taken_to_its_end() -> None:
    one, _ = exchange(part(b"abc", more=True), part(b"def", more=True), part(b"ghi"))
    with pytest.raises(Refused) as caught:
        await one.body(5)
    assert caught.value.status == 413


async def test_a_body_that_declares_too_much_is_not_read_when_the_client_waits() -> None:
    one, _ = exchange(headers={"content-length": "6", "expect": "100-continue"})
    with pytest.raises(Refused):
        await one.body(5)


@pytest.mark.parametrize(("given", "kept"), [("mine-1", True), ("a\x01b", False), ("x" * 129, False), ("", False)])
def test_clients_may_name_their_calls(given: str, kept: bool) -> None:
    one, _ = exchange(headers={"x-litellm-call-id": given})
    assert (one.call_id == given) is kept
    assert one.call_id.isprintable() and one.call_id


async def test_errors_before_and_inside_a_stream() -> None:
    one, sent = exchange()
    await one.refuse(Refused(405, "no", headers={"allow": "GET"}))
    assert sent[0]["status"] == 405 and (b"allow", b"GET") in sent[0]["headers"]
    assert msgspec.json.decode(sent[1]["body"])["error"]["code"] == "405"
    other, sent = exchange()
    await other.start_events([])
    await other.refuse(Refused(503, "cut"))
    assert sent[-1]["body"].startswith(b'data: {"error":') and sent[-1].get("more_body") is None


def test_upstreams_words_and_waits_are_passed_on() -> None:
    body = b'{"error": {"type": "tokens", "param": "max_tokens", "message": "slow down"}}'
    error = RateLimited("slow down", provider="acme", headers={"retry-after": "3", "server": "x"}, body=body)
    refused = refusal_of(error)
    assert refused.headers == {"retry-after": "3"}
    assert envelope(refused) == {
        "error": {
            "message": "litellm.RateLimitError: acme: slow down",
            "type": "tokens",
            "param": "max_tokens",
            "code": "429",
        }
    }


def test_what_nobody_foresaw_tells_nothing() -> None:
    refused = refusal_of(ValueError("secret insides"))
    assert refused.status == 500 and "secret" not in refused.message


def test_a_header_cannot_break_out_of_its_line() -> None:
    assert header("x-a", "b\r\nset-cookie: é") == (b"x-a", rb"b  set-cookie: \xe9")


async def test_a_client_that_leaves_cancels_and_nothing_else_does() -> None:
    left = asyncio.Event()

    async def receive() -> dict[str, Any]:
        await left.wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None: ...

    one = Exchange({"method": "POST", "path": "/", "headers": []}, receive, send)
    async with one.until_disconnect() as client:
        pass
    assert not client.gone
    async with one.until_disconnect() as client:
        left.set()
        await asyncio.Event().wait()
    assert client.gone
    left.clear()
    with pytest.raises(asyncio.CancelledError):
        async with one.until_disconnect() as client:
            raise asyncio.CancelledError
    assert not client.gone
