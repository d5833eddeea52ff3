"""The public edge: a function's arguments become a `Call`. What LiteLLM owns is taken off here and never goes upstream.

Three kinds of names: OpenAI's parameters, LiteLLM's own, and everything else, which is the provider's.
"""

from collections.abc import Mapping
from typing import Any

from litellm.constants import (
    CONNECT_TIMEOUT,
    DEFAULT_TIMEOUT,
    OPENAI_CHAT_COMPLETION_PARAMS,
    OPENAI_EMBEDDING_PARAMS,
    OPENAI_TEXT_COMPLETION_PARAMS,
)
from litellm.core.call import Call, Endpoint, Options
from litellm.core.errors import BadRequest
from litellm.core.http import Deadlines
from litellm.core.schema import as_response_format

_PARAMS: dict[Endpoint, frozenset[str]] = {
    "chat": frozenset(OPENAI_CHAT_COMPLETION_PARAMS),
    "completion": frozenset(OPENAI_TEXT_COMPLETION_PARAMS),
    "embedding": frozenset(OPENAI_EMBEDDING_PARAMS),
    "moderation": frozenset(),
}

# Arguments that are a field of Options under the same name, or under an older one.
_FIELDS = frozenset(Options.__struct_fields__) - {"custom_pricing", "credentials", "other", "headers", "no_log"}
_OLD_NAMES = {
    "base_url": "api_base",
    "context_window_fallback_dict": "context_window_fallbacks",
    "max_retries": "num_retries",
    "litellm_metadata": "metadata",
    "no-log": "no_log",
    "shared_session": "client",
}

# The rest of what LiteLLM owns: the Router's and the gateway's, accepted on every call.
_OTHER = frozenset(
    "litellm_call_id litellm_trace_id litellm_session_id litellm_logging_obj litellm_parent_otel_span caching cache "
    "retry_policy deployment_id model_list provider_specific_header custom_prompt_dict roles bos_token eos_token "
    "initial_prompt_value final_prompt_value prompt_id prompt_variables prompt_version prompt_label guardrails "
    "ssl_verify force_timeout tpm rpm itpm otpm weight order max_parallel_requests cooldown_time max_budget "
    "budget_duration litellm_credential_name complete_response stream_chunk_size keepalive_seconds max_agentic_loops "
    "azure logger_fn verbose acompletion aembedding atext_completion proxy_server_request preset_cache_key "
    "disable_add_transform_inline_image_block max_fallbacks fallback_depth original_function routing_strategy "
    "mock_testing_fallbacks mock_testing_context_fallbacks mock_testing_content_policy_fallbacks "
    "mock_testing_rate_limit_error disable_fallbacks priority specific_deployment model_config client_metadata "
    "use_litellm_proxy use_in_pass_through use_chat_completions_api default_api_key_tpm_limit "
    "default_api_key_rpm_limit configurable_clientside_auth_params allowed_model_region merge_reasoning_content "
    "success_callback failure_callback callbacks langfuse_public_key langfuse_secret langfuse_secret_key langfuse_host "
    "hf_model_name api_type text_completion standard_callback_dynamic_params litellm_disabled_callbacks "
    "turn_off_message_logging base_model_id id user_api_key_auth litellm_request_debug cache_control_injection_points "
    "silent_model tag_regex max_file_size_mb _skip_mcp_handler retry_strategy_name input_cost_per_token_batches".split()
)

_CREDENTIAL_PREFIXES = ("aws_", "vertex_", "azure_", "watsonx_", "gcs_", "s3_", "sagemaker_", "oci_")
_CREDENTIALS = frozenset(
    "region_name tenant_id client_id client_secret account_id project_id space_id token predibase_tenant_id "
    "adapter_id use_psc_endpoint_format api_host wx_credentials".split()
)


def owns(name: str) -> bool:
    """Whether an argument of this name is LiteLLM's own: no provider ever sees it."""
    return (
        _OLD_NAMES.get(name, name) in _FIELDS
        or name in _OTHER
        or name in _CREDENTIALS
        or name in ("headers", "extra_headers", "no_log", "tiered_pricing", "custom_pricing")
        or "_cost_per_" in name
        or name.startswith(_CREDENTIAL_PREFIXES)
    )


def take(endpoint: Endpoint, model: Any, content: Any, given: Mapping[str, Any], *, call_id: str, now: float) -> Call:
    """The call in a public function's arguments; None everywhere means "not given".

    Raises `BadRequest` for a model or an input of the wrong kind, naming the value.
    """
    if not isinstance(model, str) or not model:
        raise BadRequest(f"model={model!r}: give the model's name as text, such as 'openai/gpt-4o-mini'")
    known = _PARAMS[endpoint]
    params: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    fields: dict[str, Any] = {}
    other: dict[str, Any] = {}
    credentials: dict[str, Any] = {}
    pricing: dict[str, Any] = {}
    for name, value in given.items():
        if value is None:
            continue
        owned = _OLD_NAMES.get(name, name)
        if name in known:
            params[name] = value
        elif owned in _FIELDS:
            fields.setdefault(owned, value)
        elif name in ("headers", "extra_headers"):
            pass
        elif owned == "no_log":
            fields["no_log"] = bool(value)
        elif name in _OTHER:
            other[name] = value
        elif name in _CREDENTIALS or name.startswith(_CREDENTIAL_PREFIXES):
            credentials[name] = value
        elif "_cost_per_" in name or name in ("tiered_pricing", "custom_pricing"):
            pricing[name] = value
        else:
            extra[name] = value
    headers = {**(given.get("headers") or {}), **(given.get("extra_headers") or {})}
    options = Options(
        **fields,
        headers=headers or None,
        credentials=credentials,
        custom_pricing=pricing or None,
        other=other,
    )
    schema = None
    if "response_format" in params:
        params["response_format"], schema = as_response_format(params["response_format"])
    stream = bool(params.get("stream"))
    if not stream:
        params.pop("stream", None)
    if params.get("tools"):
        params["tools"] = [plain(tool) for tool in params["tools"]]
    return Call(
        id=other.get("litellm_call_id") or call_id,
        endpoint=endpoint,
        model=model,
        input=plain_messages(content) if endpoint == "chat" else content,
        params=params,
        extra=extra,
        options=options,
        stream=stream,
        started=now,
        response_schema=schema,
    )


def plain_messages(messages: Any) -> list[dict[str, Any]]:
    """The messages as plain dicts, whatever kind of object each was."""
    if isinstance(messages, str | bytes | Mapping) or not hasattr(messages, "__iter__"):
        raise BadRequest(
            f"messages={_shown(messages)}: give a list of messages, such as [{{'role': 'user', 'content': 'Hello'}}]"
        )
    found = [plain(message) for message in messages]
    if not found:
        raise BadRequest("messages=[]: give at least one message")
    for place, message in enumerate(found):
        if not isinstance(message, dict) or "role" not in message:
            raise BadRequest(f"messages[{place}]={_shown(message)}: a message is a dict with a 'role' and a 'content'")
    return found


def plain(value: Any) -> Any:
    """A dict for a dict-like or model object; other values as they are."""
    if type(value) is dict:
        return value if "tool_calls" not in value else {**value, "tool_calls": _plain_list(value["tool_calls"])}
    if hasattr(value, "model_dump"):
        return value.model_dump(exclude_none=True)
    if isinstance(value, Mapping):
        return dict(value)
    if hasattr(value, "dict") and callable(value.dict):
        return value.dict(exclude_none=True)
    return value


def _plain_list(values: Any) -> Any:
    return [plain(value) for value in values] if values else values


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 120 else text[:120] + "…"


def deadlines(call: Call) -> Deadlines:
    """The deadlines that `timeout` and `stream_timeout` ask for: seconds, text, or an httpx.Timeout by its shape.

    A number bounds the wait for the first byte and between two reads, and a whole answer that is not streamed.
    """
    timeout = call.options.timeout
    if call.stream and call.options.stream_timeout is not None:
        timeout = call.options.stream_timeout
    if timeout is None:
        return Deadlines(CONNECT_TIMEOUT, DEFAULT_TIMEOUT, DEFAULT_TIMEOUT, None)
    if hasattr(timeout, "read") and hasattr(timeout, "connect"):
        return Deadlines(timeout.connect, timeout.read, timeout.read, None)
    seconds = _seconds(timeout)
    return Deadlines(min(CONNECT_TIMEOUT, seconds), seconds, seconds, None if call.stream else seconds)


def _seconds(timeout: Any) -> float:
    try:
        seconds = float(timeout)
    except (TypeError, ValueError):
        seconds = -1.0
    if seconds <= 0:
        raise BadRequest(f"timeout={timeout!r}: give seconds as a number above 0, or an httpx.Timeout")
    return seconds
