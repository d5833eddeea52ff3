"""Takes out deployments whose model cannot read so long a prompt. What no one states a limit of is kept."""

from collections.abc import Mapping, Sequence
from typing import Any

from litellm.core.errors import ContextWindowExceeded
from litellm.core.model_map import find_key, model_cost
from litellm.router_utils.deployments import Deployment
from litellm.router_utils.pre_call_checks.check import Kept, all_reasons, sieve
from litellm.router_utils.pre_call_checks.facts import Facts


def context_window(deployments: Sequence[Deployment], facts: Facts, now: float) -> Kept:
    """Keep the deployments whose `max_input_tokens` the prompt does not exceed.

    When it exceeds all of them the error is `ContextWindowExceeded`, so that the fallbacks for that are next.
    """

    def reason(deployment: Deployment) -> str | None:
        limit = max_input_tokens(deployment)
        if limit is None or not facts.exceeds(limit, deployment.model):
            return None
        return f"the prompt is longer than the context window of {deployment.model!r}: {limit:,} tokens"

    def error(skipped: Mapping[str, str]) -> ContextWindowExceeded:
        return ContextWindowExceeded(
            f"Context window exceeded for every deployment of {deployments[0].group!r}: {all_reasons(skipped)}. "
            "Shorten the prompt, or set context_window_fallbacks",
            model=deployments[0].group,
        )

    return sieve(deployments, reason, error)


def max_input_tokens(deployment: Deployment) -> float | None:
    """How many tokens the deployment reads: as its own `model_info` says, else the map of models; None: unknown."""
    stated = _number(deployment.info.get("max_input_tokens"))
    if stated is not None:
        return stated
    key = find_key(family(deployment), deployment.provider)
    return _number(model_cost()[key].get("max_input_tokens")) if key is not None else None


def family(deployment: Deployment) -> str:
    """The name by which the deployment's model is known: its `base_model` where one is given."""
    named = deployment.info.get("base_model") or deployment.params.get("base_model")
    return named if isinstance(named, str) else deployment.model


def _number(value: Any) -> float | None:
    """A limit as the map or a configuration file writes it: a number, or a text that is one."""
    if isinstance(value, str) and value.isdecimal():
        return float(value)
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None
