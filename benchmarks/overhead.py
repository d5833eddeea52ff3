"""Our own CPU time per call and per streamed chunk: the same work over the bare HTTP client is taken off.

CPU of the whole process, so that the client's threads count on both sides. Rounds of the two alternate, and the
median counts. Reads of a stream fall differently every time, so our part of a chunk is measured on events that are
there already: decoder, engine and wrapper, the start of the call included.
"""

import statistics
import sys
import time
from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from pyreqwest.client import SyncClientBuilder

from benchmarks.measure import MESSAGES, report, stub
from benchmarks.stub import CHUNKS, EVENTS
from litellm.core.http import Deadlines, HttpRequest
from litellm.core.ports import ByteStream
from litellm.core.transport import BlockingPorts

CALLS = 300
STREAMS = 30
ROUNDS = 7
BODY = {"model": "gpt-4o-mini", "messages": MESSAGES}


def cpu(work: Callable[[], None], times: int) -> float:
    """Microseconds of CPU that one `work()` takes on average."""
    start = time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - start) / times * 1e6


def compare(floor: Callable[[], None], ours: Callable[[], None], times: int) -> tuple[float, float]:
    """Median CPU of both, in microseconds."""
    floor(), ours()
    rounds = [(cpu(floor, times), cpu(ours, times)) for _ in range(ROUNDS)]
    return statistics.median(pair[0] for pair in rounds), statistics.median(pair[1] for pair in rounds)


class Prepared(BlockingPorts):
    """Ports whose answers are there already: what a stream costs then is the decoder, the engine and the wrapper."""

    async def open(self, request: HttpRequest, deadlines: Deadlines, client: Any = None) -> ByteStream:
        return PreparedBody()


class PreparedBody:
    """One event a read, as providers send them."""

    status = 200
    headers: Mapping[str, str] = {}  # noqa: RUF012

    def __init__(self) -> None:
        self._events = iter(EVENTS)

    def began(self) -> None:
        """Nothing waits here."""

    async def read(self) -> bytes:
        return next(self._events, b"")

    async def aclose(self) -> None:
        self._events = iter(())


def main() -> None:
    """Measure and print."""
    import litellm
    from litellm import _compose

    with stub() as address, SyncClientBuilder().build() as client:
        url, headers = f"{address}/chat/completions", {"content-type": "application/json"}
        target = {"model": "openai/gpt-4o-mini", "api_base": address, "api_key": "sk-x"}

        def floor() -> None:
            request = client.post(url).headers(headers).body_bytes(msgspec.json.encode(BODY)).build()
            msgspec.json.decode(bytes(request.send().bytes()))

        def ours() -> None:
            litellm.completion(**target, messages=MESSAGES)

        def floor_stream() -> None:
            body = msgspec.json.encode({**BODY, "stream": True})
            request = client.post(url).headers(headers).body_bytes(body).streamed_read_buffer_limit(0)
            with request.build_streamed() as response:
                while response.body_reader.read_chunk() is not None:
                    pass

        def our_stream() -> None:
            for _ in litellm.completion(**target, messages=MESSAGES, stream=True):
                pass

        call_floor, call = compare(floor, ours, CALLS)
        stream_floor, stream = compare(floor_stream, our_stream, STREAMS)
        _compose._ports = lambda *_: Prepared()  # type: ignore[assignment]
        prepared = statistics.median(cpu(our_stream, STREAMS) for _ in range(ROUNDS))
    report(
        {
            "call_floor_us": call_floor,
            "call_us": call,
            "call_own_us": call - call_floor,
            "chunk_floor_us": stream_floor / CHUNKS,
            "chunk_us": stream / CHUNKS,
            "chunk_own_us": prepared / CHUNKS,
        }
    )


if __name__ == "__main__":
    sys.exit(main())
