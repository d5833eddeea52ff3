"""The checks of a router, put together from its settings, and running them. Nothing is on that no setting asks for."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from litellm.router_utils.deployments import Deployment
from litellm.router_utils.pre_call_checks.affinity import AffinityMemory, Memory
from litellm.router_utils.pre_call_checks.check import Check, Kept, Observer, Success
from litellm.router_utils.pre_call_checks.facts import Facts

__all__ = [
    "AffinityMemory",
    "Check",
    "Facts",
    "Kept",
    "Memory",
    "Observer",
    "Success",
    "checks_for",
    "observers",
    "run",
]


def checks_for(
    settings: Any, *, deployments: Iterable[Deployment] = (), memory: Memory | None = None, spending: Any = None
) -> tuple[Check, ...]:
    """The checks that a router's settings and deployments ask for, in the order in which they run."""
    raise NotImplementedError


def observers(checks: Iterable[object]) -> tuple[Observer, ...]:
    """Those of the checks that are to be told of every answer (`note(Success(…))`)."""
    return tuple(check for check in checks if isinstance(check, Observer))


def run(checks: Sequence[Check], deployments: Sequence[Deployment], facts: Facts, now: float) -> Kept:
    """What all checks together leave, with every reason; the check that leaves none says what error that is."""
    skipped: Mapping[str, str] = {}
    for check in checks:
        kept = check(deployments, facts, now)
        if kept.skipped:
            skipped = {**skipped, **kept.skipped}
        deployments = kept.deployments
        if kept.error is not None or kept.pinned:
            return Kept(deployments, skipped, kept.error, kept.pinned)
    return Kept(deployments, skipped)
