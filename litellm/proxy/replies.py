"""Answers in the words of the client: the model under the name it asked for, and the headers that say how it was
reached.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from litellm.core.engine import Answer
from litellm.core.errors import ProviderError
from litellm.core.text_bridge import as_text, as_text_chunk
from litellm.proxy.deployments import Prepared, group_header
from litellm.proxy.errors import Refused, refusal_of
from litellm.proxy.forwarding import Passed
from litellm.proxy.http import Exchange, Header, header
from litellm.proxy.llm_endpoints.request import LLMRequest
from litellm.router_utils.lease import DeploymentLease
from litellm.router_utils.plan import RouterPlan
from litellm.types.chat import ModelResponse
from litellm.types.mixin import encode
from litellm.types.stream import ModelResponseStream

_MOST_NAMES = 50
_PASSED_ON = ("x-ratelimit-", "x-request-id", "request-id")
_AT_ONCE = ((b"x-litellm-attempted-retries", b"0"), (b"x-litellm-attempted-fallbacks", b"0"))
_ROUTING = b"x-litellm-routing"
_LONGEST_ROUTING = 2048
_MOST_ERRORS = 10
_MOST_IDS = 8


def whole(result: Any, request: LLMRequest) -> tuple[bytes, Any]:
    """The body of an answer, and its usage."""
    if type(result) is Passed:
        return result.body, result.usage
    usage = result.usage
    if request.endpoint == "completion" and isinstance(result, ModelResponse):
        result = as_text(result)
    result.model = request.model
    return encode(result), usage


def event(chunk: Any, request: Any) -> bytes:
    """A chunk as a server-sent event; those that came through are events already."""
    if type(chunk) is bytes:
        return chunk
    if request.endpoint == "completion" and isinstance(chunk, ModelResponseStream):
        chunk = as_text_chunk(chunk)
    chunk.model = request.model
    return b"data: " + encode(chunk) + b"\n\n"


# -- headers ---------------------------------------------------------------------------------------------------------


def headers(
    answer: Answer, lease: DeploymentLease, plan: RouterPlan, price: float | None, exchange: Exchange
) -> list[Header]:
    """The headers of an answer: which deployment gave it, after how many tries, at what cost."""
    prepared: Prepared = lease.deployment.prepared
    group = prepared.group if lease.group.name == lease.deployment.group else group_header(lease.group.name)
    shown = [*prepared.headers, group, *way(plan, exchange)]
    if price is not None:
        shown.append((b"x-litellm-response-cost", repr(price).encode()))
    for name, value in answer.headers.items():
        if name.startswith(_PASSED_ON):
            shown.append(header(f"llm_provider-{name}", value))
            if name.startswith("x-ratelimit-"):
                shown.append(header(name, value))
    return shown


def way(plan: RouterPlan, exchange: Exchange) -> Sequence[Header]:
    """The headers that say how many tries it took, and, where there is something to say or it is asked for, why."""
    asked = exchange.headers.get(_ROUTING) == b"true"
    if not asked and len(plan.attempts) == 1 and not plan.skipped and not plan.fallback_groups:
        return _AT_ONCE
    told = plan.explanation()
    counts, routing = told["additional_headers"], told["routing"]
    shown = [header(name, counts[name]) for name in ("x-litellm-attempted-retries", "x-litellm-attempted-fallbacks")]
    failures = _failures(routing["attempts"])
    if routing["fallbacks"] and failures:
        shown.append(header("x-litellm-fallback-errors", _compact(failures[:_MOST_ERRORS])))
    shown.append((_ROUTING, _explained(routing).encode()))
    return shown


def _failures(attempts: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [
        {"model_group": each["group"], "error": each["outcome"], "status": each.get("status")}
        for each in attempts
        if each["outcome"] not in ("success", "in flight", "cancelled")
    ]


def _explained(routing: Mapping[str, Any]) -> str:
    """The explanation as JSON of bounded length: of what is too much only the beginning is told."""
    told = _compact(routing)
    if len(told) <= _LONGEST_ROUTING:
        return told
    short = {
        **routing,
        "considered": routing["considered"][:_MOST_IDS],
        "skipped": dict(list(routing["skipped"].items())[:_MOST_IDS]),
        "attempts": routing["attempts"][:_MOST_IDS],
        "shortened": True,
    }
    for name in ("", "skipped", "considered", "attempts", "fallbacks"):
        short.pop(name, None)
        told = _compact(short)
        if len(told) <= _LONGEST_ROUTING:
            return told
    return _compact({"shortened": True})


def _compact(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))


# -- refusals --------------------------------------------------------------------------------------------------------


def failure(error: ProviderError, plan: RouterPlan, exchange: Exchange) -> Refused:
    """What a client is told of a call that failed, with the attempts that were made of it."""
    refused = refusal_of(error)
    shown = [header("x-litellm-model-group", plan.request.model), *way(plan, exchange)]
    if plan.attempts:
        shown += plan.attempts[-1].deployment.prepared.headers
    told = {name.decode(): value.decode("latin-1") for name, value in shown}
    refused.headers = {**told, **refused.headers}
    return refused


def unknown_model(model: str, names: list[str]) -> str:
    """What to say of a model that no deployment serves."""
    more = f" and {len(names) - _MOST_NAMES} more (GET /v1/models lists them)" if len(names) > _MOST_NAMES else ""
    listed = ", ".join(names[:_MOST_NAMES]) + more if names else "none: model_list is empty"
    asked = f"model={model!r} is no model of this gateway" if model else "'model' is missing"
    return f"{asked}. Its models are: {listed}"
