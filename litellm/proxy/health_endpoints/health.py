"""GET /health/liveliness and /health/readiness for orchestrators, and /health, which asks every deployment for one
token.
"""

import asyncio
from collections.abc import Mapping
from typing import Any

import msgspec

from litellm import _compose, _routes
from litellm.core import engine, intake
from litellm.core.call import Endpoint
from litellm.core.errors import ProviderError, UnknownProvider
from litellm.core.hooks import NO_HOOKS
from litellm.core.plan import RetryPlan
from litellm.model_info import ModelNotMappedError, get_model_info
from litellm.proxy.auth.api_key import identify
from litellm.proxy.gateway import Gateway
from litellm.proxy.http import Exchange, encode_json
from litellm.router_utils.deployments import Deployment

_AT_ONCE = 20
_SECONDS = 60.0

_KINDS: Mapping[str, tuple[Endpoint, Any]] = {
    "chat": ("chat", [{"role": "user", "content": "Hi"}]),
    "completion": ("completion", "Hi"),
    "embedding": ("embedding", "Hi"),
}


async def liveness(gateway: Gateway, exchange: Exchange, named: str | None = None) -> None:
    """Answer while the process runs."""
    await exchange.reply(200, b'"I\'m alive!"')


async def readiness(gateway: Gateway, exchange: Exchange, named: str | None = None) -> None:
    """Answer when requests are taken; there is no database to be connected to."""
    answer = {"status": "healthy", "db": "Not connected", "cache": None, "litellm_version": _compose.version()}
    await exchange.reply(200, encode_json(answer))


async def health(gateway: Gateway, exchange: Exchange, named: str | None = None) -> None:
    """Ask every deployment, and say which answered.

    Left out are wildcards, which stand for no one model, and models of kinds that have no endpoint here.
    """
    identify(exchange.headers, gateway.snapshot)
    turns = asyncio.Semaphore(_AT_ONCE)
    everyone = gateway.snapshot.routing.catalog.by_id.values()
    deployments = [each for each in everyone if "*" not in each.group and _mode(each) in _KINDS]
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
    """The shortest call of the deployment's kind."""
    endpoint, content = _KINDS[_mode(deployment)]
    params = {name: value for name, value in deployment.params.items() if name != "model"} | {"timeout": _SECONDS}
    if endpoint != "embedding":
        params |= {"max_tokens": 5, "drop_params": True}
    call = intake.take(endpoint, deployment.params["model"], content, params, call_id="health", now=gateway.ports.now())
    route = _routes.route(msgspec.structs.replace(call, asynchronous=True))
    await engine.run(
        RetryPlan(routes=(route,)),
        _routes.adapter,
        gateway.ports,
        hooks=NO_HOOKS,
        give_up_at=call.started + _SECONDS,
    )


def _mode(deployment: Deployment) -> str:
    """What kind of calls the deployment takes, by its model_info, else the model map; chat where neither says."""
    told = deployment.info.get("mode")
    if told is None:
        try:
            told = get_model_info(deployment.model, deployment.provider).get("mode")
        except (ModelNotMappedError, UnknownProvider):
            pass
    return str(told or "chat")
