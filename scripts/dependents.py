"""Runs real packages that use litellm, each in an environment of its own, against a provider on loopback.

An environment is made once (`.cache/dependents/NAME`) and gets the current wheel each time. What is checked is that the
package installs beside us and that its own ways of calling us work: a plain call, a stream, tools, an error.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import textwrap
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.install_size import build  # noqa: E402
from tests.dependents.run import CHECKS  # noqa: E402
from tests.dependents.stub import serving  # noqa: E402

ENVIRONMENTS = ROOT / ".cache" / "dependents"
SCRIPTS = ROOT / "tests" / "dependents"


@dataclass(frozen=True)
class Dependent:
    """One package: what to install, and its script in `tests/dependents`."""

    requirement: str
    script: str
    resolves: bool = True
    """Whether the range it states admits our version; otherwise we are installed over it afterwards."""
    also: tuple[str, ...] = ()
    """What it imports without requiring it, because LiteLLM 1.x brought it."""


DEPENDENTS = {
    "instructor": Dependent("instructor", "instructor_checks.py", resolves=False),
    "smolagents": Dependent("smolagents", "smolagents_checks.py"),
    "dspy": Dependent("dspy", "dspy_checks.py"),
    "openai-agents": Dependent("openai-agents", "openai_agents_checks.py"),
    "llama-index": Dependent("llama-index-llms-litellm", "llama_index_checks.py", also=("openai",)),
    "langchain": Dependent("langchain-litellm", "langchain_checks.py", resolves=False),
}


def check(name: str, wheel: Path) -> str:
    """Why one dependent does not work, or nothing."""
    dependent, folder = DEPENDENTS[name], ENVIRONMENTS / name
    python = folder / "bin" / "python"
    pip = [str(python), "-m", "pip", "--quiet", "--disable-pip-version-check", "install"]
    if not python.exists():
        venv.create(folder, with_pip=True)
    wanted = [dependent.requirement, *dependent.also, *([str(wheel)] if dependent.resolves else [])]
    over = [*pip, "--force-reinstall", "--no-deps", str(wheel)]
    for step in [[*pip, *wanted], *([] if dependent.resolves else [[*pip, str(wheel)]]), over]:
        done = subprocess.run(step, capture_output=True, text=True)
        if done.returncode:
            return "cannot be installed: " + done.stderr.strip()[-600:]
    return run(dependent, python)


def run(dependent: Dependent, python: Path) -> str:
    """Run the dependent's four checks against the provider; what failed, or nothing."""
    command = [str(python), str(SCRIPTS / "run.py"), str(SCRIPTS / dependent.script)]
    with serving() as base:
        environment = {"PATH": os.environ["PATH"], "HOME": str(python.parents[1]), "BASE": base, "DO_NOT_TRACK": "1"}
        try:
            done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=300)
        except subprocess.TimeoutExpired:
            return "hung"
    worked = [line for line in done.stdout.splitlines() if line.endswith(" works")]
    if done.returncode == 0 and len(worked) == len(CHECKS):
        return ""
    return f"{done.stdout.strip()}\n{done.stderr.strip()[-3000:]}"


def main(argv: Sequence[str] | None = None) -> int:
    """Check the named packages, or all; the exit status tells whether all work."""
    parser = argparse.ArgumentParser(prog="make dependents ARGS=...", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(DEPENDENTS))
    names = parser.parse_args(argv).names or list(DEPENDENTS)
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        wheel = build(Path(folder))
        for name in names:
            fault = check(name, wheel)
            failed += bool(fault)
            print(f"{name:24} {'FAILED' if fault else 'works: ' + ', '.join(CHECKS)}")
            print(textwrap.indent(fault, "    "), end="\n" if fault else "")
    print(f"{len(names) - failed} passed, {failed} failed")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
