"""What is recorded of a call, as loggers receive it: `kwargs["standard_logging_object"]`."""

from typing import Any, Literal, TypedDict

StandardLoggingPayloadStatus = Literal["success", "failure"]


class StandardLoggingUserAPIKeyMetadata(TypedDict, total=False):
    """Who made the call: the virtual key, hashed, and what it belongs to."""

    user_api_key_hash: str | None
    user_api_key_alias: str | None
    user_api_key_spend: float | None
    user_api_key_max_budget: float | None
    user_api_key_budget_reset_at: str | None
    user_api_key_org_id: str | None
    user_api_key_team_id: str | None
    user_api_key_team_alias: str | None
    user_api_key_user_id: str | None
    user_api_key_user_email: str | None
    user_api_key_end_user_id: str | None
    user_api_key_request_route: str | None
    user_api_key_auth_metadata: dict[str, Any] | None


class StandardLoggingPromptManagementMetadata(TypedDict, total=False):
    """Which stored prompt was used."""

    prompt_id: str
    prompt_variables: dict[str, Any] | None
    prompt_integration: str


class StandardLoggingMCPToolCall(TypedDict, total=False):
    """A call of a tool of an MCP server."""

    name: str
    arguments: dict[str, Any]
    result: dict[str, Any]
    mcp_server_name: str | None
    mcp_server_logo_url: str | None
    namespaced_tool_name: str | None


class StandardLoggingVectorStoreRequest(TypedDict, total=False):
    """A search of a vector store; times are seconds since 1970."""

    vector_store_id: str | None
    custom_llm_provider: str | None
    query: str | None
    vector_store_search_response: dict[str, Any] | None
    start_time: float | None
    end_time: float | None


class StandardLoggingMetadata(StandardLoggingUserAPIKeyMetadata, total=False):
    """What a call carried along."""

    spend_logs_metadata: dict[str, Any] | None
    requester_ip_address: str | None
    requester_metadata: dict[str, Any] | None
    requester_custom_headers: dict[str, str] | None
    prompt_management_metadata: StandardLoggingPromptManagementMetadata | None
    mcp_tool_call_metadata: StandardLoggingMCPToolCall | None
    vector_store_request_metadata: list[StandardLoggingVectorStoreRequest] | None
    applied_guardrails: list[str] | None
    usage_object: dict[str, Any] | None
    cold_storage_object_key: str | None
    user_agent: str | None


class StandardLoggingAdditionalHeaders(TypedDict, total=False):
    """What the provider said of its rate limits."""

    x_ratelimit_limit_requests: int
    x_ratelimit_limit_tokens: int
    x_ratelimit_remaining_requests: int
    x_ratelimit_remaining_tokens: int


class StandardLoggingHiddenParams(TypedDict, total=False):
    """Which deployment answered, at what cost in US dollars and overhead in milliseconds."""

    model_id: str | None
    cache_key: str | None
    api_base: str | None
    response_cost: str | float | None
    litellm_overhead_time_ms: float | None
    additional_headers: StandardLoggingAdditionalHeaders | None
    batch_models: list[str] | None
    litellm_model_name: str | None
    usage_object: dict[str, Any] | None


class StandardLoggingModelInformation(TypedDict):
    """The model map's record of the model."""

    model_map_key: str
    model_map_value: dict[str, Any] | None


class StandardLoggingModelCostFailureDebugInformation(TypedDict, total=False):
    """Why no cost could be told."""

    error_str: str
    traceback_str: str
    model: str
    cache_hit: bool | None
    custom_llm_provider: str | None
    base_model: str | None
    call_type: str
    custom_pricing: bool | None


class StandardLoggingPayloadErrorInformation(TypedDict, total=False):
    """The error that ended a call."""

    error_code: str | None
    error_class: str | None
    llm_provider: str | None
    traceback: str | None
    error_message: str | None


class StandardLoggingGuardrailInformation(TypedDict, total=False):
    """What a guardrail found; times are seconds since 1970, `duration` seconds."""

    guardrail_name: str | None
    guardrail_provider: str | None
    guardrail_mode: str | list[str] | None
    guardrail_request: dict[str, Any] | None
    guardrail_response: dict[str, Any] | str | list[dict[str, Any]] | None
    guardrail_status: Literal["success", "failure", "blocked", "guardrail_intervened", "guardrail_failed_to_respond"]
    start_time: float | None
    end_time: float | None
    duration: float | None
    masked_entity_count: dict[str, int] | None


class CostBreakdown(TypedDict, total=False):
    """Where a call's cost comes from, in US dollars."""

    input_cost: float
    output_cost: float
    total_cost: float
    tool_usage_cost: float
    original_cost: float
    discount_percent: float
    discount_amount: float
    margin_percent: float
    margin_fixed_amount: float
    margin_total_amount: float


class StandardLoggingPayload(TypedDict, total=False):
    """One call; `startTime`, `endTime` and `completionStartTime` are seconds since 1970, `response_time` seconds."""

    id: str
    trace_id: str
    call_type: str
    stream: bool | None
    response_cost: float
    cost_breakdown: CostBreakdown | None
    response_cost_failure_debug_info: StandardLoggingModelCostFailureDebugInformation | None
    status: StandardLoggingPayloadStatus
    custom_llm_provider: str | None
    total_tokens: int
    prompt_tokens: int
    completion_tokens: int
    startTime: float
    endTime: float
    completionStartTime: float
    response_time: float
    model_map_information: StandardLoggingModelInformation
    model: str
    model_id: str | None
    model_group: str | None
    api_base: str
    metadata: StandardLoggingMetadata
    cache_hit: bool | None
    cache_key: str | None
    saved_cache_cost: float
    request_tags: list[str]
    end_user: str | None
    requester_ip_address: str | None
    user_agent: str | None
    messages: str | list[Any] | dict[str, Any] | None
    response: str | list[Any] | dict[str, Any] | None
    error_str: str | None
    error_information: StandardLoggingPayloadErrorInformation | None
    model_parameters: dict[str, Any]
    hidden_params: StandardLoggingHiddenParams
    guardrail_information: list[StandardLoggingGuardrailInformation] | None
    standard_built_in_tools_params: dict[str, Any] | None


class StandardCallbackDynamicParams(TypedDict, total=False):
    """A caller's own accounts with loggers, given with a call."""

    langfuse_public_key: str | None
    langfuse_secret: str | None
    langfuse_secret_key: str | None
    langfuse_host: str | None
    langfuse_prompt_version: int | None
    gcs_bucket_name: str | None
    gcs_path_service_account: str | None
    langsmith_api_key: str | None
    langsmith_project: str | None
    langsmith_base_url: str | None
    langsmith_sampling_rate: float | None
    humanloop_api_key: str | None
    arize_api_key: str | None
    arize_space_key: str | None
    arize_space_id: str | None
    posthog_api_key: str | None
    posthog_host: str | None
    turn_off_message_logging: bool | None
