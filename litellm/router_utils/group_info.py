"""What the deployments of one group can do together, out of the model map and what is said of each."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from litellm.llms.directory import get_supported_openai_params
from litellm.model_info import ModelNotMappedError, get_model_info
from litellm.router_utils.deployments import Deployment
from litellm.types.router import ModelGroupInfo

_LARGEST = ("max_input_tokens", "max_output_tokens", "input_cost_per_token", "output_cost_per_token")
_ABILITIES = tuple(name for name in ModelGroupInfo.__struct_fields__ if name.startswith("supports_"))


def group_info(name: str, deployments: Sequence[Deployment]) -> ModelGroupInfo:
    """The largest limits and prices of any deployment, what any of them can do, and their limits a minute together."""
    known = [_about(each) for each in deployments]
    largest = {field: _largest(each.get(field) for each in known) for field in _LARGEST}
    understood = (get_supported_openai_params(each.model, each.provider) or () for each in deployments)
    params = dict.fromkeys(param for each in understood for param in each)
    clients = [each.params.get("configurable_clientside_auth_params") for each in deployments]
    return ModelGroupInfo(
        model_group=name,
        providers=list(dict.fromkeys(each.provider for each in deployments)),
        mode=next((each["mode"] for each in known if each.get("mode")), "chat"),
        tpm=_together(each.tpm for each in deployments),
        rpm=_together(each.rpm for each in deployments),
        supported_openai_params=list(params),
        configurable_clientside_auth_params=next((each for each in clients if each), None),
        **largest,
        **{ability: any(each.get(ability) for each in known) for ability in _ABILITIES},
    )


def _about(deployment: Deployment) -> Mapping[str, Any]:
    """The model map's entry, and over it what the operator says."""
    base = deployment.info.get("base_model") or deployment.params.get("base_model")
    try:
        mapped: Mapping[str, Any] = get_model_info(base or deployment.model, None if base else deployment.provider)
    except ModelNotMappedError:
        mapped = {}
    own = {**deployment.params, **deployment.info}
    return {**mapped, **{key: value for key, value in own.items() if value is not None}}


def _largest(values: Iterable[Any]) -> Any:
    return max((value for value in values if isinstance(value, int | float)), default=None)


def _together(limits: Iterable[float | None]) -> int | None:
    known = [int(limit) for limit in limits if limit is not None]
    return sum(known) if known else None
