"""Runs every promised figure and writes `benchmarks/results.md`: `make bars`.

A command runs once for each state of the package; a run that was stopped goes on where it was. Figures are measured,
never typed in: a command that fails is a line that says so.
"""

import argparse
import hashlib
import json
import platform
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import ROOT

RESULTS = ROOT / "benchmarks" / "results.md"
CACHE = ROOT / ".cache" / "bars.json"


@dataclass(frozen=True)
class Bar:
    """One promise: what is measured, by which module, and how much it may be (None: reported, not promised)."""

    name: str
    module: str
    figure: str
    most: float | None = None
    least: float | None = None

    def holds(self, value: float) -> bool:
        """Whether the figure keeps the promise."""
        return (self.most is None or value <= self.most) and (self.least is None or value >= self.least)

    @property
    def promise(self) -> str:
        """The bar in words."""
        bounds = (("≤", self.most), ("≥", self.least))
        return " and ".join(f"{sign} {bound:g}" for sign, bound in bounds if bound is not None) or "(reported)"

    @property
    def promised(self) -> bool:
        """Whether there is a bar at all."""
        return self.most is not None or self.least is not None


_DECISIONS = "benchmarks.routing_decisions"
BARS = [
    Bar("import, ms over bare Python", "benchmarks.import_time", "import_ms", most=60),
    Bar("import, modules", "benchmarks.import_time", "modules", most=120),
    Bar("import, MB over bare Python", "benchmarks.import_time", "rss_over_bare_mb", most=30),
    Bar("`import openai` takes so many times as long", "benchmarks.import_time", "openai_times_slower"),
    Bar("fresh interpreter to first mocked answer, ms", "benchmarks.first_call", "first_mock_call_ms", most=200),
    Bar("first error raised, openai installed, ms", "benchmarks.first_call", "first_error_ms", most=200),
    Bar("event loop held by first call and first error, ms", "benchmarks.first_call", "loop_held_ms", most=50),
    Bar("own CPU a call, µs", "benchmarks.overhead", "call_own_us", most=100),
    Bar("own CPU a streamed chunk, µs", "benchmarks.overhead", "chunk_own_us", most=10),
    Bar("a response, time against pydantic", "benchmarks.types_against_pydantic", "decode", most=0.3),
    Bar("unknown fields everywhere, against pydantic", "benchmarks.types_against_pydantic", "decode_unknown", most=1),
    Bar("a chunk, against pydantic", "benchmarks.types_against_pydantic", "chunk"),
    Bar("names never met before, against pydantic", "benchmarks.types_against_pydantic", "decode_new_names"),
    Bar("files of ours that a warm completion runs", "benchmarks.promises", "journey_files", most=24),
    Bar("public names with known types, %", "benchmarks.promises", "typed_percent", least=95),
    Bar("users' programs with errors under pyright strict", "benchmarks.promises", "strict_programs_failing", most=0),
    Bar("symbols that real packages use and lack", "benchmarks.promises", "public_symbols_failing", most=0),
    Bar("real packages that do not work", "benchmarks.dependents", "packages_failing", most=0),
    Bar("SDK, packages installed", "benchmarks.install_size", "sdk_packages", most=10),
    Bar("SDK, MB installed", "benchmarks.install_size", "sdk_mb", most=70),
    Bar("gateway, packages installed", "benchmarks.install_size", "proxy_packages"),
    Bar("gateway, MB installed", "benchmarks.install_size", "proxy_mb"),
    Bar("recorded calls that pass, share", "benchmarks.conformance", "passed_share", least=0.97),
    Bar("recorded calls that hang", "benchmarks.conformance", "hung", most=0),
    Bar("all recorded calls, s", "benchmarks.conformance", "seconds", most=60),
    Bar("a routing decision at 100 deployments, simple-shuffle, µs", _DECISIONS, "simple_shuffle_100_us", most=20),
    Bar("the same while ten rest and ten failed last, µs", _DECISIONS, "simple_shuffle_100_worst_us", most=20),
    Bar("a routing decision at 100 deployments, worst strategy, µs", _DECISIONS, "many_us", most=40),
    Bar("latency-based while ten rest and ten failed last, µs", _DECISIONS, "latency_based_100_worst_us", most=40),
    Bar("a routing decision at 3 deployments, worst strategy, µs", _DECISIONS, "few_us", most=8),
    Bar("weighted shuffle, worst deviation in 100,000", _DECISIONS, "weighted_worst_deviation", most=0.01),
    Bar("requests over a limit, 4 processes on one Redis", "benchmarks.routing_limits", "over_limit", most=0),
    Bar("simulated outages, success in the worst of 20 seeds", "benchmarks.simulation", "success_worst", least=0.999),
    Bar("simulated outages, upstream calls a request", "benchmarks.simulation", "calls_worst", most=1.3),
    Bar("simulated requests with more attempts than configured", "benchmarks.simulation", "over_attempts", most=0),
    Bar("p99 with hedging against without", "benchmarks.simulation", "hedging_p99_ratio_worst", most=0.5),
    Bar("faults of a provider, cases", "benchmarks.faults", "faults_cases"),
    Bar("faults of a provider that are not survived", "benchmarks.faults", "faults_failing", most=0),
    Bar("gateway, start to first answer, s", "benchmarks.gateway", "start_s", most=1.5),
    Bar("gateway, resident MB under load", "benchmarks.gateway", "loaded_rss_mb", most=90),
    Bar("gateway, throughput as a share of a bare forwarder's", "benchmarks.gateway", "of_forwarder", least=0.6),
    Bar("gateway, CPU a request, µs", "benchmarks.gateway", "cpu_us_per_request"),
]


def state() -> str:
    """A digest of everything that a figure depends on."""
    files = sorted(path for folder in ("litellm", "benchmarks") for path in (ROOT / folder).rglob("*.*"))
    kept = [path for path in files if path.suffix in (".py", ".json") and "__pycache__" not in path.parts]
    digest = hashlib.sha256((ROOT / "pyproject.toml").read_bytes())
    for path in kept:
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def measure(module: str) -> dict[str, float] | str:
    """The figures of one benchmark, or why there are none."""
    done = subprocess.run([sys.executable, "-m", module], cwd=ROOT, capture_output=True, text=True)
    lines = done.stdout.splitlines()
    if done.returncode or not lines:
        return (done.stderr.strip().splitlines() or ["printed nothing"])[-1]
    figures: dict[str, float] = json.loads(lines[-1])
    return figures


def table(found: dict[str, dict[str, float] | str]) -> str:
    """The document."""
    rows = ["| figure | measured | bar | |", "| --- | ---: | ---: | --- |"]
    for bar in BARS:
        figures = found[bar.module]
        if isinstance(figures, str):
            rows.append(f"| {bar.name} | – | {bar.promise} | not measured: {figures[:120]} |")
            continue
        value = figures[bar.figure]
        verdict = ("holds" if bar.holds(value) else "**missed**") if bar.promised else ""
        rows.append(f"| {bar.name} | {value:.4g} | {bar.promise} | {verdict} |")
    machine = f"{platform.system()} {platform.machine()}, {_cores()} cores, Python {platform.python_version()}"
    written = f"Written by `make bars` on {time.strftime('%Y-%m-%d')} ({machine}); see [README](README.md).\n"
    head = f"# Measured figures\n\n{written}"
    return head + "\n" + "\n".join(rows) + "\n"


def _cores() -> int:
    return len(re.findall(r"^processor", Path("/proc/cpuinfo").read_text(), re.MULTILINE))


def main(argv: Sequence[str] | None = None) -> int:
    """Measure what is not measured yet and write the table; the exit status tells whether every promise holds."""
    parser = argparse.ArgumentParser(prog="make bars ARGS=...", description=__doc__)
    parser.add_argument("--again", action="store_true", help="measure all anew")
    parser.add_argument("--only", default="", help="modules, with commas (benchmarks.import_time)")
    options = parser.parse_args(argv)
    key = state()
    known = json.loads(CACHE.read_text()) if CACHE.exists() and not options.again else {}
    found: dict[str, dict[str, float] | str] = known.get(key, {})
    chosen = set(filter(None, options.only.split(",")))
    for module in dict.fromkeys(bar.module for bar in BARS):
        if chosen and module not in chosen:
            found.setdefault(module, "left out")
        elif isinstance(found.get(module), str) or module not in found:
            print(f"{module} ...", flush=True)
            found[module] = measure(module)
            CACHE.parent.mkdir(exist_ok=True)
            CACHE.write_text(json.dumps({key: found}))
    text = table(found)
    if not chosen:
        RESULTS.write_text(text)
    print(text)
    return int("missed" in text or "not measured" in text)


if __name__ == "__main__":
    sys.exit(main())
