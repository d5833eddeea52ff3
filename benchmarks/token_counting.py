"""What counting tokens costs: the first use, building the native core, how long the interpreter is held, linearity.

    python benchmarks/token_counting.py

Prints figures of this machine; each encoding is measured in a process of its own.
"""

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from functools import partial

NAMES = ("cl100k_base", "o200k_base", "claude_legacy")
RUNS = {"a": "a", "spaces": " ", "CJK": "漢", "emoji": "🙂", "prose": "The quick brown fox jumps over the lazy dog. "}
MEGABYTE = 1_000_000


class Watch:
    """Measures how long other threads cannot run while a block does."""

    def __enter__(self) -> "Watch":
        self.longest = 0.0
        self._done = False
        self._thread = threading.Thread(target=self._look)
        self._thread.start()
        self._start = time.perf_counter()
        return self

    def __exit__(self, *_: object) -> None:
        self.seconds = time.perf_counter() - self._start
        self._done = True
        self._thread.join()

    def _look(self) -> None:
        last = time.perf_counter()
        while not self._done:
            time.sleep(0.0005)
            now = time.perf_counter()
            self.longest, last = max(self.longest, now - last), now


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def memory() -> float:
    """Resident megabytes of this process."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4096 / MEGABYTE


def measure(name: str) -> None:
    from litellm.core.tokens import get_encoding, load_encoding

    one = get_encoding(name)
    text = RUNS["prose"] * 100
    empty = memory()
    with Watch() as first:
        one.encode("Name three prime numbers, please.")
    small = memory()
    in_python = seconds(lambda: one.encode(text))
    with Watch() as loading:
        load_encoding(name)
    native = seconds(lambda: one.encode(text))
    print(f"{name}")
    print(
        f"  first short text     {first.seconds * 1e3:6.1f} ms, interpreter held {first.longest * 1e3:5.1f} ms, "
        f"{small - empty:5.1f} MB"
    )
    print(
        f"  native core          {loading.seconds * 1e3:6.1f} ms, interpreter held {loading.longest * 1e3:5.1f} ms, "
        f"{memory() - empty:5.1f} MB in all"
    )
    print(f"  {len(text)} characters      {in_python * 1e3:6.1f} ms in Python, {native * 1e3:5.1f} ms native")
    for label, unit in RUNS.items():
        whole = unit * (MEGABYTE // len(unit.encode()))
        part = whole[: len(whole) // 16]
        small_time = min(seconds(partial(one.encode, part)) for _ in range(3))
        with Watch() as big:
            one.encode(whole)
        print(
            f"  1 MB of {label:8}     {big.seconds * 1e3:6.1f} ms, interpreter held {big.longest * 1e3:5.1f} ms, "
            f"{big.seconds / small_time:5.1f} times a 16th of it"
        )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        measure(sys.argv[1])
    else:
        for each in NAMES:
            subprocess.run([sys.executable, __file__, each], check=True)
