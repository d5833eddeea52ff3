"""The one journey of a request for a model, from its bytes to its settlement. Read this file first.

    who asks → what is asked → which deployments serve it → the engine tries them → the answer → what it cost

The endpoints differ in how a request is read; which deployment is asked, and which next, is the Router's knowledge.
"""

from collections.abc import Callable
from typing import Any

from litellm import _routes
from litellm.core import engine
from litellm.core.call import Call
from litellm.core.engine import Answer
from litellm.core.errors import ProviderError
from litellm.core.hooks import NO_HOOKS
from litellm.core.target import Target
from litellm.proxy import replies
from litellm.proxy.auth.api_key import identify
from litellm.proxy.errors import Refused
from litellm.proxy.forwarding import Passage
from litellm.proxy.gateway import Gateway
from litellm.proxy.http import DONE, Exchange
from litellm.proxy.llm_endpoints.reading import check_account
from litellm.proxy.llm_endpoints.request import LLMRequest
from litellm.proxy.mirror import mirror
from litellm.proxy.spend_tracking.prices import price
from litellm.proxy.spend_tracking.settlement import Ending, settle
from litellm.proxy.state import Snapshot
from litellm.proxy.turns import priority_of, take_turn
from litellm.router_utils.catalog import Group
from litellm.router_utils.lease import DeploymentLease
from litellm.router_utils.plan import RouterPlan

Read = Callable[[bytes, Exchange, float], LLMRequest]


async def serve(gateway: Gateway, exchange: Exchange, read: Read) -> None:
    """Answer one request. Raises `Refused` and `ProviderError`, which the caller puts into words."""
    snapshot = gateway.snapshot
    identify(exchange.headers, snapshot)
    request = read(await exchange.body(snapshot.body_limit), exchange, gateway.ports.now())
    group = _group(request, snapshot)
    if group is not None:
        await _before(request, group, gateway)
    plan = RouterPlan(snapshot.routing, request, gateway.ports.now)
    try:
        run = engine.run(
            plan, adapter, gateway.ports, hooks=NO_HOOKS, give_up_at=request.started + snapshot.give_up_after
        )
        if request.stream:
            await _stream(gateway, exchange, plan, run)
        else:
            await _whole(gateway, exchange, plan, run)
    except ProviderError as error:
        raise replies.failure(error, plan, exchange) from error


def _group(request: LLMRequest, snapshot: Snapshot) -> Group | None:
    """The deployments that serve the request's model; None where only the fallbacks of any model may."""
    routing = snapshot.routing
    group = routing.catalog.find(request.model) if request.model else None
    if group is None and not (request.model and routing.fallbacks.default):
        raise Refused(400, replies.unknown_model(request.model, snapshot.names()), param="model")
    if group is not None and request.own:
        check_account(request, group)
    return group


async def _before(request: LLMRequest, group: Group, gateway: Gateway) -> None:
    """What may come before the first attempt: the request's turn, and its copy for a silent model."""
    priority = priority_of(request, gateway)
    if priority is not None:
        await take_turn(request, group, priority, gateway)
    if group.silent is not None:
        mirror(request, group.silent, gateway, adapter)


def adapter(call: Call, target: Target) -> Any:
    """The adapter of one attempt: the forwarding itself for a request that needs no rewriting."""
    return call.input.adapter if type(call.input) is Passage else _routes.adapter(call, target)


def _served(plan: RouterPlan, answer: Answer | None) -> DeploymentLease | None:
    """The attempt that answered; while there is no answer the last one, None when nobody was asked."""
    for lease in plan.attempts:
        if answer and lease.route is answer.route:
            return lease
    return plan.attempts[-1] if plan.attempts else None


async def _whole(gateway: Gateway, exchange: Exchange, plan: RouterPlan, run: Any) -> None:
    answer = await run
    lease = _served(plan, answer)
    assert lease is not None
    request: Any = plan.request
    body, usage = replies.whole(answer.result, request)
    cost = price(answer.result, *answer.route)
    await exchange.reply(200, body, replies.headers(answer, lease, plan, cost, exchange))
    await settle(
        gateway.observers,
        gateway.ports,
        request=request,
        deployment=lease.deployment,
        ending="success",
        usage=usage,
        price=cost,
    )


async def _stream(gateway: Gateway, exchange: Exchange, plan: RouterPlan, run: Any) -> None:
    ending: Ending = "cancelled"
    answer: Answer | None = None
    try:
        async with exchange.until_disconnect():
            answer = await run
            lease, request = _served(plan, answer), plan.request
            assert lease is not None
            await exchange.start_events(replies.headers(answer, lease, plan, None, exchange))
            async for chunk in answer.result:
                await exchange.events(replies.event(chunk, request))
            await exchange.end_events(DONE)
            ending = "success"
    except Exception:
        ending = "failure"
        raise
    finally:
        if answer:
            await answer.result.aclose()
        lease = _served(plan, answer)
        if lease is not None:
            await settle(
                gateway.observers,
                gateway.ports,
                request=plan.request,  # type: ignore[arg-type]
                deployment=lease.deployment,
                ending=ending,
                usage=answer.result.usage if answer else None,
                text=answer.result.text if answer else str,
            )
