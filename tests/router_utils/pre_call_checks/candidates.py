"""Deployments and requests for the tests of checks."""

from base64 import b64encode
from collections.abc import Sequence
from typing import Any

from litellm.core import intake
from litellm.core.call import Call
from litellm.router_utils.deployments import Deployment
from litellm.router_utils.pre_call_checks import Facts, Kept

NOW = 6_000_010.0
"""Ten seconds into a minute."""


def deployment(id: str = "a", **fields: Any) -> Deployment:
    given = {"group": "g", "provider": "openai", "model": "gpt-4o", "params": {"model": "openai/gpt-4o"}, "info": {}}
    given["params"] = {"model": "openai/gpt-4o", **fields.pop("params", {})}
    return Deployment(**{**given, "id": id, **fields})


def facts(content: Any = "Hi", **arguments: Any) -> Facts:
    messages = content if isinstance(content, list) else [{"role": "user", "content": content}]
    return Facts(intake.take("chat", "g", messages, arguments, call_id="1", now=NOW))


def other_facts(endpoint: Any, content: Any, **arguments: Any) -> Facts:
    return Facts(intake.take(endpoint, "g", content, arguments, call_id="1", now=NOW))


def response_facts(content: Any, **extra: Any) -> Facts:
    """A request of the Responses API as far as the checks look at it."""
    return Facts(Call(id="1", endpoint="chat", model="g", input=[], extra={"input": content, **extra}))


def ids(kept: Kept | Sequence[Deployment]) -> list[str]:
    return [each.id for each in (kept.deployments if isinstance(kept, Kept) else kept)]


def encoded(text: str) -> str:
    return b64encode(text.encode()).decode()


ENCRYPTED_BY_B = {
    "type": "reasoning",
    "id": "encitem_" + encoded("litellm:model_id:b;item_id:rs_1"),
    "encrypted_content": "x",
}
"""An item of a Responses API input that the deployment "b" made."""
