"""Which deployments serve which name: groups, other names of groups, patterns with `*`, single deployments by id.

A value that is replaced as a whole; requests keep the one they began with. It knows no request and no figure.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from litellm.core.errors import BadRequest, ProviderError
from litellm.router_strategy import Strategy
from litellm.router_utils.deployments import Deployment
from litellm.router_utils.patterns import Patterns, fill
from litellm.router_utils.settings import PRIORITY, RoutingGroup

_MOST_CAPTURED = 2000
_MOST_KNOWN = 64
_UNKNOWN: Any = object()
Candidates = Sequence[Deployment]
Make = Callable[[Mapping[str, Any], bool], Deployment]


class Group(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """The deployments of one name, and what is the same for all of their requests.

    `ordered` tells that some have an `order`, `limited` that some have limits a minute, `bounded` that some take so
    many requests at once, `teams` that some belong to a team.
    """

    name: str
    deployments: tuple[Deployment, ...]
    strategy: Strategy
    strategy_name: str
    ordered: bool = False
    limited: bool = False
    bounded: bool = False
    teams: bool = False
    silent: str | None = None
    ids: frozenset[str] = frozenset()
    known: dict[tuple[int, frozenset[str]], tuple[Candidates, Candidates]] = msgspec.field(default_factory=dict)

    def without(self, candidates: Candidates, ids: frozenset[str]) -> Candidates:
        """The candidates less those of these ids; the very same tuple again while both stay the same.

        So strategies need not read anew what never changes while some deployments rest.
        """
        if not isinstance(candidates, tuple):
            return [each for each in candidates if each.id not in ids]
        key = (id(candidates), ids)
        known = self.known.get(key)
        if known is not None and known[0] is candidates:
            return known[1]
        kept = tuple(each for each in candidates if each.id not in ids)
        if len(self.known) >= _MOST_KNOWN:
            self.known.clear()
        self.known[key] = (candidates, kept)  # kept with its candidates: their id stays their own
        return kept


class Catalog:
    """Every deployment of a router, found by the names that requests use."""

    def __init__(
        self,
        deployments: Iterable[Deployment],
        *,
        strategy: Callable[[str], tuple[str, Strategy]],
        make: Make,
        aliases: Mapping[str, Any] | None = None,
        unions: Iterable[RoutingGroup] = (),
        passes_through: bool = False,
    ) -> None:
        self._strategy = strategy
        self._make = make
        self._passes_through = passes_through
        self.aliases: dict[str, str] = {name: target_of(alias) for name, alias in (aliases or {}).items()}
        self.hidden: frozenset[str] = frozenset(name for name, alias in (aliases or {}).items() if is_hidden(alias))
        self.deployments: tuple[Deployment, ...] = tuple(deployments)
        self.by_id: dict[str, Deployment] = {}
        members: dict[str, list[Deployment]] = {}
        for deployment in self.deployments:
            self.by_id[deployment.id] = deployment
            members.setdefault(deployment.group, []).append(deployment)
            public = deployment.info.get("team_public_model_name")
            if public and public != deployment.group:
                members.setdefault(public, []).append(deployment)
        self.groups: dict[str, Group] = {name: self._group(name, tuple(found)) for name, found in members.items()}
        for union in unions:
            together = tuple(_together(union, members))
            if together:
                self.groups.setdefault(union.group_name, self._group(union.group_name, together))
        self.patterns: Patterns = Patterns(members)
        self._captured: dict[str, Group | None] = {}

    def find(self, model: str) -> Group | None:
        """The group that serves a name: its own, that of the most specific pattern it fits, or one deployment by id."""
        name = self.aliases.get(model, model)
        return self.groups.get(name) or self._single(name) or self._by_pattern(name)

    def target(self, model: str) -> str:
        """The name of the group that a name or alias stands for."""
        return self.aliases.get(model, model)

    def names(self) -> list[str]:
        """Every name that may be asked for, patterns as they are written, hidden aliases left out."""
        return list(dict.fromkeys((*self.groups, *(name for name in self.aliases if name not in self.hidden))))

    def _single(self, name: str) -> Group | None:
        deployment = self.by_id.get(name)
        return None if deployment is None else self._group(deployment.group, (deployment,))

    def _by_pattern(self, name: str) -> Group | None:
        known: Group | None = self._captured.get(name, _UNKNOWN)  # one look: another thread may clear it between two
        if known is not _UNKNOWN:
            return known
        found = self.patterns.match(name) if self.patterns else None
        group: Group | None = None
        if found is not None:
            entries = (captured(each, name, found.captured) for each in self.groups[found.pattern].deployments)
            group = self._group(name, tuple(self._make(entry, True) for entry in entries))
        elif self._passes_through:
            group = self._passed(name)
        if len(self._captured) >= _MOST_CAPTURED:
            self._captured.clear()
        self._captured[name] = group
        return group

    def _passed(self, name: str) -> Group | None:
        """A group of one for a model that no entry names, where its name says whose it is."""
        try:
            return self._group(name, (self._make({"model_name": name, "litellm_params": {"model": name}}, True),))
        except ProviderError:
            return None

    def _group(self, name: str, deployments: tuple[Deployment, ...]) -> Group:
        strategy_name, strategy = self._strategy(name)
        silent = next((each.params["silent_model"] for each in deployments if "silent_model" in each.params), None)
        return Group(
            name=name,
            deployments=deployments,
            strategy=strategy,
            strategy_name=strategy_name,
            ordered=any(each.order is not None for each in deployments),
            limited=any(each.limited for each in deployments),
            ids=frozenset(each.id for each in deployments),
            bounded=any(each.parallel is not None for each in deployments),
            teams=any("team_id" in each.info for each in deployments),
            silent=silent,
        )


def _together(union: RoutingGroup, members: Mapping[str, Sequence[Deployment]]) -> Iterator[Deployment]:
    """The deployments of several groups as one; by priority the first group's come first."""
    by_priority = union.routing_strategy == PRIORITY
    for place, name in enumerate(union.models):
        for each in members.get(name, ()):
            yield msgspec.structs.replace(each, order=place) if by_priority else each


def captured(deployment: Deployment, name: str, segments: tuple[str, ...]) -> dict[str, Any]:
    """The entry of a pattern for one name: what its stars stand for is put into the deployment's model.

    It is the same deployment: its limits and figures are those of all names together.
    """
    model = fill(deployment.params["model"], segments)
    return {"model_name": name, "litellm_params": {**deployment.given, "model": model}, "model_info": deployment.info}


def target_of(alias: Any) -> str:
    """The group that an alias stands for: its name, or `{"model": name, "hidden": True}`."""
    target = alias.get("model") if isinstance(alias, Mapping) else alias
    if not isinstance(target, str):
        raise BadRequest(f"model_group_alias: {alias!r} names no group; give its name, or {{'model': its name}}")
    return target


def is_hidden(alias: Any) -> bool:
    """Whether lists of models leave the alias out."""
    return isinstance(alias, Mapping) and bool(alias.get("hidden"))
