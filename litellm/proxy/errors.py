"""A refusal as clients see it: OpenAI's error envelope. Every error of the gateway becomes one here; nothing is sent
here.
"""

from collections.abc import Mapping
from typing import Any

import msgspec

from litellm.core import errors
from litellm.core.errors import ProviderError

_TYPES = {
    400: "invalid_request_error",
    401: "auth_error",
    403: "permission_error",
    404: "not_found_error",
    408: "timeout_error",
    413: "invalid_request_error",
    422: "invalid_request_error",
    429: "throttling_error",
}

# The public names of the engine's errors: LiteLLM 1.x puts them in front of messages, and clients look for them there.
_PUBLIC_NAMES: dict[type[ProviderError], str] = {
    errors.UnsupportedParams: "UnsupportedParamsError",
    errors.ContextWindowExceeded: "ContextWindowExceededError",
    errors.ContentPolicyViolation: "ContentPolicyViolationError",
    errors.MediaFetchFailed: "ImageFetchError",
    errors.BadRequest: "BadRequestError",
    errors.Authentication: "AuthenticationError",
    errors.PermissionDenied: "PermissionDeniedError",
    errors.NotFound: "NotFoundError",
    errors.TimedOut: "Timeout",
    errors.Unprocessable: "UnprocessableEntityError",
    errors.RateLimited: "RateLimitError",
    errors.InternalError: "InternalServerError",
    errors.BadGateway: "BadGatewayError",
    errors.Unavailable: "ServiceUnavailableError",
    errors.ConnectionFailed: "APIConnectionError",
    errors.InvalidResponse: "APIConnectionError",
    errors.StreamBroken: "MidStreamFallbackError",
    errors.BudgetExceeded: "BudgetExceededError",
}
_PASSED_ON = ("retry-after", "retry-after-ms")


class Refused(Exception):
    """A request that the gateway itself turns down: HTTP status, message, and the parameter at fault if there is
    one.
    """

    def __init__(
        self,
        status: int,
        message: str,
        *,
        kind: str | None = None,
        param: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.kind: str = kind or _TYPES.get(status, "internal_server_error")
        self.param = param
        self.headers: dict[str, str] = dict(headers or {})


def refusal_of(error: Exception) -> Refused:
    """Any error as a refusal; one that nobody foresaw says nothing of its insides."""
    if isinstance(error, Refused):
        return error
    if isinstance(error, ProviderError):
        return _of_upstream(error)
    return Refused(500, "an internal error of the gateway; its log says more under this call's x-litellm-call-id")


def envelope(refused: Refused) -> dict[str, Any]:
    """The JSON body of a refusal, as https://platform.openai.com/docs/guides/error-codes shapes it."""
    return {
        "error": {
            "message": refused.message,
            "type": refused.kind,
            "param": refused.param,
            "code": str(refused.status),
        }
    }


def _of_upstream(error: ProviderError) -> Refused:
    if isinstance(error, errors.NoDeployment):
        return Refused(error.status, error.message, headers=_passed_on(error))
    name = next((_PUBLIC_NAMES[kind] for kind in type(error).__mro__ if kind in _PUBLIC_NAMES), "APIError")
    whose = f"{error.provider}: " if error.provider else ""
    told = _told(error.body)
    return Refused(
        error.status,
        f"litellm.{name}: {whose}{error.message}",
        kind=told.get("type"),
        param=told.get("param"),
        headers=_passed_on(error),
    )


def _passed_on(error: ProviderError) -> dict[str, str]:
    return {name: error.headers[name] for name in _PASSED_ON if name in error.headers}


def _told(body: bytes | None) -> dict[str, str]:
    """`type` and `param` of upstream's own error, when it is in OpenAI's shape."""
    try:
        error = msgspec.json.decode(body or b"{}")["error"]
        return {name: value for name in ("type", "param") if isinstance(value := error.get(name), str)}
    except (msgspec.DecodeError, KeyError, TypeError, AttributeError):
        return {}
