"""What `import litellm` costs over a bare interpreter, beside `import openai`: time, modules, memory. Best of N."""

import importlib.util
import sys

from benchmarks.measure import Figures, best, fresh, report

ROUNDS = 15
SCRIPT = """
import time
start = time.perf_counter()
{statement}
spent = (time.perf_counter() - start) * 1000
import sys
modules = len(sys.modules)
pages = int(open("/proc/self/statm").read().split()[1])
print('{{"ms": %f, "modules": %d, "rss_mb": %f}}' % (spent, modules, pages * 4096 / 1e6))
"""


def cost(statement: str) -> Figures:
    """Milliseconds, modules loaded in all, and resident memory of an interpreter that runs the statement."""
    rounds = fresh(SCRIPT.format(statement=statement), rounds=ROUNDS)
    return {name: best(rounds, name) for name in ("ms", "modules", "rss_mb")}


def main() -> None:
    """Measure and print."""
    bare, ours = cost("pass"), cost("import litellm")
    figures = {
        "import_ms": ours["ms"],
        "modules": ours["modules"] - bare["modules"],
        "rss_over_bare_mb": ours["rss_mb"] - bare["rss_mb"],
    }
    if importlib.util.find_spec("openai"):
        other = cost("import openai")
        figures |= {
            "openai_import_ms": other["ms"],
            "openai_modules": other["modules"] - bare["modules"],
            "openai_rss_over_bare_mb": other["rss_mb"] - bare["rss_mb"],
            "openai_times_slower": other["ms"] / ours["ms"],
        }
    report(figures)


if __name__ == "__main__":
    sys.exit(main())
