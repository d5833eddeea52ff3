"""What can go wrong with a call, as one tree, and the classification of an upstream's refusal.

    ProviderError
    ├── BadRequest 400 ── UnsupportedParams, ContextWindowExceeded, ContentPolicyViolation, UnknownProvider,
    │                     MediaFetchFailed
    ├── Authentication 401        ├── PermissionDenied 403     ├── NotFound 404
    ├── TimedOut 408 ── (retry)   ├── Unprocessable 422        ├── RateLimited 429 (retry)
    ├── InternalError 500 (retry) ├── BadGateway 502 (retry)   ├── Unavailable 503 (retry)
    ├── ConnectionFailed (retry)  ├── InvalidResponse          └── StreamBroken (retry, before the first chunk)

Every leaf answers `status`, `retryable` and `level`. Everything below the public edge raises these; the edge turns them
into the exceptions users catch. Upstream's status decides before upstream's prose does.
"""

import re
from collections.abc import Mapping

from litellm.core.http import HttpResponse

QUOTED_BYTES = 200
SECRET_LENGTH = 8


class ProviderError(Exception):
    """A call failed: `message` in upstream's own words where there are any, `status` as HTTP counts it."""

    status: int = 500
    retryable: bool = False
    level: str = "error"

    def __init__(
        self,
        message: str,
        *,
        provider: str = "",
        model: str = "",
        status: int | None = None,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.provider = provider
        self.model = model
        self.headers: dict[str, str] = dict(headers or {})
        self.body = body
        self.attempts: int = 1
        # The exception of the caller's own code that this error stands for: the edge raises that very one.
        self.original: Exception | None = None
        if status is not None:
            self.status = status


class BadRequest(ProviderError):
    status: int = 400
    level: str = "warning"


class UnsupportedParams(BadRequest):
    """The provider does not know a parameter that the caller sent."""


class ContextWindowExceeded(BadRequest):
    """The prompt is longer than the model's window."""


class ContentPolicyViolation(BadRequest):
    """The provider refused the content."""


class UnknownProvider(BadRequest):
    """No provider could be found for the model's name."""


class MediaFetchFailed(BadRequest):
    """An image or file that the caller named by URL could not be fetched."""


class Authentication(ProviderError):
    status: int = 401


class PermissionDenied(ProviderError):
    status: int = 403


class NotFound(ProviderError):
    status: int = 404


class TimedOut(ProviderError):
    status: int = 408
    retryable: bool = True
    level: str = "warning"


class Unprocessable(ProviderError):
    status: int = 422
    level: str = "warning"


class RateLimited(ProviderError):
    status: int = 429
    retryable: bool = True
    level: str = "warning"


class InternalError(ProviderError):
    status: int = 500
    retryable: bool = True


class BadGateway(ProviderError):
    status: int = 502
    retryable: bool = True


class Unavailable(ProviderError):
    status: int = 503
    retryable: bool = True


class ConnectionFailed(ProviderError):
    """No answer at all: the connection was refused, reset, or lost before an answer."""

    status: int = 500
    retryable: bool = True


class InvalidResponse(ProviderError):
    """Upstream answered with something that is not the answer its documentation promises."""

    status: int = 500
    retryable: bool = True


class RuleBroken(ProviderError):
    """One of the user's own rules refused the prompt or the answer."""


class SchemaMismatch(ProviderError):
    """The answer does not fit the JSON schema that was asked for."""

    schema: str = ""
    answer: str = ""


class StreamBroken(ProviderError):
    """A stream ended, or went wrong, before upstream said that it was complete; `partial` is the text that came."""

    status: int = 503
    retryable: bool = True
    partial: str = ""


class BudgetExceeded(ProviderError):
    """The money this program may spend is spent (US dollars)."""

    status: int = 422
    spent: float = 0.0
    limit: float = 0.0


class NoDeployment(ProviderError):
    """No deployment of a model group may take the call now: `cooldown_time` (seconds) says when to come back.

    `cooldown_list` names the deployments that rest.
    """

    status: int = 429
    level: str = "warning"
    cooldown_time: float = 0.0
    cooldown_list: tuple[str, ...] = ()
    pre_call_checks: bool = False


def standing_for(original: Exception, *, provider: str, model: str) -> ProviderError:
    """The error that an exception of a user's own code amounts to, by its status and its class's name."""
    status = getattr(original, "status_code", None)
    status = status if isinstance(status, int) and 400 <= status < 600 else 500
    names = {kind.__name__ for kind in type(original).__mro__}
    kind = next((kind for name, kind in _BY_NAME.items() if name in names), None)
    kind = kind or _BY_STATUS.get(status) or (InternalError if status >= 500 else BadRequest)
    headers = getattr(original, "litellm_response_headers", None)
    headers = headers or getattr(getattr(original, "response", None), "headers", None) or {}
    error = kind(
        str(getattr(original, "message", None) or original),
        provider=provider,
        model=model,
        status=status,
        headers={str(name).lower(): str(value) for name, value in headers.items()},
    )
    error.original = original
    return error


# Errors in our own words, which name parameters and models and quote no prompt.
_QUOTE_NOTHING = (UnsupportedParams, UnknownProvider, Authentication, TimedOut, ConnectionFailed, BudgetExceeded)


def silence(error: ProviderError) -> None:
    """Take out of an error what may quote the prompt: upstream's words, ours about the input, and what led to it."""
    error.__cause__ = None
    error.__context__ = None
    if error.body is None and isinstance(error, _QUOTE_NOTHING):
        return
    error.message = f"{type(error).__name__} {error.status}: the words are left out (redact_messages_in_exceptions)"
    error.args = (error.message,)
    error.body = None


_BY_STATUS: dict[int, type[ProviderError]] = {
    400: BadRequest,
    401: Authentication,
    403: PermissionDenied,
    404: NotFound,
    408: TimedOut,
    413: BadRequest,
    422: Unprocessable,
    429: RateLimited,
    500: InternalError,
    502: BadGateway,
    503: Unavailable,
    504: TimedOut,
}

# The public exceptions whose meaning their status does not tell.
_BY_NAME: dict[str, type[ProviderError]] = {
    "ContextWindowExceededError": ContextWindowExceeded,
    "ContentPolicyViolationError": ContentPolicyViolation,
    "APIConnectionError": ConnectionFailed,
}

# Phrases by which providers say the same thing in a 400's (413's, 422's) prose.
_CONTEXT_WINDOW = re.compile(
    r"context[_ ](length|window)|maximum context|context limit|prompt is too long|too many (input )?tokens"
    r"|input (length|tokens?) .{0,40}(exceed|too long)|exceeds? .{0,40}(context|token limit|maximum number of tokens"
    r"|maximum input)|input token count .{0,60}exceeds|reduce the length|longer than the model's context",
    re.IGNORECASE,
)
_NOT_CONTEXT_WINDOW = re.compile(r"string_above_max_length|invalid 'user'", re.IGNORECASE)
_CONTENT_POLICY = re.compile(
    r"content_policy_violation|responsibleaipolicyviolation|content management policy|content_filter\b"
    r"|rejected as a result of our safety system|violat\w+ .{0,40}(usage|content) polic|invalid_prompt",
    re.IGNORECASE,
)
_WRONG_KEY = re.compile(r"incorrect api key|invalid[_ ]api[_ ]key|api key not valid|invalid x-api-key", re.IGNORECASE)


def classify(
    response: HttpResponse, message: str, *, provider: str, model: str, prose: str | None = None
) -> ProviderError:
    """Name an upstream refusal: by its status first, and among the 400s by what its words (`prose`) say."""
    status = response.status
    kind = _BY_STATUS.get(status) or (InternalError if status >= 500 else BadRequest if 400 <= status < 500 else None)
    if kind is None:
        kind = InvalidResponse
    if issubclass(kind, BadRequest | Unprocessable):
        kind = _kind_of_prose(prose if prose is not None else message, kind)
    shown_status = 400 if kind in (ContextWindowExceeded, ContentPolicyViolation) else status
    if kind is InternalError and status not in (500, 501):
        shown_status = 500
    if kind is Authentication:
        shown_status = 401
    return kind(
        message,
        provider=provider,
        model=model,
        status=shown_status,
        headers=response.headers,
        body=response.body,
    )


def _kind_of_prose(prose: str, otherwise: type[ProviderError]) -> type[ProviderError]:
    if _CONTEXT_WINDOW.search(prose) and not _NOT_CONTEXT_WINDOW.search(prose):
        return ContextWindowExceeded
    if _CONTENT_POLICY.search(prose):
        return ContentPolicyViolation
    if _WRONG_KEY.search(prose):
        return Authentication
    return otherwise


_SECRET = re.compile(
    r"\b(?:(?:sk|pk|key|gsk|xai|hf|r8|ghp|nvapi|pplx)[-_][A-Za-z0-9_\-]{8,}|AIza[A-Za-z0-9_\-]{8,}|AKIA[A-Z0-9]{8,}"
    r"|Bearer\s+[A-Za-z0-9._\-]{8,})"
)


def quote(body: bytes) -> str:
    """What was received, for a message: its first 200 bytes, with anything that looks like a secret masked."""
    text = body[:QUOTED_BYTES].decode("utf-8", "replace")
    return repr(_SECRET.sub("[masked]", text)) + (f" … ({len(body)} bytes)" if len(body) > QUOTED_BYTES else "")


def concealed(error: ProviderError, key: str | None) -> ProviderError:
    """The error without the key that was sent, where upstream repeats it; a placeholder is no secret."""
    if not key or len(key) < SECRET_LENGTH:
        return error
    if key in error.message:
        error.message = error.message.replace(key, "[masked]")
        error.args = (error.message,)
    if error.body and key.encode() in error.body:
        error.body = error.body.replace(key.encode(), b"[masked]")
    return error
