"""Every way in which a provider can fail, in one table: what it does on the wire, and what must become of it.

A deployment's address ends in the name of a row, so that one provider plays them all.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from tests.support.faulty import CHAT, Peer, Script, chunk, refuses

LIMIT = 0.25
# The deadlines of every row that is about time.
QUICK = {"timeout": LIMIT, "stream_timeout": LIMIT}
# A drip has no limit as a whole, only between its pieces.
PATIENT = {"first_byte_timeout": LIMIT, "stream_idle_timeout": LIMIT}
KEY = "sk-upstream-0123456789abcdef"
WORDS = "Héllo 😀 there"


class Fault(NamedTuple):
    """One row: what happens in each form of a call, `script(peer)`, and what a caller sees of it.

    `error` is the public exception's name and `status` its HTTP status, both None where the answer arrives; `rescued`
    is whether another deployment may be asked instead; `says` must stand in the message. `partial` is what arrives
    before a stream breaks.
    """

    name: str
    stream: bool
    script: Script | None
    error: str | None = None
    status: int | None = None
    rescued: bool = True
    says: str = ""
    partial: str = ""
    params: dict[str, Any] = {}

    @property
    def group(self) -> str:
        """The model group of this row."""
        return f"{self.name}-{'stream' if self.stream else 'whole'}"


# -- what a provider does ------------------------------------------------------------------------------------------


def silent(peer: Peer) -> None:
    peer.wait_until_gone(5)


def hang_up(peer: Peer) -> None:
    peer.hang_up()


def whole(text: str) -> dict[str, Any]:
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
    return {**CHAT, "choices": [choice]}


def _body(peer: Peer, body: bytes, length: int | None = None) -> None:
    peer.raw(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n")
    peer.raw(b"content-length: %d\r\n\r\n" % (len(body) if length is None else length) + body)


def half_then_silence(peer: Peer) -> None:
    _body(peer, b'{"id": "x", "choi', 500)
    peer.wait_until_gone(5)


def half_then_reset(peer: Peer) -> None:
    _body(peer, b'{"id": "x", "choi', 500)
    peer.hang_up()


def answers(body: bytes, status: int = 200, kind: str = "application/json") -> Script:
    return lambda peer: peer.answer(status, body, {"x-kind": kind})


def dripped_answer(peer: Peer) -> None:
    import msgspec

    data = msgspec.json.encode(whole(WORDS))
    _body(peer, data[:20], len(data))
    for at in range(20, len(data), 30):
        peer.wait_until_gone(0.04)
        peer.raw(data[at : at + 30])


def events(*sent: Any, then: Callable[[Peer], None] | None = None) -> Script:
    """Stream these (dicts as events, bytes as they are), then do that; the answer ends where nothing is to follow."""

    def script(peer: Peer) -> None:
        peer.begin_stream()
        for each in sent:
            if isinstance(each, bytes):
                peer.part(each)
            else:
                peer.event(each)
        if then:
            then(peer)
        else:
            peer.end_stream()

    return script


def comments(peer: Peer) -> None:
    while not peer.wait_until_gone(0.03):
        peer.part(b": keep-alive\n\n")


def stream_bytes(newline: bytes = b"\n") -> bytes:
    import msgspec

    parts = [b": comment", b"data: " + msgspec.json.encode(chunk("Héllo 😀")), b": more", b"event: message"]
    text = newline.join(parts[:1]) + newline * 2 + parts[1] + newline * 2 + parts[2] + newline * 2
    text += b"data: " + msgspec.json.encode(chunk(" there")) + newline * 2
    text += b"data: " + msgspec.json.encode(chunk(finish_reason="stop")) + newline * 2
    return text + b"data: [DONE]" + newline * 2


def in_pieces(data: bytes, size: int, pause: float = 0.0) -> Script:
    def script(peer: Peer) -> None:
        peer.begin_stream()
        for at in range(0, len(data), size):
            if pause:
                peer.wait_until_gone(pause)
            peer.part(data[at : at + size])
        peer.end_stream()

    return script


ROLE = {**chunk(), "choices": [{"index": 0, "delta": {"role": "assistant", "content": ""}, "finish_reason": None}]}
FULL = {"error": {"message": "the provider is full", "type": "server_error", "code": 503}}
HTML = b"<html><head><title>502 Bad Gateway</title></head><body>nginx" + b" padding" * 500 + b"</body></html>"
TOOLS = {
    **chunk(),
    "choices": [
        {
            "index": 0,
            "delta": {"tool_calls": [{"index": 0, "id": "t1", "function": {"name": "f", "arguments": '{"a": '}}]},
            "finish_reason": None,
        }
    ],
}
BAD_TOOLS = {
    **CHAT,
    "choices": [
        {
            "index": 0,
            "message": {
                "role": "assistant",
                "content": WORDS,
                "tool_calls": [{"id": "t1", "type": "function", "function": {"name": "f", "arguments": '{"a": '}}],
            },
            "finish_reason": "tool_calls",
        }
    ],
}


def _both(name: str, script: Script | None, error: str, status: int, **more: Any) -> list[Fault]:
    return [Fault(name, stream, script, error, status, **more) for stream in (False, True)]


FAULTS: tuple[Fault, ...] = (
    *_both("status-500", refuses(500, "it broke"), "InternalServerError", 500, says="it broke"),
    *_both("status-503", refuses(503, "it is away"), "ServiceUnavailableError", 503, says="it is away"),
    *_both("status-429", refuses(429, "too many"), "RateLimitError", 429, says="too many"),
    *_both("status-429-later", refuses(429, "too many", {"retry-after": "30"}), "RateLimitError", 429),
    *_both("html-502", answers(HTML, 502, "text/html"), "BadGatewayError", 502, says="502 Bad Gateway"),
    *_both("refused", None, "APIConnectionError", 500, says="cannot reach"),
    *_both("reset", hang_up, "APIConnectionError", 500, says="127.0.0.1"),
    *_both("silence", silent, "Timeout", 408, says=f"{LIMIT:g} s", params=QUICK),
    Fault("half-silence", False, half_then_silence, "Timeout", 408, says=f"{LIMIT:g} s", params=QUICK),
    Fault("half-reset", False, half_then_reset, "APIConnectionError", 500, says="middle of its answer"),
    Fault("not-json", False, answers(b"not json at all"), "APIConnectionError", 500, says="not json at all"),
    Fault("cut-json", False, answers(b'{"id": "x", "choices": ['), "APIConnectionError", 500, says="choices"),
    Fault("html-200", False, answers(HTML, 200, "text/html"), "APIConnectionError", 500, says="<html>"),
    Fault("empty-200", False, answers(b""), "APIConnectionError", 500),
    Fault("drip", False, dripped_answer, params=PATIENT),
    Fault("bad-tools", False, lambda peer: peer.answer(200, BAD_TOOLS)),
    # -- streams, before the first token
    Fault("headers-silence", True, events(then=silent), "Timeout", 408, says=f"{LIMIT:g} s", params=QUICK),
    Fault("comments-only", True, events(then=comments), "Timeout", 408, says=f"{LIMIT:g} s", params=QUICK),
    Fault("role-silence", True, events(ROLE, then=silent), "Timeout", 408, says=f"{LIMIT:g} s", params=QUICK),
    Fault("role-reset", True, events(ROLE, then=hang_up), "APIConnectionError", 500, says="middle of its answer"),
    Fault("role-end", True, events(ROLE), "MidStreamFallbackError", 503, says="before upstream said"),
    Fault("error-first", True, events(FULL), "ServiceUnavailableError", 503, says="is full"),
    Fault("role-error", True, events(ROLE, FULL), "ServiceUnavailableError", 503, says="is full"),
    Fault("garbage-first", True, events(b"data: {nonsense\n\n"), "APIConnectionError", 500, says="nonsense"),
    Fault("empty-stream", True, answers(b""), "MidStreamFallbackError", 503, says="before upstream said"),
    Fault("json-for-stream", True, answers(b"not a stream"), "MidStreamFallbackError", 503),
    # -- streams, after it
    Fault(
        "token-silence", True, events(chunk("Hel"), then=silent), "Timeout", 408,
        rescued=False, partial="Hel", says=f"{LIMIT:g} s", params=QUICK,
    ),
    Fault(
        "token-reset", True, events(chunk("Hel"), then=hang_up), "MidStreamFallbackError", 503,
        rescued=False, partial="Hel", says="middle of its answer",
    ),
    Fault(
        "token-end", True, events(chunk("Hel")), "MidStreamFallbackError", 503,
        rescued=False, partial="Hel", says="before upstream said",
    ),
    Fault(
        "token-error", True, events(chunk("Hel"), FULL), "ServiceUnavailableError", 503,
        rescued=False, partial="Hel", says="is full",
    ),
    Fault(
        "token-garbage", True, events(chunk("Hel"), b"data: {nonsense\n\n"), "APIConnectionError", 500,
        rescued=False, partial="Hel", says="nonsense",
    ),
    Fault("tools-end", True, events(TOOLS), "MidStreamFallbackError", 503, rescued=False),
    # -- streams that are only unusual
    Fault("slow-drip", True, in_pieces(stream_bytes(), 40, 0.04), params=PATIENT),
    Fault("bytes-apart", True, in_pieces(stream_bytes(), 1)),
    Fault("crlf", True, in_pieces(stream_bytes(b"\r\n"), 7)),
)  # fmt: skip

# Rows that no other deployment would answer better: asked once, whatever the retries.
REFUSALS: tuple[Fault, ...] = (
    *_both("status-400", refuses(400, "no such thing"), "BadRequestError", 400, says="no such thing"),
    *_both("status-401", refuses(401, f"Incorrect API key provided: {KEY}"), "AuthenticationError", 401),
    *_both(
        "too-long",
        refuses(400, "This model's maximum context length is 8 tokens"),
        "ContextWindowExceededError",
        400,
        says="maximum context",
    ),
    *_both(
        "forbidden-content",
        refuses(400, "Your request was rejected as a result of our safety system"),
        "ContentPolicyViolationError",
        400,
        says="safety system",
    ),
)

HEALTHY = "healthy"


def healthy(peer: Peer) -> None:
    """Answer in the form that was asked for."""
    if peer.json().get("stream"):
        in_pieces(stream_bytes(), 50)(peer)
    else:
        peer.answer(200, whole(WORDS))


SCRIPTS: dict[str, Script] = {each.group: each.script for each in (*FAULTS, *REFUSALS) if each.script}
SCRIPTS[HEALTHY] = healthy
