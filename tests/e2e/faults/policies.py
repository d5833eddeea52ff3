"""Groups of deployments for what a router does about failures: retries, failover, fallbacks, cooldowns."""

import threading
from typing import Any

import msgspec

from tests.e2e.faults.provider import Provider
from tests.e2e.faults.table import HEALTHY, QUICK, SCRIPTS, WORDS, healthy, whole
from tests.support.faulty import Peer, chunk, refuses

RESTS = 0.6
MEGABYTE = 1024 * 1024
HUGE = 100 * MEGABYTE

SETTINGS: dict[str, Any] = {
    "num_retries": 2,
    "allowed_fails": 0,
    "cooldown_time": RESTS,
    "context_window_fallbacks": [{"long": [HEALTHY]}],
    "content_policy_fallbacks": [{"refused-content": [HEALTHY]}],
}
"""What the Router and the gateway of these groups are told; deployments rest after one failure."""


class Moods:
    """Provider behaviour that a test changes: rows that fail while `ill` is set, and those that fail once."""

    def __init__(self) -> None:
        self.ill = threading.Event()
        self._seen: set[str] = set()

    def first(self, row: str) -> bool:
        """Whether this row is asked for the first time since `forget`."""
        was = row in self._seen
        self._seen.add(row)
        return not was

    def forget(self) -> None:
        self._seen.clear()


MOODS = Moods()


def moody(peer: Peer) -> None:
    refuses(503, "ill")(peer) if MOODS.ill.is_set() else healthy(peer)


def busy_once(headers: dict[str, str]) -> Any:
    def script(peer: Peer) -> None:
        refuses(429, "busy", headers)(peer) if MOODS.first(peer.path) else healthy(peer)

    return script


def huge(peer: Peer) -> None:
    if not peer.json().get("stream"):
        head, _, tail = msgspec.json.encode(whole("CONTENT")).partition(b"CONTENT")
        peer.raw(b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n" % (len(head) + HUGE + len(tail)))
        peer.raw(head + b"x" * HUGE + tail)
        return
    event = b"data: " + msgspec.json.encode(chunk("x" * MEGABYTE)) + b"\n\n"
    peer.begin_stream()
    for _ in range(HUGE // MEGABYTE):
        peer.part(event)
    peer.event(chunk(finish_reason="stop"))
    peer.part(b"data: [DONE]\n\n")
    peer.end_stream()


SCRIPTS.update(
    {
        "moody": moody,
        "busy-once": busy_once({}),
        "busy-for-long": busy_once({"retry-after-ms": "300"}),
        "huge": huge,
    }
)
FIRST = {"weight": 1_000_000}
LAST = {"weight": 0.000001}


def groups(provider: Provider, own: str) -> list[dict[str, Any]]:
    """The deployments for one way of asking (`own` ends their names), whose failures no other way has seen.

    The first of a pair is drawn first, as good as always.
    """
    made = provider.deployment
    pairs = {"hanging-pair": "silence-whole", "broken-pair": "status-500-whole", "wrong-key-pair": "status-401-whole"}
    found = []
    for name, row in pairs.items():
        limits = QUICK if row.startswith("silence") else {}
        found += [made(f"{name}-{own}", row, **limits, **FIRST), made(f"{name}-{own}", HEALTHY, **LAST)]
    found += [made(f"all-down-{own}", row) for row in ("status-503-whole", "status-500-whole", "refused-whole")]
    found += [made(f"bad-request-{own}", row) for row in ("status-400-whole", "status-400-stream")]
    return [*found, made(f"moody-{own}", "moody")]


def all_groups(provider: Provider) -> list[dict[str, Any]]:
    """The deployments of a balancing router."""
    own = [each for way in WAYS for stream in (False, True) for each in groups(provider, f"{way}-{stream}")]
    made = provider.deployment
    detours = [made("long", "too-long-whole"), made("refused-content", "forbidden-content-whole")]
    return [*own, *detours, made(HEALTHY, HEALTHY)]


WAYS = ("sync", "async", "openai", "raw")
PATIENT_GROUPS = ("busy-once", "busy-for-long", "huge")
"""Groups of one deployment that never rests, beside those of the table."""

ANSWER = WORDS
