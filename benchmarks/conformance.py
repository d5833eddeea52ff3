"""The recorded calls of LiteLLM 1.x as figures: share that passes, calls that hang, seconds for all."""

import sys
import time

from benchmarks.measure import report
from tests.conformance.bench import Bench
from tests.conformance.cases import HERE, delivered, groups, load


def main() -> None:
    """Run and print."""
    cases = [case for group in groups() for case in load(HERE / "cases" / f"{group}.json")]
    promised = [case for case in cases if delivered(case) and not case.doubt]
    start = time.monotonic()
    with Bench() as bench:
        verdicts = [bench.run(case) for case in promised]
    report(
        {
            "cases": len(verdicts),
            "passed_share": sum(verdict.passed for verdict in verdicts) / len(verdicts),
            "hung": sum(verdict.hung for verdict in verdicts),
            "seconds": time.monotonic() - start,
        }
    )


if __name__ == "__main__":
    sys.exit(main())
