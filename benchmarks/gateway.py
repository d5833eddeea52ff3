"""The gateway beside a bare forwarder, in one run: start to first answer, memory, CPU and requests per second.

Needs `wrk` (Debian has it). Ratios travel between machines; requests per second do not.
"""

import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import ExitStack
from pathlib import Path

from benchmarks.measure import MESSAGES, free_port, report, served, stub

KEY = "sk-0123456789abcdef0123456789abcdef"
SECONDS = 4
ROUNDS = 3
CONNECTIONS = 32
BODY = json.dumps({"model": "gpt-4o-mini", "messages": MESSAGES, "temperature": 0.2, "max_tokens": 64})
CONFIG = """
model_list:
  - model_name: gpt-4o-mini
    litellm_params: {{model: openai/gpt-4o-mini, api_base: "{address}/v1", api_key: sk-x}}
general_settings:
  master_key: {key}
"""


def first_answer(url: str, *, since: float, seconds: float = 60) -> float:
    """Seconds from `since` until the address answers a chat completion with 200."""
    headers = {"content-type": "application/json", "authorization": f"Bearer {KEY}"}
    while time.monotonic() - since < seconds:
        try:
            urllib.request.urlopen(urllib.request.Request(url, BODY.encode(), headers), timeout=5).read()
            return time.monotonic() - since
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.005)
    sys.exit(f"{url} did not answer a chat completion with 200 in {seconds:.0f} s")


def load(url: str, folder: Path) -> tuple[float, float]:
    """Requests per second and the 99th percentile in milliseconds; exits when an answer was not a 200."""
    script = folder / "request.lua"
    headers = f'["content-type"]="application/json", ["authorization"]="Bearer {KEY}"'
    script.write_text(f'wrk.method="POST"\nwrk.headers={{{headers}}}\nwrk.body=[[{BODY}]]\n')
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency", "-s", str(script), url]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if bad := re.search(r"Non-2xx.*|Socket errors.*", out):
        sys.exit(f"{url}: {bad[0]}")
    rate, tail = re.search(r"Requests/sec:\s+([\d.]+)", out), re.search(r"99%\s+([\d.]+)(us|ms|s)", out)
    assert rate and tail, out
    return float(rate[1]), float(tail[1]) * {"us": 1e-3, "ms": 1, "s": 1e3}[tail[2]]


def cpu_and_memory(pid: int) -> tuple[float, float]:
    """Seconds of CPU used so far and resident megabytes of one process."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / 100, int(fields[21]) * 4096 / 1e6


def main() -> None:
    """Measure and print."""
    command = Path(sys.executable).with_name("litellm")
    if not shutil.which("wrk") or not command.exists():
        sys.exit(f"needs wrk (apt-get install wrk) and {command}")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        address = stack.enter_context(stub())
        config = folder / "config.yaml"
        config.write_text(CONFIG.format(address=address, key=KEY))
        floor_port, port = free_port(), free_port()
        options = ["--loop", "uvloop", "--http", "httptools", "--no-access-log", "--log-level", "error"]
        floor = [sys.executable, "-m", "uvicorn", "benchmarks.forwarder:app", "--port", str(floor_port), *options]
        stack.enter_context(served(*floor, port=floor_port, STUB=address))
        started = time.monotonic()
        ours = [str(command), "--config", str(config), "--host", "127.0.0.1", "--port", str(port)]
        gateway = stack.enter_context(served(*ours, port=port))
        floor_url, url = (f"http://127.0.0.1:{each}/v1/chat/completions" for each in (floor_port, port))
        start = first_answer(url, since=started)
        first_answer(floor_url, since=time.monotonic())
        idle = cpu_and_memory(gateway.pid)[1]
        rounds = []
        for _ in range(ROUNDS):
            floor_rate, _ = load(floor_url, folder)
            before = cpu_and_memory(gateway.pid)[0]
            rate, tail = load(url, folder)
            spent = cpu_and_memory(gateway.pid)[0] - before
            rounds.append((rate / floor_rate, rate, tail, spent / (rate * SECONDS) * 1e6))
        ratio, rate, tail, cpu = (statistics.median(column) for column in zip(*rounds, strict=True))
        report(
            {
                "start_s": start,
                "idle_rss_mb": idle,
                "loaded_rss_mb": cpu_and_memory(gateway.pid)[1],
                "of_forwarder": ratio,
                "requests_per_s": rate,
                "p99_ms": tail,
                "cpu_us_per_request": cpu,
            }
        )


if __name__ == "__main__":
    main()
