"""The model map that comes with the package: every entry is well formed, and names resolve to the right one."""

import re
from collections.abc import Iterator

import pytest

from litellm.core.model_map import (
    MAP_FILE,
    ModelMap,
    find_key,
    known_providers,
    load_model_map,
    model_cost,
    provider_of,
    replace_model_cost,
    split_provider,
)
from litellm.types.model_info_fields import MODEL_INFO_FIELDS
from litellm.types.model_rules import SIZE_PRICING

MODES = {
    "audio_speech",
    "audio_transcription",
    "chat",
    "completion",
    "embedding",
    "evaluation",
    "guardrail",
    "image_edit",
    "image_generation",
    "moderation",
    "ocr",
    "realtime",
    "rerank",
    "responses",
    "search",
    "vector_store",
    "video_generation",
}
COUNTS = {"max_tokens", "max_input_tokens", "max_output_tokens", "rpm", "tpm", "output_vector_size"}
COUNTS |= {"prompt_cache_min_tokens"}
# What the map says beyond the fields that get_model_info answers.
OTHER_FACTS = {
    "audio_transcription_config",
    "deprecation_date",
    "gemini_audio_only_live",
    "gemini_native_audio",
    "supported_modalities",
    "supported_output_modalities",
    "supported_regions",
    "use_openai_responses_path",
}
PRICE = re.compile(
    r"(input|output)_(dbu_)?cost_per_[a-z]+|cache_(read|creation)_input_(audio_|image_)?token_cost|"
    r"(ocr|annotation|google_maps_grounding|code_interpreter|citation|guardrail|search_context)_cost_per_[a-z]+"
)
THRESHOLD = re.compile(r"(?P<base>.+)_above_(?P<size>\d+)k_tokens(?P<service>_batches|_flex|_priority|_ultrafast)?")
DATE = re.compile(r"20\d\d-\d\d-\d\d")


@pytest.fixture(scope="module")
def shipped() -> ModelMap:
    return load_model_map()


@pytest.fixture
def own_map() -> Iterator[ModelMap]:
    before = model_cost()
    replace_model_cost({name: dict(entry) for name, entry in before.items()})
    yield model_cost()
    replace_model_cost(before)


def problems_of(name: str, entry: dict[str, object]) -> Iterator[str]:
    if not isinstance(entry.get("litellm_provider"), str):
        yield f"{name}: no provider"
    if entry.get("mode", "chat") not in MODES:
        yield f"{name}: unknown mode {entry['mode']!r}"
    for key, value in entry.items():
        if not (key in MODEL_INFO_FIELDS or key in OTHER_FACTS or PRICE.match(key) or key.startswith("supports_")):
            yield f"{name}: unknown key {key!r}"
        if key.startswith("supports_") and not isinstance(value, bool):
            yield f"{name}: {key} is {value!r}, not a flag"
        if key in COUNTS and not (isinstance(value, int) and value >= 0):
            yield f"{name}: {key} is {value!r}, not a count"
        if PRICE.match(key) and isinstance(value, (int, float)) and not 0 <= value < 1000:
            yield f"{name}: {key} is {value!r}, not a price"
        if key == "deprecation_date" and not DATE.fullmatch(str(value)):
            yield f"{name}: {key} is {value!r}, not a date"
        tier = THRESHOLD.fullmatch(key)
        if (
            tier and tier["base"] not in entry and not key.startswith("cache_")
        ):  # cached tokens fall back to input's price
            yield f"{name}: {key} without {tier['base']}"


def test_every_entry_is_well_formed(shipped: ModelMap) -> None:
    assert [problem for name, entry in shipped.items() for problem in problems_of(name, entry)] == []


def test_no_price_is_one_per_thousand_tokens(shipped: ModelMap) -> None:
    """Vendors quote per thousand or per million tokens: a price this high was copied without dividing."""
    dearest = {"input_cost_per_token": 2e-4, "output_cost_per_token": 1e-3}
    assert [name for name, e in shipped.items() if any(e.get(price, 0) > most for price, most in dearest.items())] == []


def test_the_validator_sees_what_is_wrong() -> None:
    broken = {
        "mode": "telepathy",
        "input_cost_per_token": -1.0,
        "supports_vision": "yes",
        "max_tokens": "many",
        "colour": "red",
        "output_cost_per_token_above_200k_tokens": 1e-6,
        "deprecation_date": "soon",
    }
    assert len(list(problems_of("broken", broken))) == 8


def test_thresholds_of_input_and_output_agree(shipped: ModelMap) -> None:
    """A threshold that changes only one side's price would be a slip of the pen."""

    def sizes(entry: dict[str, object], base: str) -> set[str]:
        tiers = (THRESHOLD.fullmatch(key) for key in entry)
        return {tier["size"] for tier in tiers if tier and tier["base"] == base and not tier["service"]}

    both = {name: (sizes(e, "input_cost_per_token"), sizes(e, "output_cost_per_token")) for name, e in shipped.items()}
    assert {name: pair for name, pair in both.items() if pair[0] != pair[1]} == {}


def test_tiers_by_length_follow_each_other_without_gaps(shipped: ModelMap) -> None:
    for name, entry in shipped.items():
        ranges = [tier["range"] for tier in entry.get("tiered_pricing", ()) if "range" in tier]
        assert all(before[1] == after[0] for before, after in zip(ranges, ranges[1:], strict=False)), name
        assert not ranges or ranges[0][0] == 0, name


def test_size_classes_are_in_the_map(shipped: ModelMap) -> None:
    keys = [
        bucket.key
        for pricing in SIZE_PRICING.values()
        for bucket in (*pricing.dense, *pricing.mixtures, *pricing.embeddings)
    ]
    assert [key for key in keys if key not in shipped] == []


def test_the_file_has_one_model_a_line_in_order() -> None:
    lines = MAP_FILE.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "{" and lines[-1] == "}"
    names = [line.split('": {')[0] for line in lines[1:-1]]
    assert names == sorted(names)
    assert len(names) == len(load_model_map())


@pytest.mark.parametrize(
    ("model", "provider", "key"),
    [
        ("gpt-4o", None, "gpt-4o"),
        ("openai/gpt-4o", None, "gpt-4o"),
        ("gpt-4o", "openai", "gpt-4o"),
        ("gpt-4o", "azure", "azure/gpt-4o"),
        ("azure/eu/gpt-4o-2024-08-06", None, "azure/eu/gpt-4o-2024-08-06"),
        ("GPT-4o", "openai", "gpt-4o"),
        ("anthropic/claude-sonnet-4-5", None, "claude-sonnet-4-5"),
        ("bedrock/anthropic.claude-sonnet-4-20250514-v1:0", None, "anthropic.claude-sonnet-4-20250514-v1:0"),
        ("bedrock/converse/amazon.nova-pro-v1:0", None, "amazon.nova-pro-v1:0"),
        ("bedrock/us-west-2/amazon.nova-pro-v1:0", None, "amazon.nova-pro-v1:0"),
        ("bedrock/ap.amazon.titan-embed-text-v2:0", None, "amazon.titan-embed-text-v2:0"),
        ("gemini-2.5-pro", "vertex_ai", "gemini-2.5-pro"),
        ("gemini-2.5-pro", "gemini", "gemini/gemini-2.5-pro"),
        ("vertex_ai/claude-sonnet-4-5@20991231", None, "vertex_ai/claude-sonnet-4-5"),
        ("ft:gpt-4o-2024-08-06:acme:pets:9fX", None, "ft:gpt-4o-2024-08-06"),
        ("command-a-03-2025", "cohere", "command-a-03-2025"),
        ("fireworks_ai/code-llama-13b", None, "fireworks_ai/accounts/fireworks/models/code-llama-13b"),
        ("litellm_proxy/gpt-4o", None, "gpt-4o"),
    ],
)
def test_a_name_finds_its_entry(model: str, provider: str | None, key: str) -> None:
    assert find_key(model, provider) == key


@pytest.mark.parametrize(
    ("model", "provider"),
    [
        ("no-such-model", None),
        ("azure/no-such", None),
        ("claude-sonnet-4-5", "openai"),
        ("xai/gpt-4o", None),
        ("", None),
    ],
)
def test_an_entry_of_somebody_else_never_answers(model: str, provider: str | None) -> None:
    assert find_key(model, provider) is None


def test_a_region_of_its_own_price_wins() -> None:
    regional = "bedrock/ap-northeast-1/anthropic.claude-v2:1"
    assert find_key("anthropic.claude-v2:1", "bedrock", region="ap-northeast-1") == regional
    assert find_key("anthropic.claude-v2:1", "bedrock", region="eu-north-1") == "anthropic.claude-v2:1"


@pytest.mark.parametrize(
    ("label", "provider"),
    [
        ("openai", "openai"),
        ("bedrock_converse", "bedrock"),
        ("cohere_chat", "cohere_chat"),
        ("xai", "xai"),
        (None, None),
    ],
)
def test_a_label_leads_back_to_its_provider(label: str | None, provider: str | None) -> None:
    assert provider_of({"litellm_provider": label}) == provider


def test_only_a_known_provider_is_split_off() -> None:
    assert split_provider("openrouter/openai/gpt-4o") == ("openrouter", "openai/gpt-4o")
    assert split_provider("my-team/gpt-4o") == (None, "my-team/gpt-4o")
    assert {"openai", "vertex_ai", "bedrock"} <= known_providers()


def test_entries_that_users_add_are_found_in_any_letter_case(own_map: ModelMap) -> None:
    assert find_key("house/Model") is None
    own_map["House/model"] = {"litellm_provider": "house"}
    assert find_key("house/Model") == "House/model"
    assert split_provider("house/model") == ("house", "model")
