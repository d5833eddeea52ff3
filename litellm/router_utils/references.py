"""Whether the groups that a router's settings name exist, and whether fallbacks end. Names only; reads no raw value."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from litellm.router_utils.fallbacks import ANY, Fallbacks, Table
from litellm.router_utils.patterns import Patterns
from litellm.router_utils.settings import Settings

_RESERVED = "default"
_BY_GROUP = (
    "model_group_retry_policy",
    "model_group_hedging",
    "model_group_circuit_breaker",
    "model_group_affinity_config",
)


def suggestion(name: object, known: Iterable[str], *, all_of: str = "") -> str:
    """`; did you mean …?` with the nearest of the known names, else, where `all_of` says what they are, all of them."""
    from difflib import get_close_matches

    names = list(known)
    near = get_close_matches(str(name), names, n=1, cutoff=0.5)
    if near:
        return f"; did you mean {near[0]!r}?"
    return f"; {all_of}: {', '.join(sorted(names))}" if all_of and names else ""


def check_groups(settings: Settings, groups: Collection[str]) -> None:
    """Aliases and sets of groups lead to groups that exist, no group is in two sets; else raises ValueError."""
    known = _Names(settings, groups)
    for name in _BY_GROUP:
        for group in getattr(settings, name):
            known.check(name, group)
    for alias in settings.model_group_alias:
        known.check_target(f"model_group_alias[{alias!r}]", _target(settings, alias))
    placed: dict[str, str] = {}
    for at, each in enumerate(settings.routing_groups):
        where = f"routing_groups[{at}]"
        if each.group_name == _RESERVED:
            raise ValueError(f"{where}: group_name={each.group_name!r} is reserved; give another name")
        if any(each.group_name == before.group_name for before in settings.routing_groups[:at]):
            raise ValueError(f"{where}: group_name={each.group_name!r} is there already; give each its own")
        if not each.models:
            raise ValueError(f"{where}: models=(): give the model groups of {each.group_name!r}")
        for model in each.models:
            known.check(f"{where}.models", model)
            if model in placed:
                raise ValueError(f"{where}.models: {model!r} is in {placed[model]!r} already; keep it in one of them")
            placed[model] = each.group_name


def check_fallbacks(settings: Settings, groups: Collection[str]) -> None:
    """Fallbacks lead to groups that exist and never back to where they began; else raises ValueError."""
    known, fallbacks = _Names(settings, groups), settings.read_fallbacks()
    for entry in fallbacks.default:
        known.check("default_fallbacks", entry.group)
    for name, table in _tables(fallbacks):
        for group, listed in table.entries.items():
            known.check_source(name, group)
            for entry in listed:
                known.check(f"{name}[{group!r}]", entry.group)
        cycle = cycle_in(_edges(settings, table))
        if cycle:
            path = " -> ".join(cycle)
            raise ValueError(f"{name}: {path}: these lead back to where they began; take one of them out")


def cycle_in(edges: Mapping[str, Iterable[str]]) -> list[str] | None:
    """Names of which each leads to the next one, the first again at the end; None when there are no such.

    >>> cycle_in({"a": ["b"], "b": ["c", "a"]})
    ['a', 'b', 'a']
    """
    done: set[str] = set()
    for start in edges:
        path: dict[str, Iterator[str]] = {}
        name: str | None = start
        while name is not None:
            if name in path:
                names = list(path)
                return [*names[names.index(name) :], name]
            if name not in done:
                path[name] = iter(edges.get(name, ()))
            name = _step(path, done)
    return None


def _step(path: dict[str, Iterator[str]], done: set[str]) -> str | None:
    """Where the path goes on, after what leads nowhere was taken off its end."""
    while path:
        last = next(reversed(path))
        following = next(path[last], None)
        if following is not None:
            return following
        done.add(last)
        del path[last]
    return None


class _Names:
    """The names that a request may ask for."""

    def __init__(self, settings: Settings, groups: Collection[str]) -> None:
        sets = (each.group_name for each in settings.routing_groups)
        self._groups = {*groups, *sets}
        self._names = {*self._groups, *settings.model_group_alias}
        self._patterns = Patterns(groups)
        self._passes_through = settings.router_general_settings.pass_through_all_models

    def check(self, where: str, name: str) -> None:
        """Raises ValueError for a name that nothing serves."""
        self._check(where, name, self._names)

    def check_target(self, where: str, name: str) -> None:
        """The same for what an alias stands for, which no other alias may be."""
        self._check(where, name, self._groups)

    def _check(self, where: str, name: str, names: Collection[str]) -> None:
        served = name in names or self._patterns.match(name) is not None or (self._passes_through and "/" in name)
        if not served:
            what = "is an alias itself" if name in self._names else "is no model group"
            raise ValueError(f"{where}: {name!r} {what}{suggestion(name, names, all_of='the groups are')}")

    def check_source(self, where: str, name: str) -> None:
        """The same for a group that has fallbacks: a pattern is for many, and a name may lack its provider's."""
        if "*" in name or any(each.endswith(f"/{name}") or each.endswith("*") for each in self._names):
            return
        self.check(where, name)


def _target(settings: Settings, name: str) -> str:
    """The group that a name stands for: an alias's own, else itself."""
    target = settings.model_group_alias.get(name, name)
    found = target if isinstance(target, str) else target.get("model")
    if not isinstance(found, str):
        raise ValueError(f"model_group_alias[{name!r}]={target!r}: give the name of a model group")
    return found


def _tables(fallbacks: Fallbacks) -> tuple[tuple[str, Table], ...]:
    return (
        ("fallbacks", fallbacks.general),
        ("context_window_fallbacks", fallbacks.context_window),
        ("content_policy_fallbacks", fallbacks.content_policy),
    )


def _edges(settings: Settings, table: Table) -> dict[str, list[str]]:
    """What falls back to what, other names of a group taken for its own. `*` is no group: none goes to itself by it."""
    edges: dict[str, list[str]] = {}
    for group, listed in table.entries.items():
        if group != ANY:
            targets = edges.setdefault(_target(settings, group), [])
            targets.extend(_target(settings, entry.group) for entry in listed)
    return edges
