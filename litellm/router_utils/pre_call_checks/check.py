"""What a check is: it takes candidates and leaves those that may serve the request, with a reason for each other."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol, runtime_checkable

from litellm.core.errors import ProviderError
from litellm.router_utils.deployments import Deployment
from litellm.router_utils.pre_call_checks.facts import Facts


class Kept(NamedTuple):
    """What a check leaves.

    `skipped` has the reason, in words, for each id it took out. `error` says why the request cannot be served when
    nothing is left. `pinned` ends the checks: no other deployment could serve this request, whatever its load.
    """

    deployments: Sequence[Deployment]
    skipped: Mapping[str, str] = {}
    error: ProviderError | None = None
    pinned: bool = False


Check = Callable[[Sequence[Deployment], Facts, float], Kept]
"""Candidates, facts of the request, seconds since the epoch."""


class Success(NamedTuple):
    """One answer: who gave it, to which request, what it was (None where it is not at hand), its cost in US dollars."""

    deployment: Deployment
    facts: Facts
    now: float
    answer: Any = None
    cost: float | None = None


@runtime_checkable
class Observer(Protocol):
    """A check that learns from answers."""

    def note(self, success: Success) -> None:
        """Remember what the answer teaches."""
        ...


def sieve(
    deployments: Sequence[Deployment],
    reason_for: Callable[[Deployment], str | None],
    error: Callable[[Mapping[str, str]], ProviderError],
) -> Kept:
    """The deployments for which there is no reason against; `error` makes the error when every one has a reason."""
    skipped: dict[str, str] = {}
    left: list[Deployment] = []
    for deployment in deployments:
        reason = reason_for(deployment)
        if reason is None:
            left.append(deployment)
        else:
            skipped[deployment.id] = reason
    if not skipped:
        return Kept(deployments)
    return Kept(left, skipped, None if left else error(skipped))


def all_reasons(skipped: Mapping[str, str]) -> str:
    """The reasons in one line, each once."""
    return "; ".join(dict.fromkeys(skipped.values()))


def refusal(message: str, *, model: str, status: int) -> ProviderError:
    """A refusal that LiteLLM 1.x raises as a `ValueError`: the SDK raises that too, the gateway answers `status`."""
    error = ProviderError(message, model=model, status=status)
    error.original = ValueError(message)
    return error
