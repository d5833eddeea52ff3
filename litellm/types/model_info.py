"""What `get_model_info` answers about one model: limits, prices in dollars, abilities.

Data only. Prices are dollars per token unless the name says otherwise; `None` means that the map does not say.
"""

from typing import Any, TypedDict


class ModelInfo(TypedDict, total=False):
    """Limits, prices and abilities of one model, under the names that LiteLLM 1.x gives them."""

    # about
    key: str
    litellm_provider: str
    mode: str | None
    supported_endpoints: list[str] | None
    reasoning_effort_levels: list[str] | None
    default_reasoning_effort: str | None
    bedrock_output_config_effort_ceiling: str | None
    provider_specific_entry: dict[str, Any] | None
    supported_audio_formats: list[str] | None
    vertex_ai_audio_api: str | None
    supported_openai_params: list[str] | None

    # limits
    max_tokens: int | None
    max_input_tokens: int | None
    max_output_tokens: int | None
    prompt_cache_min_tokens: int | None
    output_vector_size: int | None
    tpm: int | None
    rpm: int | None

    # prices of input
    input_cost_per_token: float
    input_cost_per_token_flex: float | None
    input_cost_per_token_priority: float | None
    input_cost_per_token_ultrafast: float | None
    input_cost_per_character: float | None
    input_cost_per_token_above_128k_tokens: float | None
    input_cost_per_token_above_200k_tokens: float | None
    input_cost_per_token_above_200k_tokens_priority: float | None
    input_cost_per_token_above_272k_tokens: float | None
    input_cost_per_token_above_272k_tokens_priority: float | None
    input_cost_per_token_above_272k_tokens_flex: float | None
    input_cost_per_token_above_512k_tokens: float | None
    input_cost_per_query: float | None
    input_cost_per_second: float | None
    input_cost_per_audio_token: float | None
    input_cost_per_image_token: float | None
    input_cost_per_video_token: float | None
    input_cost_per_audio_token_batches: float | None
    input_cost_per_image_token_batches: float | None
    input_cost_per_image: float | None
    input_cost_per_audio_per_second: float | None
    input_cost_per_video_per_second: float | None
    input_cost_per_token_batches: float | None
    input_cost_per_video_token_batches: float | None
    input_cost_per_token_above_272k_tokens_batches: float | None

    # prices of cached input
    cache_creation_input_token_cost: float | None
    cache_creation_input_token_cost_above_200k_tokens: float | None
    cache_creation_input_token_cost_above_272k_tokens: float | None
    cache_creation_input_token_cost_above_272k_tokens_priority: float | None
    cache_creation_input_token_cost_above_272k_tokens_flex: float | None
    cache_creation_input_token_cost_flex: float | None
    cache_creation_input_token_cost_priority: float | None
    cache_creation_input_token_cost_ultrafast: float | None
    cache_read_input_token_cost: float | None
    cache_read_input_audio_token_cost: float | None
    cache_read_input_token_cost_above_200k_tokens: float | None
    cache_read_input_token_cost_above_200k_tokens_priority: float | None
    cache_read_input_token_cost_above_272k_tokens: float | None
    cache_read_input_token_cost_above_272k_tokens_priority: float | None
    cache_read_input_token_cost_above_272k_tokens_flex: float | None
    cache_read_input_token_cost_above_512k_tokens: float | None
    cache_read_input_token_cost_flex: float | None
    cache_read_input_token_cost_priority: float | None
    cache_read_input_token_cost_ultrafast: float | None
    cache_read_input_token_cost_batches: float | None
    cache_read_input_token_cost_above_272k_tokens_batches: float | None
    cache_creation_input_token_cost_batches: float | None
    cache_creation_input_token_cost_above_200k_tokens_batches: float | None
    cache_creation_input_token_cost_above_272k_tokens_batches: float | None
    cache_creation_input_token_cost_above_1hr: float | None

    # prices of output
    output_cost_per_token_batches: float | None
    output_cost_per_token_above_272k_tokens_batches: float | None
    output_cost_per_token: float
    output_cost_per_token_flex: float | None
    output_cost_per_token_priority: float | None
    output_cost_per_token_ultrafast: float | None
    output_cost_per_audio_token: float | None
    output_cost_per_character: float | None
    output_cost_per_reasoning_token: float | None
    output_cost_per_reasoning_token_flex: float | None
    output_cost_per_reasoning_token_priority: float | None
    output_cost_per_token_above_128k_tokens: float | None
    output_cost_per_character_above_128k_tokens: float | None
    output_cost_per_token_above_200k_tokens: float | None
    output_cost_per_token_above_200k_tokens_priority: float | None
    output_cost_per_token_above_272k_tokens: float | None
    output_cost_per_token_above_272k_tokens_priority: float | None
    output_cost_per_token_above_272k_tokens_flex: float | None
    output_cost_per_token_above_512k_tokens: float | None
    output_cost_per_second: float | None
    output_cost_per_second_1080p: float | None
    output_cost_per_second_480p: float | None
    output_cost_per_second_720p: float | None
    output_cost_per_second_768p: float | None
    output_cost_per_second_2k: float | None
    output_cost_per_second_4k: float | None
    output_cost_per_video_per_second: float | None
    output_cost_per_image: float | None
    output_cost_per_pixel: float | None
    output_cost_per_image_token: float | None
    output_cost_per_video_token: float | None

    # other prices
    off_peak_pricing: dict[str, Any] | None
    regional_processing_uplift_multiplier_eu: float | None
    regional_processing_uplift_multiplier_us: float | None
    regional_endpoint_uplift_multiplier: float | None
    citation_cost_per_token: float | None
    tiered_pricing: list[dict[str, Any]] | None
    search_context_cost_per_query: dict[str, float] | None
    web_search_billing_unit: str | None
    google_maps_grounding_cost_per_query: float | None
    ocr_cost_per_page: float | None
    ocr_cost_per_page_batches: float | None
    ocr_cost_per_credit: float | None
    annotation_cost_per_page: float | None
    annotation_cost_per_page_batches: float | None

    # abilities
    supports_system_messages: bool | None
    supports_response_schema: bool | None
    supports_vision: bool | None
    supports_function_calling: bool | None
    supports_parallel_function_calling: bool | None
    supports_tool_choice: bool | None
    supports_assistant_prefill: bool | None
    supports_prompt_caching: bool | None
    supports_prompt_cache_breakpoint: bool | None
    supports_thinking_cache_preservation: bool | None
    supports_audio_input: bool | None
    supports_audio_output: bool | None
    supports_pdf_input: bool | None
    supports_embedding_image_input: bool | None
    supports_native_streaming: bool | None
    supports_native_structured_output: bool | None
    supports_web_search: bool | None
    supports_url_context: bool | None
    supports_reasoning: bool | None
    supports_adaptive_thinking: bool | None
    supports_legacy_thinking: bool | None
    thinking_always_on: bool | None
    supports_tool_search: bool | None
    supports_mid_conversation_system: bool | None
    supports_anthropic_thinking_payload: bool | None
    supports_anthropic_compaction: bool | None
    supports_none_reasoning_effort: bool | None
    supports_minimal_reasoning_effort: bool | None
    supports_low_reasoning_effort: bool | None
    supports_xhigh_reasoning_effort: bool | None
    supports_max_reasoning_effort: bool | None
    bedrock_converse_supports_strict_tools: bool | None
    supports_computer_use: bool | None
    uses_embed_content: bool | None
    supports_image_size: bool | None
