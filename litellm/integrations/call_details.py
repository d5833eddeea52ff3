"""What callbacks are shown of a call: LiteLLM 1.x's dict of details, and its standard logging payload."""

from datetime import datetime
from typing import Any

import msgspec

from litellm._settings import settings
from litellm.core.call import Call
from litellm.core.hooks import Record
from litellm.core.http import HttpRequest
from litellm.core.target import Target
from litellm.integrations.redaction import REDACTED, redacted
from litellm.integrations.request_log import as_curl, masked


def is_redacted(call: Call) -> bool:
    """Whether prompts and answers are kept out of what callbacks see: the call says so, or else the setting."""
    own = call.options.other.get("turn_off_message_logging")
    return bool(settings.turn_off_message_logging if own is None else own)


def shows_raw(call: Call) -> bool:
    """Whether callbacks get what was sent and received word for word: never against a wish to keep it out."""
    return bool(settings.log_raw_request_response) and not is_redacted(call)


def call_type(call: Call) -> str:
    """The public function's name."""
    name = {"chat": "completion", "completion": "text_completion"}.get(call.endpoint, call.endpoint)
    return f"a{name}" if call.asynchronous else name


def before_call(call: Call, target: Target | None, request: HttpRequest | None) -> dict[str, Any]:
    """What is known when a request is about to be sent."""
    content = [{"role": "user", "content": REDACTED}] if is_redacted(call) else call.input
    metadata = dict(call.options.metadata or {})
    if request and shows_raw(call):
        metadata["raw_request"] = as_curl(request)
    return {
        "model": target.model if target else call.model,
        "custom_llm_provider": target.provider if target else None,
        "messages": content,
        "input": content,
        "optional_params": {**call.params, **call.extra},
        "litellm_params": {
            "metadata": metadata,
            "api_base": target.api_base if target else call.options.api_base,
            "model_info": call.options.model_info,
            "custom_llm_provider": target.provider if target else None,
        },
        "litellm_call_id": call.id,
        "litellm_trace_id": call.options.other.get("litellm_trace_id"),
        "call_type": call_type(call),
        "stream": call.stream,
        "user": call.params.get("user"),
        "start_time": datetime.fromtimestamp(call.started),
        "additional_args": {
            "api_base": request.url if request else None,
            "complete_input_dict": {} if is_redacted(call) else _body(request),
            "headers": masked(request.headers) if request else {},
        },
        **call.params,
    }


def _body(request: HttpRequest | None) -> Any:
    """The JSON that is sent; an empty dict for a body of another kind."""
    try:
        return msgspec.json.decode(request.body) if request and request.body else {}
    except msgspec.DecodeError:
        return {}


def details(record: Record, response: Any) -> dict[str, Any]:
    """What is known when a call is over; `response` is its answer as callbacks may see it."""
    known = before_call(record.call, record.target, record.request)
    known.update(
        end_time=datetime.fromtimestamp(record.ended),
        response_cost=record.cost,
        exception=record.error,
        traceback_exception=record.error,
        cache_hit=False,
        original_response=record.body.decode("utf-8", "replace")
        if record.body and shows_raw(record.call)
        else response,
        completion_start_time=datetime.fromtimestamp(record.first_chunk) if record.first_chunk else None,
        log_event_type="successful_api_call" if record.error is None else "failed_api_call",
        standard_logging_object=standard_payload(record, response),
    )
    if record.call.stream and record.error is None:
        known["complete_streaming_response"] = response
        known["async_complete_streaming_response"] = response
    return known


def shown_response(record: Record) -> Any:
    """The answer as callbacks may see it."""
    return redacted(record.response) if is_redacted(record.call) else record.response


def standard_payload(record: Record, response: Any) -> dict[str, Any]:
    """The one dict that describes a finished call to every logging integration."""
    call, target, error = record.call, record.target, record.error
    usage = getattr(record.response, "usage", None)
    hidden = getattr(record.response, "_hidden_params", None) or {}
    shown_input: Any = REDACTED if is_redacted(call) else call.input
    return {
        "id": getattr(record.response, "id", None) or call.id,
        "trace_id": call.options.other.get("litellm_trace_id") or call.id,
        "call_type": call_type(call),
        "stream": call.stream,
        "response_cost": record.cost or 0.0,
        "response_cost_failure_debug_info": None,
        "status": "success" if error is None else "failure",
        "custom_llm_provider": target.provider if target else None,
        "total_tokens": getattr(usage, "total_tokens", None) or 0,
        "prompt_tokens": getattr(usage, "prompt_tokens", None) or 0,
        "completion_tokens": getattr(usage, "completion_tokens", None) or 0,
        "startTime": record.started,
        "endTime": record.ended,
        "completionStartTime": record.first_chunk or record.ended,
        "response_time": record.ended - record.started,
        "model": target.model if target else call.model,
        "model_group": (call.options.metadata or {}).get("model_group"),
        "model_id": hidden.get("model_id"),
        "api_base": hidden.get("api_base") or (target.api_base if target else None) or "",
        "metadata": dict(call.options.metadata or {}),
        "request_tags": list(call.options.tags or ()),
        "end_user": call.params.get("user") or "",
        "cache_hit": False,
        "cache_key": None,
        "messages": shown_input,
        "response": response.to_dict() if hasattr(response, "to_dict") else response,
        "model_parameters": {**call.params, **call.extra},
        "hidden_params": hidden,
        "error_str": str(error) if error else None,
        "error_information": {
            "error_code": str(getattr(error, "status_code", "")),
            "error_class": type(error).__name__ if error else "",
            "error_message": str(error) if error else "",
            "llm_provider": getattr(error, "llm_provider", None) or "",
        },
        "attempts": len(record.outcomes) + 1,
    }
