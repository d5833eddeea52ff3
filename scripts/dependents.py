"""Runs real packages that use litellm, each in an environment of its own, against a provider on loopback.

An environment is made once (`.cache/dependents/NAME`) and gets the current wheel each time. What is checked is that the
package's resolver accepts us and that its own way of calling us answers.
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
from tests.conformance.recorder import Recorder  # noqa: E402

ENVIRONMENTS = ROOT / ".cache" / "dependents"
CONTENT = '{"name": "Ada"}'
ANSWER = {
    "id": "chatcmpl-1",
    "object": "chat.completion",
    "created": 1700000000,
    "model": "gpt-4o-mini",
    "choices": [{"index": 0, "message": {"role": "assistant", "content": CONTENT}, "finish_reason": "stop"}],
    "usage": {"prompt_tokens": 20, "completion_tokens": 5, "total_tokens": 25},
}


@dataclass(frozen=True)
class Dependent:
    """One package: what to install, and a script that calls it; the script reads BASE and exits 0 when all is well."""

    requirement: str
    script: str
    resolves: bool = True
    """Whether the range it states admits our version; otherwise we are installed over it afterwards."""
    also: tuple[str, ...] = ()
    """What it imports without requiring it, because LiteLLM 1.x brought it."""


DEPENDENTS = {
    "instructor": Dependent(
        "instructor",
        """
        import os, instructor, litellm, pydantic
        class Person(pydantic.BaseModel):
            name: str
        client = instructor.from_litellm(litellm.completion, mode=instructor.Mode.JSON)
        person = client.chat.completions.create(
            model="openai/gpt-4o-mini", api_base=os.environ["BASE"], api_key="sk-x", response_model=Person,
            messages=[{"role": "user", "content": "Who wrote the first program?"}],
        )
        assert person.name == "Ada", person
        """,
        resolves=False,
    ),
    "smolagents": Dependent(
        "smolagents",
        """
        import os
        from smolagents import LiteLLMModel
        model = LiteLLMModel(model_id="openai/gpt-4o-mini", api_base=os.environ["BASE"], api_key="sk-x")
        answer = model.generate([{"role": "user", "content": [{"type": "text", "text": "Who?"}]}])
        assert "Ada" in answer.content and answer.token_usage.input_tokens == 20, answer
        """,
    ),
    "dspy": Dependent(
        "dspy",
        """
        import os, dspy
        lm = dspy.LM("openai/gpt-4o-mini", api_base=os.environ["BASE"], api_key="sk-x", cache=False)
        assert "Ada" in str(lm("Who?")), lm.history
        """,
    ),
    "openai-agents": Dependent(
        "openai-agents",
        """
        import os
        from agents import Agent, Runner, set_tracing_disabled
        from agents.extensions.models.litellm_model import LitellmModel
        set_tracing_disabled(True)
        model = LitellmModel(model="openai/gpt-4o-mini", base_url=os.environ["BASE"], api_key="sk-x")
        result = Runner.run_sync(Agent(name="a", instructions="Be brief.", model=model), "Who?")
        assert "Ada" in result.final_output, result
        """,
    ),
    "llama-index": Dependent(
        "llama-index-llms-litellm",
        """
        import os
        from llama_index.llms.litellm import LiteLLM
        llm = LiteLLM(model="openai/gpt-4o-mini", api_base=os.environ["BASE"], api_key="sk-x")
        assert "Ada" in llm.complete("Who?").text
        """,
        also=("openai",),
    ),
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
    steps = [[*pip, *wanted], *([] if dependent.resolves else [[*pip, str(wheel)]]), over]
    for step in steps:
        done = subprocess.run(step, capture_output=True, text=True)
        if done.returncode:
            return "cannot be installed: " + done.stderr.strip()[-600:]
    return run(dependent, python)


def run(dependent: Dependent, python: Path) -> str:
    """Run the script against a provider that always gives the same answer."""
    recorder = Recorder()
    recorder.arm([{"status": 200, "body": ANSWER}])
    environment = {"PATH": os.environ["PATH"], "HOME": str(python.parents[1]), "BASE": f"{recorder.base}/v1"}
    command = [str(python), "-c", textwrap.dedent(dependent.script)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120)
    except subprocess.TimeoutExpired:
        return "hung"
    finally:
        recorder.close()
    return done.stderr.strip()[-1500:] if done.returncode else ""


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
            print(f"{name:24} {'FAILED' if fault else 'works'}")
            print(textwrap.indent(fault, "    "), end="\n" if fault else "")
    print(f"{len(names) - failed} passed, {failed} failed")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
