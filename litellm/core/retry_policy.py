"""How often to try again by kind of error, as LiteLLM 1.x's `RetryPolicy` says it. Pure."""

from collections.abc import Mapping
from typing import Any

from litellm.core import errors
from litellm.core.errors import BadRequest, ProviderError

DEFAULT = "DefaultRetries"
_FIELDS: Mapping[type[ProviderError], str] = {
    errors.BadRequest: "BadRequestErrorRetries",
    errors.Authentication: "AuthenticationErrorRetries",
    errors.TimedOut: "TimeoutErrorRetries",
    errors.RateLimited: "RateLimitErrorRetries",
    errors.ContentPolicyViolation: "ContentPolicyViolationErrorRetries",
    errors.InternalError: "InternalServerErrorRetries",
    errors.Unavailable: "ServiceUnavailableErrorRetries",
    errors.NotFound: "NotFoundErrorRetries",
}
_NAMES = frozenset({*_FIELDS.values(), DEFAULT})


def numbers(policy: Any) -> dict[str, int]:
    """The numbers that a policy sets: a dict, or an object with the fields of `litellm.types.router.RetryPolicy`.

    Raises `BadRequest` for a field that no policy has, and for what is no whole number from 0 on.
    """
    if not isinstance(policy, Mapping):
        policy = {name: getattr(policy, name, None) for name in _NAMES}
    for name, number in policy.items():
        if name not in _NAMES:
            raise BadRequest(f"retry_policy has no {name!r}: it takes {', '.join(sorted(_NAMES))}")
        if number is not None and (not isinstance(number, int) or isinstance(number, bool) or number < 0):
            raise BadRequest(f"retry_policy[{name!r}]={number!r}: give the tries after the first, 0 or more")
    return {name: number for name, number in policy.items() if number is not None}


def retries(policy: Mapping[str, int], error: ProviderError) -> int | None:
    """The tries after the first that the policy gives to this error: its own kind's, else its parent's.

    None where the policy says nothing of it. `DefaultRetries` is for errors that may pass and that nothing else names.

    >>> retries({"BadRequestErrorRetries": 1}, errors.ContextWindowExceeded("too long"))
    1
    """
    for kind in type(error).__mro__:
        number = policy.get(_FIELDS.get(kind, ""))
        if number is not None:
            return number
    return policy.get(DEFAULT) if error.retryable else None
