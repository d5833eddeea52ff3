"""Promises that are counts: files of a journey, typed public names, errors of users' programs, public symbols."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from typing import Any

from benchmarks.measure import ROOT, report
from scripts.journey import trace

SYMBOLS = ROOT / "tests" / "architecture" / "test_public_names.py"
STRICT = ROOT / "tests" / "test_typing.py"


def typed_share() -> float:
    """Percent of the public names of the installed wheel whose types are known to pyright."""
    with tempfile.TemporaryDirectory() as folder:
        build = [sys.executable, "-m", "pip", "--quiet", "wheel", "--no-deps", "--wheel-dir", folder, str(ROOT)]
        subprocess.run(build, check=True)
        wheel = next(Path(folder).glob("*.whl"))
        python = Path(folder) / "venv" / "bin" / "python"
        venv.create(python.parents[1], with_pip=True)
        subprocess.run([str(python), "-m", "pip", "--quiet", "install", f"{wheel}[proxy]"], check=True)
        pyright = shutil.which("pyright", path=str(Path(sys.executable).parent)) or "pyright"
        path = f"{python.parent}{os.pathsep}{os.environ['PATH']}"
        command = [pyright, "--verifytypes", "litellm", "--ignoreexternal", "--outputjson"]
        done = subprocess.run(command, capture_output=True, text=True, cwd=folder, env={**os.environ, "PATH": path})
    answer: dict[str, Any] = json.loads(done.stdout)
    return float(answer["typeCompleteness"]["completenessScore"]) * 100


def failures(path: Path) -> int:
    """How many tests of one file fail."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    last = done.stdout.strip().splitlines()[-1]
    return 0 if done.returncode == 0 else int(last.split(" failed")[0].split()[-1])


def main() -> None:
    """Measure and print."""
    report(
        {
            "journey_files": len(trace()),
            "typed_percent": typed_share(),
            "strict_programs_failing": failures(STRICT),
            "public_symbols_failing": failures(SYMBOLS),
        }
    )


if __name__ == "__main__":
    sys.exit(main())
