"""Google's error envelope: `{"error": {"code", "message", "status", "details"}}`, in an answer or in a stream.

Source: https://ai.google.dev/gemini-api/docs/troubleshooting, https://google.aip.dev/193
"""

from collections.abc import Mapping
from typing import Any

import msgspec

from litellm.core.errors import ProviderError, classify, concealed, quote
from litellm.core.http import HttpResponse
from litellm.core.target import Target
from litellm.llms.base_llm.adapter import error_message

_STATUSES = {
    "INVALID_ARGUMENT": 400,
    "FAILED_PRECONDITION": 400,
    "OUT_OF_RANGE": 400,
    "UNAUTHENTICATED": 401,
    "PERMISSION_DENIED": 403,
    "NOT_FOUND": 404,
    "RESOURCE_EXHAUSTED": 429,
    "CANCELLED": 499,
    "INTERNAL": 500,
    "UNKNOWN": 500,
    "UNAVAILABLE": 503,
    "DEADLINE_EXCEEDED": 504,
}
_RETRY_INFO = "google.rpc.RetryInfo"


def read_error(response: HttpResponse, target: Target) -> ProviderError:
    """The error of an answer outside 2xx; how long Google asks to wait becomes its retry-after header."""
    message = error_message(response.body) or f"upstream answered {response.status}: {quote(response.body)}"
    wait = _retry_after(_envelope(response.body))
    headers = response.headers if wait is None else {"retry-after": wait, **response.headers}
    error = classify(
        HttpResponse(response.status, headers, response.body),
        message,
        provider=target.provider,
        model=target.model,
        prose=response.body.decode("utf-8", "replace"),
    )
    return concealed(error, target.key())


def read_stream_error(error: Mapping[str, Any], target: Target) -> ProviderError:
    """The error that an event of a stream reports; its code counts as the answer's status would."""
    code = error.get("code")
    status = code if isinstance(code, int) else _STATUSES.get(str(error.get("status")), 500)
    return read_error(HttpResponse(status, {}, msgspec.json.encode({"error": error})), target)


def _envelope(body: bytes) -> Mapping[str, Any]:
    try:
        answer = msgspec.json.decode(body)
    except msgspec.DecodeError:
        return {}
    first = answer[0] if isinstance(answer, list) and answer else answer
    error = first.get("error") if isinstance(first, dict) else None
    return error if isinstance(error, dict) else {}


def _retry_after(error: Mapping[str, Any]) -> str | None:
    for detail in error.get("details") or ():
        if isinstance(detail, dict) and str(detail.get("@type", "")).endswith(_RETRY_INFO):
            delay = str(detail.get("retryDelay", ""))
            return delay[:-1] if delay.endswith("s") else None
    return None
