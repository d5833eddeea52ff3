"""What a router is made of: deployments, their parameters, and how it retries."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import msgspec

from litellm.types.mixin import JSON, Model, unset
from litellm.types.stamps import uuid4


class RoutingStrategy(StrEnum):
    """How a deployment is chosen among those that are healthy."""

    SIMPLE_SHUFFLE = "simple-shuffle"
    LEAST_BUSY = "least-busy"
    LATENCY_BASED = "latency-based-routing"
    COST_BASED = "cost-based-routing"
    USAGE_BASED_ROUTING = "usage-based-routing"
    USAGE_BASED_ROUTING_V2 = "usage-based-routing-v2"
    PROVIDER_BUDGET_LIMITING = "provider-budget-routing"


class CredentialLiteLLMParams(Model):
    """Where a deployment is and how to sign in there."""

    api_key: str | None = unset()
    api_base: str | None = unset()
    api_version: str | None = unset()
    vertex_project: str | None = unset()
    vertex_location: str | None = unset()
    vertex_credentials: str | dict[str, Any] | None = unset()
    region_name: str | None = unset()
    aws_access_key_id: str | None = unset()
    aws_secret_access_key: str | None = unset()
    aws_region_name: str | None = unset()
    watsonx_region_name: str | None = unset()


class CustomPricingLiteLLMParams(CredentialLiteLLMParams):
    """A deployment's own prices, in US dollars."""

    input_cost_per_token: float | None = unset()
    output_cost_per_token: float | None = unset()
    input_cost_per_second: float | None = unset()
    output_cost_per_second: float | None = unset()
    input_cost_per_pixel: float | None = unset()
    output_cost_per_pixel: float | None = unset()
    cache_read_input_token_cost: float | None = unset()
    cache_creation_input_token_cost: float | None = unset()


class GenericLiteLLMParams(CustomPricingLiteLLMParams):
    """What a deployment's calls are made with; times are in seconds, unknown parameters go to the provider."""

    custom_llm_provider: str | None = unset()
    tpm: int | None = unset()
    rpm: int | None = unset()
    order: int | None = unset()
    weight: int | float | None = unset()
    timeout: float | str | None = unset()
    stream_timeout: float | str | None = unset()
    max_retries: int | None = unset()
    organization: str | None = unset()
    litellm_credential_name: str | None = unset()
    litellm_trace_id: str | None = unset()
    max_file_size_mb: float | None = unset()
    max_parallel_requests: int | None = unset()
    max_budget: float | None = unset()
    budget_duration: str | None = unset()
    cooldown_time: float | None = unset()
    use_in_pass_through: bool | None = unset()
    use_litellm_proxy: bool | None = unset()
    merge_reasoning_content_in_choices: bool | None = unset()
    model_info: dict[str, Any] | None = unset()
    mock_response: Any = unset()
    tags: list[str] | None = unset()
    configurable_clientside_auth_params: list[str | dict[str, Any]] | None = unset()


class LiteLLM_Params(GenericLiteLLMParams):
    """The parameters of one deployment, its `model` among them.

    Example: `LiteLLM_Params(model="azure/gpt-4o", api_base="https://...")`.
    """

    model: str = ""


class ModelInfo(Model):
    """What an operator says of a deployment; `id` names it for good."""

    id: str | None = msgspec.field(default_factory=uuid4)
    db_model: bool = False
    base_model: str | None = unset()
    tier: str | None = unset()
    updated_at: str | None = unset()
    updated_by: str | None = unset()
    created_at: str | None = unset()
    created_by: str | None = unset()
    team_id: str | None = unset()
    team_public_model_name: str | None = unset()
    mode: str | None = unset()

    _absent_when_none = frozenset({"id"})


class Deployment(Model):
    """One way to reach a model: those that share a `model_name` form a group.

    Example: `Deployment(model_name="gpt-4o", litellm_params={"model": "azure/gpt-4o"})`.
    """

    model_name: str = ""
    litellm_params: LiteLLM_Params = msgspec.field(default_factory=LiteLLM_Params)
    model_info: ModelInfo = msgspec.field(default_factory=ModelInfo)

    _absent_when_none = frozenset({"model_info"})

    def to_json(self, **options: Any) -> JSON:
        """The deployment as a dict without what is null."""
        return self.model_dump(exclude_none=True)


class RetryPolicy(Model):
    """How often to retry, by kind of error; None leaves it to `num_retries`."""

    BadRequestErrorRetries: int | None = None
    AuthenticationErrorRetries: int | None = None
    TimeoutErrorRetries: int | None = None
    RateLimitErrorRetries: int | None = None
    ContentPolicyViolationErrorRetries: int | None = None
    InternalServerErrorRetries: int | None = None
    ServiceUnavailableErrorRetries: int | None = None
    NotFoundErrorRetries: int | None = None
    DefaultRetries: int | None = None


class AllowedFailsPolicy(Model):
    """How many failures a deployment may have, by kind of error, before it rests."""

    BadRequestErrorAllowedFails: int | None = None
    AuthenticationErrorAllowedFails: int | None = None
    TimeoutErrorAllowedFails: int | None = None
    RateLimitErrorAllowedFails: int | None = None
    ContentPolicyViolationErrorAllowedFails: int | None = None
    InternalServerErrorAllowedFails: int | None = None


class AlertingConfig(Model):
    """Where alerts go and what is slow: thresholds in seconds."""

    webhook_url: str = ""
    slack_webhook_url: str | None = unset()
    alerting_threshold: float | None = 300


class ModelGroupInfo(Model):
    """What the deployments of a group can do together."""

    model_group: str = ""
    providers: list[str] = msgspec.field(default_factory=list)
    max_input_tokens: float | None = None
    max_output_tokens: float | None = None
    input_cost_per_token: float | None = None
    output_cost_per_token: float | None = None
    mode: str | None = "chat"
    tpm: int | None = None
    rpm: int | None = None
    supports_parallel_function_calling: bool = False
    supports_vision: bool = False
    supports_web_search: bool = False
    supports_url_context: bool = False
    supports_reasoning: bool = False
    supports_function_calling: bool = False
    supported_openai_params: list[str] | None = msgspec.field(default_factory=list)
    configurable_clientside_auth_params: list[str | dict[str, Any]] | None = None


class RouterGeneralSettings(Model):
    """Whether to build async clients only, and to pass models on that the router does not know."""

    async_only_mode: bool | None = False
    pass_through_all_models: bool | None = False


class ProviderBudget(Model):
    """Money, in US dollars, per period such as "1d"."""

    budget_limit: float | None = None
    time_period: str | None = None
    max_budget: float | None = unset()
    budget_duration: str | None = unset()


GenericBudgetInfo = ProviderBudget


class RouterErrors(StrEnum):
    """Words of a router's errors that clients look for."""

    user_defined_ratelimit_error = "Deployment over user-defined ratelimit."
    no_deployments_available = "No deployments available for selected model"
    no_deployments_with_tag_routing = "Not allowed to access model due to tags configuration"
    no_deployments_with_provider_budget_routing = "No deployments available - crossed budget"


class CustomRoutingStrategyBase:
    """A way of choosing deployments of the user's own, for `Router.set_custom_routing_strategy`.

    One of the methods is to be overridden. It answers an entry of the model list, None when there is no room anywhere.
    """

    async def async_get_available_deployment(
        self,
        model: str,
        messages: list[dict[str, str]] | None = None,
        input: str | list[Any] | None = None,
        specific_deployment: bool | None = False,
        request_kwargs: dict[str, Any] | None = None,
    ) -> Any:
        """The entry for a call."""

    def get_available_deployment(
        self,
        model: str,
        messages: list[dict[str, str]] | None = None,
        input: str | list[Any] | None = None,
        specific_deployment: bool | None = False,
        request_kwargs: dict[str, Any] | None = None,
    ) -> Any:
        """The entry for a call."""
