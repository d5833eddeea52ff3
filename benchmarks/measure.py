"""What the benchmarks share: fresh interpreters, a stub provider as a process, and how figures are handed on."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
Figures = dict[str, float]
MESSAGES = [{"role": "user", "content": "Say hello, and explain in one sentence what a gateway is."}]


def fresh(script: str, *, rounds: int = 1, **environment: str) -> list[Figures]:
    """Run `script`, which prints one JSON object, in so many new interpreters, one after the other."""
    found = []
    for _ in range(rounds):
        command = [sys.executable, "-I", "-c", script]
        done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **environment})
        if done.returncode:
            sys.exit(f"the measured script failed:\n{done.stderr[-2000:]}")
        found.append(json.loads(done.stdout.splitlines()[-1]))
    return found


def best(rounds: list[Figures], name: str) -> float:
    """The smallest: a busy machine makes a round slower, never faster."""
    return min(figures[name] for figures in rounds)


def report(figures: Mapping[str, float]) -> None:
    """Print a table for people, then one JSON line for `benchmarks.bars`."""
    for name, value in figures.items():
        print(f"{name:28} {value:12.3f}")
    print(json.dumps({name: round(value, 4) for name, value in figures.items()}))


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def wait_for(port: int, process: subprocess.Popen[bytes], *, seconds: float = 60) -> None:
    """Return once something accepts connections on `port`; exit when the process ends or time is up."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.005)
    process.kill()
    sys.exit(f"{process.args!r} did not listen on port {port}")


@contextmanager
def served(*command: str, port: int, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """A server process that listens on `port`, ended afterwards."""
    process = subprocess.Popen(command, env={**os.environ, **environment}, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        wait_for(port, process)
        yield process
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def stub() -> Iterator[str]:
    """The address of a stub provider in a process of its own."""
    port = free_port()
    with served(sys.executable, "-m", "benchmarks.stub", str(port), port=port):
        yield f"http://127.0.0.1:{port}"
