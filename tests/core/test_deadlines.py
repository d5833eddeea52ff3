"""Every deadline of a call, against a provider that keeps none: over all three transports."""

import asyncio
import time
from typing import Any

import pytest

from litellm import exceptions
from litellm.core import intake
from litellm.core.bridge import drive
from litellm.core.call import Call, Options
from litellm.core.errors import BadRequest, InvalidResponse
from litellm.core.http import Deadlines, HttpRequest
from litellm.core.transport import AsyncPorts, BlockingPorts, TransportOptions
from litellm.core.waiting import Clock, in_thread, longer, shorter
from tests.core.test_calls import Complete, complete, text
from tests.support.faulty import Peer, chunk, faulty, ok, streamed

__all__ = ["complete"]


def deadlines(stream: bool = False, **options: Any) -> Deadlines:
    call = Call(id="1", endpoint="chat", model="m", input=[], options=Options(**options), stream=stream)
    return intake.deadlines(call)


def test_what_the_arguments_mean() -> None:
    assert deadlines() == Deadlines(5.0, 600.0, 600.0, None, None)
    assert deadlines(timeout=3) == Deadlines(3.0, 3.0, 3.0, 3.0, None)
    assert deadlines(stream=True, timeout="30") == Deadlines(5.0, 30.0, 30.0, None, None)
    assert deadlines(stream=True, timeout=30, stream_timeout=4) == Deadlines(4.0, 4.0, 4.0, None, 4.0)
    assert deadlines(timeout=30, stream_timeout=4).first_token is None
    single: dict[str, Any] = {
        "connect_timeout": 1,
        "first_byte_timeout": 2,
        "stream_idle_timeout": 3,
        "total_timeout": 4,
    }
    assert deadlines(stream=True, **single) == Deadlines(1.0, 2.0, 3.0, 4.0, None)
    assert deadlines(**single) == Deadlines(1.0, 2.0, 600.0, 4.0, None)
    assert deadlines(stream=True, stream_timeout=9, stream_idle_timeout=3) == Deadlines(5.0, 9.0, 3.0, None, 9.0)


@pytest.mark.parametrize("value", [0, -1, "soon", float("nan"), float("inf"), [3]])
@pytest.mark.parametrize(
    "name",
    ["timeout", "stream_timeout", "connect_timeout", "first_byte_timeout", "stream_idle_timeout", "total_timeout"],
)
def test_what_is_no_time_is_named(name: str, value: Any) -> None:
    with pytest.raises(BadRequest, match=f"{name}="):
        deadlines(stream=True, **{name: value})


def silence(peer: Peer) -> None:
    peer.wait_until_gone()


def headers_then_silence(peer: Peer) -> None:
    peer.begin_stream()
    peer.wait_until_gone()


def a_token_then_silence(peer: Peer) -> None:
    peer.begin_stream()
    peer.event(chunk("Hel"))
    peer.wait_until_gone()


def half_an_answer(peer: Peer) -> None:
    peer.raw(b'HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{"id":')
    peer.wait_until_gone()


def only_comments(peer: Peer) -> None:
    peer.begin_stream()
    while not peer.wait_until_gone(0.02):
        peer.part(b": wait\n\n")


def only_roles(peer: Peer) -> None:
    peer.begin_stream()
    while not peer.wait_until_gone(0.02):
        peer.event({**chunk(), "choices": [{"index": 0, "delta": {"role": "assistant"}, "finish_reason": None}]})


def endless(peer: Peer) -> None:
    peer.begin_stream()
    while not peer.wait_until_gone(0.02):
        peer.event(chunk("more "))


@pytest.mark.parametrize(
    ("script", "stream", "limits"),
    [
        (silence, False, {"first_byte_timeout": 0.1}),
        (silence, True, {"first_byte_timeout": 0.1}),
        (silence, True, {"stream_timeout": 0.1}),
        (silence, False, {"total_timeout": 0.1}),
        (half_an_answer, False, {"timeout": 0.1}),
        (half_an_answer, False, {"total_timeout": 0.1}),
        (headers_then_silence, True, {"stream_timeout": 0.1}),
        (headers_then_silence, True, {"stream_idle_timeout": 0.1}),
        (headers_then_silence, True, {"total_timeout": 0.1}),
        (a_token_then_silence, True, {"stream_idle_timeout": 0.1}),
        (a_token_then_silence, True, {"stream_timeout": 2, "stream_idle_timeout": 0.1}),
        (a_token_then_silence, True, {"total_timeout": 0.1}),
        (only_comments, True, {"stream_timeout": 0.1}),
        (only_roles, True, {"stream_timeout": 0.1}),
        (only_roles, True, {"stream_timeout": 0.1, "stream_idle_timeout": 2}),
        (endless, True, {"total_timeout": 0.1}),
    ],
)
def test_each_wait_ends_in_time(complete: Complete, script: Any, stream: bool, limits: dict[str, float]) -> None:
    with faulty(script) as provider:
        started = time.monotonic()
        with pytest.raises(exceptions.Timeout, match="0.1 s"):
            complete(provider, stream=stream, num_retries=0, **limits)
        assert 0.09 < time.monotonic() - started < 1.5
    assert len(provider.requests) == 1


@pytest.mark.parametrize("limits", [{"stream_idle_timeout": 0.4}, {"stream_timeout": 3, "stream_idle_timeout": 0.4}])
def test_a_slow_drip_survives(complete: Complete, limits: dict[str, float]) -> None:
    def drip(peer: Peer) -> None:
        data = b": wait\n\n" + b"data: " + b'{"choices": [{"index": 0, "delta": {"content": "Hi"}}]}\n\n'
        peer.begin_stream()
        for at in range(0, len(data), 8):
            peer.wait_until_gone(0.05)
            peer.part(data[at : at + 8])
        peer.event(chunk(finish_reason="stop"))
        peer.end_stream()

    with faulty(drip) as provider:
        assert text(complete(provider, stream=True, num_retries=0, **limits)) == "Hi"


def test_a_short_gap_and_a_late_first_byte_have_limits_of_their_own(complete: Complete) -> None:
    def late(peer: Peer) -> None:
        peer.wait_until_gone(0.4)
        streamed("Hel", "lo")(peer)

    with faulty(late) as provider:
        assert text(complete(provider, stream=True, stream_idle_timeout=0.2, num_retries=0)) == "Hello"


def test_silence_before_the_first_token_leaves_room_for_another_try(complete: Complete) -> None:
    with faulty(only_comments, streamed("Hello")) as provider:
        assert text(complete(provider, stream=True, stream_timeout=0.1, num_retries=1)) == "Hello"


def test_deadlines_stay_here(complete: Complete) -> None:
    with faulty(ok) as provider:
        complete(provider, connect_timeout=2, first_byte_timeout=2, stream_idle_timeout=2, total_timeout=2)
    assert set(provider.requests[0].json()) == {"model", "messages"}


@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize("asynchronous", [False, True])
def test_an_answer_larger_than_the_limit_is_one_clear_error(asynchronous: bool, chunked: bool) -> None:
    def large(peer: Peer) -> None:
        if not chunked:
            return peer.answer(200, b"x" * 3000)
        peer.begin_stream()
        for _ in range(3):
            peer.part(b"x" * 1000)
        peer.end_stream()

    options = TransportOptions(max_answer_bytes=2500)
    with faulty(large) as provider, pytest.raises(InvalidResponse, match="more than 2500 bytes") as caught:
        request = HttpRequest("POST", f"{provider.base}/?key=hidden", {}, b"{}")
        if asynchronous:
            asyncio.run(AsyncPorts(options).send(request, Deadlines()))
        else:
            drive(BlockingPorts(options).send(request, Deadlines()))
    assert not caught.value.retryable
    assert "hidden" not in str(caught.value)


def test_limits_that_are_none() -> None:
    assert (shorter(None, 1.0), shorter(2.0, None), shorter(1.0, 2.0)) == (1.0, 2.0, 1.0)
    assert (longer(None, 1.0), longer(2.0, 1.0)) == (None, 2.0)
    clock = Clock(Deadlines(None, None, None), HttpRequest("GET", "http://x/", {}))
    assert (clock.left(None), clock.until_token()) == (None, None)


def test_what_goes_wrong_in_a_thread_goes_wrong_here() -> None:
    def fail() -> None:
        raise KeyError("x")

    assert in_thread(lambda: 7, 5.0, late=print) == 7
    with pytest.raises(KeyError):
        in_thread(fail, 5.0, late=print)
