"""GET /health/liveliness and /health/readiness for orchestrators, and /health, which asks every deployment for one
token.
"""

import asyncio
from typing import Any

import msgspec

from litellm import _compose
from litellm.core import engine, intake
from litellm.core.errors import ProviderError
from litellm.core.hooks import NO_HOOKS
from litellm.core.plan import RetryPlan
from litellm.proxy.auth.api_key import identify
from litellm.proxy.gateway import Gateway
from litellm.proxy.http import Exchange, encode_json
from litellm.proxy.state import Deployment

_AT_ONCE = 20
_SECONDS = 60.0


async def liveness(gateway: Gateway, exchange: Exchange, named: str | None = None) -> None:
    """Answer while the process runs."""
    await exchange.reply(200, b'"I\'m alive!"')


async def readiness(gateway: Gateway, exchange: Exchange, named: str | None = None) -> None:
    """Answer when requests are taken; there is no database to be connected to."""
    answer = {"status": "healthy", "db": "Not connected", "cache": None, "litellm_version": _compose.version()}
    await exchange.reply(200, encode_json(answer))


async def health(gateway: Gateway, exchange: Exchange, named: str | None = None) -> None:
    """Ask every deployment, and say which answered. Wildcards are left out: they stand for no one model."""
    identify(exchange.headers, gateway.snapshot)
    turns = asyncio.Semaphore(_AT_ONCE)
    deployments = [each for group in gateway.snapshot.groups.values() for each in group]
    checked = await asyncio.gather(*(_check(each, gateway, turns) for each in deployments))
    healthy = [shown for shown in checked if "error" not in shown]
    unhealthy = [shown for shown in checked if "error" in shown]
    answer = {
        "healthy_endpoints": healthy,
        "unhealthy_endpoints": unhealthy,
        "healthy_count": len(healthy),
        "unhealthy_count": len(unhealthy),
    }
    await exchange.reply(200, encode_json(answer))


async def _check(deployment: Deployment, gateway: Gateway, turns: asyncio.Semaphore) -> dict[str, Any]:
    shown = {"model": f"{deployment.provider}/{deployment.model}", "model_id": deployment.id, "group": deployment.group}
    if base := deployment.params.get("api_base"):
        shown["api_base"] = base
    async with turns:
        try:
            await _ask(deployment, gateway)
        except ProviderError as error:
            shown["error"] = error.message
    return shown


async def _ask(deployment: Deployment, gateway: Gateway) -> None:
    params = {**deployment.params, "max_tokens": 5, "timeout": _SECONDS, "drop_params": True}
    model = params.pop("model")
    messages: Any = [{"role": "user", "content": "Hi"}]
    if deployment.info.get("mode") == "embedding":
        params.pop("max_tokens")
        call = intake.take("embedding", model, "Hi", params, call_id="health", now=gateway.ports.now())
    else:
        call = intake.take("chat", model, messages, params, call_id="health", now=gateway.ports.now())
    route = _compose.route(msgspec.structs.replace(call, asynchronous=True))
    await engine.run(
        RetryPlan(routes=(route,)),
        _compose.adapter,
        gateway.ports,
        hooks=NO_HOOKS,
        give_up_at=call.started + _SECONDS,
    )
