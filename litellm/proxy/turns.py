"""Requests with a priority: while none of their group's deployments is free, the lower ones go first."""

from litellm.core.errors import ProviderError
from litellm.proxy.gateway import Gateway
from litellm.proxy.llm_endpoints.request import LLMRequest
from litellm.router_utils.catalog import Group


def priority_of(request: LLMRequest, gateway: Gateway) -> int | None:
    """The place of a request in its group's queue, 0 (first) to 255; None where neither it nor the operator says."""
    own = request.options.other.get("priority")
    return gateway.snapshot.routing.settings.default_priority if own is None else own


async def take_turn(request: LLMRequest, group: Group, priority: int, gateway: Gateway) -> None:
    """Wait for the request's turn, as long as it may take. Raises `TimedOut` when it does not come in time."""
    snapshot, ports = gateway.snapshot, gateway.ports
    routing = snapshot.routing
    seconds = _patience(request, gateway)
    with gateway.scheduler.place(group.name, priority) as place:
        while not (place.is_first() or routing.healthy(group, ports.now())):
            if ports.now() >= request.started + seconds:
                late: ProviderError = place.late(request.model, seconds)
                raise late
            await ports.sleep(routing.settings.polling_interval)


def _patience(request: LLMRequest, gateway: Gateway) -> float:
    snapshot = gateway.snapshot
    settings = snapshot.routing.settings
    asked = request.options.timeout
    own = float(asked) if isinstance(asked, int | float) else None
    return own or settings.total_timeout or settings.timeout or snapshot.give_up_after
