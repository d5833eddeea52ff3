"""A router's insides, apart from its public methods: settings, catalog, memory and checks; it makes plans of them.

The SDK's Router and the gateway each hold one. It sends nothing and reads no clock.
"""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from random import Random
from typing import Any

from litellm.core.errors import BadRequest, NoDeployment, ProviderError
from litellm.router_strategy import Strategy
from litellm.router_strategy.registry import COUNTING, LIMITED, RESERVING, strategy_of
from litellm.router_utils import pre_call_checks
from litellm.router_utils.budgets import LocalSpending
from litellm.router_utils.catalog import Catalog, Group
from litellm.router_utils.deployments import Deployment, deployment_of
from litellm.router_utils.settings import Settings
from litellm.router_utils.state import State
from litellm.types.router import RouterErrors

_log = logging.getLogger("LiteLLM Router")
Prepare = Callable[[Deployment], Any]


class Routing:
    """What all plans of a router share.

    `catalog` is replaced as a whole when the model list changes; `state` stays. `prepare` makes what the router's owner
    keeps with each deployment.
    """

    def __init__(
        self,
        settings: Settings,
        entries: Iterable[Mapping[str, Any]] = (),
        *,
        rng: Random | None = None,
        prepare: Prepare | None = None,
        shared: Any = None,
    ) -> None:
        self.settings = settings
        self.state: State = State()
        self.rng: Random = rng or Random()
        self.shared = shared
        self.fallbacks = settings.read_fallbacks()
        self.custom: Strategy | None = None
        self._memory = pre_call_checks.AffinityMemory()
        self._spending = LocalSpending()
        self._prepare = prepare
        self.replace(entries)

    # -- the list ------------------------------------------------------------------------------------------------

    def replace(self, entries: Iterable[Mapping[str, Any]]) -> None:
        """Serve this model list from now on; deployments that were there before keep their figures.

        Raises `ProviderError` for an entry that cannot be used, and changes nothing then; with
        `ignore_invalid_deployments` it is left out, and said so.
        """
        self._adopt([made for entry in entries for made in self._usable(entry)])

    def put(self, entry: Mapping[str, Any]) -> Deployment:
        """Add one deployment, or replace the one of its id."""
        made = self._several(entry)
        kept = [each for each in self.catalog.deployments if each.id not in {one.id for one in made}]
        self._adopt([*kept, *made])
        return made[0]

    def remove(self, key: str) -> Deployment | None:
        """Take the deployment of this id out, None when there is none."""
        gone = self.catalog.by_id.get(key)
        if gone is not None:
            self._adopt([each for each in self.catalog.deployments if each.id != key])
        return gone

    def change(self, settings: Settings) -> None:
        """Serve by other settings from now on."""
        before, fallbacks = self.settings, self.fallbacks
        self.settings, self.fallbacks = settings, settings.read_fallbacks()
        try:
            deployments = self.catalog.deployments
            same = _defaults(before) == _defaults(settings)
            self._adopt(deployments if same else [self._make(each.listed()) for each in deployments])
        except BaseException:
            self.settings, self.fallbacks = before, fallbacks
            raise

    def _usable(self, entry: Mapping[str, Any]) -> list[Deployment]:
        """As `_several`; none where the entry cannot be used and may be left out."""
        try:
            return self._several(entry)
        except ProviderError as wrong:
            if not self.settings.ignore_invalid_deployments:
                raise
            _log.warning("%s; %r is left out (ignore_invalid_deployments)", wrong.message, entry["model_name"])
            return []

    def _several(self, entry: Mapping[str, Any]) -> list[Deployment]:
        """The deployments of an entry: one for each organization where several are named."""
        several = entry["litellm_params"].get("organization")
        if not isinstance(several, list):
            return [self._make(entry)]
        params = entry["litellm_params"]
        return [self._make({**entry, "litellm_params": {**params, "organization": name}}) for name in several]

    def _make(self, entry: Mapping[str, Any], from_wildcard: bool = False) -> Deployment:
        settings = self.settings
        return deployment_of(
            entry,
            defaults=settings.deployment_defaults,
            default_parallel=settings.default_max_parallel_requests,
            stats=self.state.stats,
            from_wildcard=from_wildcard,
            prepare=self._prepare,
        )

    def _adopt(self, deployments: Sequence[Deployment]) -> None:
        settings = self.settings
        strategies: dict[str, tuple[str, Strategy]] = {}

        def strategy(group: str) -> tuple[str, Strategy]:
            if group not in strategies:
                name, arguments = settings.strategy_of(group)
                strategies[group] = ("custom", self.custom) if self.custom else (name, strategy_of(name, arguments))
            return strategies[group]

        catalog = Catalog(
            deployments,
            strategy=strategy,
            make=self._make,
            aliases=settings.model_group_alias,
            unions=settings.routing_groups,
            passes_through=settings.router_general_settings.pass_through_all_models,
        )
        checks = pre_call_checks.checks_for(
            settings, deployments=deployments, memory=self._memory, spending=self._spending
        )
        _check_silent(catalog)
        self.catalog, self.checks, self.observers = catalog, checks, pre_call_checks.observers(checks)
        self.state.keep(catalog.by_id)
        if self.shared is not None:
            for group in catalog.groups.values():
                self.shared.know(group.name, group.deployments)

    # -- one choice ----------------------------------------------------------------------------------------------

    def reserves(self, group: Group) -> bool:
        """Whether requests are counted against the limits of a deployment before they are sent."""
        if (
            self.shared is not None
            and group.bounded
            and any("max_parallel_requests" in each.params for each in group.deployments)
        ):
            return True
        return group.limited and (
            group.strategy_name in RESERVING or "enforce_model_rate_limits" in self.settings.optional_pre_call_checks
        )

    def counts_tokens(self, group: Group) -> bool:
        """Whether somebody wants to know what a request may take before it is sent."""
        name = group.strategy_name
        return name in COUNTING or (group.limited and (name in LIMITED or self.reserves(group)))

    @property
    def anybody_ails(self) -> bool:
        """Whether any deployment may not be asked now."""
        state = self.state
        if state.resting or state.unhealthy or state.tripped:
            return True
        return self.shared is not None and bool(self.shared.cooled)

    def ailing(self, group: Group, now: float) -> dict[str, str]:
        """Those of the group's deployments that may not be asked now, by id, each with the reason."""
        found, unhealthy = self._resting(group, now), self.state.unhealthy
        for key, until in list(unhealthy.items()) if unhealthy else ():
            if until <= now:
                unhealthy.pop(key, None)
            elif key in group.ids:
                found.setdefault(key, "failed its health check")
        return found

    def _resting(self, group: Group, now: float) -> dict[str, str]:
        """Those that failed requests, and may not be asked now for that, by id."""
        state, members = self.state, group.ids
        found: dict[str, str] = {}
        if state.resting:
            for key, rest in list(state.resting.items()):
                if rest.until <= now:
                    state.resting.pop(key, None)
                elif key in members:
                    found[key] = f"rests after {rest.reason}"
        if self.shared is not None and self.shared.cooled:
            for key, (until, reason) in list(self.shared.cooled.items()):
                if until > now and key in members:
                    found.setdefault(key, f"rests after {reason}, as another process says")
        if state.tripped:
            shut = (key for key, breaker in list(state.tripped.items()) if key in members and not breaker.allows(now))
            found.update(dict.fromkeys(shut, "its circuit breaker is open"))
        return found

    def healthy(self, group: Group, now: float) -> Sequence[Deployment]:
        """Those of the group's deployments that may be asked now."""
        ailing = self.ailing(group, now)
        return group.without(group.deployments, frozenset(ailing)) if ailing else group.deployments

    def mistaken(self, group: Group, now: float) -> Sequence[Deployment]:
        """Who is asked when nobody may be: the group may have recovered.

        A health check that leaves nobody is not believed: whoever did not fail a request is asked. When all did, then
        with circuit breakers anybody; else the one that failed first, each once a second at most.
        """
        if self.state.unhealthy:
            unproven = group.without(group.deployments, frozenset(self._resting(group, now)))
            if unproven:
                return unproven
        if self.settings.breaker_of(group.name) is not None:
            return group.deployments
        due = [each for each in group.deployments if each.stats.may_be_tried(now)]
        return sorted(due, key=lambda each: each.stats.last_failed_at)[:1]

    def none_left(self, group: Group, now: float, why: str = "") -> NoDeployment:
        """The error of a group none of whose deployments may be asked now."""
        resting = [(each.id, rest) for each in group.deployments if (rest := self.state.rests(each.id, now))]
        seconds = min((rest.until - now for _, rest in resting), default=self.settings.cooldown_time)
        error = NoDeployment(
            f"{why or RouterErrors.no_deployments_available.value}, Try again in {seconds:g} seconds. "
            f"Passed model={group.name}.",
            model=group.name,
            headers={"retry-after": str(max(1, round(seconds)))},
        )
        error.cooldown_time = seconds
        error.cooldown_list = tuple(key for key, _ in resting)
        error.pre_call_checks = self.settings.enable_pre_call_checks
        return error


def _check_silent(catalog: Catalog) -> None:
    """Refuse a `silent_model` that nothing serves: nobody would see its calls fail."""
    for each in catalog.deployments:
        name = each.params.get("silent_model")
        if name is not None and catalog.find(name) is None:
            raise BadRequest(f"model_list: {each.group!r} has silent_model={name!r}, which no entry of the list serves")


def _defaults(settings: Settings) -> tuple[Any, ...]:
    """What deployments take from the settings when they are made."""
    return settings.deployment_defaults, settings.default_max_parallel_requests
