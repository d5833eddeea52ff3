"""Faults of a provider that the Router and the gateway do not survive: the suite in `tests/e2e/faults`, as figures."""

import re
import subprocess
import sys

from benchmarks.measure import ROOT, report


def main() -> None:
    """Run the suite and print how its cases ended."""
    command = [sys.executable, "-m", "pytest", "-q", "tests/e2e/faults"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True).stdout
    ended = {what: int(number) for number, what in re.findall(r"(\d+) (passed|failed|errors?)", told)}
    failing = ended.get("failed", 0) + ended.get("error", 0) + ended.get("errors", 0)
    if not ended.get("passed"):
        raise SystemExit(told[-2000:])
    report({"faults_cases": ended["passed"] + failing, "faults_failing": failing})


if __name__ == "__main__":
    main()
