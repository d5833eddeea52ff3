"""What a configuration says to the Router: its own section, and where that is silent what others say."""

import re
from collections.abc import Mapping
from typing import Any

from litellm.proxy.config import known
from litellm.proxy.config.schema import Config
from litellm.proxy.config.source import Place
from litellm.router_utils.settings import Settings
from litellm.router_utils.validation import read_settings

HONOURED = frozenset(Settings.__struct_fields__) - known.ROUTER - known.ROUTER_PROTECTIVE
# Attributes of the package that are an argument of the Router, where that is not given itself.
INHERITED = {
    "num_retries": "num_retries",
    "allowed_fails": "allowed_fails",
    "request_timeout": "timeout",
    "fallbacks": "fallbacks",
    "default_fallbacks": "default_fallbacks",
    "context_window_fallbacks": "context_window_fallbacks",
    "content_policy_fallbacks": "content_policy_fallbacks",
}
# Settings of the gateway that are an argument of the Router, where that is not given itself.
GENERAL = ("enable_health_check_routing", "health_check_staleness_threshold", "health_check_ignore_transient_errors")


def router_arguments(config: Config) -> dict[str, Any]:
    """The arguments of the Router that a configuration describes."""
    general = {name: getattr(config.general_settings, name) for name in GENERAL}
    return _arguments(config.litellm_settings, general, config.router_settings)


def _arguments(package: Mapping[str, Any], general: Mapping[str, Any], router: Mapping[str, Any]) -> dict[str, Any]:
    inherited = {argument: package[name] for name, argument in INHERITED.items() if package.get(name) is not None}
    own = {name: value for name, value in router.items() if name in HONOURED and value is not None}
    of_gateway = {name: general[name] for name in GENERAL if general.get(name) is not None}
    return {**inherited, **of_gateway, **own}


def problem(data: Mapping[str, Any]) -> tuple[Place, str] | None:
    """What is wrong with a configuration's words to the Router, and where; None when nothing is."""
    package, router = _section(data, "litellm_settings"), _section(data, "router_settings")
    general = _section(data, "general_settings")
    entries = given if isinstance(given := data.get("model_list"), list) else []
    names = [each["model_name"] for each in entries if isinstance(each, Mapping) and "model_name" in each]
    try:
        read_settings(_arguments(package, general, router), [name for name in names if isinstance(name, str)])
    except ValueError as error:
        return _place(str(error), package, general, router), str(error)
    return None


def _place(message: str, package: Mapping[str, Any], general: Mapping[str, Any], router: Mapping[str, Any]) -> Place:
    """Where the argument stands whose name the message begins with."""
    found = re.match(r"\w+", message)
    name = found[0] if found else ""
    if name in router:
        return ("router_settings", name)
    if name in general:
        return ("general_settings", name)
    said = next((old for old, new in INHERITED.items() if new == name and old in package), None)
    return ("litellm_settings", said) if said else ("router_settings",)


def _section(data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    given = data.get(name)
    return given if isinstance(given, Mapping) else {}
