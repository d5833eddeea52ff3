"""What config.yaml may say, as frozen values: each field with its type, default and meaning.

Only what is honoured has a field here. Names of LiteLLM 1.x that are not honoured yet are data in `known.py`.
"""

from collections.abc import Mapping
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from litellm.router_utils.health import AT_ONCE


class DeploymentConfig(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of `model_list`.

    model_name: the name that clients ask for; several entries of one name share its requests; may hold `*`.
    litellm_params: the arguments of its calls: `model` (provider/model), `api_key`, `api_base`, `weight` …
    model_info: what is said of it: `id`, `base_model`, prices.
    """

    model_name: str
    litellm_params: Mapping[str, Any]
    model_info: Mapping[str, Any] = {}


class GeneralSettings(msgspec.Struct, frozen=True, kw_only=True):
    """`general_settings`: the gateway itself.

    master_key: the key that clients send; without it and without LITELLM_MASTER_KEY one is made in the data directory.
    max_request_size_mb: the largest request body that is read.
    litellm_key_header_name: one more header that may hold the key.
    dangerously_permit_weak_or_unset_master_key: accept an empty or published master key; empty means no key is asked
    for.
    background_health_checks: check every model again and again; `GET /health` then answers what the last round found.
    health_check_interval: seconds between two rounds.
    health_check_concurrency: models that are checked at once.
    enable_health_check_routing, health_check_staleness_threshold, health_check_ignore_transient_errors: as in
    `router_settings`, where those are silent.
    """

    master_key: str | None = None
    max_request_size_mb: float = 64.0
    litellm_key_header_name: str | None = None
    dangerously_permit_weak_or_unset_master_key: bool = False
    background_health_checks: bool = False
    health_check_interval: Annotated[float, Meta(gt=0, le=1e12)] = 300.0
    health_check_concurrency: Annotated[int, Meta(ge=1)] = AT_ONCE
    enable_health_check_routing: bool | None = None
    health_check_staleness_threshold: float | None = None
    health_check_ignore_transient_errors: bool | None = None


class Config(msgspec.Struct, frozen=True, kw_only=True):
    """A whole configuration.

    router_settings: the Router's arguments, as `router_utils.settings.Settings` has them.
    litellm_settings: attributes of the package, such as `drop_params`; those honoured are listed in `known.py`.
    environment_variables: set before anything else is read.
    """

    model_list: tuple[DeploymentConfig, ...] = ()
    litellm_settings: Mapping[str, Any] = {}
    general_settings: GeneralSettings = GeneralSettings()
    router_settings: Mapping[str, Any] = {}
    environment_variables: Mapping[str, Any] = {}
