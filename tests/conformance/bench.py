"""Runs cases: a recording server here, the library in a process of its own that is replaced when a call hangs."""

import json
import os
import select
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.conformance.cases import Case
from tests.conformance.compare import case_differences, tidy_request
from tests.conformance.recorder import TOKEN_PATH, Recorder

Json = Any
ROOT = Path(__file__).parents[2]
LONGEST_START = 60.0
LONGEST_CALL = 30.0
NOWHERE = "http://127.0.0.1:9"
"""A proxy that refuses: no case can leave the machine."""


@dataclass(frozen=True)
class Verdict:
    """What became of one case; no differences means it passed."""

    case: Case
    differences: list[str]
    hung: bool = False

    @property
    def passed(self) -> bool:
        """Whether the outcome is the recorded one."""
        return not self.differences


class Bench:
    """Server and library process; closes both."""

    def __init__(self, python: str = sys.executable, *, trace: bool = False) -> None:
        self._python = python
        self._trace = trace
        self._home = tempfile.TemporaryDirectory()
        self._recorder = Recorder()
        self._account = service_account(f"{self._recorder.base}{TOKEN_PATH}")
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> "Bench":
        return self

    def __exit__(self, *exc: object) -> None:
        self._stop()
        self._recorder.close()
        self._home.cleanup()

    def run(self, case: Case) -> Verdict:
        """Run one case and compare."""
        self._recorder.arm(case.steps)
        outcome = self._call(case)
        base, host = self._recorder.base, self._recorder.host
        sent = [
            tidy_request(request, base)
            for request in self._recorder.take()
            if case.looks_up or request["method"] != "GET"
        ]
        if outcome is None:
            return Verdict(case, [f"hung: no answer in {LONGEST_CALL:.0f} s"], hung=True)
        outcome = json.loads(json.dumps(outcome).replace(base, "{base}").replace(host, "{host}"))
        return Verdict(case, case_differences(case, {"requests": sent, **outcome}))

    def _call(self, case: Case) -> dict[str, Json] | None:
        process = self._started()
        job = {**case.job, "base": self._recorder.base, "account": self._account, "trace": self._trace}
        assert process.stdin is not None
        process.stdin.write(json.dumps(job) + "\n")
        process.stdin.flush()
        outcome = self._answer(process, LONGEST_CALL)
        if outcome is None:
            self._stop()
        return outcome

    def _started(self) -> subprocess.Popen[str]:
        if self._process is None:
            command = [self._python, "-u", "-m", "tests.conformance.worker"]
            quiet = None if self._trace else subprocess.DEVNULL
            pipe = subprocess.PIPE
            self._process = subprocess.Popen(
                command, stdin=pipe, stdout=pipe, stderr=quiet, text=True, env=self._environment(), cwd=self._home.name
            )
            if self._answer(self._process, LONGEST_START) is None:
                self._stop()
                raise RuntimeError(f"{self._python} could not import litellm; run again with --trace to see why")
        return self._process

    def _environment(self) -> dict[str, str]:
        """Nothing of the developer's own: no keys, no home, no way out."""
        return {
            "PATH": os.environ.get("PATH", ""),
            "HOME": self._home.name,
            "PYTHONPATH": str(ROOT),
            "PYTHONHASHSEED": "0",
            "LANG": "C.UTF-8",
            "TZ": "UTC",
            "LITELLM_LOCAL_MODEL_COST_MAP": "True",
            "LITELLM_LOG": "ERROR",
            "AWS_EC2_METADATA_DISABLED": "true",
            "HF_HUB_OFFLINE": "1",
            "NO_PROXY": "127.0.0.1,localhost",
            "HTTP_PROXY": NOWHERE,
            "HTTPS_PROXY": NOWHERE,
        }

    @staticmethod
    def _answer(process: subprocess.Popen[str], seconds: float) -> dict[str, Json] | None:
        assert process.stdout is not None
        ready, _, _ = select.select([process.stdout], [], [], seconds)
        line = process.stdout.readline() if ready else ""
        return json.loads(line) if line else None

    def _stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            with self._process as process:
                process.wait()
            self._process = None


def service_account(token_uri: str) -> str:
    """A throw-away Google service account whose tokens come from `token_uri`."""
    command = ["openssl", "genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"]
    key = subprocess.run(command, capture_output=True, text=True)
    return json.dumps(
        {
            "type": "service_account",
            "project_id": "conf-project",
            "private_key_id": "k1",
            "private_key": key.stdout,
            "client_email": "conf@conf-project.iam.gserviceaccount.com",
            "client_id": "1",
            "token_uri": token_uri,
        }
    )
