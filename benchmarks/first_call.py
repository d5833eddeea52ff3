"""What the first use costs in a fresh interpreter: a mocked call, the first error, and how long a loop is held up."""

import sys

from benchmarks.measure import MESSAGES, best, fresh, report, stub

ROUNDS = 7
MOCKED = f"""
import json, time
start = time.perf_counter()
import litellm
litellm.completion("gpt-4o-mini", {MESSAGES!r}, mock_response="Hello.")
print(json.dumps({{"ms": (time.perf_counter() - start) * 1000}}))
"""
ERROR = f"""
import json, os, sys, time
import litellm
call = dict(model="openai/gpt-4o-mini", messages={MESSAGES!r}, api_key="sk-x", num_retries=0)
litellm.completion(**call, api_base=os.environ["STUB"])
start = time.perf_counter()
try:
    litellm.completion(**call, api_base=os.environ["STUB"] + "/401")
    sys.exit("no error was raised")
except litellm.AuthenticationError:
    spent = (time.perf_counter() - start) * 1000
print(json.dumps({{"ms": spent, "openai": "openai" in sys.modules}}))
"""
HOLD = f"""
import asyncio, json, os, time
import litellm

async def watch(worst):
    while True:
        start = time.perf_counter()
        await asyncio.sleep(0.001)
        worst[0] = max(worst[0], (time.perf_counter() - start) * 1000 - 1)

async def main():
    worst = [0.0]
    watcher = asyncio.create_task(watch(worst))
    await asyncio.sleep(0.05)
    idle, worst[0] = worst[0], 0.0
    for address in ("", "/401"):
        try:
            await litellm.acompletion(
                model="openai/gpt-4o-mini", messages={MESSAGES!r}, api_key="sk-x", num_retries=0,
                api_base=os.environ["STUB"] + address,
            )
        except litellm.AuthenticationError:
            pass
    await asyncio.sleep(0.02)
    watcher.cancel()
    print(json.dumps({{"ms": worst[0], "idle_ms": idle}}))

asyncio.run(main())
"""


def main() -> None:
    """Measure and print."""
    with stub() as address:
        error = fresh(ERROR, rounds=ROUNDS, STUB=address)
        hold = fresh(HOLD, rounds=ROUNDS, STUB=address)
    report(
        {
            "first_mock_call_ms": best(fresh(MOCKED, rounds=ROUNDS), "ms"),
            "first_error_ms": best(error, "ms"),
            "loop_held_ms": best(hold, "ms"),
            "idle_loop_held_ms": best(hold, "idle_ms"),
        }
    )


if __name__ == "__main__":
    sys.exit(main())
