"""The one journey of a request for a model, from its bytes to its settlement. Read this file first.

    who asks → what is asked → which deployments serve it → the engine tries them → the answer → what it cost

The endpoints differ in how a request is read; what is said of errors is in `errors.py`.
"""

import random
from collections.abc import Callable
from typing import Any

from litellm import _routes
from litellm.core import engine
from litellm.core.call import Call
from litellm.core.hooks import NO_HOOKS
from litellm.core.target import Target
from litellm.proxy import replies
from litellm.proxy.auth.api_key import identify
from litellm.proxy.errors import Refused
from litellm.proxy.forwarding import Passage
from litellm.proxy.gateway import Gateway
from litellm.proxy.http import DONE, Exchange
from litellm.proxy.llm_endpoints.request import LLMRequest
from litellm.proxy.plan import DeploymentPlan
from litellm.proxy.spend_tracking.prices import price
from litellm.proxy.spend_tracking.settlement import Ending, settle
from litellm.proxy.state import Snapshot, shuffled

_rng = random.Random()

Read = Callable[[bytes, Exchange, float], LLMRequest]


async def serve(gateway: Gateway, exchange: Exchange, read: Read) -> None:
    """Answer one request. Raises `Refused` and `ProviderError`, which the caller puts into words."""
    snapshot = gateway.snapshot
    identify(exchange.headers, snapshot)
    request = read(await exchange.body(snapshot.body_limit), exchange, gateway.ports.now())
    plan = _plan(request, snapshot)
    run = engine.run(plan, _adapter, gateway.ports, hooks=NO_HOOKS, give_up_at=request.started + snapshot.give_up_after)
    if request.stream:
        await _stream(gateway, exchange, request, plan, run)
    else:
        await _whole(gateway, exchange, request, plan, run)


def _plan(request: LLMRequest, snapshot: Snapshot) -> DeploymentPlan:
    found = snapshot.deployments(request.model)
    if not found:
        raise Refused(400, replies.unknown_model(request.model, snapshot.names()), param="model")
    return DeploymentPlan(
        request=request, deployments=shuffled(found, _rng), retries=snapshot.retries, jitter=_rng.random()
    )


def _adapter(call: Call, target: Target) -> Any:
    return call.input.adapter if type(call.input) is Passage else _routes.adapter(call, target)


async def _whole(gateway: Gateway, exchange: Exchange, request: LLMRequest, plan: DeploymentPlan, run: Any) -> None:
    answer = await run
    deployment = plan.deployment(answer.outcomes)
    assert deployment is not None
    body, usage = replies.whole(answer.result, request)
    cost = price(answer.result, *answer.route)
    await exchange.reply(200, body, replies.headers(answer, deployment, cost))
    await settle(
        gateway.observers,
        gateway.ports,
        request=request,
        deployment=deployment,
        ending="success",
        usage=usage,
        price=cost,
    )


async def _stream(gateway: Gateway, exchange: Exchange, request: LLMRequest, plan: DeploymentPlan, run: Any) -> None:
    ending: Ending = "cancelled"
    deployment, answer = plan.deployments[0], None
    try:
        async with exchange.until_disconnect():
            answer = await run
            deployment = plan.deployment(answer.outcomes) or deployment
            await exchange.start_events(replies.headers(answer, deployment, None))
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
        await settle(
            gateway.observers,
            gateway.ports,
            request=request,
            deployment=deployment,
            ending=ending,
            usage=answer.result.usage if answer else None,
            text=answer.result.text if answer else str,
        )
