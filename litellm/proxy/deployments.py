"""What the gateway keeps with each deployment: how its requests are sent on, and the headers of its answers."""

from collections.abc import Mapping
from urllib.parse import urlsplit

import msgspec

from litellm import _compose, _routes
from litellm.core.call import Call, Endpoint, Options
from litellm.core.errors import ProviderError
from litellm.core.target import Target
from litellm.proxy.forwarding import Forwarding
from litellm.proxy.http import Header, header
from litellm.router_utils.deployments import Deployment

# Endpoint -> the field that a request must have, and the field that an answer must have.
_ENDPOINTS: Mapping[Endpoint, tuple[str, str]] = {
    "chat": ("messages", "choices"),
    "completion": ("prompt", "choices"),
    "embedding": ("input", "data"),
}
# Options that only say where a request goes and how long it may take; any other one needs the adapter.
_ROUTING = frozenset(
    "api_key api_base api_version organization custom_llm_provider base_model model_info timeout stream_timeout "
    "connect_timeout first_byte_timeout stream_idle_timeout total_timeout num_retries drop_params modify_params "
    "custom_pricing headers tags other".split()
)
_NO_OPTIONS = Options()


class Prepared(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """What is kept with a deployment.

    `forwarding` holds, by endpoint, how to send requests on that need no rewriting; `options` are LiteLLM's own
    arguments of its calls; `headers` are those of its answers, `group` the one that names its group.
    """

    forwarding: Mapping[Endpoint, Forwarding]
    options: Options
    headers: tuple[Header, ...]
    group: Header


def prepare(deployment: Deployment) -> Prepared:
    """What the gateway keeps with a deployment. Raises `UnknownProvider` when its model does not say whose it is."""
    ways = {endpoint: _forwarding(endpoint, deployment) for endpoint in _ENDPOINTS}
    return Prepared(
        forwarding={endpoint: way for endpoint, way in ways.items() if way is not None},
        options=deployment.template("chat").options,
        headers=_headers(deployment),
        group=group_header(deployment.group),
    )


def group_header(name: str) -> Header:
    """The header that names the group of an answer."""
    return header("x-litellm-model-group", name)


def _headers(deployment: Deployment) -> tuple[Header, ...]:
    target = _routes.route(deployment.template("chat")).target
    shown = [header("x-litellm-model-id", deployment.id), header("x-litellm-version", _compose.version())]
    base = shown_base(target)
    if base:
        shown.append(header("x-litellm-model-api-base", base))
    return tuple(shown)


def shown_base(target: Target) -> str | None:
    """The address of a deployment as everybody may see it: without a user, a password or a query."""
    if not target.api_base:
        return None
    try:
        parts = urlsplit(target.api_base)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return None
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    return f"{parts.scheme}://{host}{port}{parts.path}" if host else None


def _forwarding(endpoint: Endpoint, deployment: Deployment) -> Forwarding | None:
    """How requests of this endpoint are sent on, None where the adapter must rewrite them or cannot be asked."""
    params = deployment.params
    if endpoint == "completion" and not _compose.takes_prompts(params["model"], params):
        return None
    call = msgspec.structs.replace(deployment.template(endpoint), asynchronous=True)
    if call.params or call.extra or not _only_routes(call.options):
        return None
    return _way(endpoint, call)


def _way(endpoint: Endpoint, call: Call) -> Forwarding | None:
    streaming = msgspec.structs.replace(call, stream=True)
    target = _routes.route(call).target
    content, result = _ENDPOINTS[endpoint]
    try:
        adapter = _routes.adapter(call, target)
        unchanged = adapter.unchanged_params(target.model)
        if not unchanged or target.client is not None or target.credentials:
            return None
        signed = {"content-type": "application/json", **adapter.validate_environment(target), **target.headers}
        url = adapter.get_complete_url(target)
    except ProviderError:
        return None  # the call itself says what is missing
    return Forwarding(
        adapter=adapter,
        target=target,
        stream_target=_routes.route(streaming).target,
        url=url,
        headers=signed,
        params=unchanged | {"model", content, "stream"},
        model=msgspec.Raw(msgspec.json.encode(target.model)),
        content=content,
        result=result,
    )


def _only_routes(options: Options) -> bool:
    if "cache_control_injection_points" in options.other:
        return False
    return all(
        name in _ROUTING or getattr(options, name) == getattr(_NO_OPTIONS, name) for name in Options.__struct_fields__
    )
