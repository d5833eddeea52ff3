"""What a router is told at construction, as one frozen value with every default; `validation` reads it.

Times are in seconds.
"""

from collections.abc import Mapping
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from litellm.router_utils.circuit_breaker import BreakerSettings
from litellm.router_utils.fallbacks import Fallbacks, read_fallbacks

_MOST = 1e12  # neither infinite nor NaN
Seconds = Annotated[float, Meta(gt=0, le=_MOST)]
Pause = Annotated[float, Meta(ge=0, le=_MOST)]
Percent = Annotated[float, Meta(ge=0, le=100)]
Whole = Annotated[int, Meta(ge=0)]
Count = Annotated[int, Meta(ge=1)]
Json = Mapping[str, Any]
PRIORITY = "priority"
_DEADLINES = ("timeout", "stream_timeout", "connect_timeout", "first_byte_timeout", "stream_idle_timeout")


class HedgeSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When a second attempt is sent beside one that is slow.

    delay: seconds without an answer (of a stream: without its first token), or a percentile of the group's, as "p95".
    max_percent: the most hedges, as a share of the group's requests in percent.
    """

    delay: Seconds | Annotated[str, Meta(pattern=r"^p([1-9][0-9]?|[1-9][0-9]\.[0-9]+)$")] = "p95"
    max_percent: Percent = 10.0


class RoutingGroup(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Model groups that share a strategy.

    group_name: what the set is called.
    models: the model groups of the set; each is in one set at most.
    routing_strategy: how a deployment is chosen in them; `priority` takes the groups in their order.
    routing_strategy_args: the strategy's own arguments.
    """

    group_name: str
    models: tuple[str, ...]
    routing_strategy: str = "simple-shuffle"
    routing_strategy_args: Json = {}


class GeneralSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`router_general_settings`.

    async_only_mode: accepted; clients are made when they are needed.
    pass_through_all_models: a model that no entry names goes to the provider that its name says.
    """

    async_only_mode: bool = False
    pass_through_all_models: bool = False


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """The arguments of `Router` but its model list.

    assistants_config: the arguments of calls to assistants.
    search_tools: search tools, by entries of `search_tool_name` and `litellm_params`.
    guardrail_list: guardrails whose deployments are balanced.
    redis_url: where Redis is, as one URL.
    redis_host: where Redis is.
    redis_port: the port of Redis.
    redis_password: the password for Redis.
    redis_db: the number of the database in Redis.
    cache_responses: keep answers and give them again to the same request.
    cache_kwargs: more about Redis: `username`, `ssl`, `startup_nodes` (of a cluster), `connect_seconds`.
    caching_groups: groups that share cached answers.
    client_ttl: seconds that a client of a deployment is kept.
    polling_interval: seconds between looks at the queue of waiting requests.
    default_priority: the place in the queue of requests that say none, 0 (first) to 255.
    num_retries: tries after the first in one group.
    max_fallbacks: groups that are tried after the first.
    max_attempts: requests upstream for one call, all groups together; by default what retries and fallbacks come to.
    total_timeout: seconds for the whole call, waits and fallbacks included.
    timeout: seconds for a whole answer, or between two reads of a stream.
    stream_timeout: seconds to the first token of a stream.
    connect_timeout: seconds to reach a deployment.
    first_byte_timeout: seconds to the first byte of an answer.
    stream_idle_timeout: seconds between two reads of a stream.
    default_litellm_params: arguments of calls to every deployment that does not say.
    default_max_parallel_requests: requests at once to every deployment that does not say.
    set_verbose: log what is decided.
    debug_level: how much of it, `INFO` or `DEBUG`.
    default_fallbacks: groups to go to from any group that has no fallbacks of its own.
    fallbacks: groups to go to, by group: `[{"gpt-4o": ["claude"]}]`; `*` stands for any other group.
    context_window_fallbacks: groups to go to, by group, with prompts that are too long.
    content_policy_fallbacks: groups to go to, by group, with contents that a provider refuses.
    model_group_alias: other names of groups; `{"model": name, "hidden": true}` leaves the name out of lists.
    enable_pre_call_checks: leave out deployments whose context window, region or parameters do not fit.
    enable_tag_filtering: choose among the deployments whose tags are those of the request.
    tag_filtering_match_any: one common tag is enough; else all tags of the request are needed.
    tag_routing_prefix: tags that begin so are surely meant for routing; it is taken off them.
    plugins: objects that may change the choice.
    retry_after: seconds that are waited before a retry at the least.
    retry_policy: retries by kind of error, which win over `num_retries`.
    model_group_retry_policy: the same by group, which wins over `retry_policy`.
    allowed_fails: failures in a minute after which a deployment rests.
    allowed_fails_policy: the same by kind of error.
    cooldown_time: seconds that a deployment rests.
    disable_cooldowns: no deployment ever rests.
    routing_strategy: how a deployment is chosen.
    routing_strategy_args: the strategy's own arguments.
    optional_pre_call_checks: further checks of deployments, by name.
    routing_groups: sets of groups with a strategy of their own.
    provider_budget_config: money by provider: `{"budget_limit": dollars, "time_period": "1d"}`.
    alerting_config: where alerts go.
    router_general_settings: see below.
    deployment_affinity_ttl_seconds: seconds that a user or session stays with a deployment.
    model_group_affinity_config: by group, the checks that keep users with deployments.
    ignore_invalid_deployments: leave out an entry of the model list that is wrong, and say so, instead of refusing it.
    enable_health_check_routing: leave out deployments whose last health check failed.
    health_check_staleness_threshold: seconds after which a health check's result counts no more.
    health_check_ignore_transient_errors: a health check that ends in 408 or 429 says nothing.
    enable_weighted_failover: after a failure, draw among the group's other deployments by weight.
    fallback_access_check: a function that says whether the caller may use the group that a call falls back to.
    fallback_budget_check: a function that says whether the caller may still spend money there.
    hedging: a second attempt beside a slow one: `{"delay": 2.0, "max_percent": 10}`.
    model_group_hedging: the same by group.
    circuit_breaker: keep requests from a deployment that fails, and probe it: `{"failure_threshold": 0.5}` or `true`.
    model_group_circuit_breaker: the same by group.
    stream_continuation: continue a stream that broke after its first token on another deployment.
    """

    assistants_config: Json | None = None
    search_tools: tuple[Json, ...] = ()
    guardrail_list: tuple[Json, ...] = ()
    redis_url: str | None = None
    redis_host: str | None = None
    redis_port: int | str | None = None
    redis_password: str | None = None
    redis_db: Whole | None = None
    cache_responses: bool = False
    cache_kwargs: Json = {}
    caching_groups: tuple[tuple[str, ...], ...] = ()
    client_ttl: Seconds = 3600.0
    polling_interval: Seconds = 0.003
    default_priority: Annotated[int, Meta(ge=0, le=255)] | None = None
    num_retries: Whole = 2
    max_fallbacks: Whole = 5
    max_attempts: Count | None = None
    total_timeout: Seconds | None = None
    timeout: Seconds | None = None
    stream_timeout: Seconds | None = None
    connect_timeout: Seconds | None = None
    first_byte_timeout: Seconds | None = None
    stream_idle_timeout: Seconds | None = None
    default_litellm_params: Json = {}
    default_max_parallel_requests: Count | None = None
    set_verbose: bool = False
    debug_level: str = "INFO"
    default_fallbacks: Any = ()
    fallbacks: Any = ()
    context_window_fallbacks: Any = ()
    content_policy_fallbacks: Any = ()
    model_group_alias: Mapping[str, str | Json] = {}
    enable_pre_call_checks: bool = False
    enable_tag_filtering: bool = False
    tag_filtering_match_any: bool = True
    tag_routing_prefix: str | None = None
    plugins: tuple[Any, ...] = ()
    retry_after: Pause = 0.0
    retry_policy: Mapping[str, int] = {}
    model_group_retry_policy: Mapping[str, Mapping[str, int]] = {}
    allowed_fails: Whole | None = None
    allowed_fails_policy: Mapping[str, int] = {}
    cooldown_time: Pause = 5.0
    disable_cooldowns: bool = False
    routing_strategy: str = "simple-shuffle"
    routing_strategy_args: Json = {}
    optional_pre_call_checks: tuple[str, ...] = ()
    routing_groups: tuple[RoutingGroup, ...] = ()
    provider_budget_config: Mapping[str, Json] = {}
    alerting_config: Json | None = None
    router_general_settings: GeneralSettings = GeneralSettings()
    deployment_affinity_ttl_seconds: Seconds = 3600.0
    model_group_affinity_config: Mapping[str, tuple[str, ...]] = {}
    ignore_invalid_deployments: bool = False
    enable_health_check_routing: bool = False
    health_check_staleness_threshold: Seconds | None = None
    health_check_ignore_transient_errors: bool = False
    enable_weighted_failover: bool = False
    fallback_access_check: Any = None
    fallback_budget_check: Any = None
    hedging: HedgeSettings | None = None
    model_group_hedging: Mapping[str, HedgeSettings | None] = {}
    circuit_breaker: BreakerSettings | None = None
    model_group_circuit_breaker: Mapping[str, BreakerSettings | None] = {}
    stream_continuation: bool = False

    @property
    def deployment_defaults(self) -> Json:
        """The arguments of calls to every deployment that does not say."""
        own = {name: getattr(self, name) for name in _DEADLINES if getattr(self, name) is not None}
        return {**own, **self.default_litellm_params}

    def strategy_of(self, group: str) -> tuple[str, Json]:
        """The name and the arguments of a group's strategy: that of its set, or the router's."""
        for each in self.routing_groups:
            if group == each.group_name or group in each.models:
                by_priority = each.routing_strategy == PRIORITY
                return "simple-shuffle" if by_priority else each.routing_strategy, each.routing_strategy_args
        return self.routing_strategy, self.routing_strategy_args

    def retries_of(self, group: str) -> Mapping[str, int]:
        """The retry policy of a group, its own or the router's."""
        return self.model_group_retry_policy.get(group, self.retry_policy)

    def hedging_of(self, group: str) -> HedgeSettings | None:
        """When slow attempts of a group are hedged, if ever."""
        return self.model_group_hedging.get(group, self.hedging)

    def breaker_of(self, group: str) -> BreakerSettings | None:
        """When breakers of a group's deployments open, if there are any."""
        return self.model_group_circuit_breaker.get(group, self.circuit_breaker)

    def read_fallbacks(self) -> Fallbacks:
        """Where calls go when a group failed."""
        return read_fallbacks(
            self.fallbacks,
            context_window=self.context_window_fallbacks,
            content_policy=self.content_policy_fallbacks,
            default=self.default_fallbacks,
        )
