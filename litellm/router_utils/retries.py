"""How often an error is tried again, and after how long. Pure: randomness and what is healthy come in."""

from collections.abc import Mapping

from litellm.core.errors import (
    Authentication,
    ContentPolicyViolation,
    ContextWindowExceeded,
    PermissionDenied,
    ProviderError,
)
from litellm.core.plan import FIRST_WAIT, LONGEST_WAIT, retry_after
from litellm.core.retry_policy import DEFAULT
from litellm.core.retry_policy import retries as retries_by_policy

LONGEST_JITTER = 0.75
_CONFLICT = 409
_ENOUGH_DOUBLINGS = 16
_DETOURED = (ContextWindowExceeded, ContentPolicyViolation)


def retries_for(
    error: ProviderError,
    *,
    policy: Mapping[str, int] | None,
    number: int,
    deployments: int,
    detour: bool = False,
) -> int:
    """The tries after the first that this error is given.

    `number` is for errors that may pass: 408, 409, 429, 5xx, no connection; 401 and 403 where the group has other
    `deployments`, whose keys may be good. `policy` (numbers by kind, see `core.retry_policy`) wins over it. `detour`
    says that the error has fallbacks of its own (context window, content policy): it goes there at once.

    >>> retries_for(Authentication("wrong key"), policy=None, number=2, deployments=1)
    0
    """
    if detour and isinstance(error, _DETOURED):
        return 0
    passing = may_pass(error, deployments=deployments)
    if policy:
        said = retries_by_policy(policy, error)
        if said is None and passing:
            said = policy.get(DEFAULT)
        if said is not None:
            return said
    return number if passing else 0


def may_pass(error: ProviderError, *, deployments: int) -> bool:
    """Whether another try may succeed where this one failed."""
    if isinstance(error, Authentication | PermissionDenied):
        return deployments > 1
    return error.retryable or error.status == _CONFLICT


def wait_before(
    error: ProviderError, tries: int, *, others_healthy: bool, retry_after_min: float = 0.0, jitter: float = 0.0
) -> float:
    """Seconds to wait before the next try, after `tries` that failed.

    None when another deployment is healthy. Else what upstream asks for (at most 60), else 0.5, 1, 2 … 8 seconds and
    up to 0.75 more by `jitter` (0 … 1), so that callers who failed together do not come back together; never less
    than `retry_after_min`.
    """
    if others_healthy:
        return 0.0
    wait = retry_after(error.headers)
    if wait is None:
        doubled = FIRST_WAIT * 2.0 ** min(max(tries - 1, 0), _ENOUGH_DOUBLINGS)
        wait = min(doubled, LONGEST_WAIT) + LONGEST_JITTER * jitter
    return max(wait, retry_after_min)
