"""Runs the four checks of one dependent's script inside its environment, and reports each on a line of its own.

Usage: python run.py SCRIPT. The provider's address is in BASE. Standard library only: it runs in foreign environments.
"""

import runpy
import sys
import traceback

CHECKS = ("plain", "stream", "tools", "error")


def main(script: str) -> int:
    """Run the checks; the exit status is the number of those that failed."""
    try:
        checks = runpy.run_path(script)
    except Exception:
        print("import FAILED")
        traceback.print_exc()
        return len(CHECKS)
    failed = 0
    for name in CHECKS:
        try:
            checks[name]()
        except Exception:
            failed += 1
            print(f"{name} FAILED")
            traceback.print_exc()
        else:
            print(f"{name} works")
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
