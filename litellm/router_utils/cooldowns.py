"""Whether a deployment rests after a failure, and for how long. Pure; the failure has been counted before it asks."""

from collections.abc import Mapping

from litellm.core import errors
from litellm.core.errors import ProviderError
from litellm.core.plan import retry_after
from litellm.router_utils.deployments import Deployment
from litellm.router_utils.settings import Settings
from litellm.router_utils.stats import Window

USUAL_ALLOWED_FAILS = 3
_FAILING_SHARE = 0.5
_ENOUGH_REQUESTS = 5
_ENOUGH_TO_REST_ALONE = 1000
_CONSIDERED = frozenset({401, 404, 408, 429})
_TRY_AGAIN = frozenset({408, 409, 429})

# The caller's own rules, which the deployment knows nothing of.
_SAYS_NOTHING = (errors.RuleBroken, errors.SchemaMismatch)

ALLOWED_FAILS: Mapping[type[ProviderError], str] = {
    errors.BadRequest: "BadRequestErrorAllowedFails",
    errors.Authentication: "AuthenticationErrorAllowedFails",
    errors.TimedOut: "TimeoutErrorAllowedFails",
    errors.RateLimited: "RateLimitErrorAllowedFails",
    errors.ContentPolicyViolation: "ContentPolicyViolationErrorAllowedFails",
    errors.InternalError: "InternalServerErrorAllowedFails",
}
"""The fields of `allowed_fails_policy` by kind of error."""


def cooldown_for(
    error: ProviderError,
    deployment: Deployment,
    *,
    group_size: int,
    settings: Settings,
    now: float,
) -> float | None:
    """The seconds that a deployment rests after this failure; None when it goes on.

    `group_size` is how many deployments its group has: the only one rests only when nothing else can come of it.
    With allowed fails it rests when it failed more often than that in this minute; else after a 429, an error that no
    retry helps, or when most requests fail.
    """
    if settings.disable_cooldowns or deployment.from_wildcard or isinstance(error, _SAYS_NOTHING):
        return None
    named = allowed_by_policy(settings.allowed_fails_policy, error)
    if named is None and not _speaks_against_it(error.status):
        return None
    window = deployment.stats.window.at(now)
    allowed = _allowed(settings, named)
    rests = _fails_too_often(error.status, window, group_size) if allowed is None else window.failed > allowed
    return _seconds(error, deployment, settings) if rests else None


def _speaks_against_it(status: int) -> bool:
    """Whether a status says something of the deployment; most of the 400s are about the request."""
    return status in _CONSIDERED or not 400 <= status < 500


def allowed_by_policy(policy: Mapping[str, int], error: ProviderError) -> int | None:
    """The number of the error's kind, else of its parent's."""
    found = (policy.get(ALLOWED_FAILS.get(kind, "")) for kind in type(error).__mro__)
    return next((number for number in found if number is not None), None)


def _allowed(settings: Settings, named: int | None) -> int | None:
    """The failures that are allowed; None where nobody said anything of it."""
    if named is not None or settings.allowed_fails is not None:
        return settings.allowed_fails if named is None else named
    return USUAL_ALLOWED_FAILS if settings.allowed_fails_policy else None


def _fails_too_often(status: int, window: Window, group_size: int) -> bool:
    others = group_size > 1
    if status == 429:
        return others
    if 400 <= status < 500 and status not in _TRY_AGAIN:
        return True
    ended = window.failed + window.succeeded
    if window.failed == ended and ended >= _ENOUGH_TO_REST_ALONE:
        return True
    return others and ended >= _ENOUGH_REQUESTS and window.failed > _FAILING_SHARE * ended


def _seconds(error: ProviderError, deployment: Deployment, settings: Settings) -> float | None:
    """What the deployment says, else upstream, else the router; 0 is no rest."""
    if deployment.cooldown_time is not None:
        return deployment.cooldown_time or None
    return retry_after(error.headers) or settings.cooldown_time or None
