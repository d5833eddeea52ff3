"""The exceptions users catch: built as in LiteLLM 1.x, printed, pickled, and caught as the OpenAI SDK's."""

import pickle
import subprocess
import sys
from typing import Any

import pytest

from litellm import exceptions
from litellm.core import errors

MODEL_FIRST = [
    exceptions.BadRequestError,
    exceptions.ContextWindowExceededError,
    exceptions.ContentPolicyViolationError,
    exceptions.ImageFetchError,
    exceptions.InvalidRequestError,
    exceptions.NotFoundError,
    exceptions.Timeout,
    exceptions.UnprocessableEntityError,
]
PROVIDER_FIRST = [
    exceptions.UnsupportedParamsError,
    exceptions.AuthenticationError,
    exceptions.PermissionDeniedError,
    exceptions.RateLimitError,
    exceptions.InternalServerError,
    exceptions.BadGatewayError,
    exceptions.ServiceUnavailableError,
    exceptions.APIConnectionError,
    exceptions.APIResponseValidationError,
]


@pytest.mark.parametrize("kind", MODEL_FIRST)
def test_the_model_comes_second(kind: Any) -> None:
    error = kind("words", "m", "p")
    assert (error.model, error.llm_provider) == ("m", "p")


@pytest.mark.parametrize("kind", PROVIDER_FIRST)
def test_the_provider_comes_second(kind: Any) -> None:
    error = kind("words", "p", "m")
    assert (error.model, error.llm_provider) == ("m", "p")


@pytest.mark.parametrize("kind", [*MODEL_FIRST, *PROVIDER_FIRST])
def test_what_every_one_carries(kind: Any) -> None:
    error = kind("words", llm_provider="p", model="m", litellm_debug_info="x", max_retries=3, num_retries=2)
    assert error.message.startswith("litellm.")
    assert error.message.endswith(": words")
    assert kind.__name__ in error.message
    assert str(error) == f"{error.message} LiteLLM Retried: 2 times, LiteLLM Max Retries: 3"
    assert repr(error) == str(error)
    assert error.response.status_code == error.status_code == kind.status_code
    assert error.litellm_debug_info == "x"
    assert (error.body, error.code, error.param, error.type, error.request) == (None, None, None, None, None)


def test_an_edited_message_is_what_is_printed() -> None:
    error = exceptions.RateLimitError("words", "p", "m")
    error.message += " (and more)"
    assert str(error) == "litellm.RateLimitError: words (and more)"


ALL = [
    *(kind("words", llm_provider="p", model="m") for kind in [*MODEL_FIRST, *PROVIDER_FIRST]),
    exceptions.APIError(418, "words", "p", "m"),
    exceptions.MidStreamFallbackError("words", "p", "m", generated_content="Hel", is_pre_first_chunk=False),
    exceptions.RejectedRequestError("words", "m", "p", {"a": 1}),
    exceptions.JSONSchemaValidationError("m", "p", "answer", "{}"),
    exceptions.LiteLLMUnknownProvider("m", "p"),
    exceptions.BudgetExceededError(2.0, 1.0, entity_type="key", entity_id="k"),
    exceptions.GuardrailRaisedException("guard", "words"),
    exceptions.BlockedPiiEntityError("EMAIL", "guard"),
    exceptions.RouterRateLimitError("m", 5.0, True, ["id"]),
    exceptions.MockException(418, "words", "p", "m"),
    exceptions.BaseLLMException(500, "words"),
    exceptions.AzureOpenAIError(500, "words"),
    exceptions.OpenAIError(ValueError("x")),
]


@pytest.mark.parametrize("error", ALL, ids=lambda error: type(error).__name__)
def test_pickling_keeps_everything(error: Any) -> None:
    back = pickle.loads(pickle.dumps(error))
    assert type(back) is type(error)
    assert str(back) == str(error)
    assert back.args == error.args
    assert {name: str(value) for name, value in vars(back).items() if name not in ("request", "response")} == {
        name: str(value) for name, value in vars(error).items() if name not in ("request", "response")
    }


def test_pickling_keeps_notes_and_answers() -> None:
    error = exceptions.public(errors.RateLimited("slow", headers={"retry-after": "3"}, body=b'{"a": 1}'))
    error.add_note("tried twice")
    back: Any = pickle.loads(pickle.dumps(error))
    assert back.__notes__ == ["tried twice"]
    assert back.response.headers == {"retry-after": "3"}
    assert back.response.json() == {"a": 1}


def test_own_values() -> None:
    assert exceptions.BudgetExceededError(2.0, 1.0).status_code == 422
    assert "Current cost: 2.0, Max budget: 1.0" in str(exceptions.BudgetExceededError(2.0, 1.0))
    assert exceptions.APIError(418, "words", "p", "m").status_code == 418
    assert exceptions.RejectedRequestError("w", "m", "p", {"a": 1}).request_data == {"a": 1}  # type: ignore[attr-defined]
    schema = exceptions.JSONSchemaValidationError("m", "p", "answer", "{}")
    assert (schema.raw_response, schema.schema) == ("answer", "{}")


LEAVES = [
    (errors.BadRequest, "BadRequestError", 400),
    (errors.UnsupportedParams, "UnsupportedParamsError", 400),
    (errors.ContextWindowExceeded, "ContextWindowExceededError", 400),
    (errors.ContentPolicyViolation, "ContentPolicyViolationError", 400),
    (errors.UnknownProvider, "BadRequestError", 400),
    (errors.MediaFetchFailed, "ImageFetchError", 400),
    (errors.Authentication, "AuthenticationError", 401),
    (errors.PermissionDenied, "PermissionDeniedError", 403),
    (errors.NotFound, "NotFoundError", 404),
    (errors.TimedOut, "Timeout", 408),
    (errors.Unprocessable, "UnprocessableEntityError", 422),
    (errors.RateLimited, "RateLimitError", 429),
    (errors.InternalError, "InternalServerError", 500),
    (errors.BadGateway, "BadGatewayError", 502),
    (errors.Unavailable, "ServiceUnavailableError", 503),
    (errors.ConnectionFailed, "APIConnectionError", 500),
    (errors.InvalidResponse, "APIConnectionError", 500),
    (errors.StreamBroken, "MidStreamFallbackError", 503),
    (errors.RuleBroken, "APIResponseValidationError", 500),
    (errors.SchemaMismatch, "JSONSchemaValidationError", 500),
    (errors.BudgetExceeded, "BudgetExceededError", 422),
    (errors.NoDeployment, "RouterRateLimitError", 429),
    (errors.ProviderError, "InternalServerError", 500),
]


@pytest.mark.parametrize(("inner", "name", "status"), LEAVES)
def test_every_error_of_the_engine_has_its_exception(inner: Any, name: str, status: int) -> None:
    shown: Any = exceptions.public(inner("words", provider="p", model="m"))
    assert type(shown).__name__ == name
    assert shown.status_code == status


def test_no_error_of_the_engine_is_forgotten() -> None:
    def leaves(kind: type) -> list[type]:
        return [kind, *(leaf for child in type.__subclasses__(kind) for leaf in leaves(child))]

    ours = [kind for kind in leaves(errors.ProviderError) if kind.__module__ == errors.__name__]
    assert set(ours) == {inner for inner, _, _ in LEAVES}


def test_an_upstream_body_is_read_as_the_sdk_reads_it() -> None:
    body = b'{"error": {"message": "no", "code": "c", "param": "p", "type": "t"}}'
    shown: Any = exceptions.public(errors.BadRequest("no", body=body, headers={"x-request-id": "r"}))
    assert (shown.code, shown.param, shown.type, shown.request_id) == ("c", "p", "t", "r")
    assert shown.body["message"] == "no"
    assert shown.response.text == body.decode()
    assert shown.litellm_response_headers == {"x-request-id": "r"}
    assert exceptions.public(errors.BadRequest("no", body=b"[1]")).body == [1]  # type: ignore[attr-defined]
    assert exceptions.public(errors.BadRequest("no", body=b"<html>")).body is None  # type: ignore[attr-defined]


def test_a_broken_stream_keeps_what_came() -> None:
    error = errors.StreamBroken("cut")
    error.partial, error.attempts = "Hel", 3
    shown: Any = exceptions.public(error)
    assert (shown.generated_content, shown.num_retries) == ("Hel", 2)


def test_all_names_are_public() -> None:
    assert "RateLimitError" in exceptions.__all__
    assert not any(name.startswith("_") for name in exceptions.__all__)


CATCH = """
for name in ("OpenAIError", "APIError", "APIStatusError", "RateLimitError"):
    try:
        raise exceptions.RateLimitError("slow", "p", "m")
    except getattr(openai, name):
        pass
pairs = [("APITimeoutError", "Timeout"), ("APIConnectionError", "Timeout"),
         ("APIConnectionError", "APIConnectionError"),
         ("BadRequestError", "ContextWindowExceededError"), ("APIStatusError", "ServiceUnavailableError"),
         ("APIResponseValidationError", "JSONSchemaValidationError"), ("APIError", "APIError"),
         ("OpenAIError", "OpenAIError"),
         ("NotFoundError", "NotFoundError"), ("InternalServerError", "InternalServerError")]
for theirs, ours in pairs:
    assert issubclass(getattr(exceptions, ours), getattr(openai, theirs)), (theirs, ours)
assert str(exceptions.Timeout("late", "m", "p")) == "litellm.Timeout: late"
assert type(openai.__spec__.loader).__name__ == "SourceFileLoader"
"""


@pytest.mark.parametrize(
    "first",
    [
        "import openai; from litellm import exceptions",
        "from litellm import exceptions; import openai",
        "from litellm import exceptions; import importlib.util as u; assert u.find_spec('openai'); import openai",
        "from litellm import exceptions; from openai import OpenAI; import openai",
    ],
)
def test_they_are_caught_as_the_sdks_whichever_comes_first(first: str) -> None:
    pytest.importorskip("openai")
    subprocess.run([sys.executable, "-c", f"{first}\n{CATCH}"], check=True)


def test_without_the_sdk_nothing_is_missing() -> None:
    program = """
import sys
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name == "openai":
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Absent())
from litellm import exceptions
try:
    import openai
except ModuleNotFoundError:
    pass
try:
    raise exceptions.RateLimitError("slow", "p", "m")
except exceptions.RateLimitError as error:
    assert error.status_code == 429
assert "openai" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", program], check=True)
