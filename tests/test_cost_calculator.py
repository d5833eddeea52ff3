"""What calls cost, by kind of call, and the rules that change a price."""

from collections.abc import Iterator
from typing import Any

import pytest

from litellm.core.errors import UnknownProvider
from litellm.core.model_map import ModelMap, model_cost, replace_model_cost
from litellm.cost.adjust import Margin
from litellm.cost_calculator import (
    completion_cost,
    cost_breakdown,
    cost_per_token,
    get_response_cost_from_hidden_params,
    response_cost_calculator,
)
from litellm.model_info import ModelNotMappedError


@pytest.fixture(autouse=True)
def priced() -> Iterator[ModelMap]:
    """A small map of our own, so that no vendor's new price breaks a rule's test."""
    before = model_cost()
    replace_model_cost(
        {
            "chat": {
                "litellm_provider": "openai",
                "mode": "chat",
                "input_cost_per_token": 1e-6,
                "output_cost_per_token": 4e-6,
                "cache_read_input_token_cost": 1e-7,
                "search_context_cost_per_query": {
                    "search_context_size_low": 0.01,
                    "search_context_size_medium": 0.02,
                    "search_context_size_high": 0.04,
                },
                "regional_processing_uplift_multiplier_eu": 1.1,
            },
            "claude": {
                "litellm_provider": "anthropic",
                "input_cost_per_token": 1e-6,
                "output_cost_per_token": 5e-6,
                "cache_read_input_token_cost": 1e-7,
                "cache_creation_input_token_cost": 1.25e-6,
                "cache_creation_input_token_cost_above_1hr": 2e-6,
                "provider_specific_entry": {"us": 1.1, "fast": 2.0, "note": "text"},
                "search_context_cost_per_query": {"search_context_size_medium": 0.01},
            },
            "gemini/flash": {
                "litellm_provider": "gemini",
                "input_cost_per_token": 1e-6,
                "input_cost_per_audio_token": 3e-6,
                "input_cost_per_image_token": 2e-6,
                "input_cost_per_video_token": 5e-6,
                "output_cost_per_token": 4e-6,
                "output_cost_per_reasoning_token": 8e-6,
                "output_cost_per_audio_token": 9e-6,
                "output_cost_per_image_token": 3e-5,
                "search_context_cost_per_query": {"search_context_size_medium": 0.035},
                "google_maps_grounding_cost_per_query": 0.025,
            },
            "vertex_ai/flash": {
                "litellm_provider": "vertex_ai-language-models",
                "input_cost_per_token": 1e-6,
                "output_cost_per_token": 4e-6,
                "regional_endpoint_uplift_multiplier": 1.2,
            },
            "perplexity/search": {
                "litellm_provider": "perplexity",
                "input_cost_per_token": 1e-6,
                "output_cost_per_token": 1e-6,
                "citation_cost_per_token": 2e-6,
                "search_context_cost_per_query": {"search_context_size_low": 0.005, "search_context_size_high": 0.012},
            },
            "replicate/slow": {"litellm_provider": "replicate", "input_cost_per_second": 0.001},
            "vertex_ai/old": {
                "litellm_provider": "vertex_ai",
                "input_cost_per_character": 1e-6,
                "output_cost_per_character": 2e-6,
            },
            "online": {"litellm_provider": "openai", "input_cost_per_token": 0.0, "input_cost_per_request": 0.005},
            "draw": {"litellm_provider": "openai", "mode": "image_generation", "output_cost_per_image": 0.05},
            "draw-tokens": {
                "litellm_provider": "openai",
                "mode": "image_generation",
                "input_cost_per_token": 5e-6,
                "input_cost_per_image_token": 1e-5,
                "output_cost_per_image_token": 4e-5,
            },
            "high/1024-x-1536/draw": {"litellm_provider": "openai", "input_cost_per_image": 0.25},
            "azure/standard/1024-x-1024/draw": {"litellm_provider": "azure", "input_cost_per_pixel": 1e-8},
            "azure/draw": {"litellm_provider": "azure", "mode": "image_generation", "input_cost_per_pixel": 9e-8},
            "1024-x-1024/50-steps/bedrock/paint": {"litellm_provider": "bedrock", "output_cost_per_image": 0.06},
            "1024-x-1024/max-steps/bedrock/paint": {"litellm_provider": "bedrock", "output_cost_per_image": 0.08},
            "fal_ai/banana": {
                "litellm_provider": "fal_ai",
                "output_cost_per_image": 0.08,
                "output_cost_per_image_4K": 0.16,
            },
            "hear": {"litellm_provider": "openai", "input_cost_per_second": 1e-4, "output_cost_per_second": 1e-4},
            "deepgram/hear": {
                "litellm_provider": "deepgram",
                "input_cost_per_second": 2e-4,
                "output_cost_per_second": 0.0,
            },
            "hear-tokens": {
                "litellm_provider": "openai",
                "input_cost_per_token": 1e-6,
                "input_cost_per_audio_token": 6e-6,
                "output_cost_per_token": 1e-5,
            },
            "speak": {"litellm_provider": "openai", "input_cost_per_character": 1.5e-5},
            "film": {
                "litellm_provider": "openai",
                "output_cost_per_second": 0.1,
                "output_cost_per_second_1080p": 0.3,
            },
            "rerank": {"litellm_provider": "cohere", "input_cost_per_query": 0.002, "input_cost_per_token": 0.0},
            "voyage/rerank": {"litellm_provider": "voyage", "input_cost_per_token": 5e-8},
            "tavily/search": {
                "litellm_provider": "tavily",
                "tiered_pricing": [
                    {"max_results_range": [0, 25], "input_cost_per_query": 0.005},
                    {"max_results_range": [26, 100], "input_cost_per_query": 0.025},
                ],
            },
            "mistral/ocr": {
                "litellm_provider": "mistral",
                "ocr_cost_per_page": 0.001,
                "annotation_cost_per_page": 0.003,
            },
            "embed": {
                "litellm_provider": "openai",
                "input_cost_per_token": 1e-7,
                "output_cost_per_token": 0.0,
                "input_cost_per_image": 0.0001,
                "input_cost_per_video_per_second": 0.0005,
                "input_cost_per_video_per_second_above_15s_interval": 0.002,
            },
            "unpriced": {"litellm_provider": "openai", "mode": "chat"},
            "openai/container": {"litellm_provider": "openai", "code_interpreter_cost_per_session": 0.03},
            "together-ai-41.1b-80b": {
                "litellm_provider": "together_ai",
                "input_cost_per_token": 9e-7,
                "output_cost_per_token": 9e-7,
            },
        }
    )
    yield model_cost()
    replace_model_cost(before)


def answered(model: str = "chat", prompt: int = 1000, completion: int = 100, **extra: Any) -> dict[str, Any]:
    usage = {"prompt_tokens": prompt, "completion_tokens": completion, **extra.pop("usage", {})}
    return {"model": model, "choices": [], "usage": usage, **extra}


def costs(dollars: float) -> Any:
    return pytest.approx(dollars, rel=1e-12, abs=1e-15)


# tokens


def test_prompt_and_completion_apart() -> None:
    assert cost_per_token("chat", 1000, 100) == (0.001, 0.0004)


def test_nothing_used_costs_nothing() -> None:
    assert cost_per_token("chat", 0, 0) == (0.0, 0.0)
    assert completion_cost(answered(prompt=0, completion=0)) == 0.0


def test_cached_tokens_have_their_own_price_and_are_taken_off_the_prompt() -> None:
    usage = {"prompt_tokens": 1000, "completion_tokens": 0, "prompt_tokens_details": {"cached_tokens": 400}}
    assert cost_per_token("chat", usage_object=usage)[0] == costs(600 * 1e-6 + 400 * 1e-7)
    assert cost_per_token("chat", 1000, cache_read_input_tokens=400)[0] == costs(600 * 1e-6 + 400 * 1e-7)


def test_created_tokens_cost_by_how_long_they_live() -> None:
    usage = {
        "input_tokens": 100,
        "output_tokens": 0,
        "cache_read_input_tokens": 1000,
        "cache_creation_input_tokens": 50,
        "cache_creation": {"ephemeral_5m_input_tokens": 20, "ephemeral_1h_input_tokens": 30},
    }
    expected = 100 * 1e-6 + 1000 * 1e-7 + 20 * 1.25e-6 + 30 * 2e-6
    assert cost_per_token("claude", usage_object=usage) == (costs(expected), 0.0)


def test_cached_tokens_without_a_price_cost_what_input_costs() -> None:
    usage = {"prompt_tokens": 10, "completion_tokens": 0, "prompt_tokens_details": {"cached_tokens": 4}}
    assert cost_per_token("gemini/flash", usage_object=usage)[0] == costs(10 * 1e-6)


def test_every_kind_of_token_is_priced_once() -> None:
    usage = {
        "prompt_tokens": 100,
        "completion_tokens": 100,
        "prompt_tokens_details": {"audio_tokens": 10, "image_tokens": 20, "video_tokens": 30, "text_tokens": 40},
        "completion_tokens_details": {"reasoning_tokens": 10, "audio_tokens": 20, "image_tokens": 30},
    }
    asked, made = cost_per_token("gemini/flash", usage_object=usage)
    assert asked == costs(40 * 1e-6 + 10 * 3e-6 + 20 * 2e-6 + 30 * 5e-6)
    assert made == costs(40 * 4e-6 + 10 * 8e-6 + 20 * 9e-6 + 30 * 3e-5)


def test_reasoning_without_a_price_costs_what_output_costs() -> None:
    usage = {"completion_tokens_details": {"reasoning_tokens": 60}}
    assert completion_cost(answered(prompt=0, usage=usage)) == costs(100 * 4e-6)


def test_texts_are_counted_when_there_is_no_usage() -> None:
    def words(model: str, text: str = "", messages: Any = ()) -> int:
        return len((text or messages[0]["content"]).split())

    assert completion_cost(model="chat", prompt="a b", completion="c", count_tokens=words) == costs(2e-6 + 4e-6)
    chat = [{"role": "user", "content": "a b c"}]
    assert completion_cost(model="chat", messages=chat, count_tokens=words) == costs(3e-6)


def test_the_packages_own_counter_is_the_default() -> None:
    assert completion_cost(model="chat", prompt="hello", completion="") > 0


# other units


def test_time_and_characters_where_tokens_have_no_price() -> None:
    assert cost_per_token("replicate/slow", 10, 10, response_time_ms=2500) == (0.0025, 0.0)
    assert completion_cost(answered("replicate/slow"), total_time=2500) == 0.0025
    old = cost_per_token("vertex_ai/old", prompt_characters=10, completion_characters=5)
    assert old == (costs(1e-5), costs(1e-5))
    assert completion_cost(answered("online")) == 0.005


def image(count: int = 1, **extra: Any) -> dict[str, Any]:
    return {"created": 1, "data": [{"url": "https://example.org/i.png"}] * count, **extra}


@pytest.mark.parametrize(
    ("options", "dollars"),
    [
        ({"model": "draw"}, 0.05),
        ({"model": "draw", "size": "1024x1536", "quality": "high"}, 0.25),
        ({"model": "draw", "size": "1024x1536", "quality": "low"}, 0.05),
        ({"model": "azure/draw", "size": "1024x1024"}, 1e-8 * 1024 * 1024),
        ({"model": "azure/draw", "size": "512x256"}, 9e-8 * 512 * 256),
        ({"model": "paint", "custom_llm_provider": "bedrock"}, 0.06),
        ({"model": "bedrock/paint", "optional_params": {"steps": 51}}, 0.08),
        ({"model": "fal_ai/banana", "size": "4K"}, 0.16),
        ({"model": "fal_ai/banana", "size": "1K"}, 0.08),
    ],
)
def test_an_image_costs_by_size_and_quality(options: dict[str, Any], dollars: float) -> None:
    assert completion_cost(image(), **options) == costs(dollars)


def test_images_are_counted() -> None:
    assert completion_cost(image(3), model="draw") == costs(0.15)
    assert completion_cost(model="draw", n=2, call_type="aimage_generation") == costs(0.10)


def test_images_that_count_tokens_cost_by_token() -> None:
    usage = {"input_tokens": 30, "input_tokens_details": {"text_tokens": 10, "image_tokens": 20}, "output_tokens": 100}
    assert completion_cost(image(usage=usage), model="draw-tokens") == costs(10 * 5e-6 + 20 * 1e-5 + 100 * 4e-5)


def test_a_heard_second_is_charged_once() -> None:
    assert completion_cost({"text": "hi", "duration": 30.5}, model="hear") == costs(30.5 * 1e-4)
    assert completion_cost({"text": "hi", "duration": 10}, model="deepgram/hear") == costs(10 * 2e-4)
    spoken = cost_per_token("hear", call_type="atranscription", audio_transcription_file_duration=10)
    assert sum(spoken) == costs(10 * 1e-4)


def test_heard_tokens() -> None:
    usage = {"input_tokens": 100, "input_token_details": {"audio_tokens": 90, "text_tokens": 10}, "output_tokens": 20}
    assert completion_cost({"text": "hi", "usage": usage}, model="hear-tokens") == costs(10e-6 + 90 * 6e-6 + 20 * 1e-5)


def test_spoken_characters() -> None:
    assert completion_cost(model="speak", prompt="Hello!", call_type="speech", count_tokens=lambda **_: 2) == costs(
        9e-5
    )


def test_filmed_seconds() -> None:
    film = {"seconds": "8", "size": "1920x1080"}
    assert completion_cost(film, model="film", call_type="acreate_video") == costs(2.4)
    assert completion_cost({"seconds": "8"}, model="film", call_type="create_video") == costs(0.8)


def test_reranking() -> None:
    billed = {"id": "r", "results": [], "meta": {"billed_units": {"search_units": 2}}}
    assert completion_cost(billed, model="rerank", custom_llm_provider="cohere") == costs(0.004)
    assert completion_cost({"results": []}, model="rerank", call_type="arerank") == costs(0.002)
    assert cost_per_token("rerank", call_type="rerank", number_of_queries=3) == (costs(0.006), 0.0)
    counted = {"results": [], "usage": {"total_tokens": 100, "prompt_tokens": 100}}
    assert completion_cost(counted, model="voyage/rerank", call_type="rerank") == costs(5e-6)


def test_searching_costs_by_results() -> None:
    few, many = {"max_results": 10}, {"max_results": 60}
    assert completion_cost(model="tavily/search", call_type="asearch", optional_params=few) == costs(0.005)
    assert completion_cost(model="tavily/search", call_type="search", optional_params=many) == costs(0.025)


def test_read_pages() -> None:
    read = {"pages": [{}, {}], "usage_info": {"pages_processed": 2}}
    assert completion_cost(read, model="mistral/ocr") == costs(0.002)
    annotated = {"document_annotation_format": {"type": "json_schema"}}
    assert completion_cost(read, model="mistral/ocr", optional_params=annotated) == costs(0.008)


def test_embedding_other_things_than_text() -> None:
    details = {"image_count": 2, "video_length_seconds": 20}
    usage = {"prompt_tokens": 10, "prompt_tokens_details": details}
    made = {"object": "list", "data": [{"embedding": [0.5]}], "usage": usage}
    assert completion_cost(made, model="embed") == costs(10 * 1e-7 + 2 * 0.0001 + 20 * 0.002)


# tools


@pytest.mark.parametrize(("size", "price"), [("low", 0.01), (None, 0.02), ("high", 0.04)])
def test_a_web_search_costs_by_what_it_reads(size: str | None, price: float) -> None:
    cited = [{"message": {"annotations": [{"type": "url_citation"}]}}]
    options = {"web_search_options": {"search_context_size": size}} if size else {}
    response = answered(prompt=0, completion=0, choices=cited)
    assert completion_cost(response, optional_params=options) == costs(price)


def test_asking_for_a_search_is_the_only_sign_where_answers_do_not_count_them() -> None:
    asked: dict[str, Any] = {"web_search_options": {}}
    assert completion_cost(answered(prompt=0, completion=0), optional_params=asked) == costs(0.02)
    assert completion_cost(answered("claude", prompt=0, completion=0), optional_params=asked) == 0.0


def test_counted_searches_are_charged_each() -> None:
    usage = {"server_tool_use": {"web_search_requests": 3}}
    assert completion_cost(answered("claude", prompt=0, completion=0, usage=usage)) == costs(0.03)


def test_grounding_is_charged_once_a_prompt_unless_per_query(priced: ModelMap) -> None:
    response = answered("gemini/flash", 0, 0, usage={"prompt_tokens_details": {"web_search_requests": 3}})
    assert completion_cost(response) == costs(0.035)
    priced["gemini/flash"]["web_search_billing_unit"] = "per_query"
    assert completion_cost(response) == costs(0.105)


def test_maps_are_charged_per_query() -> None:
    usage = {"prompt_tokens_details": {"google_maps_grounding_requests": 2}}
    assert completion_cost(answered("gemini/flash", 0, 0, usage=usage)) == costs(0.05)


def test_searching_models_charge_the_request_at_the_size_that_upstream_names() -> None:
    usage = {"search_context_size": "low", "num_search_queries": 2, "citation_tokens": 9}
    assert completion_cost(answered("perplexity/search", 0, 0, usage=usage)) == costs(0.005 + 9 * 2e-6)


def test_tools_of_a_response_are_counted_by_its_items() -> None:
    kinds = ["web_search_call", "message", "web_search_call", "file_search_call"]
    kinds += ["code_interpreter_call", "code_interpreter_call"]
    response = {"model": "chat", "output": [{"type": kind} for kind in kinds], "usage": {"input_tokens": 0}}
    assert completion_cost(response) == costs(2 * 0.02 + 0.0025 + 0.03)


# what changes a price


def test_custom_prices_win_and_keep_the_rest() -> None:
    custom = {"input_cost_per_token": 1.0, "output_cost_per_token": 2.0}
    assert completion_cost(answered(prompt=1, completion=1), custom_cost_per_token=custom) == 3.0
    usage = {"prompt_tokens_details": {"cached_tokens": 1}}
    assert completion_cost(answered(prompt=1, completion=0, usage=usage), custom_pricing=custom) == costs(1e-7)
    assert cost_per_token("never-heard-of", 1, 1, custom_cost_per_token=custom) == (1.0, 2.0)
    assert completion_cost(answered("chat"), custom_cost_per_second=0.5, total_time=3000) == 1.5
    assert cost_per_token("chat", 1, 1, response_time_ms=3000, custom_cost_per_second=0.5) == (0.0, 1.5)


def test_a_deployments_registered_prices(priced: ModelMap) -> None:
    priced["deployment-7"] = {"litellm_provider": "openai", "input_cost_per_token": 1.0, "output_cost_per_token": 0.0}
    response = answered(prompt=2, completion=0)
    assert completion_cost(response, router_model_id="deployment-7", custom_pricing=True) == 2.0
    assert completion_cost(response, router_model_id="deployment-7") == costs(2e-6)


def test_the_base_model_prices_a_deployment_under_its_own_name() -> None:
    response = answered("my-deployment", prompt=1000, completion=0)
    assert completion_cost(response, custom_llm_provider="openai", base_model="chat") == costs(0.001)


def test_a_tier_in_the_response_wins_over_the_one_that_was_asked(priced: ModelMap) -> None:
    priced["chat"] |= {"input_cost_per_token_priority": 2e-6, "input_cost_per_token_flex": 5e-7}
    response = answered(completion=0, service_tier="default")
    assert completion_cost(response, service_tier="priority") == costs(0.001)
    assert completion_cost(answered(completion=0), service_tier="priority") == costs(0.002)
    assert completion_cost(answered(completion=0), optional_params={"service_tier": "flex"}) == costs(0.0005)
    assert cost_per_token("chat", 1000, 0, service_tier="flex")[0] == costs(0.0005)


def test_batch_jobs_are_half_price() -> None:
    assert completion_cost(answered(), call_type="aretrieve_batch") == costs(0.0007)


def test_geography_and_speed_multiply() -> None:
    usage = {"inference_geo": "us", "speed": "fast"}
    assert completion_cost(answered("claude", usage=usage)) == costs(0.0015 * 2.2)
    assert completion_cost(answered("claude"), optional_params={"speed": "fast"}) == costs(0.003)
    assert completion_cost(answered("claude", usage={"inference_geo": "note"})) == costs(0.0015)


def test_regions_multiply() -> None:
    assert completion_cost(answered("vertex_ai/flash"), region_name="europe-west4") == costs(0.0014 * 1.2)
    assert completion_cost(answered("vertex_ai/flash"), region_name="global") == costs(0.0014)
    assert cost_per_token("chat", 1000, 0, data_residency="eu")[0] == costs(0.0011)


def test_off_peak_by_the_responses_own_time(priced: ModelMap) -> None:
    priced["chat"]["off_peak_pricing"] = {"input_cost_per_token": 5e-7, "windows": [{"hours_utc": "01:00-02:00"}]}
    assert completion_cost(answered(completion=0, created=3600)) == costs(0.0005)
    assert completion_cost(answered(completion=0, created=7200)) == costs(0.001)
    assert completion_cost(answered(completion=0, created=7200), at=3600) == costs(0.0005)


def test_discount_then_margin() -> None:
    response = answered(prompt=1000, completion=0)
    less = {"openai": 0.1, "azure": 0.5}
    assert completion_cost(response, cost_discount_config=less) == costs(0.0009)
    more: dict[str, Margin] = {"global": 0.5}
    assert completion_cost(response, cost_discount_config=less, cost_margin_config=more) == costs(0.00135)
    own: dict[str, Margin] = {"global": 9.0, "openai": {"percentage": 0.1, "fixed_amount": 0.01}}
    assert completion_cost(response, cost_margin_config=own) == costs(0.0111)
    assert completion_cost(response, cost_margin_config={"azure": 9.0}) == costs(0.001)


def test_a_discount_goes_by_the_providers_name_not_by_its_label(priced: ModelMap) -> None:
    priced["flash-bare"] = {"litellm_provider": "vertex_ai-language-models", "input_cost_per_token": 1e-6}
    assert completion_cost(answered("flash-bare"), cost_discount_config={"vertex_ai": 0.5}) == costs(0.0005)


def test_upstreams_own_price_is_taken_only_where_it_is_trusted() -> None:
    response = answered(usage={"cost": 0.125})
    assert completion_cost(response) == costs(0.0014)
    bill = cost_breakdown(response, trust_provider=True)
    assert (bill.total_nanos, bill.price_source) == (125_000_000, "provider")
    custom = {"input_cost_per_token": 1.0, "output_cost_per_token": 0.0}
    assert cost_breakdown(response, trust_provider=True, custom_cost_per_token=custom).price_source == "custom"
    assert response_cost_calculator(response) == 0.125


# whose price


def test_a_model_without_a_price_says_so() -> None:
    bill = cost_breakdown(answered("unpriced"))
    assert (bill.total_nanos, bill.price_source) == (0, "unpriced:unpriced")


def test_unlisted_models_cost_by_size() -> None:
    bill = cost_breakdown(answered("together_ai/org/Thing-70B", prompt=10, completion=0))
    assert (bill.total_nanos, bill.price_source) == (9000, "map:together-ai-41.1b-80b")


def test_unmapped_models_raise() -> None:
    with pytest.raises(ModelNotMappedError, match="'no-such' of provider 'openai'"):
        completion_cost(answered("no-such"), custom_llm_provider="openai")
    with pytest.raises(ModelNotMappedError, match="openai/no-such"):
        cost_per_token("openai/no-such", 1, 1)
    with pytest.raises(UnknownProvider, match="'no-such'"):
        completion_cost(model="no-such", prompt="x", completion="y", count_tokens=lambda **_: 1)
    with pytest.raises(UnknownProvider):
        completion_cost()


def test_the_first_name_that_the_map_lists_prices_the_call() -> None:
    assert completion_cost(answered("chat", completion=0), model="my-alias") == costs(0.001)
    assert cost_per_token("no-such", 1000, 0, request_model="chat")[0] == costs(0.001)


def test_the_provider_noted_on_the_response() -> None:
    class Response:
        model = "flash"
        usage = {"prompt_tokens": 1000, "completion_tokens": 0}
        _hidden_params = {"custom_llm_provider": "vertex_ai", "region_name": "europe-west4"}

    bill = cost_breakdown(Response())
    assert (bill.price_source, bill.provider, bill.total_nanos) == ("map:vertex_ai/flash", "vertex_ai", 1_200_000)


def test_misspelled_options_are_refused() -> None:
    with pytest.raises(TypeError, match="costum"):
        completion_cost(answered(), costum_cost_per_second=1)  # type: ignore[call-arg]


# bills


def test_a_bill_names_its_parts() -> None:
    usage = {"prompt_tokens_details": {"cached_tokens": 400}, "server_tool_use": {"web_search_requests": 1}}
    bill = cost_breakdown(answered(usage=usage), cost_margin_config={"global": 0.1})
    kinds = {part.kind: (part.side, part.quantity, part.rate, part.nanos) for part in bill.parts}
    assert kinds == {
        "input": ("input", 600, 1e-6, 600_000),
        "cache_read": ("input", 400, 1e-7, 40_000),
        "output": ("output", 100, 4e-6, 400_000),
        "web_searches": ("tool", 1, 0.02, 20_000_000),
        "margin": ("adjustment", 0.02104, 0.1, 2_104_000),
    }
    assert bill.total_nanos == sum(part.nanos for part in bill.parts) == 23_144_000
    assert (bill.model, bill.provider, bill.price_source) == ("chat", "openai", "map:chat")


def test_a_total_is_rounded_once(priced: ModelMap) -> None:
    priced["dust"] = {
        "litellm_provider": "openai",
        "input_cost_per_token": 4e-10,
        "output_cost_per_token": 4e-10,
        "cache_read_input_token_cost": 4e-10,
    }
    usage = {"prompt_tokens_details": {"cached_tokens": 1}}
    bill = cost_breakdown(answered("dust", prompt=2, completion=1, usage=usage))
    assert bill.total_nanos == 1
    assert sorted(part.nanos for part in bill.parts) == [0, 0, 1]
    assert float(bill.dollars) == 1.2e-9


# headers and caches


def test_dollars_named_in_headers() -> None:
    named = {"additional_headers": {"llm_provider-x-litellm-response-cost": "0.5"}}
    assert get_response_cost_from_hidden_params(named) == 0.5
    assert get_response_cost_from_hidden_params({"additional_headers": {}}) is None
    assert get_response_cost_from_hidden_params(None) is None


def test_the_calculator_of_responses() -> None:
    class Response:
        model = "chat"
        usage = {"prompt_tokens": 1000, "completion_tokens": 0}
        _hidden_params: dict[str, Any] = {}

    assert response_cost_calculator(Response(), model="chat") == costs(0.001)
    assert response_cost_calculator(Response(), model="chat", cache_hit=True) == 0.0
    Response._hidden_params = {"additional_headers": {"llm_provider-x-litellm-response-cost": 0.25}}
    assert response_cost_calculator(Response(), model="chat") == 0.25
