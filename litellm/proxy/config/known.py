"""Names of LiteLLM 1.x's configuration that are known and not honoured yet, as data.

Protective ones guard access, money, content or privacy: a configuration that relies on one is refused, because a
gateway that started without it would be open where its operator believes it shut. The others start with one loud line.
"""

TOP_LEVEL = frozenset(
    "assistant_settings callback_settings credential_list finetune_settings files_settings "
    "default_vertex_config mcp_servers mcp_tools prompts vector_store_registry search_tools sandbox_tools "
    "agent_list agents worker_registry".split()
)
TOP_LEVEL_PROTECTIVE = frozenset("guardrails policies policy_attachments".split())

GENERAL = frozenset(
    "database_url database_connection_pool_limit database_connection_timeout database_connect_timeout "
    "database_socket_timeout database_max_idle_connection_lifetime database_extra_connection_params "
    "database_disable_prepared_statements database_type database_args store_model_in_db supported_db_objects "
    "store_prompts_in_spend_logs disable_spend_logs disable_spend_updates disable_error_logs "
    "disable_reset_budget maximum_spend_logs_retention_period maximum_spend_logs_retention_interval "
    "maximum_daily_tag_spend_retention_period maximum_health_check_retention_period "
    "use_spend_logs_partitioning use_redis_transaction_buffer coordination_redis proxy_batch_write_at "
    "proxy_config_reload_interval_seconds completion_model image_generation_model moderation_model "
    "infer_model_from_keys max_response_size_mb max_file_size_mb max_batch_file_size_mb "
    "health_check_details use_shared_health_check model_list_healthy_only alerting alert_types "
    "alert_to_webhook_url alerting_args alerting_threshold alert_type_config spend_report_frequency "
    "email_settings custom_key_generate custom_key_update custom_sso custom_ui_sso_sign_in_handler "
    "custom_team_metadata_validate user_header_name user_header_mappings key_management_system "
    "key_management_settings use_google_kms use_azure_key_vault pass_through_endpoints "
    "pass_through_request_timeout forward_client_headers_to_llm_api forward_llm_provider_auth_headers "
    "forward_openai_org_id always_include_stream_usage cancel_on_disconnect service_account_settings "
    "user_api_key_cache_ttl user_api_key_cache_max_size disable_master_key_return user_mcp_management_mode "
    "block_robots control_plane_url enable_claude_code_gateway plugins litellm_license public_routes "
    "ui_access_mode allow_user_auth mcp_client_side_auth_header_name mcp_required_fields "
    "mcp_session_token_signing allow_requests_on_db_unavailable "
    "disable_retry_on_max_parallel_request_limit_error default_team_disabled "
    "disable_key_generate_for_org_admin disable_custom_api_keys allow_client_side_credentials "
    "allow_unmanaged_response_ids disable_responses_id_security".split()
)
GENERAL_PROTECTIVE = frozenset(
    "custom_auth custom_auth_settings custom_auth_run_common_checks custom_key_policy enable_jwt_auth "
    "litellm_jwtauth enable_oauth2_auth enable_oauth2_proxy_auth oauth2_config_mappings role_permissions "
    "enforce_rbac enforce_user_param enforced_params reject_clientside_metadata_tags allowed_routes "
    "admin_only_routes allowed_ips use_x_forwarded_for trusted_proxy_ranges max_parallel_requests "
    "global_max_parallel_requests max_in_flight_requests_per_worker max_queued_requests_per_worker "
    "admission_queue_timeout_seconds allowed_file_extensions blocked_file_extensions "
    "disable_budget_reservation fail_closed_budget_enforcement token_rate_limit_type "
    "apply_user_budget_to_team_keys enforce_fallback_model_access password_policy_min_length "
    "password_policy_require_uppercase password_policy_require_lowercase password_policy_require_digit "
    "password_policy_require_special mcp_internal_ip_ranges mcp_trusted_proxy_ranges mcp_allowed_clients".split()
)

ROUTER = frozenset(
    "assistants_config search_tools cache_responses caching_groups client_ttl set_verbose debug_level plugins "
    "alerting_config".split()
)
ROUTER_PROTECTIVE = frozenset("guardrail_list fallback_access_check fallback_budget_check".split())

# Attributes of the package that the engine honours.
SETTINGS_HONOURED = frozenset(
    "api_base api_key api_version organization drop_params modify_params num_retries request_timeout headers "
    "ssl_verify ssl_certificate http2 force_ipv4 aiohttp_trust_env max_tokens add_function_to_prompt "
    "enable_json_schema_validation enable_anthropic_prompt_caching disable_stop_sequence_limit "
    "vertex_ai_safety_settings vertex_project vertex_location model_alias_map user_url_validation "
    "user_url_allowed_hosts disable_token_counter cost_discount_config cost_margin_config suppress_debug_info "
    "telemetry set_verbose disable_aiohttp_transport use_client ssl_security_level ssl_ecdh_curve "
    "return_response_headers fallbacks context_window_fallbacks content_policy_fallbacks default_fallbacks "
    "allowed_fails tag_budget_config".split()
)
SETTINGS = frozenset(
    "cache cache_params callbacks success_callback failure_callback audit_log_callbacks input_callback "
    "service_callback json_logs global_prompt_directory global_bitbucket_config global_gitlab_config "
    "model_group_settings custom_provider_map responses default_team_settings key_alias_pattern mcp_aliases "
    "mcp_semantic_tool_filter websearch_interception_params scim_admin_group scim_upsert_user "
    "enable_redis_auth_cache store_audit_logs log_raw_request_response langfuse_default_tags "
    "s3_callback_params custom_prometheus_metadata_labels custom_prometheus_tags prometheus_metrics_config "
    "default_in_memory_ttl default_redis_ttl credential_list public_model_groups default_key_generate_params "
    "default_internal_user_params default_team_params disable_end_user_cost_tracking use_litellm_proxy "
    "proxy_auth client_session aclient_session budget_duration budget_reset_time timezone "
    "budget_exceeded_status_code blog_posts_url network_mock budget_rollover gemini_live_defer_setup "
    "strip_anthropic_total_tokens expose_router_debug_in_errors route_all_chat_openai_to_responses "
    "openai_system_messages_first reasoning_auto_summary sse_keepalive_ping_interval_seconds "
    "anthropic_sse_ping_interval_seconds cost_margin cooldown_time".split()
)
SETTINGS_PROTECTIVE = frozenset(
    "guardrails pre_call_rules post_call_rules max_budget max_internal_user_budget "
    "default_max_internal_user_budget max_ui_session_budget max_end_user_budget max_end_user_budget_id "
    "upperbound_key_generate_params key_generation_settings priority_reservation "
    "priority_reservation_settings azure_content_safety_params prompt_injection_params "
    "turn_off_message_logging redact_user_api_key_info redact_messages_in_exceptions "
    "provider_url_destination_allowed_hosts presidio_ad_hoc_recognizers output_parse_pii banned_keywords_list "
    "blocked_user_list llm_guard_mode llamaguard_model_name google_moderation_confidence_threshold".split()
)

# Names in `callbacks` that check or change what passes, rather than watch it.
CALLBACKS_PROTECTIVE = frozenset(
    "presidio detect_prompt_injection lakera_prompt_injection hide_secrets llmguard_moderations "
    "llamaguard_moderations google_text_moderation openai_moderations azure_content_safety banned_keywords "
    "blocked_user_check aporia aporia_prompt_injection dynamic_rate_limiter dynamic_rate_limiter_v3 "
    "parallel_request_limiter max_budget_limiter".split()
)

PARAMS_PROTECTIVE = frozenset({"guardrails"})
PARAMS = frozenset(
    "litellm_credential_name use_in_pass_through use_chat_completions_api keepalive_seconds "
    "default_api_key_tpm_limit default_api_key_rpm_limit max_file_size_mb prompt_id".split()
)
INFO_PROTECTIVE = frozenset("blocked access_windows team_id access_groups".split())

# Published in documentation everywhere, and so as good as no key.
PUBLISHED_KEYS = frozenset({"sk-1234"})
