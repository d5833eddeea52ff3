"""Turns the model_list of a configuration into deployments: identity, share of traffic, and how requests are sent
on.
"""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import msgspec

from litellm import _compose, _routes
from litellm.core import intake
from litellm.core.call import Call, Endpoint, Options
from litellm.core.errors import ProviderError
from litellm.proxy.config.schema import DeploymentConfig
from litellm.proxy.forwarding import Forwarding
from litellm.proxy.http import Header, header
from litellm.proxy.state import Deployment, Wildcard, wildcard

# Endpoint -> the field that a request must have, a placeholder for it, and the field that an answer must have.
_ENDPOINTS: Mapping[Endpoint, tuple[str, Any, str]] = {
    "chat": ("messages", [{"role": "user", "content": ""}], "choices"),
    "completion": ("prompt", "", "choices"),
    "embedding": ("input", "", "data"),
}
# Options that only say where a request goes and how long it may take; any other one needs the adapter.
_ROUTING = frozenset(
    "api_key api_base api_version organization custom_llm_provider base_model model_info timeout stream_timeout "
    "connect_timeout first_byte_timeout stream_idle_timeout total_timeout "
    "num_retries drop_params modify_params custom_pricing headers tags other".split()
)
_NO_OPTIONS = Options()


def groups(
    entries: tuple[DeploymentConfig, ...], timeout: float | None
) -> tuple[dict[str, tuple[Deployment, ...]], tuple[Wildcard, ...]]:
    """The deployments by the name clients use, and those whose name has a star, the most exact name first.

    Raises `ProviderError` for a model that does not say whose it is.
    """
    exact: dict[str, tuple[Deployment, ...]] = {}
    starred: dict[str, list[DeploymentConfig]] = {}
    for entry in _one_each(entries):
        if "*" in entry.model_name:
            starred.setdefault(entry.model_name, []).append(entry)
        else:
            exact[entry.model_name] = (*exact.get(entry.model_name, ()), deployment(entry, timeout))
    patterns = sorted(starred, key=lambda pattern: (-len(pattern), pattern))
    return exact, tuple(_wildcard(pattern, starred[pattern], timeout) for pattern in patterns)


def _one_each(entries: tuple[DeploymentConfig, ...]) -> list[DeploymentConfig]:
    """The entries, one for each organization where several are named."""
    made = []
    for entry in entries:
        several = entry.litellm_params.get("organization")
        names = several if isinstance(several, list) else [several]
        for name in names:
            params = {**entry.litellm_params, "organization": name} if name else entry.litellm_params
            made.append(msgspec.structs.replace(entry, litellm_params=params))
    return made


def _wildcard(pattern: str, entries: list[DeploymentConfig], timeout: float | None) -> Wildcard:
    def make(captured: str) -> tuple[Deployment, ...]:
        return tuple(deployment(_captured(entry, captured), timeout) for entry in entries)

    return wildcard(pattern, make)


def _captured(entry: DeploymentConfig, captured: str) -> DeploymentConfig:
    params = {**entry.litellm_params, "model": entry.litellm_params["model"].replace("*", captured, 1)}
    name = entry.model_name.replace("*", captured, 1)
    return msgspec.structs.replace(entry, model_name=name, litellm_params=params)


def deployment(entry: DeploymentConfig, timeout: float | None = None) -> Deployment:
    """The deployment of one entry of model_list. Raises `UnknownProvider` when its model does not say whose it is."""
    params = dict(entry.litellm_params)
    if timeout is not None:
        params.setdefault("timeout", timeout)
    info = dict(entry.model_info)
    key = str(info.setdefault("id", deployment_id(entry)))
    params.update({name: price for name, price in info.items() if "_cost_per_" in name and name not in params})
    template = _template("chat", params, info)
    target = _routes.route(template).target
    return Deployment(
        id=key,
        group=entry.model_name,
        provider=target.provider,
        model=target.model,
        params=params,
        info=info,
        options=template.options,
        weight=_weight(params),
        forwarding={endpoint: way for endpoint in _ENDPOINTS if (way := _forwarding(endpoint, params, info))},
        headers=_headers(key, entry.model_name),
    )


def deployment_id(entry: DeploymentConfig) -> str:
    """A name for the deployment that stays the same while its name and parameters do."""
    told = msgspec.json.encode([entry.model_name, entry.litellm_params], order="deterministic", enc_hook=repr)
    return sha256(told).hexdigest()


def _weight(params: Mapping[str, Any]) -> float:
    """The first of weight, rpm and tpm that is given; they are compared within a group."""
    given = (params.get(name) for name in ("weight", "rpm", "tpm"))
    return next((float(value) for value in given if value), 0.0)


def _headers(key: str, group: str) -> tuple[Header, ...]:
    return (
        header("x-litellm-model-id", key),
        header("x-litellm-model-group", group),
        header("x-litellm-version", _compose.version()),
    )


def _template(endpoint: Endpoint, params: Mapping[str, Any], info: Mapping[str, Any]) -> Call:
    """A call with nothing but the deployment's own arguments."""
    given = {name: value for name, value in params.items() if name != "model"}
    call = intake.take(
        endpoint, params["model"], _ENDPOINTS[endpoint][1], {**given, "model_info": info}, call_id="", now=0.0
    )
    return msgspec.structs.replace(call, asynchronous=True)


def _forwarding(endpoint: Endpoint, params: Mapping[str, Any], info: Mapping[str, Any]) -> Forwarding | None:
    """How requests of this endpoint are sent on, None where the adapter must rewrite them or cannot be asked."""
    if endpoint == "completion" and not _compose.takes_prompts(params["model"], params):
        return None
    call = _template(endpoint, params, info)
    if call.params or call.extra or not _only_routes(call.options):
        return None
    streaming = msgspec.structs.replace(call, stream=True)
    target = _routes.route(call).target
    content, _, result = _ENDPOINTS[endpoint]
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
