"""From the bytes of a body to a request for a model: what it must have, and what a client may say to the gateway.

Addresses, credentials, prices and the like are the operator's.
"""

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from litellm.constants import (
    OPENAI_CHAT_COMPLETION_PARAMS,
    OPENAI_EMBEDDING_PARAMS,
    OPENAI_TEXT_COMPLETION_PARAMS,
)
from litellm.core import intake
from litellm.core.call import Endpoint, Options
from litellm.core.plan import MAX_ATTEMPTS
from litellm.proxy.errors import Refused
from litellm.proxy.forwarding import Fields, read_fields
from litellm.proxy.http import Exchange
from litellm.proxy.llm_endpoints.request import NO_OPTIONS, ROUTED, LLMRequest, options_of
from litellm.router_utils.catalog import Group

# LiteLLM's own arguments that a client may send; all others (addresses, credentials, prices …) are the operator's.
_CLIENTS_MAY_SAY = ROUTED | frozenset(
    "timeout stream_timeout drop_params additional_drop_params allowed_openai_params mock_response mock_tool_calls "
    "mock_timeout mock_delay merge_reasoning_content_in_choices ensure_alternating_roles user_continue_message "
    "assistant_continue_message enable_json_schema_validation stream_chunk_size".split()
)
# What an operator may leave to clients, deployment by deployment (`configurable_clientside_auth_params`).
_CLIENTS_MAY_BRING = frozenset(
    "api_key api_base base_url api_version organization region_name aws_access_key_id aws_secret_access_key "
    "aws_session_token aws_region_name aws_role_name aws_session_name vertex_project vertex_location "
    "vertex_credentials azure_ad_token tenant_id client_id client_secret".split()
)
# Metadata by which the gateway itself says who asks: a client's word for it would be a lie or a mistake.
_OUR_METADATA = ("user_api_key", "team_id", "inherited_tags", "enable_tag_filtering", "silent_experiment", "user_agent")
_PLAIN = frozenset(
    ("model", "messages", "prompt", "input")
    + (*OPENAI_CHAT_COMPLETION_PARAMS, *OPENAI_TEXT_COMPLETION_PARAMS, *OPENAI_EMBEDDING_PARAMS)
)
_NULL = msgspec.Raw(b"null")
_FLAGS = {b"true": True, b"false": False, b"null": False}
_text = msgspec.json.Decoder(str).decode

# Headers that say what a body may say as well.
_SECONDS = {b"x-litellm-timeout": "timeout", b"x-litellm-stream-timeout": "stream_timeout"}
_TAGS, _SESSION, _RETRIES = b"x-litellm-tags", b"x-litellm-session-id", b"x-litellm-num-retries"
_HEADERS = frozenset((*_SECONDS, _TAGS, _SESSION, _RETRIES))


def read(
    body: bytes,
    exchange: Exchange,
    *,
    endpoint: Endpoint,
    content: str,
    started: float,
    named: str | None = None,
    kind: type[LLMRequest] = LLMRequest,
) -> LLMRequest:
    """The request in a body; `named` is the model in the URL, which wins over the body's.

    Raises `Refused` 400 for what is no JSON object, lacks its `content` or says what only the operator may say.
    """
    fields = _fields(body)
    headers = exchange.headers
    if fields.get(content, _NULL) == _NULL:
        raise Refused(400, f"{content!r} is missing: every request to this endpoint has it", param=content)
    own: dict[str, Any] = {}
    if not fields.keys() <= _PLAIN:
        fields, own = _parted(fields)
    if not _HEADERS.isdisjoint(headers):
        own = {**own, **_told_by(headers, own)}
    agent = headers.get(b"user-agent")
    return kind(
        endpoint=endpoint,
        content=content,
        call_id=exchange.call_id,
        model=named if named is not None else _model(fields),
        stream=_flag(fields, "stream"),
        fields=fields,
        started=started,
        own=own,
        options=_options(own) if own else NO_OPTIONS,
        agent=agent.decode("latin-1") if agent is not None else None,
    )


def check_account(request: LLMRequest, group: Group) -> None:
    """Raise `Refused` 400 for a key or an address that the group's deployments do not let clients bring."""
    brought = [name for name in request.own if name not in _CLIENTS_MAY_SAY]
    for name in brought:
        if not all(_may_bring(name, request.own, each.params) for each in group.deployments):
            raise _operators(name)


def _may_bring(name: str, own: Mapping[str, Any], params: Mapping[str, Any]) -> bool:
    """Whether a deployment lets clients say this: by its name, or with an address that fits the pattern given for it.

    A key of the operator's goes to no address that only a client vouches for.
    """
    value = own[name]
    for each in params.get("configurable_clientside_auth_params") or ():
        if isinstance(each, Mapping):
            pattern = each.get(name)
            if isinstance(pattern, str) and isinstance(value, str) and re.fullmatch(pattern, value):
                return True
        elif each == name:
            return name not in ("api_base", "base_url") or "api_key" in own
    return False


# -- the body --------------------------------------------------------------------------------------------------------


def _fields(body: bytes) -> Fields:
    try:
        return read_fields(body)
    except msgspec.ValidationError as error:
        raise Refused(400, "the request's body is no JSON object: it begins with " + repr(body[:40])) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Refused(400, f"the request's body is no valid JSON: {_where(str(error), body)}") from error


def _parted(fields: Fields) -> tuple[Fields, dict[str, Any]]:
    """What concerns the model, and what is for us; raises for what clients may not say."""
    for_us = {name: raw for name, raw in fields.items() if name not in _PLAIN and intake.owns(name)}
    if not for_us:
        return fields, {}
    own: dict[str, Any] = {}
    for name, raw in for_us.items():
        if name not in _CLIENTS_MAY_SAY and name not in _CLIENTS_MAY_BRING:
            raise _operators(name)
        value = _value(name, raw)
        if value is not None:
            own[name] = value
    return {name: raw for name, raw in fields.items() if name not in for_us}, own


def _value(name: str, raw: msgspec.Raw) -> Any:
    try:
        value = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Refused(400, f"{name!r} is no valid JSON: {error}", param=name) from error
    if name in ("metadata", "litellm_metadata") and isinstance(value, dict):
        return {key: each for key, each in value.items() if not key.startswith(_OUR_METADATA)}
    if name.endswith(("fallbacks", "fallback_dict")):
        _check_fallbacks(name, value)
    return value


def _check_fallbacks(name: str, value: Any) -> None:
    """A client's fallbacks change the request as the client itself could have said it, and no more."""
    if isinstance(value, list):
        for each in value:
            _check_fallbacks(name, each)
    elif isinstance(value, dict) and isinstance(value.get("model"), str):
        for key in value:
            if key != "weight" and key not in _CLIENTS_MAY_SAY and intake.owns(key):
                raise _operators(key, f" (in {name!r})")
    elif isinstance(value, dict):
        for each in value.values():
            _check_fallbacks(name, each)


def _operators(name: str, where: str = "") -> Refused:
    return Refused(
        400,
        f"{name!r}{where} is set by the gateway's operator and not by clients: take it out of the request",
        param=name,
    )


def _options(own: Mapping[str, Any]) -> Options:
    """What the client says to us, as calls have it. Raises `Refused` 400 for a value of the wrong kind."""
    for name, most in _NUMBERS.items():
        value = own.get(name)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most):
            raise Refused(400, f"{name!r} must be a whole number from 0 to {most}, got {value!r}", param=name)
    options = options_of(own)
    said = {name: value for name in _CHECKED if (value := getattr(options, name)) is not None}
    try:
        msgspec.convert(said, Options)
    except msgspec.ValidationError as error:
        problem, _, path = str(error).partition(" - at ")
        name = path.strip("`").removeprefix("$.").partition("[")[0]
        raise Refused(400, f"{name!r}: {problem}", param=name) from error
    return options


_NUMBERS = {"num_retries": MAX_ATTEMPTS, "max_retries": MAX_ATTEMPTS, "max_fallbacks": MAX_ATTEMPTS, "priority": 255}
_CHECKED = tuple(name for name in Options.__struct_fields__ if name not in ("other", "credentials", "custom_pricing"))


def _where(message: str, body: bytes) -> str:
    """msgspec's message, with the line and column that its byte offset stands for."""
    if not body.strip():
        return "it is empty"
    reason = message.removeprefix("JSON is malformed: ")
    head, mark, offset = reason.partition(" (byte ")
    if not mark:
        return f"{reason[:1].lower()}{reason[1:]} after {len(body)} bytes"
    at = int(offset.rstrip(")"))
    line, column = body.count(b"\n", 0, at) + 1, at - body.rfind(b"\n", 0, at)
    return f"{head} at line {line}, column {column} (byte {at})"


def _model(fields: Mapping[str, msgspec.Raw]) -> str:
    raw = fields.get("model")
    if raw is None or raw == _NULL:
        return ""
    try:
        return _text(raw)
    except msgspec.DecodeError as error:
        raise Refused(400, f"'model' must be text, got {bytes(raw)[:80].decode()}", param="model") from error


def _flag(fields: Mapping[str, msgspec.Raw], name: str) -> bool:
    raw = fields.get(name)
    if raw is None:
        return False
    value = _FLAGS.get(bytes(raw))
    if value is None:
        raise Refused(400, f"{name!r} must be true or false, got {bytes(raw)[:80].decode()}", param=name)
    return value


# -- the headers -----------------------------------------------------------------------------------------------------


def _told_by(headers: Mapping[bytes, bytes], own: Mapping[str, Any]) -> dict[str, Any]:
    """What the headers say to us; tags join those of the body, times and retries win over it."""
    told: dict[str, Any] = {}
    for name, argument in _SECONDS.items():
        if name in headers:
            told[argument] = _seconds(name, headers[name])
    if _RETRIES in headers:
        told["num_retries"] = _number(_RETRIES, headers[_RETRIES])
    if _SESSION in headers and "litellm_session_id" not in own:
        told["litellm_session_id"] = headers[_SESSION].decode("latin-1")
    if _TAGS in headers:
        tags = [tag.strip() for tag in headers[_TAGS].decode("latin-1").split(",")]
        before = own.get("tags")
        told["tags"] = [*(before if isinstance(before, list) else ()), *(tag for tag in tags if tag)]
    return told


def _seconds(name: bytes, value: bytes) -> float:
    try:
        seconds = float(value)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise Refused(400, f"{name.decode()}: {value.decode('latin-1')!r} is no number of seconds above 0")
    return seconds


def _number(name: bytes, value: bytes) -> int:
    if not value.isdigit() or len(value) > 3:
        raise Refused(400, f"{name.decode()}: {value.decode('latin-1')!r} is no whole number from 0 on")
    return int(value)
