"""Answers in the words of the client: the model under the name it asked for, and the headers that say how it was
reached.
"""

from typing import Any

from litellm.core.engine import Answer
from litellm.core.text_bridge import as_text, as_text_chunk
from litellm.proxy.forwarding import Passed
from litellm.proxy.http import Header, header
from litellm.proxy.llm_endpoints.request import LLMRequest
from litellm.proxy.state import Deployment
from litellm.types.chat import ModelResponse
from litellm.types.mixin import encode
from litellm.types.stream import ModelResponseStream

_MOST_NAMES = 50
_PASSED_ON = ("x-ratelimit-", "x-request-id", "request-id")


def whole(result: Any, request: LLMRequest) -> tuple[bytes, Any]:
    """The body of an answer, and its usage."""
    if type(result) is Passed:
        return result.body, result.usage
    usage = result.usage
    if request.endpoint == "completion" and isinstance(result, ModelResponse):
        result = as_text(result)
    result.model = request.model
    return encode(result), usage


def event(chunk: Any, request: LLMRequest) -> bytes:
    """A chunk as a server-sent event; those that came through are events already."""
    if type(chunk) is bytes:
        return chunk
    if request.endpoint == "completion" and isinstance(chunk, ModelResponseStream):
        chunk = as_text_chunk(chunk)
    chunk.model = request.model
    return b"data: " + encode(chunk) + b"\n\n"


def headers(answer: Answer, deployment: Deployment, price: float | None) -> list[Header]:
    """The headers of an answer: which deployment gave it, after how many tries, at what cost."""
    shown = [*deployment.headers, (b"x-litellm-attempted-retries", b"%d" % len(answer.outcomes))]
    if price is not None:
        shown.append((b"x-litellm-response-cost", repr(price).encode()))
    for name, value in answer.headers.items():
        if name.startswith(_PASSED_ON):
            shown.append(header(f"llm_provider-{name}", value))
            if name.startswith("x-ratelimit-"):
                shown.append(header(name, value))
    return shown


def unknown_model(model: str, names: list[str]) -> str:
    """What to say of a model that no deployment serves."""
    more = f" and {len(names) - _MOST_NAMES} more (GET /v1/models lists them)" if len(names) > _MOST_NAMES else ""
    listed = ", ".join(names[:_MOST_NAMES]) + more if names else "none: model_list is empty"
    asked = f"model={model!r} is no model of this gateway" if model else "'model' is missing"
    return f"{asked}. Its models are: {listed}"
