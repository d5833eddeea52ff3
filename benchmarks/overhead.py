"""Our own CPU time per call and per streamed chunk: the same work over the bare HTTP client is taken off.

CPU of the whole process, so that the client's threads count on both sides. Rounds of the two alternate, and the
median counts.
"""

import statistics
import sys
import time
from collections.abc import Callable

import msgspec
from pyreqwest.client import SyncClientBuilder

from benchmarks.measure import MESSAGES, report, stub
from benchmarks.stub import CHUNKS

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


def main() -> None:
    """Measure and print."""
    import litellm

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
    report(
        {
            "call_floor_us": call_floor,
            "call_us": call,
            "call_own_us": call - call_floor,
            "chunk_floor_us": stream_floor / CHUNKS,
            "chunk_us": stream / CHUNKS,
            "chunk_own_us": (stream - stream_floor) / CHUNKS,
        }
    )


if __name__ == "__main__":
    sys.exit(main())
