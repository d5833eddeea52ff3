"""GET /health/liveliness and /health/readiness for orchestrators, and /health, which says which deployments answer."""

from litellm import _compose
from litellm.proxy.auth.api_key import identify
from litellm.proxy.gateway import Gateway
from litellm.proxy.http import Exchange, encode_json
from litellm.router_utils.health import check, checkable, report


async def liveness(gateway: Gateway, exchange: Exchange, named: str | None = None) -> None:
    """Answer while the process runs."""
    await exchange.reply(200, b'"I\'m alive!"')


async def readiness(gateway: Gateway, exchange: Exchange, named: str | None = None) -> None:
    """Answer when requests are taken; there is no database to be connected to."""
    answer = {"status": "healthy", "db": "Not connected", "cache": None, "litellm_version": _compose.version()}
    await exchange.reply(200, encode_json(answer))


async def health(gateway: Gateway, exchange: Exchange, named: str | None = None) -> None:
    """Say what the last round of background checks found; without such checks ask every deployment now."""
    identify(exchange.headers, gateway.snapshot)
    if gateway.health is not None:
        return await exchange.reply(200, encode_json(gateway.health.latest))
    routing = gateway.snapshot.routing
    deployments = checkable(routing.catalog.by_id.values(), unasked=False)
    await exchange.reply(200, encode_json(report(await check(routing, deployments, gateway.ports))))
