"""One entry of a model list as the Router holds it: its identity, its limits, and the arguments of its calls.

It knows no other deployment and decides nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from typing import Any

import msgspec

from litellm import _routes
from litellm.core import intake
from litellm.core.call import Call, Endpoint, Options
from litellm.core.errors import BadRequest
from litellm.router_utils.stats import Stats
from litellm.types.router import Deployment as ListedDeployment

_PLACEHOLDERS: Mapping[Endpoint, Any] = {
    "chat": ({"role": "user", "content": ""},),
    "completion": "",
    "embedding": "",
    "moderation": "",
}
_NO_OPTIONS = Options()
_TPM_PER_PARALLEL = 6 / 1000


class Deployment(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """One way to reach a model.

    `group` is the name users ask for, `model` the provider's own. `params` are the arguments of its calls
    (`litellm_params`), `info` what is said of it (`model_info`). `rpm`, `tpm`, `itpm` and `otpm` are requests and
    tokens (all, input, output) a minute, `parallel` requests at once; None is without limit. Lower `order` first.
    `from_wildcard` tells one that was made for what a `*` stood for. `stats` are its live figures, which outlive
    changes of the list. `prepared` is what the router's owner keeps with it, `given` its parameters without defaults.
    """

    id: str
    group: str
    provider: str
    model: str
    params: Mapping[str, Any]
    info: Mapping[str, Any]
    weight: float | None = None
    rpm: float | None = None
    tpm: float | None = None
    itpm: float | None = None
    otpm: float | None = None
    order: int | None = None
    parallel: int | None = None
    tags: frozenset[str] = frozenset()
    tag_regex: tuple[str, ...] = ()
    cooldown_time: float | None = None
    region: str | None = None
    from_wildcard: bool = False
    stats: Stats = msgspec.field(default_factory=Stats)
    templates: dict[Endpoint, Call] = msgspec.field(default_factory=dict)
    prepared: Any = None
    given: Mapping[str, Any] = {}

    def __repr__(self) -> str:
        """Without its parameters, which hold keys."""
        return f"Deployment({self.group!r} → {self.provider}/{self.model}, id={self.id!r})"

    @property
    def limited(self) -> bool:
        """Whether it has limits a minute."""
        return not (self.rpm is self.tpm is self.itpm is self.otpm is None)

    def template(self, endpoint: Endpoint) -> Call:
        """A call of this endpoint with nothing but the deployment's own arguments."""
        found = self.templates.get(endpoint)
        if found is None:
            found = self.templates[endpoint] = _template(endpoint, self.params, self.info)
        return found

    def call(self, request: Call) -> Call:
        """A request as a call of this deployment: what the request says wins over what the deployment says."""
        own = self.template(request.endpoint)
        return msgspec.structs.replace(
            request,
            model=own.model,
            params={**own.params, **request.params} if own.params else request.params,
            extra={**own.extra, **request.extra} if own.extra else request.extra,
            options=merged(own.options, request.options),
        )

    def listed(self) -> dict[str, Any]:
        """The deployment as an entry of a model list."""
        return {"model_name": self.group, "litellm_params": dict(self.given), "model_info": dict(self.info)}


def deployment_of(
    entry: Mapping[str, Any],
    *,
    defaults: Mapping[str, Any] | None = None,
    default_parallel: int | None = None,
    stats: Callable[[str], Stats] | None = None,
    from_wildcard: bool = False,
    prepare: "Callable[[Deployment], Any] | None" = None,
) -> Deployment:
    """The deployment of one entry of a model list; `defaults` are arguments for what it leaves open.

    `stats` finds the figures of an id, `prepare` makes what is kept with the deployment.

    Raises `BadRequest` for a number that is none, `UnknownProvider` when its model does not say whose it is.
    """
    params = {**(defaults or {}), **{k: v for k, v in entry["litellm_params"].items() if v is not None}}
    info = dict(entry.get("model_info") or {})
    info["id"] = str(info.get("id") or deployment_id(entry["model_name"], entry["litellm_params"]))
    params.update({name: price for name, price in info.items() if "_cost_per_" in name and name not in params})
    own = _template("chat", params, info)
    target = _routes.route(own).target
    numbers = {name: _number(params, info, name) for name in ("weight", "rpm", "tpm", "itpm", "otpm", "cooldown_time")}
    order = _number(params, info, "order")
    made = Deployment(
        id=info["id"],
        group=entry["model_name"],
        provider=target.provider,
        model=target.model,
        params=params,
        info=info,
        **numbers,
        order=None if order is None else int(order),
        parallel=_parallel(_number(params, info, "max_parallel_requests"), numbers, default_parallel),
        tags=frozenset(_texts(params, "tags")),
        tag_regex=_texts(params, "tag_regex"),
        region=params.get("region_name"),
        from_wildcard=from_wildcard,
        given=entry["litellm_params"],
        stats=stats(info["id"]) if stats else Stats(),
        templates={"chat": own},
    )
    return msgspec.structs.replace(made, prepared=prepare(made)) if prepare else made


def deployment_id(group: str, params: Mapping[str, Any]) -> str:
    """A name for the deployment that stays the same while its group and parameters do."""
    told = msgspec.json.encode([group, dict(params)], order="deterministic", enc_hook=repr)
    return sha256(told).hexdigest()


def plain_entry(entry: Any) -> dict[str, Any]:
    """An entry of a model list as plain data, whatever kind of object it is."""
    if isinstance(entry, ListedDeployment):
        entry = entry.to_json()
    if not isinstance(entry, Mapping):
        raise BadRequest(f"model_list: {entry!r} is no deployment; give a dict with model_name and litellm_params")
    params = entry.get("litellm_params")
    params = _dumped(params)
    name = entry.get("model_name")
    if not isinstance(name, str) or not name:
        raise BadRequest(f"model_list: model_name={name!r}: give the name that is asked for, as text")
    if not isinstance(params, Mapping) or not isinstance(params.get("model"), str):
        raise BadRequest(f"model_list: {name!r} has no litellm_params['model'], such as 'openai/gpt-4o-mini'")
    info = _dumped(entry.get("model_info")) or {}
    if not isinstance(info, Mapping):
        raise BadRequest(f"model_list: {name!r} has model_info={info!r}: give a dict")
    return {"model_name": name, "litellm_params": dict(params), "model_info": dict(info)}


def _dumped(value: Any) -> Any:
    return value.model_dump(exclude_none=True) if hasattr(value, "model_dump") else value


def merged(own: Options, given: Options) -> Options:
    """Options of which the second win over the first; what only one of them names is kept."""
    if own == _NO_OPTIONS:
        return given
    changes: dict[str, Any] = {}
    for name, value, usual in zip(Options.__struct_fields__, _values(own), _values(_NO_OPTIONS), strict=True):
        if value == usual:
            continue
        said = getattr(given, name)
        if said == usual:
            changes[name] = value
        elif name in _JOINED:
            changes[name] = {**value, **said}
    return msgspec.structs.replace(given, **changes) if changes else given


_JOINED = frozenset({"other", "credentials", "metadata", "headers", "custom_pricing", "model_info"})


def _values(options: Options) -> Sequence[Any]:
    return msgspec.structs.astuple(options)


def _template(endpoint: Endpoint, params: Mapping[str, Any], info: Mapping[str, Any]) -> Call:
    given = {name: value for name, value in params.items() if name != "model"}
    given["model_info"] = info
    return intake.take(endpoint, params["model"], _PLACEHOLDERS[endpoint], given, call_id="", now=0.0)


def _number(params: Mapping[str, Any], info: Mapping[str, Any], name: str) -> float | None:
    """A limit of the deployment, from its parameters or what is said of it."""
    value = params.get(name)
    value = info.get(name) if value is None else value
    if value is None:
        return None
    if isinstance(value, bool):
        raise BadRequest(f"model_list: {params['model']!r} has {name}={value!r}: give a number from 0 on")
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = -1.0
    if not 0 <= number < float("inf"):
        raise BadRequest(f"model_list: {params['model']!r} has {name}={value!r}: give a number from 0 on")
    return number


def _texts(params: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = params.get(name) or ()
    if isinstance(value, str) or not all(isinstance(each, str) for each in value):
        raise BadRequest(f"model_list: {params['model']!r} has {name}={value!r}: give a list of texts")
    return tuple(value)


def _parallel(own: float | None, limits: Mapping[str, float | None], default: int | None) -> int | None:
    """How many requests at once: what is said, else as many as rpm or tpm suggest, else the router's default."""
    if own is not None:
        return int(own)
    rpm, tpm = limits["rpm"], limits["tpm"]
    if rpm is not None:
        return int(rpm)
    if tpm is not None:
        return max(1, int(tpm * _TPM_PER_PARALLEL))
    return default
