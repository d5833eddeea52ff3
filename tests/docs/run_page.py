"""Runs the code blocks of one page, as a reader would who copies one after the other: `python run_page.py PAGE`."""

import ast
import contextlib
import io
import os
import re
import signal
import subprocess
import sys
import time
import traceback
import types
import urllib.request
from pathlib import Path

from litellm.core.recorder import recorder
from tests.docs.pages import Block, blocks

GATEWAY = "http://localhost:4000"


class Wrong(Exception):
    """A block did not do what its page says."""


def run(page: Path) -> int:
    """Run the page; print what is wrong with it, and answer how many blocks ran."""
    module = types.ModuleType("__main__")
    sys.modules["__main__"] = module  # what the page defines must be found there: pickling, annotations
    started: list[subprocess.Popen[bytes]] = []
    ran = 0
    try:
        for block in blocks(page):
            if "title" in block.words:
                Path(block.words["title"]).write_text(here(block.code), "utf-8")
            if block.language not in ("python", "bash") or "skip" in block.words:
                continue
            ran += 1
            if "background" in block.words:
                started.append(start(block))
                continue
            printed = run_python(page, block, module) if block.language == "python" else run_bash(block)
            if block.output is not None and not fits(printed, block.output):
                raise Wrong(f"{page}:{block.line}: prints\n{printed}\nand not\n{block.output}")
    finally:
        for process in started:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(20)
    return ran


def run_python(page: Path, block: Block, module: types.ModuleType) -> str:
    """Run a block in the page's namespace; what it prints."""
    code = "\n" * (block.line - 1) + here(block.code)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(ast.parse(code, str(page)), str(page), "exec", dont_inherit=True), module.__dict__)
        recorder.flush()  # what callbacks print belongs to this block
    return printed.getvalue()


def run_bash(block: Block) -> str:
    """Run a block in a shell that stops at the first failure; what it prints. What it exports, the next block has."""
    kept = Path("exported")
    command = ["bash", "-euo", "pipefail", "-c", f"{here(block.code)}\nenv -0 > {kept}"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    if done.returncode:
        raise Wrong(f"line {block.line}: exit status {done.returncode}: {done.stdout}{done.stderr}")
    os.environ.update(line.split("=", 1) for line in kept.read_text("utf-8").split("\0") if "=" in line)
    return done.stdout


def start(block: Block) -> "subprocess.Popen[bytes]":
    """Start a gateway and wait until it answers."""
    log = open("server.log", "wb")  # noqa: SIM115
    process = subprocess.Popen(
        ["bash", "-c", f"exec {block.code.strip()} --port {port()}"], stdout=log, stderr=log, start_new_session=True
    )
    give_up = time.monotonic() + 30
    while time.monotonic() < give_up and process.poll() is None:
        with contextlib.suppress(OSError):
            with urllib.request.urlopen(here(f"{GATEWAY}/health/liveliness"), timeout=2):
                return process
        time.sleep(0.05)
    raise Wrong(f"line {block.line}: the gateway does not answer: {Path('server.log').read_text('utf-8', 'replace')}")


def here(code: str) -> str:
    """The code with the gateway's address where this run has it."""
    return re.sub(r"\b(localhost|127\.0\.0\.1):4000\b", rf"\1:{port()}", code)


def port() -> str:
    """The port of this run's gateway."""
    return os.environ.get("PORT", "4000")


def fits(printed: str, expected: str) -> bool:
    """Whether the output is what the page shows; `…` stands for anything."""
    parts = [re.escape(part) for part in expected.strip().split("…")]
    return re.fullmatch(".*".join(parts), printed.strip(), re.DOTALL) is not None


if __name__ == "__main__":
    try:
        print(run(Path(sys.argv[1])))
    except Wrong as wrong:
        sys.exit(str(wrong))
    except BaseException:
        traceback.print_exc()
        sys.exit(1)
