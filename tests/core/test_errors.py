"""What an upstream refusal is called: by its status before its prose."""

import pytest

from litellm.core import errors
from litellm.core.http import HttpResponse


def kind(status: int, words: str = "no") -> errors.ProviderError:
    return errors.classify(HttpResponse(status, {"x": "1"}, words.encode()), words, provider="p", model="m")


@pytest.mark.parametrize(
    ("status", "expected", "shown", "retryable"),
    [
        (400, errors.BadRequest, 400, False),
        (401, errors.Authentication, 401, False),
        (402, errors.BadRequest, 402, False),
        (403, errors.PermissionDenied, 403, False),
        (404, errors.NotFound, 404, False),
        (408, errors.TimedOut, 408, True),
        (413, errors.BadRequest, 413, False),
        (422, errors.Unprocessable, 422, False),
        (429, errors.RateLimited, 429, True),
        (500, errors.InternalError, 500, True),
        (502, errors.BadGateway, 502, True),
        (503, errors.Unavailable, 503, True),
        (504, errors.TimedOut, 504, True),
        (529, errors.InternalError, 500, True),
        (302, errors.InvalidResponse, 302, True),
    ],
)
def test_by_status(status: int, expected: type[errors.ProviderError], shown: int, retryable: bool) -> None:
    error = kind(status)
    assert type(error) is expected
    assert (error.status, error.retryable) == (shown, retryable)
    assert (error.provider, error.model, error.headers, error.body) == ("p", "m", {"x": "1"}, b"no")


TOO_LONG = [
    "This model's maximum context length is 8192 tokens. However, you requested 9000 tokens",  # OpenAI
    '{"error": {"code": "context_length_exceeded"}}',
    "prompt is too long: 210000 tokens > 200000 maximum",  # Anthropic
    "input length and `max_tokens` exceed context limit: 190000 + 20000 > 200000",
    "The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).",  # Gemini
    "Input is too long for requested model. too many input tokens",  # Bedrock
    "too many tokens: size limit exceeded by 100 tokens",  # Cohere
    "Please reduce the length of the messages or completion.",  # Groq
    "Prompt contains 40000 tokens and is longer than the model's context",
]
REFUSED = [
    '{"code": "content_policy_violation"}',
    "Your request was rejected as a result of our safety system",
    "The response was filtered due to the prompt triggering Azure OpenAI's content management policy",
    '{"innererror": {"code": "ResponsibleAIPolicyViolation"}}',
    "Invalid prompt: your prompt was flagged as potentially violating our usage policy",
]


@pytest.mark.parametrize("words", TOO_LONG)
@pytest.mark.parametrize("status", [400, 413, 422])
def test_prompts_too_long(words: str, status: int) -> None:
    error = kind(status, words)
    assert isinstance(error, errors.ContextWindowExceeded)
    assert error.status == 400


@pytest.mark.parametrize("words", REFUSED)
def test_content_refused(words: str) -> None:
    assert isinstance(kind(400, words), errors.ContentPolicyViolation)


@pytest.mark.parametrize("words", ["API key not valid. Please pass a valid API key.", "Incorrect API key provided"])
def test_a_wrong_key_is_one_whatever_the_status(words: str) -> None:
    error = kind(400, words)
    assert isinstance(error, errors.Authentication)
    assert error.status == 401


@pytest.mark.parametrize("words", [*TOO_LONG, *REFUSED])
@pytest.mark.parametrize("status", [401, 403, 404, 429, 500, 503])
def test_status_comes_before_prose(words: str, status: int) -> None:
    assert not isinstance(kind(status, words), errors.ContextWindowExceeded | errors.ContentPolicyViolation)


@pytest.mark.parametrize(
    "words", ["Invalid 'user': string_above_max_length. maximum context", "temperature must be below 2", ""]
)
def test_other_mistakes_are_mistakes(words: str) -> None:
    assert type(kind(400, words)) is errors.BadRequest


@pytest.mark.parametrize(
    "secret",
    [
        "sk-abcdefghijklmnop",
        "sk-proj-abc_defghijk",
        "gsk_abcdefgh12345678",
        "AIzaSyA1234567890abcdefgh",
        "AKIAIOSFODNN7EXAMPLE",
        "hf_abcdefghijkl",
        "Bearer abc.def.ghijk",
    ],
)
def test_quotes_hold_no_secrets(secret: str) -> None:
    quoted = errors.quote(f'{{"key": "{secret}"}}'.encode())
    assert secret not in quoted
    assert "[masked]" in quoted


def test_quotes_are_short_and_say_so() -> None:
    assert errors.quote(b"x" * 500) == repr("x" * 200) + " … (500 bytes)"
    assert errors.quote(b"\xff") == repr("\ufffd")
