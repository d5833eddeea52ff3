"""Reads the arguments of a router, and refuses what cannot work: the message names the argument, the value, a way out.

Whatever is wrong raises `ValueError`, before the first call.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, get_type_hints

import msgspec

from litellm.core import retry_policy
from litellm.core.errors import BadRequest
from litellm.router_strategy.registry import STRATEGIES
from litellm.router_utils.circuit_breaker import BreakerSettings
from litellm.router_utils.cooldowns import ALLOWED_FAILS
from litellm.router_utils.fallbacks import read_fallbacks
from litellm.router_utils.references import check_fallbacks, check_groups, suggestion
from litellm.router_utils.settings import GeneralSettings, HedgeSettings, RoutingGroup, Settings
from litellm.types.router import RoutingStrategy

CHECKS = (
    "prompt_caching",
    "router_budget_limiting",
    "responses_api_deployment_check",
    "deployment_affinity",
    "session_affinity",
    "forward_client_headers_by_model_group",
    "enforce_model_rate_limits",
    "encrypted_content_affinity",
)
_PRIORITY = "priority"
_SECRET = ("redis_url", "password", "key", "secret", "token", "litellm_params", "cache_kwargs", "search_tools")
_TYPES: Mapping[str, Any] = get_type_hints(Settings, include_extras=True)


def read_settings(given: Mapping[str, Any], groups: Collection[str]) -> Settings:
    """The settings that a router's arguments make, its model list left out; None is the default.

    `groups` are the names of its model groups. Raises ValueError for an argument that does not exist or has a wrong
    value, and for fallbacks to groups that do not exist or that lead back to where they began.

    >>> read_settings({"num_retries": 1, "timeout": None}, ["gpt-4o"]).num_retries
    1
    """
    values = {name: _plain(value) for name, value in given.items() if value is not None}
    for name in values:
        if name not in _TYPES:
            near = suggestion(name, _TYPES)
            raise ValueError(f"{name}={_shown(name, given[name], near)}: a router takes no such argument{near}")
    settings = Settings(**{name: _read(name, value) for name, value in values.items()})
    _check_strategies(settings)
    _check_checks(settings)
    check_groups(settings, groups)
    check_fallbacks(settings, groups)
    return settings


def _plain(value: Any) -> Any:
    """A typed object (a policy, an enum member) as plain data."""
    if hasattr(value, "model_dump"):
        return value.model_dump(exclude_none=True)
    return str(value.value) if isinstance(value, RoutingStrategy) else value


def _read(name: str, value: Any) -> Any:
    special = _SPECIAL.get(name)
    return special(name, value) if special else _convert(name, value, _TYPES[name])


def _convert(name: str, value: Any, kind: Any) -> Any:
    """The value as this type; a number or a boolean may be written as text, as environment variables can only be."""
    try:
        return _converted(value, kind)
    except msgspec.ValidationError as wrong:
        what, _, where = str(wrong).partition(" - at `$")
        what = what.removeprefix("Object ").replace("`", "")
        raise ValueError(f"{name}={_shown(name, value)}: {what[:1].lower()}{what[1:]}{_place(where)}") from None


def _converted(value: Any, kind: Any) -> Any:
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError:
        if not isinstance(value, str):
            raise
        return msgspec.convert(value, kind, strict=False)


def _shown(name: str, value: Any, near: str = "") -> str:
    """The value, unless what it is for, or probably is for, may hold a secret."""
    return "…" if any(word in text for word in _SECRET for text in (name.lower(), near)) else repr(value)


def _place(where: str) -> str:
    where = where.rstrip("`").strip(".")
    return f" at {where}" if where else ""


def _struct(name: str, value: Any, kind: type[msgspec.Struct]) -> Any:
    """A group of settings: unknown names are refused with the nearest one that exists."""
    if isinstance(value, kind):
        return value
    value = _plain(value)
    if not isinstance(value, Mapping):
        raise ValueError(f"{name}={value!r}: give a dict of {', '.join(kind.__struct_fields__)}")
    for key in value:
        if key not in kind.__struct_fields__:
            raise ValueError(f"{name}: {key}={value[key]!r}: no such setting{suggestion(key, kind.__struct_fields__)}")
    return _convert(name, {key: each for key, each in value.items() if each is not None}, kind)


def _breaker(name: str, value: Any) -> BreakerSettings | None:
    """`True` is a breaker as it usually is, `False` is none."""
    if isinstance(value, bool):
        return BreakerSettings() if value else None
    breaker: BreakerSettings = _struct(name, value, BreakerSettings)
    longest, first = breaker.max_open_seconds, breaker.open_seconds
    if longest < first:
        raise ValueError(f"{name}: max_open_seconds={longest!r} is less than open_seconds={first!r}; make it as long")
    return breaker


def _hedging(name: str, value: Any) -> HedgeSettings | None:
    if isinstance(value, bool):
        return HedgeSettings() if value else None
    hedging: HedgeSettings = _struct(name, value, HedgeSettings)
    return hedging


def _retries(name: str, value: Any) -> Mapping[str, int]:
    try:
        return retry_policy.numbers(_mapping(name, _plain(value)))
    except BadRequest as wrong:
        raise ValueError(wrong.message if name == "retry_policy" else f"{name}: {wrong.message}") from wrong


def _allowed_fails(name: str, value: Any) -> Mapping[str, int]:
    policy = _mapping(name, value)
    for field, number in policy.items():
        if field not in ALLOWED_FAILS.values():
            raise ValueError(f"{name}: {field}={number!r}: no such field{suggestion(field, ALLOWED_FAILS.values())}")
    kept = {field: number for field, number in policy.items() if number is not None}
    numbers: Mapping[str, int] = _convert(name, kept, _TYPES["allowed_fails_policy"])
    wrong = next((field for field, number in numbers.items() if number < 0), None)
    if wrong:
        raise ValueError(f"{name}: {wrong}={numbers[wrong]}: give the failures that are allowed, 0 or more")
    return numbers


def _routing_groups(name: str, value: Any) -> tuple[RoutingGroup, ...]:
    if isinstance(value, str | Mapping) or not isinstance(value, Iterable):
        raise ValueError(f"{name}={value!r}: give a list of dicts of {', '.join(RoutingGroup.__struct_fields__)}")
    return tuple(_struct(f"{name}[{at}]", each, RoutingGroup) for at, each in enumerate(value))


def _mapping(name: str, value: Any) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise ValueError(f"{name}={value!r}: give a dict")
    return value


def _callable(name: str, value: Any) -> Any:
    if not callable(value):
        raise ValueError(f"{name}={value!r}: give a function")
    return value


def _by_group(read: Callable[[str, Any], Any]) -> Callable[[str, Any], Any]:
    def read_all(name: str, value: Any) -> dict[str, Any]:
        return {group: read(f"{name}[{group!r}]", each) for group, each in _mapping(name, value).items()}

    return read_all


def _parsed(argument: str) -> Callable[[str, Any], Any]:
    """Fallbacks are kept as they are given, once it is known that they can be read."""

    def read(_: str, value: Any) -> Any:
        read_fallbacks(**{argument: value})
        return value

    return read


_SPECIAL: Mapping[str, Callable[[str, Any], Any]] = {
    "circuit_breaker": _breaker,
    "model_group_circuit_breaker": _by_group(_breaker),
    "hedging": _hedging,
    "model_group_hedging": _by_group(_hedging),
    "retry_policy": _retries,
    "model_group_retry_policy": _by_group(_retries),
    "allowed_fails_policy": _allowed_fails,
    "routing_groups": _routing_groups,
    "router_general_settings": lambda name, value: _struct(name, value, GeneralSettings),
    "fallbacks": _parsed("general"),
    "context_window_fallbacks": _parsed("context_window"),
    "content_policy_fallbacks": _parsed("content_policy"),
    "default_fallbacks": _parsed("default"),
    "fallback_access_check": _callable,
    "fallback_budget_check": _callable,
}


def _check_strategies(settings: Settings) -> None:
    _check_strategy("routing_strategy", settings.routing_strategy, settings.routing_strategy_args)
    for at, group in enumerate(settings.routing_groups):
        where = f"routing_groups[{at}]: "
        if group.routing_strategy != _PRIORITY:
            _check_strategy(f"{where}routing_strategy", group.routing_strategy, group.routing_strategy_args, where)


def _check_strategy(name: str, strategy: str, args: Mapping[str, Any], where: str = "") -> None:
    known = {*STRATEGIES, *RoutingStrategy}
    if strategy not in known:
        near = suggestion(strategy, map(str, known)) or _by_meaning(strategy)
        raise ValueError(f"{name}={strategy!r}: no such strategy{near}")
    try:
        if strategy in STRATEGIES:
            STRATEGIES[strategy](args)
    except ValueError as wrong:
        raise ValueError(f"{where}{wrong}") from None


def _by_meaning(strategy: str) -> str:
    """What a word of no known name probably means."""
    meant = next((name for words, name in _MEANINGS for word in words.split() if word in strategy.lower()), None)
    if meant:
        return f"; did you mean {meant!r}?"
    return f"; the strategies are {', '.join(sorted({*STRATEGIES, *map(str, RoutingStrategy)}))}"


_MEANINGS = (
    ("fast quick speed slow ttft", "latency-based-routing"),
    ("cheap price money", "cost-based-routing"),
    ("random weight round", "simple-shuffle"),
    ("conn flight load idle", "least-busy"),
    ("tpm rpm token limit", "usage-based-routing-v2"),
)


def _check_checks(settings: Settings) -> None:
    named = [("optional_pre_call_checks", settings.optional_pre_call_checks)]
    for group, checks in settings.model_group_affinity_config.items():
        named.append((f"model_group_affinity_config[{group!r}]", checks))
    for name, checks in named:
        for check in checks:
            if check not in CHECKS:
                near = suggestion(check, CHECKS, all_of="the checks are")
                raise ValueError(f"{name}: {check!r} is no such check{near}")
