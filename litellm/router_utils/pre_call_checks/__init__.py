"""Checks on the candidates for a request. `assembly` puts a router's together, `run` asks them one after the other."""

from litellm.router_utils.pre_call_checks.affinity import AffinityMemory, Memory
from litellm.router_utils.pre_call_checks.assembly import checks_for, observers, run
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
