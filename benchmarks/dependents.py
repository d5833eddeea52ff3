"""Real packages that depend on litellm, unmodified, each in its own environment: how many of their checks work."""

import subprocess
import sys

from benchmarks.measure import ROOT, report


def main() -> None:
    """Run `make dependents` and count."""
    done = subprocess.run([sys.executable, "scripts/dependents.py"], cwd=ROOT, capture_output=True, text=True)
    last = done.stdout.strip().splitlines()[-1]
    passed, failed = (int(part.split()[0]) for part in last.split(", "))
    report({"packages_working": passed, "packages_failing": failed})


if __name__ == "__main__":
    sys.exit(main())
