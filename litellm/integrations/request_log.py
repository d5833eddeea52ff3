"""Logs what is sent and how calls end, for `litellm.set_verbose` and the log level DEBUG. Secrets are masked."""

import logging
from collections.abc import Mapping

from litellm.core.call import Call
from litellm.core.hooks import Hooks, Record
from litellm.core.http import HttpRequest
from litellm.core.target import Target

_log = logging.getLogger("LiteLLM")
_SHOWN_BYTES = 4000
_PLAIN_HEADERS = frozenset({"accept", "content-type", "user-agent", "anthropic-version", "anthropic-beta"})


def masked(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers with every value hidden that may be a secret: its first four characters at most.

    >>> masked({"authorization": "Bearer sk-123456789012", "content-type": "application/json"})
    {'authorization': 'Bear****', 'content-type': 'application/json'}
    """
    return {
        name: value if name.lower() in _PLAIN_HEADERS else f"{value[:4] if len(value) > 12 else ''}****"
        for name, value in headers.items()
    }


def as_curl(request: HttpRequest) -> str:
    """The request as a `curl` command, secrets masked."""
    headers = " ".join(f"-H '{name}: {value}'" for name, value in masked(request.headers).items())
    return f"curl -X {request.method} {request.url} {headers} -d '{request.body.decode('utf-8', 'replace')}'"


def verbose(hooks: Hooks, *, with_content: bool) -> Hooks:
    """The hooks and the log; without `with_content`, the body is left out."""

    def before(call: Call, target: Target, request: HttpRequest) -> None:
        body = request.body[:_SHOWN_BYTES].decode("utf-8", "replace") if with_content else f"{len(request.body)} bytes"
        _log.debug("%s %s headers=%s body=%s", request.method, request.url, masked(request.headers), body)

    def after(record: Record) -> None:
        seconds = record.ended - record.started
        how = f"failed: {type(record.error).__name__}" if record.error else "succeeded"
        _log.debug("call %s of model %s %s in %.3f s", record.call.id, record.call.model, how, seconds)

    return hooks._replace(on_attempt=(*hooks.on_attempt, before), on_record=(*hooks.on_record, after))
