"""GET /v1/models and /v1/models/{id} (https://platform.openai.com/docs/api-reference/models)."""

from typing import Any

from litellm.core.errors import ProviderError
from litellm.model_info import get_provider_models
from litellm.proxy.auth.api_key import identify
from litellm.proxy.errors import Refused
from litellm.proxy.gateway import Gateway
from litellm.proxy.http import Exchange, encode_json
from litellm.proxy.replies import unknown_model
from litellm.proxy.state import Snapshot
from litellm.router_utils.catalog import Group

# As LiteLLM 1.x answers for every model.
_CREATED = 1677610602


async def models(gateway: Gateway, exchange: Exchange, named: str | None = None) -> None:
    """List the models that clients may ask for, or show the one named in the URL."""
    snapshot = gateway.snapshot
    identify(exchange.headers, snapshot)
    if named is None:
        answer: dict[str, Any] = {"data": [_shown(name, snapshot) for name in listed(snapshot)], "object": "list"}
    elif _found(named, snapshot):
        answer = _shown(named, snapshot)
    else:
        raise Refused(404, unknown_model(named, snapshot.names()), param="model")
    await exchange.reply(200, encode_json(answer))


def listed(snapshot: Snapshot) -> list[str]:
    """Every model by name: those of the groups, and what the model map knows to fit the wildcards."""
    found: set[str] = set()
    for name in snapshot.routing.catalog.names():
        found.update(_fitting(name) if "*" in name else (name,))
    return sorted(found)


def _fitting(pattern: str) -> list[str]:
    start, _, end = pattern.partition("*")
    provider = start.removesuffix("/")
    if not provider:
        return []
    names = (name.removeprefix(start) for name in get_provider_models(provider))
    known = [f"{start}{name}{end}" for name in names] if "*" not in end else []
    return known or [pattern]


def _found(name: str, snapshot: Snapshot) -> Group | None:
    """The group that serves a name; one whose provider nobody knows serves nothing."""
    try:
        return snapshot.routing.catalog.find(name)
    except ProviderError:
        return None


def _shown(name: str, snapshot: Snapshot) -> dict[str, Any]:
    serving = _found(name, snapshot)
    owner = serving.deployments[0].provider if serving else name.partition("/")[0]
    return {"id": name, "object": "model", "created": _CREATED, "owned_by": owner}
