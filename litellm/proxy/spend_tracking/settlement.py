"""What one request used and what it cost, worked out when it is over, and the observers who are told."""

import logging
from collections.abc import Callable
from typing import Any, Literal

import msgspec

from litellm.core.estimate import usage_of
from litellm.core.ports import Ports
from litellm.proxy.llm_endpoints.request import LLMRequest
from litellm.proxy.spend_tracking.prices import price_of_usage
from litellm.router_utils.deployments import Deployment

_log = logging.getLogger("litellm.proxy")

Ending = Literal["success", "failure", "cancelled"]


class Settlement(msgspec.Struct, frozen=True, kw_only=True):
    """One finished request. `cost` is in US dollars, None where the model has no price; times are in epoch seconds.

    `estimated` says that the provider reported no usage, and the tokens were counted here.
    """

    call_id: str
    ending: Ending
    group: str
    deployment: str
    provider: str
    model: str
    endpoint: str
    usage: Any
    estimated: bool
    cost: float | None
    started: float
    ended: float


Observer = Callable[[Settlement], None]


async def settle(
    observers: tuple[Observer, ...],
    ports: Ports,
    *,
    request: LLMRequest,
    deployment: Deployment,
    ending: Ending,
    usage: Any,
    text: Callable[[], str] = str,
    price: float | None = None,
) -> None:
    """Tell every observer how a request ended; tokens that nobody reported are counted from the prompt and `text`."""
    if not observers:
        return
    call, target = request.route(deployment)
    said = text()
    estimated = usage is None and bool(said or ending != "failure")
    if estimated:
        asked = request.call(deployment)
        usage = await ports.offload(lambda: usage_of(asked, deployment.model, said))
    read = msgspec.json.decode(usage) if isinstance(usage, msgspec.Raw) else usage
    settled = Settlement(
        call_id=request.call_id,
        ending=ending,
        group=request.model,
        deployment=deployment.id,
        provider=deployment.provider,
        model=deployment.model,
        endpoint=request.endpoint,
        usage=read,
        estimated=estimated,
        cost=price if price is not None else price_of_usage(read, call, target),
        started=request.started,
        ended=ports.now(),
    )
    for observe in observers:
        observe(settled)


def log(settled: Settlement) -> None:
    """An observer that writes one line a request, without a word of what was said."""
    used = settled.usage or {}
    _log.debug(
        "%s %s model=%s deployment=%s provider=%s prompt_tokens=%s completion_tokens=%s estimated=%s cost=%s "
        "seconds=%.3f",
        settled.call_id,
        settled.ending,
        settled.group,
        settled.deployment[:12],
        settled.provider,
        used.get("prompt_tokens"),
        used.get("completion_tokens"),
        settled.estimated,
        settled.cost,
        settled.ended - settled.started,
    )
