"""The exceptions users catch, each also the OpenAI SDK's of its meaning, and the table from our own errors.

Every one carries `message`, `status_code`, `llm_provider`, `model`, `response`, `body` and `litellm_response_headers`.
"""

from collections.abc import Mapping
from typing import Any

from litellm import _openai_errors as sdk
from litellm._settings import settings
from litellm.core import errors
from litellm.model_info import ModelNotMappedError as ModelNotMappedError


class ErrorResponse:
    """The upstream answer behind an exception, as HTTP clients show one."""

    def __init__(self, status_code: int, headers: Mapping[str, str] | None = None, content: bytes = b"") -> None:
        self.status_code = status_code
        self.headers: dict[str, str] = dict(headers or {})
        self.content = content
        self.request: Any = None

    @property
    def text(self) -> str:
        return self.content.decode("utf-8", "replace")

    def json(self) -> Any:
        """The body, decoded. Raises ValueError when it is not JSON."""
        import msgspec

        return msgspec.json.decode(self.content)


class _Pickled(Exception):
    """An exception that is pickled by what it holds, whatever its constructor wants; requests are left out."""

    def __reduce__(self) -> tuple[Any, ...]:
        held = {name: None if name == "request" else value for name, value in self.__dict__.items()}
        return _revive, (type(self), self.args, held)


def _revive(kind: type[_Pickled], args: tuple[Any, ...], held: dict[str, Any]) -> _Pickled:
    error = kind.__new__(kind)
    Exception.__init__(error, *args)
    error.__dict__.update(held)
    return error


class _CallError(_Pickled):
    """What all exceptions of a call have in common."""

    status_code: int = 500
    message: str
    response: Any
    request: Any
    body: Any
    code: str | None
    param: str | None
    type: str | None
    request_id: str | None
    llm_provider: str | None = None
    model: str | None = None
    max_retries: int | None = None
    num_retries: int | None = None
    litellm_debug_info: str | None = None
    litellm_response_headers: Mapping[str, str] | None = None
    _prefixes: tuple[str, ...] = ()

    def _describe(
        self,
        message: str,
        llm_provider: str | None,
        model: str | None,
        response: Any = None,
        **more: Any,
    ) -> None:
        Exception.__init__(self, message)
        self.message = "".join(f"litellm.{name}: " for name in self._prefixes or (type(self).__name__,)) + message
        self.llm_provider = llm_provider
        self.model = model
        self.response = response if response is not None else ErrorResponse(self.status_code)
        self.request = getattr(self.response, "request", None)
        self.body = more.pop("body", None)
        self.code = self.param = self.type = self.request_id = None
        for name, value in more.items():
            setattr(self, name, value)

    def __str__(self) -> str:
        retried = f" LiteLLM Retried: {self.num_retries} times" if self.num_retries else ""
        most = f", LiteLLM Max Retries: {self.max_retries}" if retried and self.max_retries else ""
        return f"{self.message}{retried}{most}"

    def __repr__(self) -> str:
        return str(self)


class _ModelFirst(_CallError):
    def __init__(
        self, message: str, model: str | None = None, llm_provider: str | None = None, response: Any = None, **more: Any
    ) -> None:
        self._describe(message, llm_provider, model, response, **more)


class _ProviderFirst(_CallError):
    def __init__(
        self, message: str, llm_provider: str | None = None, model: str | None = None, response: Any = None, **more: Any
    ) -> None:
        self._describe(message, llm_provider, model, response, **more)


class BadRequestError(_ModelFirst, sdk.BadRequestError):
    """The provider, or we, cannot make sense of the request."""

    status_code: int = 400


class UnsupportedParamsError(_ProviderFirst, BadRequestError):
    """The model does not take a parameter that was given."""


class ContextWindowExceededError(BadRequestError):
    """The prompt is longer than the model's window."""

    _prefixes = ("ContextWindowExceededError", "BadRequestError")


class ContentPolicyViolationError(BadRequestError):
    """The provider refused the content."""

    _prefixes = ("BadRequestError", "ContentPolicyViolationError")
    provider_specific_fields: dict[str, Any] | None = None


class RejectedRequestError(BadRequestError):
    """A guardrail or rule of the gateway stopped the request."""

    def __init__(
        self,
        message: str,
        model: str | None = None,
        llm_provider: str | None = None,
        request_data: dict[str, Any] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(message, model, llm_provider, request_data=request_data or {}, **more)


class ImageFetchError(BadRequestError):
    """An image or file named by URL could not be fetched."""


class VectorStoreSearchError(BadRequestError):
    """A vector store could not be searched."""


class LiteLLMUnknownProvider(BadRequestError):
    """No such provider."""

    def __init__(self, model: str, custom_llm_provider: str | None = None) -> None:
        super().__init__(f"unmapped LLM provider {custom_llm_provider!r} for this endpoint", model, custom_llm_provider)


class InvalidRequestError(_ModelFirst, sdk.BadRequestError):
    """Old name of BadRequestError."""

    status_code: int = 400


class AuthenticationError(_ProviderFirst, sdk.AuthenticationError):
    """The credentials are missing or wrong."""

    status_code: int = 401


class PermissionDeniedError(_ProviderFirst, sdk.PermissionDeniedError):
    """The credentials do not allow this."""

    status_code: int = 403


class NotFoundError(_ModelFirst, sdk.NotFoundError):
    """No such model, deployment or object."""

    status_code: int = 404


class Timeout(_ModelFirst, sdk.APITimeoutError):
    """No answer in time."""

    status_code: int = 408


class UnprocessableEntityError(_ModelFirst, sdk.UnprocessableEntityError):
    """The provider understood the request and cannot follow it."""

    status_code: int = 422


class RateLimitError(_ProviderFirst, sdk.RateLimitError):
    """Too many requests or tokens, or a quota that is used up."""

    status_code: int = 429
    category: str | None = None
    rate_limit_type: str | None = None


class InternalServerError(_ProviderFirst, sdk.InternalServerError):
    """The provider failed."""

    status_code: int = 500


class BadGatewayError(_ProviderFirst, sdk.APIStatusError):
    """Something in front of the provider failed."""

    status_code: int = 502


class ServiceUnavailableError(_ProviderFirst, sdk.APIStatusError):
    """The provider is not available now."""

    status_code: int = 503


class MidStreamFallbackError(ServiceUnavailableError):
    """A stream broke; `generated_content` is what had arrived, `is_pre_first_chunk` whether nothing had."""

    generated_content: str = ""
    is_pre_first_chunk: bool = False
    original_exception: BaseException | None = None


class APIError(_CallError, sdk.APIError):
    """A failure that has no better name."""

    def __init__(
        self,
        status_code: int,
        message: str,
        llm_provider: str | None = None,
        model: str | None = None,
        request: Any = None,
        **more: Any,
    ) -> None:
        self.status_code = status_code
        self._describe(message, llm_provider, model, **more)
        self.request = request


class APIConnectionError(_ProviderFirst, sdk.APIConnectionError):
    """The provider could not be reached, or broke off."""

    status_code: int = 500


class APIResponseValidationError(_ProviderFirst, sdk.APIResponseValidationError):
    """The answer is not what the API promises."""

    status_code: int = 500


class JSONSchemaValidationError(APIResponseValidationError):
    """The answer does not fit the response_format's schema."""

    def __init__(self, model: str, llm_provider: str, raw_response: str, schema: str, **more: Any) -> None:
        self.raw_response = raw_response
        self.schema = schema
        super().__init__(
            f"model={model} returned an answer that does not fit the schema {schema}; it began with "
            f"{raw_response[:200]!r}. Read it whole from `e.raw_response`",
            llm_provider,
            model,
            **more,
        )


class OpenAIError(sdk.OpenAIError):
    """The root of what the OpenAI SDK raises."""

    def __init__(self, original_exception: BaseException | None = None) -> None:
        super().__init__(str(original_exception or ""))
        self.llm_provider: str = "openai"


class BudgetExceededError(_Pickled):
    """The money that may be spent is spent."""

    def __init__(
        self,
        current_cost: float,
        max_budget: float,
        message: str | None = None,
        *,
        entity_type: str | None = None,
        entity_id: str | None = None,
        status_code: int = 422,
    ) -> None:
        self.current_cost = current_cost
        self.max_budget = max_budget
        self.entity_type = entity_type
        self.entity_id = entity_id
        self.status_code = status_code
        self.message: str = (
            message or f"Budget has been exceeded! Current cost: {current_cost}, Max budget: {max_budget}"
        )
        super().__init__(self.message)


class GuardrailRaisedException(_Pickled):
    """A guardrail refused the request or the answer."""

    status_code: int = 400

    def __init__(self, guardrail_name: str | None = None, message: str = "", **more: Any) -> None:
        self.guardrail_name = guardrail_name
        self.message: str = f"Guardrail raised an exception, Guardrail: {guardrail_name}, Message: {message}"
        super().__init__(self.message)
        self.__dict__.update(more)


class BlockedPiiEntityError(_Pickled):
    """A guardrail found personal data that it blocks."""

    status_code: int = 400

    def __init__(self, entity_type: str, guardrail_name: str | None = None) -> None:
        self.entity_type = entity_type
        self.guardrail_name = guardrail_name
        self.message: str = f"Blocked entity detected: {entity_type} by Guardrail: {guardrail_name}. It may not be sent"
        super().__init__(self.message)


class MockException(_CallError, sdk.APIError):
    """An error that a test asked for."""

    def __init__(self, status_code: int, message: str, llm_provider: str, model: str, **more: Any) -> None:
        self.status_code = status_code
        self._describe(message, llm_provider, model, **more)


class RouterRateLimitError(_Pickled, ValueError):
    """No deployment of a model group can take the call now; `cooldown_time` says when to come back."""

    def __init__(
        self, model: str, cooldown_time: float, enable_pre_call_checks: bool, cooldown_list: list[Any], **more: Any
    ) -> None:
        self.model = model
        self.cooldown_time = cooldown_time
        self.enable_pre_call_checks = enable_pre_call_checks
        self.cooldown_list = cooldown_list
        self.status_code: int = 429
        super().__init__(
            f"No deployments available for selected model, Try again in {cooldown_time} seconds. Passed model={model}. "
            f"pre-call-checks={enable_pre_call_checks}, cooldown_list={cooldown_list}"
        )
        self.__dict__.update(more)


class BaseLLMException(_Pickled):
    """An error below the public exceptions, in 1.x's shape."""

    def __init__(self, status_code: int, message: str, headers: Any = None, **more: Any) -> None:
        self.status_code = status_code
        self.message = message
        self.headers = headers
        super().__init__(message)
        self.__dict__.update(more)


class AzureOpenAIError(BaseLLMException):
    """As BaseLLMException, for Azure."""


_PUBLIC: dict[type[errors.ProviderError], type[_CallError]] = {
    errors.UnsupportedParams: UnsupportedParamsError,
    errors.ContextWindowExceeded: ContextWindowExceededError,
    errors.ContentPolicyViolation: ContentPolicyViolationError,
    errors.MediaFetchFailed: ImageFetchError,
    errors.BadRequest: BadRequestError,
    errors.Authentication: AuthenticationError,
    errors.PermissionDenied: PermissionDeniedError,
    errors.NotFound: NotFoundError,
    errors.TimedOut: Timeout,
    errors.Unprocessable: UnprocessableEntityError,
    errors.RateLimited: RateLimitError,
    errors.InternalError: InternalServerError,
    errors.BadGateway: BadGatewayError,
    errors.Unavailable: ServiceUnavailableError,
    errors.ConnectionFailed: APIConnectionError,
    errors.InvalidResponse: APIConnectionError,
    errors.RuleBroken: APIResponseValidationError,
    errors.StreamBroken: MidStreamFallbackError,
}


def public(error: errors.ProviderError) -> Exception:
    """The exception that users catch for an error of the engine: the one it stands for, or one of those above."""
    if settings.redact_messages_in_exceptions:
        errors.silence(error)
    if error.original is not None:
        return error.original
    if isinstance(error, errors.BudgetExceeded):
        return BudgetExceededError(error.spent, error.limit, status_code=error.status)
    if isinstance(error, errors.SchemaMismatch):
        return JSONSchemaValidationError(error.model, error.provider, error.answer, error.schema)
    if isinstance(error, errors.NoDeployment):
        return _no_deployment(error)
    kind: Any = next((_PUBLIC[known] for known in type(error).__mro__ if known in _PUBLIC), InternalServerError)
    shown = kind(
        error.message,
        llm_provider=error.provider or None,
        model=error.model or None,
        response=ErrorResponse(error.status, error.headers, error.body or b""),
    )
    shown.status_code = error.status
    shown.litellm_response_headers = error.headers
    shown.num_retries = error.attempts - 1
    if isinstance(shown, MidStreamFallbackError) and isinstance(error, errors.StreamBroken):
        shown.generated_content = error.partial
    _read_body(shown, error)
    return shown  # type: ignore[no-any-return]


def _no_deployment(error: errors.NoDeployment) -> RouterRateLimitError:
    shown = RouterRateLimitError(
        error.model, error.cooldown_time, error.pre_call_checks, list(error.cooldown_list), message=error.message
    )
    shown.__dict__.update(litellm_response_headers=error.headers, num_retries=error.attempts - 1)
    return shown


def cause_of(shown: BaseException, error: BaseException) -> BaseException | None:
    """What a traceback names as the reason of `shown`, which users catch for `error`; their own exceptions keep it."""
    if shown is error or getattr(error, "original", None) is not None:
        return shown.__cause__
    return error


def _read_body(shown: _CallError, error: errors.ProviderError) -> None:
    """Fill `body`, `code`, `param` and `type` as the OpenAI SDK does from an error body of its shape."""
    shown.request_id = error.headers.get("x-request-id") or error.headers.get("request-id")
    if not error.body:
        return
    try:
        body = shown.response.json()
    except ValueError:
        return
    shown.body = body.get("error", body) if isinstance(body, dict) else body
    if isinstance(shown.body, dict):
        shown.code, shown.param, shown.type = (shown.body.get(name) for name in ("code", "param", "type"))


__all__ = [
    name
    for name, value in list(globals().items())
    if isinstance(value, type) and issubclass(value, Exception) and not name.startswith("_")
]
sdk.follow_sdk()
