"""The public edge: a function's arguments become a `Call`. What LiteLLM owns is taken off here and never goes upstream.

Three kinds of names: OpenAI's parameters, LiteLLM's own, and everything else, which is the provider's.
"""

from collections.abc import Mapping
from functools import lru_cache
from random import getrandbits
from typing import Any, Literal, get_args

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
from litellm.types import call_arguments as names

_PARAMS: dict[Endpoint, frozenset[str]] = {
    "chat": frozenset(OPENAI_CHAT_COMPLETION_PARAMS),
    "completion": frozenset(OPENAI_TEXT_COMPLETION_PARAMS),
    "embedding": frozenset(OPENAI_EMBEDDING_PARAMS),
    "moderation": frozenset(),
}

# Arguments that are a field of Options under their own name; the others are put together here.
_FIELDS = frozenset(Options.__struct_fields__) - {"custom_pricing", "credentials", "other", "headers"}

Kind = Literal["params", "fields", "other", "credentials", "pricing", "headers", "extra"]
_KINDS: tuple[Kind, ...] = get_args(Kind)


@lru_cache(maxsize=4096)
def _place(endpoint: Endpoint, name: str) -> tuple[Kind, str]:
    """What an argument of this name is, and the name it goes by."""
    if name in _PARAMS[endpoint]:
        return "params", name
    return _owned(name) or ("extra", name)


def _owned(name: str) -> tuple[Kind, str] | None:
    known = names.OLD_NAMES.get(name, name)
    if known in _FIELDS:
        return "fields", known
    if name in names.HEADERS:
        return "headers", name
    if name in names.ROUTING:
        return "other", name
    if name in names.CREDENTIALS or name.startswith(names.CREDENTIAL_PREFIXES):
        return "credentials", name
    if name in names.PRICING or "_cost_per_" in name:
        return "pricing", name
    return None


def new_id() -> str:
    """A random UUID for a call. It names the call and protects nothing, so the quick generator will do."""
    digits = f"{getrandbits(128):032x}"
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-a{digits[17:20]}-{digits[20:]}"


def owns(name: str) -> bool:
    """Whether an argument of this name is LiteLLM's own: no provider ever sees it."""
    return _owned(name) is not None


def take(endpoint: Endpoint, model: Any, content: Any, given: Mapping[str, Any], *, call_id: str, now: float) -> Call:
    """The call in a public function's arguments; None everywhere means "not given".

    Raises `BadRequest` for a model or an input of the wrong kind, naming the value.
    """
    if not isinstance(model, str) or not model:
        raise BadRequest(f"model={model!r}: give the model's name as text, such as 'openai/gpt-4o-mini'")
    sorted_by: dict[Kind, dict[str, Any]] = {kind: {} for kind in _KINDS}
    for name, value in given.items():
        if value is not None:
            kind, known = _place(endpoint, name)
            sorted_by[kind].setdefault(known, value)
    params, schema = _plain_params(sorted_by["params"])
    headers, other = sorted_by["headers"], sorted_by["other"]
    return Call(
        id=other.get("litellm_call_id") or call_id,
        endpoint=endpoint,
        model=model,
        input=plain_messages(content) if endpoint == "chat" else content,
        params=params,
        extra=sorted_by["extra"],
        options=Options(
            **sorted_by["fields"],
            headers={**headers.get("headers", {}), **headers.get("extra_headers", {})} or None,
            credentials=sorted_by["credentials"],
            custom_pricing=sorted_by["pricing"] or None,
            other=other,
        ),
        stream="stream" in params,
        started=now,
        response_schema=schema,
    )


def _plain_params(params: dict[str, Any]) -> tuple[dict[str, Any], Any]:
    """The parameters as plain data, and the class that was given as response_format."""
    schema = None
    if "response_format" in params:
        params["response_format"], schema = as_response_format(params["response_format"])
    if not params.get("stream", True):
        del params["stream"]
    if params.get("tools"):
        params["tools"] = [plain(tool) for tool in params["tools"]]
    return params, schema


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
    """The deadlines that a call's own arguments ask for.

    `timeout` (seconds, text, or an httpx.Timeout by its shape) bounds the wait for the first byte and between two
    reads, and a whole answer that is not streamed; `stream_timeout` does that for streams, and bounds the wait for the
    first token. `connect_timeout`, `first_byte_timeout`, `stream_idle_timeout` and `total_timeout` each set one
    deadline alone. Raises `BadRequest` naming an argument that is no number of seconds.
    """
    options = call.options
    name, timeout = "timeout", options.timeout
    if call.stream and options.stream_timeout is not None:
        name, timeout = "stream_timeout", options.stream_timeout
    found = _usual(name, timeout, stream=call.stream)
    single = {
        field: seconds(argument, value)
        for field, argument in _SINGLE.items()
        if (value := getattr(options, argument)) is not None and (call.stream or field != "between_chunks")
    }
    return found._replace(**single) if single else found


_SINGLE = {
    "connect": "connect_timeout",
    "first_byte": "first_byte_timeout",
    "between_chunks": "stream_idle_timeout",
    "total": "total_timeout",
}


def _usual(name: str, timeout: Any, *, stream: bool) -> Deadlines:
    if timeout is None:
        return _UNLESS_TOLD
    if hasattr(timeout, "read") and hasattr(timeout, "connect"):
        found = Deadlines(timeout.connect, timeout.read, timeout.read, None)
    else:
        given = seconds(name, timeout)
        found = Deadlines(min(CONNECT_TIMEOUT, given), given, given, None if stream else given)
    return found._replace(first_token=found.first_byte) if name == "stream_timeout" else found


_UNLESS_TOLD = Deadlines(CONNECT_TIMEOUT, DEFAULT_TIMEOUT, DEFAULT_TIMEOUT, None)
_LONGEST = 10_000_000.0


def seconds(name: str, value: Any) -> float:
    """The value of the argument `name` as seconds. Raises `BadRequest` for one that is none."""
    try:
        given = float(value)
    except (TypeError, ValueError):
        given = -1.0
    if not 0 < given <= _LONGEST:
        raise BadRequest(f"{name}={value!r}: give seconds as a number above 0{_or_httpx(name)}")
    return given


def _or_httpx(name: str) -> str:
    return ", or an httpx.Timeout" if name in ("timeout", "stream_timeout") else ""
