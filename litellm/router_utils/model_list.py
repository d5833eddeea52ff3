"""The public methods of a router that look at its model list and change it. They make no calls."""

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from litellm import _compose
from litellm.core.errors import ProviderError
from litellm.router_utils.deployments import deployment_id, plain_entry
from litellm.router_utils.group_info import group_info
from litellm.router_utils.routing import Routing
from litellm.router_utils.settings import Settings
from litellm.router_utils.validation import read_settings
from litellm.types.router import Deployment, ModelGroupInfo

_log = logging.getLogger("LiteLLM Router")
JSON = dict[str, Any]


class ModelList:
    """A model list that can be asked and changed while calls are made."""

    routing: Routing
    settings: Settings
    _arguments: JSON

    # -- changing it ---------------------------------------------------------------------------------------------

    def set_model_list(self, model_list: Sequence[Any]) -> None:
        """Serve this list from now on; deployments that were there before keep their figures."""
        entries = self._readable(model_list, self.settings.ignore_invalid_deployments)
        _compose.public(self.routing.replace)(entries)

    def add_deployment(self, deployment: Any) -> Deployment | None:
        """Add a deployment; None when one of its id is there already."""
        entry = _named(_compose.public(plain_entry)(deployment))
        if entry["model_info"]["id"] in self.routing.catalog.by_id:
            return None
        return _public(_compose.public(self.routing.put)(entry).listed())

    def upsert_deployment(self, deployment: Any) -> Deployment | None:
        """Add a deployment or replace the one of its id; None when it is there just so."""
        entry = _named(_compose.public(plain_entry)(deployment))
        known = self.routing.catalog.by_id.get(entry["model_info"]["id"])
        if known is not None and known.listed() == entry:
            return None
        return _public(_compose.public(self.routing.put)(entry).listed())

    def delete_deployment(self, id: str) -> Deployment | None:
        """Take a deployment out; None when there is none of this id."""
        gone = self.routing.remove(id)
        return None if gone is None else _public(gone.listed())

    def update_settings(self, **kwargs: Any) -> None:
        """Change arguments of the constructor. Raises ValueError as the constructor does, and changes nothing then."""
        moved = sorted(name for name in kwargs if name.startswith("redis_") or name == "cache_kwargs")
        if moved:
            raise ValueError(f"{moved[0]}: where Redis is must be said when the Router is made")
        arguments = {**self._arguments, **kwargs}
        settings = read_settings(arguments, [each.group for each in self.routing.catalog.deployments])
        _compose.public(self.routing.change)(settings)
        self._arguments, self.settings = arguments, settings

    def get_settings(self) -> JSON:
        """The arguments of the constructor as they hold, defaults included; without passwords and functions."""
        names = (name for name in Settings.__struct_fields__ if name not in _NOT_SHOWN)
        return {name: getattr(self.settings, name) for name in names}

    def flush_cache(self) -> None:
        """Forget cooldowns and figures."""
        self.routing.state.forget()
        self.routing.replace([each.listed() for each in self.routing.catalog.deployments])

    def reset(self) -> None:
        """As `flush_cache`."""
        self.flush_cache()

    def discard(self) -> None:
        """Nothing is held that must be let go; kept for programs written for LiteLLM 1.x."""

    # -- asking it -----------------------------------------------------------------------------------------------

    @property
    def model_list(self) -> list[JSON]:
        """Every deployment as an entry of a model list, with its id."""
        return [each.listed() for each in self.routing.catalog.deployments]

    @property
    def model_names(self) -> set[str]:
        """The names of the model groups."""
        return {each.group for each in self.routing.catalog.deployments}

    @property
    def deployment_names(self) -> list[str]:
        """The models behind the names, one for each deployment."""
        return [each.params["model"] for each in self.routing.catalog.deployments]

    @property
    def model_group_alias(self) -> Mapping[str, Any]:
        """Other names of model groups."""
        return self.settings.model_group_alias

    def get_model_names(self, team_id: str | None = None) -> list[str]:
        """Every name that may be asked for: groups and aliases that are not hidden, a team's own names for a team."""
        own = [
            each.info["team_public_model_name"]
            for each in self.routing.catalog.deployments
            if team_id is not None and each.info.get("team_id") == team_id and "team_public_model_name" in each.info
        ]
        others = {each.group for each in self.routing.catalog.deployments if each.info.get("team_id") is not None}
        return list(dict.fromkeys((*own, *(name for name in self.routing.catalog.names() if name not in others))))

    def get_model_ids(self, model_name: str | None = None, exclude_team_models: bool = False) -> list[str]:
        """The ids of all deployments, or of those of one group."""
        return [
            each.id
            for each in self.routing.catalog.deployments
            if model_name in (None, each.group) and not (exclude_team_models and each.info.get("team_id"))
        ]

    def has_model_id(self, candidate_id: str) -> bool:
        """Whether there is a deployment of this id."""
        return candidate_id in self.routing.catalog.by_id

    def get_model_list(self, model_name: str | None = None, team_id: str | None = None) -> list[JSON] | None:
        """The deployments that serve a name as entries of a model list, aliases among the names; all without one."""
        if model_name is None:
            found = self.model_list
            for alias in self.routing.catalog.aliases:
                if alias not in self.routing.catalog.hidden:
                    found += self._named(alias)
            return found
        return [each for each in self._named(model_name) if each["model_info"].get("team_id") in (None, team_id)]

    def _named(self, name: str) -> list[JSON]:
        group = self.routing.catalog.find(name)
        return [] if group is None else [{**each.listed(), "model_name": name} for each in group.deployments]

    def get_deployment(self, model_id: str) -> Deployment | None:
        """The deployment of this id."""
        found = self.routing.catalog.by_id.get(model_id)
        return None if found is None else _public(found.listed())

    def get_deployment_by_model_group_name(self, model_group_name: str) -> Deployment | None:
        """The first deployment of a group."""
        group = self.routing.catalog.groups.get(model_group_name)
        return None if group is None else _public(group.deployments[0].listed())

    def get_model_info(self, id: str) -> JSON | None:
        """The deployment of this id as an entry of a model list."""
        found = self.routing.catalog.by_id.get(id)
        return None if found is None else found.listed()

    def get_model_group(self, id: str) -> list[JSON] | None:
        """All deployments of the group that the deployment of this id belongs to."""
        found = self.routing.catalog.by_id.get(id)
        return None if found is None else self._named(found.group)

    def get_model_group_info(self, model_group: str) -> ModelGroupInfo | None:
        """What a group's deployments can do together: the largest limits, the highest prices, all providers."""
        group = self.routing.catalog.find(model_group)
        return None if group is None else group_info(model_group, group.deployments)

    async def get_model_group_usage(self, model_group: str) -> tuple[int | None, int | None]:
        """The tokens and requests of a group in this minute, as (tpm, rpm); None each for a group that is not there."""
        from time import time

        group = self.routing.catalog.find(model_group)
        if group is None:
            return None, None
        windows = [each.stats.window.at(time()) for each in group.deployments]
        return sum(each.tokens for each in windows), sum(each.requests for each in windows)

    def get_model_access_groups(self, model_name: str | None = None, **_: Any) -> dict[str, list[str]]:
        """Access group to the names of the model groups in it."""
        found: dict[str, dict[str, None]] = {}
        for each in self.routing.catalog.deployments:
            if model_name in (None, each.group):
                for name in each.info.get("access_groups") or ():
                    found.setdefault(name, {})[each.group] = None
        return {name: list(groups) for name, groups in found.items()}

    @staticmethod
    def _readable(model_list: Sequence[Any], lenient: bool) -> list[JSON]:
        """The entries as plain data; with `lenient` one that is wrong is left out, and said so."""
        if isinstance(model_list, str | Mapping) or not isinstance(model_list, Sequence):
            raise ValueError(f"model_list={model_list!r}: give a list of deployments")
        found: list[JSON] = []
        for entry in model_list:
            try:
                found.append(plain_entry(entry))
            except ProviderError as wrong:
                if not lenient:
                    raise ValueError(wrong.message) from wrong
                _log.warning("%s; it is left out (ignore_invalid_deployments)", wrong.message)
        return found


_NOT_SHOWN = frozenset(
    "redis_url redis_password cache_kwargs default_litellm_params fallback_access_check fallback_budget_check".split()
)


def _named(entry: JSON) -> JSON:
    """The entry with the id that it will have."""
    info = entry["model_info"]
    key = str(info.get("id") or deployment_id(entry["model_name"], entry["litellm_params"]))
    return {**entry, "model_info": {**info, "id": key}}


def _public(entry: JSON) -> Deployment:
    return Deployment(**entry)
