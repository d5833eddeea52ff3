"""One request for a model, read no further than routing needs; what it holds is decoded only if it must be
rewritten.
"""

from collections.abc import Mapping
from typing import Any

import msgspec

from litellm import _routes
from litellm.constants import (
    OPENAI_CHAT_COMPLETION_PARAMS,
    OPENAI_EMBEDDING_PARAMS,
    OPENAI_TEXT_COMPLETION_PARAMS,
)
from litellm.core import intake
from litellm.core.call import Call, Endpoint
from litellm.core.plan import Route
from litellm.proxy.errors import Refused
from litellm.proxy.forwarding import Fields, Passage, read_fields
from litellm.proxy.http import Exchange
from litellm.proxy.state import Deployment

# LiteLLM's own arguments that a client may send; all others (addresses, credentials, prices …) are the operator's.
_CLIENTS_MAY_SAY = frozenset(
    "timeout stream_timeout num_retries max_retries drop_params additional_drop_params allowed_openai_params metadata "
    "litellm_metadata tags litellm_call_id litellm_trace_id litellm_session_id mock_response mock_tool_calls "
    "mock_timeout mock_delay merge_reasoning_content_in_choices ensure_alternating_roles user_continue_message "
    "caching cache assistant_continue_message enable_json_schema_validation no-log stream_chunk_size".split()
)
# Those of them that change nothing about what is sent upstream.
_INERT = frozenset(
    "metadata litellm_metadata tags litellm_call_id litellm_trace_id litellm_session_id caching cache no-log".split()
)
_PLAIN = frozenset(
    ("model", "messages", "prompt", "input")
    + (*OPENAI_CHAT_COMPLETION_PARAMS, *OPENAI_TEXT_COMPLETION_PARAMS, *OPENAI_EMBEDDING_PARAMS)
)
_NULL = msgspec.Raw(b"null")

_FLAGS = {b"true": True, b"false": False, b"null": False}
_encode = msgspec.json.Encoder().encode
_text = msgspec.json.Decoder(str).decode


class LLMRequest(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """What a client asks of a model. `fields` is the body, name to raw JSON; `started` is in seconds since the
    epoch.
    """

    endpoint: Endpoint
    content: str
    call_id: str
    model: str
    stream: bool
    fields: Fields
    started: float
    timeout: float | None = None

    def route(self, deployment: Deployment) -> Route:
        """The request as it goes to one deployment: passed on as it is where that is possible, else as a call."""
        way = deployment.forwarding.get(self.endpoint)
        if way is None or self.timeout is not None or not way.takes(self.fields):
            call = self.call(deployment)
            return _routes.route(call)
        call = Call(
            id=self.call_id,
            endpoint=self.endpoint,
            model=deployment.model,
            input=Passage(way, self.fields, msgspec.Raw(_encode(self.model))),
            options=deployment.options,
            stream=self.stream,
            started=self.started,
            asynchronous=True,
        )
        return Route(call, way.stream_target if self.stream else way.target)

    def call(self, deployment: Deployment) -> Call:
        """The request as a call with the deployment's arguments; what the client says of the model wins over those."""
        given = self.arguments(deployment)
        return self.made(self.endpoint, deployment, given.pop(self.content), given)

    def made(self, endpoint: Endpoint, deployment: Deployment, content: Any, given: Mapping[str, Any]) -> Call:
        """A call of the deployment's model."""
        model = deployment.params["model"]
        call = intake.take(endpoint, model, content, given, call_id=self.call_id, now=self.started)
        return msgspec.structs.replace(call, asynchronous=True)

    def arguments(self, deployment: Deployment) -> dict[str, Any]:
        """The deployment's arguments and the client's, decoded."""
        body = {name: msgspec.json.decode(raw) for name, raw in self.fields.items() if name != "model"}
        given = {name: value for name, value in body.items() if value is not None}
        if self.timeout is not None:
            given["timeout"] = self.timeout
        operators = {name: value for name, value in deployment.params.items() if name != "model"}
        return {**operators, "model_info": deployment.info, **given}


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
    if fields.get(content, _NULL) == _NULL:
        raise Refused(400, f"{content!r} is missing: every request to this endpoint has it", param=content)
    if not fields.keys() <= _PLAIN:
        fields = _screened(fields)
    return kind(
        endpoint=endpoint,
        content=content,
        call_id=exchange.call_id,
        model=named if named is not None else _model(fields),
        stream=_flag(fields, "stream"),
        fields=fields,
        started=started,
        timeout=_seconds(exchange.headers.get(b"x-litellm-timeout")),
    )


def _fields(body: bytes) -> Fields:
    try:
        return read_fields(body)
    except msgspec.ValidationError as error:
        raise Refused(400, "the request's body is no JSON object: it begins with " + repr(body[:40])) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Refused(400, f"the request's body is no valid JSON: {_where(str(error), body)}") from error


def _screened(fields: Fields) -> Fields:
    """The fields less those that are for us alone; raises for what clients may not say."""
    for name in fields:
        if name not in _CLIENTS_MAY_SAY and intake.owns(name):
            raise Refused(
                400,
                f"{name!r} is set by the gateway's operator and not by clients: take it out of the request",
                param=name,
            )
    return {name: raw for name, raw in fields.items() if name not in _INERT}


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


def _seconds(value: bytes | None) -> float | None:
    if value is None:
        return None
    try:
        seconds = float(value)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise Refused(400, f"x-litellm-timeout: {value.decode('latin-1')!r} is no number of seconds above 0")
    return seconds
