"""The names of a call's arguments that LiteLLM owns: data, read where a call is taken in."""

# Older names of arguments.
OLD_NAMES = {
    "base_url": "api_base",
    "context_window_fallback_dict": "context_window_fallbacks",
    "max_retries": "num_retries",
    "litellm_metadata": "metadata",
    "no-log": "no_log",
    "shared_session": "client",
    "force_timeout": "timeout",
    "request_timeout": "timeout",
}

HEADERS = frozenset({"headers", "extra_headers"})

# The Router's and the gateway's arguments, accepted on every call.
ROUTING = frozenset(
    "litellm_call_id litellm_trace_id litellm_session_id litellm_logging_obj litellm_parent_otel_span caching cache "
    "retry_policy deployment_id model_list provider_specific_header custom_prompt_dict roles bos_token eos_token "
    "initial_prompt_value final_prompt_value prompt_id prompt_variables prompt_version prompt_label guardrails "
    "ssl_verify tpm rpm itpm otpm weight order max_parallel_requests cooldown_time max_budget "
    "budget_duration litellm_credential_name complete_response stream_chunk_size keepalive_seconds max_agentic_loops "
    "azure logger_fn verbose acompletion aembedding atext_completion proxy_server_request preset_cache_key "
    "disable_add_transform_inline_image_block max_fallbacks fallback_depth original_function routing_strategy "
    "mock_testing_fallbacks mock_testing_context_fallbacks mock_testing_content_policy_fallbacks "
    "mock_testing_rate_limit_error disable_fallbacks priority specific_deployment model_config client_metadata "
    "use_litellm_proxy use_in_pass_through use_chat_completions_api default_api_key_tpm_limit "
    "default_api_key_rpm_limit configurable_clientside_auth_params allowed_model_region merge_reasoning_content "
    "success_callback failure_callback callbacks langfuse_public_key langfuse_secret langfuse_secret_key langfuse_host "
    "hf_model_name api_type text_completion standard_callback_dynamic_params litellm_disabled_callbacks "
    "turn_off_message_logging base_model_id id user_api_key_auth litellm_request_debug cache_control_injection_points "
    "silent_model tag_regex max_file_size_mb _skip_mcp_handler retry_strategy_name input_cost_per_token_batches".split()
)

# Those of them that say where a call goes, and so belong to its first provider alone.
DIRECTIONS = frozenset({"deployment_id", "azure"})

# What a vendor's sign-in needs beyond a key.
CREDENTIAL_PREFIXES = ("aws_", "vertex_", "azure_", "watsonx_", "gcs_", "s3_", "sagemaker_", "oci_")
CREDENTIALS = frozenset(
    "region_name tenant_id client_id client_secret account_id project_id space_id token predibase_tenant_id "
    "adapter_id use_psc_endpoint_format api_host wx_credentials".split()
)

PRICING = frozenset({"tiered_pricing", "custom_pricing"})
