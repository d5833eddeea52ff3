"""The recorded calls as values. A case says what is called, what the provider answers and what must come of it."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Case:
    """One recorded call; `group` is the name of its file, `doubt` why the recording itself is not trusted."""

    group: str
    id: str
    kind: str
    call: dict[str, Any]
    expect: dict[str, Any]
    steps: list[dict[str, Any]]
    raw: dict[str, Any]
    doubt: str = ""

    @property
    def job(self) -> dict[str, Any]:
        """What the process that runs the library needs to know of it."""
        wanted = ("kind", "call", "env", "settings", "post", "pick")
        return {name: self.raw[name] for name in wanted if self.raw.get(name) is not None}

    @property
    def looks_up(self) -> bool:
        """Whether a GET is the call itself; otherwise look-ups on the side are not compared."""
        return any(step.get("method") == "GET" for step in self.steps)


def load(path: Path) -> list[Case]:
    """All cases of one file."""
    return [_case(path.stem, raw) for raw in json.loads(path.read_text("utf-8"))["cases"]]


def _case(group: str, raw: dict[str, Any]) -> Case:
    upstream = raw.get("upstream") or []
    steps = upstream if isinstance(upstream, list) else [upstream]
    doubt = raw.get("doubt") or raw.get("reference_doubt") or ""
    return Case(group, raw["id"], raw["kind"], raw["call"], raw["expect"], steps, raw, doubt)


def groups(folder: Path = HERE / "cases") -> list[str]:
    """The names of the case files, in order."""
    return sorted(path.stem for path in folder.glob("*.json"))


@cache
def scope() -> dict[str, list[str]]:
    """What is not delivered yet: kinds of call, and groups of cases."""
    return json.loads((HERE / "scope.json").read_text("utf-8"))


def delivered(case: Case) -> bool:
    """Whether the case belongs to a capability that the package promises today."""
    later = scope()
    if case.kind in later["kinds_not_yet"] or _arguments(case).get("request_type") in later["request_types_not_yet"]:
        return False
    return not {case.group, case.raw["provider"], *_asked_about(case)} & set(later["providers_not_yet"])


def _arguments(case: Case) -> dict[str, Any]:
    """The call's arguments; those of the call that `return_raw_request` only shows."""
    given = case.call.get("kwargs") or {}
    inner = given.get("kwargs")
    return inner if isinstance(inner, dict) else given


def _asked_about(case: Case) -> set[str]:
    """The providers whose adapter a look-up answers for."""
    given, answer = _arguments(case), case.expect.get("result")
    named = [given.get("custom_llm_provider"), str(given.get("model")).partition("/")[0]]
    if isinstance(answer, dict) and "supported_openai_params" in answer:
        named.append(answer.get("litellm_provider"))
    return {name for name in named if isinstance(name, str)}


@cache
def known_differences() -> dict[str, dict[str, str]]:
    """Case ids that differ on purpose: `{id: {"reason": ..., "decision": "docs/decisions/NNNN-name.md"}}`."""
    return json.loads((HERE / "known_differences.json").read_text("utf-8"))
