"""Says what is wrong with a configuration: unknown names with the nearest known one, wrong types, what has no effect.

Nothing is read or resolved here; `at` turns a place into file and line.
"""

from collections.abc import Callable, Iterable, Mapping, Set
from typing import Any

import msgspec

from litellm._settings import __all__ as SETTINGS_NAMES
from litellm.constants import OPENAI_CHAT_COMPLETION_PARAMS, OPENAI_EMBEDDING_PARAMS, OPENAI_TEXT_COMPLETION_PARAMS
from litellm.core import intake
from litellm.core.errors import ProviderError
from litellm.llms import registry
from litellm.llms.accounts import missing_keys
from litellm.llms.resolution import find_provider
from litellm.proxy.config import known, routing
from litellm.proxy.config.schema import Config, DeploymentConfig, GeneralSettings
from litellm.proxy.config.source import ConfigError, Place
from litellm.router_utils.budgets import budget_of_deployment
from litellm.router_utils.deployments import deployment_of, plain_entry

At = Callable[[Place], str]
_FOR_CALLS = frozenset((*OPENAI_CHAT_COMPLETION_PARAMS, *OPENAI_TEXT_COMPLETION_PARAMS, *OPENAI_EMBEDDING_PARAMS))
_PARAM_NAMES = (
    "model",
    "api_key",
    "api_base",
    "api_version",
    "custom_llm_provider",
    "timeout",
    "stream_timeout",
    "weight",
)
_CALLBACKS = ("callbacks", "success_callback", "failure_callback")


class _Section(msgspec.Struct, frozen=True):
    """The names of one mapping: honoured, known but not honoured yet, and those of them that protect something."""

    honoured: frozenset[str]
    not_yet: frozenset[str]
    protective: frozenset[str]


_SECTIONS: Mapping[str, _Section] = {
    "": _Section(frozenset(Config.__struct_fields__) | {"include"}, known.TOP_LEVEL, known.TOP_LEVEL_PROTECTIVE),
    "general_settings": _Section(frozenset(GeneralSettings.__struct_fields__), known.GENERAL, known.GENERAL_PROTECTIVE),
    "router_settings": _Section(routing.HONOURED, known.ROUTER, known.ROUTER_PROTECTIVE),
    "litellm_settings": _Section(
        known.SETTINGS_HONOURED, known.SETTINGS | frozenset(SETTINGS_NAMES), known.SETTINGS_PROTECTIVE
    ),
}


def check(data: Mapping[str, Any], at: At) -> tuple[tuple[str, ...], frozenset[int]]:
    """What the operator should know of a configuration that may be used, and which entries of `model_list` may not be.

    Raises `ConfigError` with every problem at once.
    """
    problems: list[str] = []
    notices: list[str] = []
    for name, section in _SECTIONS.items():
        given = data.get(name) if name else data
        if given is not None and not isinstance(given, Mapping):
            problems.append(f"{at((name,))}: {name} must be a mapping of names to values, got {given!r}")
        else:
            _check_names(given or {}, section, (name,) if name else (), at, problems, notices)
    _check_callbacks(_mapping(data, "litellm_settings"), at, problems)
    unusable = _check_models(data.get("model_list"), at, problems, notices, lenient=_may_leave_out(data))
    if wrong := routing.problem(data):
        place, words = wrong
        problems.append(f"{at(place)}: {place[0]}.{words}" if len(place) > 1 else f"{at(place)}: {place[0]}: {words}")
    if problems:
        raise ConfigError("\n".join(problems))
    return tuple(notices), frozenset(unusable)


def convert(data: Mapping[str, Any], at: At, *, without: Set[int] = frozenset()) -> Config:
    """The typed configuration, less these entries of `model_list`.

    Raises `ConfigError` naming the value of a wrong type.
    """
    chosen = {name: _chosen(name, value) for name, value in data.items() if name in Config.__struct_fields__ and value}
    if without:
        chosen["model_list"] = [entry for number, entry in enumerate(data["model_list"]) if number not in without]
    try:
        return msgspec.convert(chosen, Config, strict=False)
    except msgspec.ValidationError as error:
        problem, _, path = str(error).partition(" - at ")
        raise ConfigError(f"{at(_place(path))}: {path.strip('`').removeprefix('$.')}: {problem}") from None


def environment_variables(data: Mapping[str, Any], at: At) -> dict[str, str]:
    """The variables that the configuration sets. Raises `ConfigError` for a value that is no text or number."""
    given = data.get("environment_variables") or {}
    if not isinstance(given, Mapping):
        raise ConfigError(f"{at(('environment_variables',))}: environment_variables must map names to values")
    for name, value in given.items():
        if not isinstance(value, str | int | float):
            raise ConfigError(f"{at(('environment_variables', name))}: {name} must be text or a number, got {value!r}")
    return {str(name): str(value) for name, value in given.items() if not str(value).startswith("os.environ/")}


def nearest(name: str, names: Iterable[str], *, likeness: float = 0.6) -> str | None:
    """The name among `names` that is spelled most like this one."""
    from difflib import get_close_matches

    found = get_close_matches(name, list(names), n=1, cutoff=likeness)
    return found[0] if found else None


def _chosen(name: str, value: Any) -> Any:
    section = _SECTIONS.get(name)
    if section is None or name == "litellm_settings" or not isinstance(value, Mapping):
        return value
    return {key: item for key, item in value.items() if key in section.honoured}


def _place(path: str) -> Place:
    steps: list[str | int] = []
    for step in path.strip("`").removeprefix("$").replace("[", ".[").split("."):
        if step.startswith("["):
            steps.append(int(step[1:-1]) if step[1:-1].isdigit() else step[1:-1])
        elif step:
            steps.append(step)
    return tuple(steps)


def _check_names(
    given: Mapping[str, Any], section: _Section, place: Place, at: At, problems: list[str], notices: list[str]
) -> None:
    where = f"{place[0]}." if place else ""
    for name, value in given.items():
        if name in section.honoured:
            continue
        here = f"{at((*place, name))}: {where}{name}"
        if name in section.protective:
            if value:
                problems.append(f"{here} protects something and is not supported yet: take it out to start without it")
        elif name in section.not_yet:
            notices.append(f"{here} is not supported yet and has no effect")
        else:
            near = nearest(str(name), section.honoured | section.not_yet | section.protective)
            problems.append(f"{here} is unknown" + (f": did you mean {near!r}?" if near else ""))


def _mapping(data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """A section, empty where it is of the wrong kind: that has been said by then."""
    given = data.get(name)
    return given if isinstance(given, Mapping) else {}


def _check_callbacks(settings: Mapping[str, Any], at: At, problems: list[str]) -> None:
    for name in _CALLBACKS:
        given = settings.get(name) or []
        for each in given if isinstance(given, list) else [given]:
            if each in known.CALLBACKS_PROTECTIVE or (isinstance(each, str) and "." in each):
                problems.append(
                    f"{at(('litellm_settings', name))}: the callback {each!r} may check or change requests, and is not "
                    "supported yet: take it out to start without it"
                )


def _may_leave_out(data: Mapping[str, Any]) -> bool:
    return _mapping(data, "router_settings").get("ignore_invalid_deployments") is True


def _check_models(entries: Any, at: At, problems: list[str], notices: list[str], *, lenient: bool) -> list[int]:
    """Check every entry; which of them are to be left out, where a wrong one may be."""
    if entries is None:
        return []
    if not isinstance(entries, list):
        problems.append(f"{at(('model_list',))}: model_list must be a list of models, got {entries!r}")
        return []
    unusable: list[int] = []
    for number, entry in enumerate(entries):
        wrong: list[str] = []
        seen: list[str] = []
        _check_entry(entry, ("model_list", number), at, wrong, seen)
        if lenient and (wrong or not _is_typed(entry)):
            unusable.append(number)
            why = "; ".join(wrong) or f"{at(('model_list', number))}: a value has the wrong type"
            notices.append(f"{why}: this model is left out (router_settings.ignore_invalid_deployments)")
        else:
            problems += wrong
            notices += seen
    return unusable


def _is_typed(entry: Any) -> bool:
    try:
        msgspec.convert(entry, DeploymentConfig, strict=False)
    except msgspec.ValidationError:
        return False
    return True


def _check_entry(entry: Any, place: Place, at: At, problems: list[str], notices: list[str]) -> None:
    if not isinstance(entry, Mapping):
        problems.append(f"{at(place)}: an entry of model_list has a model_name and litellm_params, got {entry!r}")
        return
    fields = ("model_name", "litellm_params", "model_info")
    for name in entry:
        if name not in fields:
            near = nearest(str(name), fields, likeness=0.5)
            hint = f"did you mean {near!r}?" if near else "arguments of calls belong under litellm_params"
            problems.append(f"{at((*place, name))}: {name!r} in an entry of model_list is unknown: {hint}")
    params = entry.get("litellm_params")
    if not isinstance(entry.get("model_name"), str) or not entry["model_name"]:
        problems.append(f"{at(place)}: an entry of model_list needs a model_name, the name that clients ask for")
    if not isinstance(params, Mapping) or not isinstance(params.get("model"), str) or not params["model"]:
        problems.append(f"{at((*place, 'litellm_params'))}: litellm_params needs a model, such as 'provider/model'")
        return
    for name, value in params.items():
        _check_param(str(name), value, (*place, "litellm_params", name), at, problems, notices)
    if _check_provider(params, (*place, "litellm_params", "model"), at, problems, notices):
        _check_deployment(entry, place, at, problems)
    info = _mapping(entry, "model_info")
    for name in known.INFO_PROTECTIVE & info.keys():
        if info[name]:
            where = at((*place, "model_info", name))
            problems.append(f"{where}: model_info.{name} restricts access and is not supported yet: take it out")


def _check_deployment(entry: Mapping[str, Any], place: Place, at: At, problems: list[str]) -> None:
    """The Router must be able to take the entry: its limits are numbers, its tags texts, its budget one."""
    try:
        budget_of_deployment(deployment_of(plain_entry(entry)))
    except ProviderError as error:
        words = error.message.removeprefix("model_list: ")
        name = next((name for name in entry["litellm_params"] if f" {name}=" in words), None)
        problems.append(f"{at((*place, 'litellm_params', name) if name else place)}: {words}")


def _check_provider(params: Mapping[str, Any], place: Place, at: At, problems: list[str], notices: list[str]) -> bool:
    """Whose model it is must be clear; that its calls cannot succeed yet is worth a line."""
    key, base = params.get("api_key"), params.get("api_base")
    try:
        _, provider = find_provider(params["model"], params.get("custom_llm_provider"), base)
    except ProviderError as error:
        problems.append(f"{at(place)}: {error.message}")
        return False
    missing = missing_keys(provider, api_key=key, api_base=base)
    if provider not in registry.PACKAGES and registry.row(provider) is None:
        notices.append(f"{at(place)}: provider {provider!r} is not supported yet: calls of this model will fail")
    elif missing and not key:
        names = " or ".join(missing)
        notices.append(f"{at(place)}: there is no api_key, and {names} is not set: calls of this model will fail")
    return True


def _check_param(name: str, value: Any, place: Place, at: At, problems: list[str], notices: list[str]) -> None:
    if name in known.PARAMS_PROTECTIVE and value:
        problems.append(f"{at(place)}: litellm_params.{name} protects something and is not supported yet: take it out")
    elif name in known.PARAMS and value:
        notices.append(f"{at(place)}: litellm_params.{name} is not supported yet and has no effect")
    elif name not in _FOR_CALLS and not intake.owns(name) and name != "model":
        near = nearest(name, (*_PARAM_NAMES, *_FOR_CALLS), likeness=0.8)
        if near:
            problems.append(
                f"{at(place)}: litellm_params.{name} is unknown: did you mean {near!r}? What the provider really calls "
                "that goes under extra_body"
            )
