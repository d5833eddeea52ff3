"""What `pip install` of the wheel brings to an empty environment: packages and megabytes, SDK and gateway."""

import re
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from benchmarks.measure import ROOT, report

MEGABYTE = 1e6


def build(folder: Path) -> Path:
    """The wheel of this checkout."""
    options = [
        "--quiet",
        "--disable-pip-version-check",
        "--no-deps",
        "--no-build-isolation",
        "--wheel-dir",
        str(folder),
    ]
    subprocess.run([sys.executable, "-m", "pip", "wheel", *options, str(ROOT)], check=True)
    return next(folder.glob("litellm-*.whl"))


def size(folder: Path) -> float:
    """Megabytes of all files below; compiled bytecode is not counted, it grows with use."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")
    return sum(path.stat().st_size for path in files) / MEGABYTE


def installed(wheel: Path, extra: str, folder: Path) -> tuple[int, float]:
    """Packages and megabytes that the wheel with an extra adds to an empty environment."""
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    site = next(folder.glob("lib/python*/site-packages"))
    empty = size(site)
    pip = [str(python), "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "--no-compile", f"{wheel}{extra}"], check=True)
    listed = subprocess.run([*pip, "freeze", "--all"], check=True, capture_output=True, text=True).stdout
    names = {re.split(r"==| @ ", line)[0] for line in listed.split("\n") if line} - {"pip", "setuptools", "wheel"}
    subprocess.run([str(python), "-I", "-c", "import litellm"], check=True)
    return len(names), size(site) - empty


def main() -> None:
    """Build, install, count and print."""
    with tempfile.TemporaryDirectory() as folder:
        wheel = build(Path(folder))
        packages, megabytes = installed(wheel, "", Path(folder, "sdk"))
        proxy_packages, proxy_megabytes = installed(wheel, "[proxy]", Path(folder, "proxy"))
        report(
            {
                "wheel_mb": wheel.stat().st_size / MEGABYTE,
                "sdk_packages": packages,
                "sdk_mb": megabytes,
                "proxy_packages": proxy_packages,
                "proxy_mb": proxy_megabytes,
            }
        )


if __name__ == "__main__":
    sys.exit(main())
