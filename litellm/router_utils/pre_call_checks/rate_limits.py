"""Takes out deployments whose requests or tokens of this minute are used up, here or by all processes together."""

from collections.abc import Callable, Mapping, Sequence
from math import ceil

from litellm.core.errors import RateLimited
from litellm.router_utils.deployments import Deployment
from litellm.router_utils.pre_call_checks.check import Kept, all_reasons, sieve
from litellm.router_utils.pre_call_checks.facts import Facts
from litellm.router_utils.stats import Window
from litellm.types.router import RouterErrors

_MINUTE = 60.0


def rate_limits(deployments: Sequence[Deployment], facts: Facts, now: float) -> Kept:
    """Keep the deployments whose rpm, tpm, itpm and otpm have room for this request in the minute of `now`."""

    def error(skipped: Mapping[str, str]) -> RateLimited:
        return rate_limited(deployments[0].group, all_reasons(skipped), now)

    return sieve(deployments, lambda each: limit_reached(each, now, facts), error)


def limit_reached(deployment: Deployment, now: float, facts: Facts | None = None) -> str | None:
    """Which limit of the minute has no room left, in words; None when all have.

    With `facts` the prompt must fit as well. Output counts as it comes, so that only what has come, or is reserved,
    uses up `otpm`.
    """
    if deployment.rpm is deployment.tpm is deployment.itpm is deployment.otpm is None:
        return None
    used = _usage(deployment, now)
    for name, limit in (("rpm", deployment.rpm), ("otpm", deployment.otpm)):
        if limit is not None and used(name) >= limit:
            return _words(name, used(name), limit)
    for name, limit in (("tpm", deployment.tpm), ("itpm", deployment.itpm)):
        if limit is None:
            continue
        room = limit - used(name)
        if room <= 0 or (facts is not None and facts.exceeds(room, deployment.model)):
            return _words(name, used(name), limit)
    return None


def rate_limited(group: str, reasons: str, now: float) -> RateLimited:
    """The error of a group without room, with the seconds until the next minute begins."""
    seconds = max(1, ceil(_MINUTE - now % _MINUTE))
    return RateLimited(
        f"{RouterErrors.user_defined_ratelimit_error.value} model={group}: {reasons}. Try again in {seconds} seconds.",
        model=group,
        headers={"retry-after": str(seconds)},
    )


_COUNTED: Mapping[str, Callable[[Window], int]] = {
    "rpm": lambda window: window.requests,
    "tpm": lambda window: window.tokens,
    "itpm": lambda window: window.input_tokens,
    "otpm": lambda window: window.output_tokens,
}


def _usage(deployment: Deployment, now: float) -> Callable[[str], int]:
    """What is used up of a limit: what this process counted, or what all report when that is more."""
    stats = deployment.stats
    own = stats.window.at(now)
    fleet = stats.fleet.at(now) if stats.fleet is not None else own
    return lambda name: max(_COUNTED[name](own), _COUNTED[name](fleet))


def _words(name: str, used: int, limit: float) -> str:
    what = "requests" if name == "rpm" else "tokens"
    return f"{name} limit={limit:g}, {used} {what} used this minute"
