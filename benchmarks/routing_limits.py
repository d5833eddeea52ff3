"""Four processes with one Router each over one Redis: do the limits of deployments hold, and what does asking cost?

They ask for about twice what the deployments allow within one minute. `over_limit` is what was served beyond a limit,
requests and tokens together; `used_percent` how much of the limits was used by then.
"""

import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.measure import ROOT, report, stub
from tests.support.redis import RedisServer

PROCESSES = 4
CALLS = 400
TASKS = 16
LONGEST_RUN = 25.0
TOKENS = 100
LIMITS: dict[str, dict[str, int]] = {
    "requests": {"rpm": 300},
    "tokens": {"tpm": 30_000},
    "both": {"rpm": 200, "tpm": 20_000},
}
MESSAGES = [{"role": "user", "content": "Say hello, and explain what a gateway is. " * 4}]


def router(address: str, port: int) -> Any:
    """The public Router with these limits, its figures shared."""
    import litellm

    models = [
        {
            "model_name": "gpt",
            "litellm_params": {"model": "openai/gpt-4o-mini", "api_base": address, "api_key": "sk-x", **limits},
            "model_info": {"id": name},
        }
        for name, limits in LIMITS.items()
    ]
    return litellm.Router(
        model_list=models,
        routing_strategy="usage-based-routing-v2",
        redis_host="127.0.0.1",
        redis_port=port,
        num_retries=0,
    )


async def work(address: str, port: int) -> dict[str, Any]:
    """One process's share: what it was served by each deployment, and the seconds of every awaited round trip."""
    from litellm.caching.redis_connection import RedisConnection

    served = {name: [0, 0] for name in LIMITS}
    waited: list[float] = []
    unanswered = 0
    ask = RedisConnection.ask

    async def measured(*args: Any, **kwargs: Any) -> Any:
        nonlocal unanswered
        start = time.perf_counter()
        reply = await ask(*args, **kwargs)
        waited.append(time.perf_counter() - start)
        unanswered += reply is None
        return reply

    RedisConnection.ask = measured  # type: ignore[method-assign]
    own = router(address, port)

    async def calls() -> None:
        for _ in range(CALLS // TASKS):
            try:
                answer = await own.acompletion("gpt", MESSAGES, max_tokens=TOKENS)
            except Exception as error:
                if getattr(error, "status_code", None) != 429:
                    raise
                continue
            counts = served[answer._hidden_params["routing"]["attempts"][-1]["deployment"]]
            counts[0] += 1
            counts[1] += answer.usage.total_tokens

    await asyncio.gather(*(calls() for _ in range(TASKS)))
    return {"served": served, "waited": waited, "unanswered": unanswered}


async def alone(port: int) -> tuple[float, float]:
    """Microseconds of one admission among three deployments: one after the other, and CPU when many are under way."""
    from litellm.caching.redis_connection import Address, RedisConnection
    from litellm.core.transport import AsyncPorts
    from litellm.router_utils.deployments import deployment_of
    from litellm.router_utils.shared_state import SharedState

    params = {"model": "openai/gpt-4o-mini", "rpm": 10**9, "tpm": 10**12}
    wanted = [deployment_of({"model_name": "alone", "litellm_params": {**params, "user": name}}) for name in LIMITS]
    shared, ports = SharedState(RedisConnection(Address(host="127.0.0.1", port=port))), AsyncPorts()

    async def admit() -> None:
        await shared.admit("alone", wanted, input_tokens=40, output_tokens=TOKENS, now=time.time(), ports=ports)

    async def some() -> None:
        for _ in range(100):
            await admit()

    spent = []
    for _ in range(500):
        start = time.perf_counter()
        await admit()
        spent.append(time.perf_counter() - start)
    start = time.process_time()
    await asyncio.gather(*(some() for _ in range(20)))
    return statistics.median(spent) * 1e6, (time.process_time() - start) / 2000 * 1e6


def start(address: str, port: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "benchmarks.routing_limits", address, str(port)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)


def over_limits(served: dict[str, list[int]]) -> float:
    """Requests and tokens beyond the limits."""
    asked = {name: {"rpm": counts[0], "tpm": counts[1]} for name, counts in served.items()}
    return sum(max(0, asked[name][limit] - allowed) for name, own in LIMITS.items() for limit, allowed in own.items())


def used_percent(served: dict[str, list[int]]) -> float:
    """How much of its nearest limit a deployment used, on average."""
    shares = []
    for name, own in LIMITS.items():
        asked = {"rpm": served[name][0], "tpm": served[name][1]}
        shares.append(max(asked[limit] / allowed for limit, allowed in own.items()))
    return 100 * statistics.mean(shares)


def main() -> None:
    """Measure and print."""
    if len(sys.argv) == 3:
        print(json.dumps(asyncio.run(work(sys.argv[1], int(sys.argv[2])))))
        return
    with stub() as address, tempfile.TemporaryDirectory() as directory:
        server = RedisServer(Path(directory))
        server.start()
        try:
            in_turn, at_once = asyncio.run(alone(server.port))
            left = 60 - time.time() % 60
            if left < LONGEST_RUN:
                time.sleep(left)
            minute = time.time() // 60
            processes = [start(address, server.port) for _ in range(PROCESSES)]
            told = [json.loads(process.communicate()[0]) for process in processes]
            if time.time() // 60 != minute:
                sys.exit("the run took longer than the minute that was left: the figures mean nothing")
        finally:
            server.stop()
    served = {name: [sum(each["served"][name][i] for each in told) for i in (0, 1)] for name in LIMITS}
    waited = [seconds for each in told for seconds in each["waited"]]
    report(
        {
            "over_limit": over_limits(served),
            "used_percent": used_percent(served),
            "served": float(sum(counts[0] for counts in served.values())),
            "round_trips_per_request": len(waited) / (PROCESSES * CALLS),
            "unanswered": float(sum(each["unanswered"] for each in told)),
            "admit_us": in_turn,
            "admit_cpu_us": at_once,
            "admit_us_busy_p50": statistics.median(waited) * 1e6,
            "admit_us_busy_p99": statistics.quantiles(waited, n=100)[98] * 1e6,
        }
    )


if __name__ == "__main__":
    main()
