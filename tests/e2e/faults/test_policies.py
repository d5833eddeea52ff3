"""What is done about failures: who is asked next, who is left alone, and what is not done at all."""

import logging
import time
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

import litellm
from tests.e2e.faults.policies import ANSWER, HUGE, MEGABYTE, MOODS, RESTS
from tests.e2e.faults.provider import Provider
from tests.e2e.faults.table import HEALTHY, KEY
from tests.e2e.faults.ways import ASK, Way
from tests.e2e.gateway.conftest import Gateway

STREAM = pytest.mark.parametrize("stream", [False, True])


@pytest.fixture(autouse=True)
def rested(faults: Provider) -> None:
    """No deployment rests from the test before."""
    MOODS.forget()
    MOODS.ill.clear()


@STREAM
@pytest.mark.parametrize(
    ("group", "failing"),
    [("hanging-pair", "silence-whole"), ("broken-pair", "status-500-whole"), ("wrong-key-pair", "status-401-whole")],
)
def test_another_deployment_takes_over_and_the_failed_one_rests(
    balanced: Way, faults: Provider, own: str, group: str, failing: str, stream: bool
) -> None:
    for expected in ([failing, HEALTHY], [HEALTHY]):
        started = time.monotonic()
        assert balanced(f"{group}-{own}", stream=stream).text == ANSWER
        assert time.monotonic() - started < 0.6
        assert faults.calls() == expected


@STREAM
def test_when_everything_is_down_it_is_said_at_once(balanced: Way, faults: Provider, own: str, stream: bool) -> None:
    started = time.monotonic()
    seen = balanced(f"all-down-{own}", stream=stream)
    assert time.monotonic() - started < 1
    assert seen.status in (500, 503)
    assert sorted(faults.calls()) == ["status-500-whole", "status-503-whole"]

    started = time.monotonic()
    again = balanced(f"all-down-{own}", stream=stream)
    assert time.monotonic() - started < 0.3
    assert (again.status, faults.calls()) == (429, [])
    assert "No deployments available" in again.message and "Try again in" in again.message


@STREAM
def test_a_deployment_rests_and_comes_back(balanced: Way, faults: Provider, own: str, stream: bool) -> None:
    MOODS.ill.set()
    assert balanced(f"moody-{own}", stream=stream).status == 503
    MOODS.ill.clear()
    assert faults.calls() == ["moody"]
    assert balanced(f"moody-{own}", stream=stream).status == 429
    assert faults.calls() == []
    time.sleep(RESTS + 0.05)  # that long a deployment rests, by the clock of another process
    assert balanced(f"moody-{own}", stream=stream).text == ANSWER


@STREAM
@pytest.mark.parametrize(("group", "row"), [("long", "too-long-whole"), ("refused-content", "forbidden-content-whole")])
def test_what_no_retry_helps_has_fallbacks_of_its_own(
    balanced: Way, faults: Provider, group: str, row: str, stream: bool
) -> None:
    assert balanced(group, stream=stream).text == ANSWER
    assert faults.calls() == [row, HEALTHY]


@STREAM
def test_a_bad_request_is_asked_once(balanced: Way, faults: Provider, own: str, stream: bool) -> None:
    """Two deployments and two retries, and yet one call upstream: the request is at fault."""
    assert balanced(f"bad-request-{own}", stream=stream).status == 400
    assert len(faults.calls()) == 1


@pytest.mark.parametrize(
    ("group", "stream"),
    [
        ("status-400-whole", False),
        ("status-400-stream", True),
        ("status-401-whole", False),
        ("bad-tools-whole", False),
        ("token-reset-stream", True),
        ("token-end-stream", True),
        ("tools-end-stream", True),
    ],
)
def test_retries_do_not_ask_again_in_vain(way: Way, faults: Provider, group: str, stream: bool) -> None:
    way(group, stream=stream, num_retries=2)
    assert faults.calls() == [group]


@STREAM
def test_upstream_says_how_long_to_wait(way: Way, faults: Provider, stream: bool) -> None:
    started = time.monotonic()
    assert way("busy-for-long", stream=stream, num_retries=1).text == ANSWER
    assert 0.29 < time.monotonic() - started < 1.2
    assert faults.calls() == ["busy-for-long"] * 2


def test_without_its_word_the_wait_is_short(way: Way, faults: Provider) -> None:
    started = time.monotonic()
    assert way("busy-once", stream=False, num_retries=1).text == ANSWER
    assert 0.4 < time.monotonic() - started < 2
    assert faults.calls() == ["busy-once"] * 2


def test_a_key_is_in_no_log(router: litellm.Router, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG), pytest.raises(litellm.AuthenticationError) as caught:
        router.completion("status-401-whole", ASK)
    assert "[masked]" in str(caught.value)
    assert KEY not in caplog.text


def test_a_key_is_in_no_log_of_the_gateway(gateway: Gateway, faults: Provider) -> None:
    from tests.e2e.faults.conftest import MASTER_KEY
    from tests.e2e.faults.ways import RawHTTP

    RawHTTP(gateway.url, MASTER_KEY)("status-401-whole", stream=False)
    assert faults.calls() == ["status-401-whole"]
    log = gateway.log.read_text()
    assert "[masked]" in log
    assert KEY not in log and MASTER_KEY not in log


# -- large answers -----------------------------------------------------------------------------------------------------


def peak(gateway: Gateway) -> int:
    """The most memory that the gateway ever held, in bytes."""
    status = Path(f"/proc/{gateway.process.pid}/status").read_text()
    return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM"))


def test_a_huge_stream_passes_the_gateway_in_little_memory(gateway: Gateway) -> None:
    import http.client
    import json

    from tests.e2e.faults.conftest import MASTER_KEY

    before = peak(gateway)
    connection = http.client.HTTPConnection(gateway.url.removeprefix("http://"), timeout=20)
    body = json.dumps({"model": "huge", "messages": ASK, "stream": True})
    connection.request("POST", "/v1/chat/completions", body, {"authorization": f"Bearer {MASTER_KEY}"})
    response = connection.getresponse()
    size, last = 0, b""
    while part := response.read(MEGABYTE):
        size += len(part)
        last = (last + part)[-100:]
    connection.close()
    assert size > HUGE
    assert last.endswith(b"data: [DONE]\n\n")
    assert peak(gateway) - before < 64 * MEGABYTE


def test_a_huge_stream_is_read_in_little_memory(router: litellm.Router) -> None:
    tracemalloc.start()
    try:
        chunks: Any = router.completion("huge", ASK, stream=True)
        assert sum(len(each.choices[0].delta.content or "") for each in chunks) == HUGE
        assert tracemalloc.get_traced_memory()[1] < 64 * MEGABYTE
    finally:
        tracemalloc.stop()


def test_a_huge_answer_arrives(way: Way, faults: Provider) -> None:
    assert way("huge", stream=False).text == "x" * HUGE
    assert faults.calls() == ["huge"]
