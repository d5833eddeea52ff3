"""What the model map says of a model: prices in US dollars, limits in tokens, capabilities."""

from typing import Any, Literal, TypedDict

ModelMode = Literal[
    "chat", "completion", "responses", "embedding", "rerank", "moderation", "image_generation", "image_edit",
    "audio_transcription", "audio_speech", "realtime", "ocr", "search", "video_generation", "vector_store",
]  # fmt: skip


class CostPerToken(TypedDict):
    """Price of one token, in US dollars."""

    input_cost_per_token: float
    output_cost_per_token: float


class SearchContextCostPerQuery(TypedDict, total=False):
    """Price of one web search by how much it reads, in US dollars."""

    search_context_size_low: float
    search_context_size_medium: float
    search_context_size_high: float


class ProviderSpecificModelInfo(TypedDict, total=False):
    """What a model can do; absent is unknown."""

    supports_system_messages: bool | None
    supports_response_schema: bool | None
    supports_vision: bool | None
    supports_function_calling: bool | None
    supports_parallel_function_calling: bool | None
    supports_tool_choice: bool | None
    supports_assistant_prefill: bool | None
    supports_prompt_caching: bool | None
    supports_computer_use: bool | None
    supports_audio_input: bool | None
    supports_audio_output: bool | None
    supports_embedding_image_input: bool | None
    supports_native_streaming: bool | None
    supports_native_structured_output: bool | None
    supports_pdf_input: bool | None
    supports_web_search: bool | None
    supports_url_context: bool | None
    supports_reasoning: bool | None
    supports_video_input: bool | None
    supports_service_tier: bool | None


class ModelInfoBase(ProviderSpecificModelInfo, total=False):
    """Prices, limits and capabilities of a model."""

    key: str
    max_tokens: int | None
    max_input_tokens: int | None
    max_output_tokens: int | None
    input_cost_per_token: float
    input_cost_per_token_flex: float | None
    input_cost_per_token_priority: float | None
    input_cost_per_token_above_128k_tokens: float | None
    input_cost_per_token_above_200k_tokens: float | None
    input_cost_per_token_above_272k_tokens: float | None
    input_cost_per_token_above_512k_tokens: float | None
    input_cost_per_token_batches: float | None
    input_cost_per_token_cache_hit: float | None
    input_cost_per_character: float | None
    input_cost_per_character_above_128k_tokens: float | None
    input_cost_per_query: float | None
    input_cost_per_image: float | None
    input_cost_per_image_token: float | None
    input_cost_per_pixel: float | None
    input_cost_per_audio_token: float | None
    input_cost_per_audio_per_second: float | None
    input_cost_per_video_per_second: float | None
    input_cost_per_second: float | None
    output_cost_per_token: float
    output_cost_per_token_flex: float | None
    output_cost_per_token_priority: float | None
    output_cost_per_token_above_128k_tokens: float | None
    output_cost_per_token_above_200k_tokens: float | None
    output_cost_per_token_above_272k_tokens: float | None
    output_cost_per_token_above_512k_tokens: float | None
    output_cost_per_token_batches: float | None
    output_cost_per_character: float | None
    output_cost_per_character_above_128k_tokens: float | None
    output_cost_per_audio_token: float | None
    output_cost_per_image: float | None
    output_cost_per_image_token: float | None
    output_cost_per_pixel: float | None
    output_cost_per_reasoning_token: float | None
    output_cost_per_second: float | None
    output_cost_per_video_per_second: float | None
    output_cost_per_audio_per_second: float | None
    output_vector_size: int | None
    cache_creation_input_token_cost: float | None
    cache_creation_input_token_cost_above_1hr: float | None
    cache_creation_input_token_cost_above_200k_tokens: float | None
    cache_creation_input_audio_token_cost: float | None
    cache_read_input_token_cost: float | None
    cache_read_input_token_cost_flex: float | None
    cache_read_input_token_cost_priority: float | None
    cache_read_input_token_cost_above_200k_tokens: float | None
    cache_read_input_audio_token_cost: float | None
    ocr_cost_per_page: float | None
    annotation_cost_per_page: float | None
    code_interpreter_cost_per_session: float | None
    file_search_cost_per_1k_calls: float | None
    file_search_cost_per_gb_per_day: float | None
    vector_store_cost_per_gb_per_day: float | None
    computer_use_input_cost_per_1k_tokens: float | None
    computer_use_output_cost_per_1k_tokens: float | None
    search_context_cost_per_query: SearchContextCostPerQuery | None
    tiered_pricing: list[dict[str, Any]] | None
    off_peak_pricing: dict[str, Any] | None
    citation_cost_per_token: float | None
    litellm_provider: str
    mode: str | None
    tpm: int | None
    rpm: int | None
    deprecation_date: str | None
    supported_endpoints: list[str] | None
    supported_regions: list[str] | None
    metadata: dict[str, Any] | None


class ModelInfo(ModelInfoBase, total=False):
    """The answer of `get_model_info`: the model map's record and the parameters the model takes."""

    supported_openai_params: list[str] | None
