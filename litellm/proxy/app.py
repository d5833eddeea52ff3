"""The gateway's composition root: a configuration becomes a `Gateway`, and paths find their endpoints. Raw ASGI."""

import gc
import logging
import sys
from collections.abc import Awaitable, Callable, Mapping

import msgspec

from litellm import _compose
from litellm._settings import settings
from litellm.core.errors import ProviderError
from litellm.core.plain_http import PlainPorts
from litellm.proxy.auth.api_key import KEY_HEADERS, digest
from litellm.proxy.config.routing import router_arguments
from litellm.proxy.config.schema import Config
from litellm.proxy.config.source import ConfigError
from litellm.proxy.config.validate import nearest
from litellm.proxy.deployments import prepare
from litellm.proxy.errors import Refused, refusal_of
from litellm.proxy.gateway import Gateway
from litellm.proxy.health_checks import HealthChecks
from litellm.proxy.health_endpoints.health import health, liveness, readiness
from litellm.proxy.http import Exchange, Receive, Scope, Send, encode_json
from litellm.proxy.llm_endpoints.chat_completions import chat_completions
from litellm.proxy.llm_endpoints.completions import completions
from litellm.proxy.llm_endpoints.embeddings import embeddings
from litellm.proxy.llm_endpoints.models import models
from litellm.proxy.spend_tracking import settlement
from litellm.proxy.state import Snapshot
from litellm.router_utils.routing import Routing
from litellm.router_utils.sharing import shared_state
from litellm.router_utils.validation import read_settings

_log = logging.getLogger("litellm.proxy")
_SWITCH_SECONDS = 0.0002

Endpoint = Callable[[Gateway, Exchange, str | None], Awaitable[None]]
Methods = Mapping[str, Endpoint]


async def index(gateway: Gateway, exchange: Exchange, named: str | None = None) -> None:
    """Say what this is, and which paths it has."""
    answer = {"litellm": _compose.version(), "paths": sorted({*EXACT, *(f"{a}{{model}}{b}" for a, b, _ in NAMED)})}
    await exchange.reply(200, encode_json(answer))


_LLM: Mapping[str, Endpoint] = {
    "/chat/completions": chat_completions,
    "/completions": completions,
    "/embeddings": embeddings,
}

EXACT: Mapping[str, Methods] = {
    **{f"{version}{path}": {"POST": endpoint} for path, endpoint in _LLM.items() for version in ("/v1", "")},
    "/v1/models": {"GET": models},
    "/models": {"GET": models},
    "/health": {"GET": health},
    "/health/liveliness": {"GET": liveness},
    "/health/liveness": {"GET": liveness},
    "/health/readiness": {"GET": readiness},
    "/": {"GET": index},
}
# Paths with a model in them, which may hold slashes: what stands before and after it.
NAMED: tuple[tuple[str, str, Methods], ...] = (
    *(
        (start, path, {"POST": endpoint})
        for start in ("/engines/", "/openai/deployments/")
        for path, endpoint in _LLM.items()
    ),
    ("/v1/models/", "", {"GET": models}),
    ("/models/", "", {"GET": models}),
)


class App:
    """The ASGI application over one gateway."""

    def __init__(self, gateway: Gateway) -> None:
        self.gateway = gateway

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _live(self.gateway, receive, send)
        elif scope["type"] == "http":
            await self._answer(Exchange(scope, receive, send))

    async def _answer(self, exchange: Exchange) -> None:
        """Run the path's endpoint; whatever it raises becomes an error in OpenAI's shape, here and nowhere else."""
        try:
            endpoint, named = route(exchange.method, exchange.path)
            await endpoint(self.gateway, exchange, named)
        except Exception as error:
            _note(error, exchange)
            if exchange.answered and not exchange.streaming:
                raise
            await exchange.refuse(refusal_of(error))


def route(method: str, path: str) -> tuple[Endpoint, str | None]:
    """The endpoint of a path, and the model that the path names. Raises `Refused` 404, or 405 for another method."""
    methods, named = EXACT.get(path), None
    if methods is None:
        methods, named = _named(path)
    endpoint = methods.get("GET" if method == "HEAD" else method)
    if endpoint is None:
        allowed = ", ".join(methods)
        raise Refused(405, f"{path} takes {allowed}, not {method}", headers={"allow": allowed})
    return endpoint, named


def _named(path: str) -> tuple[Methods, str]:
    for start, end, methods in NAMED:
        if path.startswith(start) and path.endswith(end) and len(path) > len(start) + len(end):
            return methods, path[len(start) : len(path) - len(end)]
    near = nearest(path, EXACT)
    raise Refused(404, f"there is no path {path!r}" + (f": did you mean {near!r}?" if near else "; GET / lists them"))


def _note(error: Exception, exchange: Exchange) -> None:
    """Log what the operator should see: what upstream refused in a line, what nobody foresaw in full."""
    cause = error.__cause__ if isinstance(error, Refused) else error
    if isinstance(cause, ProviderError):
        _log.warning("%s %s: %s", exchange.call_id, exchange.path, cause.message)
    elif not isinstance(error, Refused):
        _log.error("%s %s failed inside the gateway", exchange.call_id, exchange.path, exc_info=error)


def _settle_process() -> None:
    """Set the interpreter up for serving, once everything is loaded."""
    gc.collect()
    gc.freeze()  # what is loaded by now stays for good, and need not be walked again
    # The HTTP client's thread asks for the interpreter after every answer: at the usual 5 ms they pile up.
    sys.setswitchinterval(_SWITCH_SECONDS)


async def _live(gateway: Gateway, receive: Receive, send: Send) -> None:
    _settle_process()
    health = gateway.health
    while True:
        message = await receive()
        ends = message["type"] == "lifespan.shutdown"
        if health is not None:
            await health.end()
            if not ends:
                health.begin(lambda: gateway.snapshot.routing, gateway.ports)
        await send({"type": f"{message['type']}.complete"})
        if ends:
            return


# -- from a configuration --------------------------------------------------------------------------------------------


def compose(config: Config, *, master_key: str | None, debug: bool = False) -> App:
    """The application of a configuration; without a master key it asks nobody for one.

    Raises `ConfigError` for a model that cannot be found.
    """
    for name, value in config.litellm_settings.items():
        setattr(settings, name, value)
    observers = (settlement.log,) if debug else ()
    ports = PlainPorts(_compose.ports(asynchronous=True))
    return App(Gateway(snapshot(config, master_key), ports, observers, health_checks(config)))


def health_checks(config: Config) -> HealthChecks | None:
    """The health checks in the background that a configuration describes, if it wants any."""
    general = config.general_settings
    if not general.background_health_checks:
        return None
    return HealthChecks(every=general.health_check_interval, at_once=general.health_check_concurrency)


def snapshot(config: Config, master_key: str | None) -> Snapshot:
    """The state that a configuration describes."""
    general = config.general_settings
    own = (general.litellm_key_header_name.lower().encode(),) if general.litellm_key_header_name else ()
    return Snapshot(
        routing=routing(config),
        master_key=digest(master_key) if master_key else None,
        key_headers=(*own, *KEY_HEADERS),
        body_limit=int(general.max_request_size_mb * 1024 * 1024),
        give_up_after=settings.request_timeout,
    )


def routing(config: Config) -> Routing:
    """The Router's insides that a configuration describes. Raises `ConfigError` for what they cannot be made of."""
    entries = [msgspec.to_builtins(entry) for entry in config.model_list]
    try:
        chosen = read_settings(router_arguments(config), [entry.model_name for entry in config.model_list])
        return Routing(chosen, entries, prepare=prepare, shared=shared_state(chosen))
    except ValueError as error:
        raise ConfigError(f"router_settings: {error}") from error
    except ProviderError as error:
        raise ConfigError(error.message) from error
