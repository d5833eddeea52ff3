"""What the package says about models, and how users teach it new ones."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from litellm import model_info
from litellm.core.model_map import ModelMap, model_cost, replace_model_cost
from litellm.model_info import ModelNotMappedError, get_max_tokens, get_model_info, register_model, supports


@pytest.fixture
def own_map() -> Iterator[ModelMap]:
    before = model_cost()
    replace_model_cost({name: dict(entry) for name, entry in before.items()})
    yield model_cost()
    replace_model_cost(before)


def test_info_has_every_field_and_fills_the_missing_with_none() -> None:
    info = get_model_info("gpt-4o")
    assert info["key"] == "gpt-4o"
    assert info["litellm_provider"] == "openai"
    assert info["input_cost_per_token"] == 2.5e-06
    assert info["supports_vision"] is True
    assert info["input_cost_per_character"] is None


def test_token_prices_are_zero_where_the_map_has_none() -> None:
    info = get_model_info("tts-1")
    assert (info["input_cost_per_token"], info["output_cost_per_token"]) == (0, 0)


def test_prices_of_rare_thresholds_are_answered_too(own_map: ModelMap) -> None:
    own_map["long"] = {"litellm_provider": "openai", "input_cost_per_token_above_777k_tokens": 3e-6, "note": "no"}
    info = get_model_info("long")
    assert info["input_cost_per_token_above_777k_tokens"] == 3e-6  # type: ignore[typeddict-item]
    assert "note" not in info


def test_supported_parameters_come_from_whoever_knows_them() -> None:
    asked: list[tuple[str, str | None]] = []

    def params(model: str, provider: str | None) -> list[str]:
        asked.append((model, provider))
        return ["tools"]

    assert get_model_info("gemini/gemini-2.5-pro", supported_params=params)["supported_openai_params"] == ["tools"]
    get_model_info("gemini-2.5-pro", supported_params=params)
    get_model_info("gpt-4o", "azure", supported_params=params)
    assert asked == [("gemini-2.5-pro", "gemini"), ("gemini-2.5-pro", "vertex_ai"), ("gpt-4o", "azure")]


def test_an_unmapped_model_is_named_with_the_way_to_register_it() -> None:
    with pytest.raises(ModelNotMappedError, match=r"'azure/no-such' of provider 'azure'.*litellm\.register_model"):
        get_model_info("azure/no-such")


def test_the_answer_is_not_the_map_itself() -> None:
    get_model_info("gpt-4o")["input_cost_per_token"] = 1.0
    assert model_cost()["gpt-4o"]["input_cost_per_token"] == 2.5e-06


@pytest.mark.parametrize(
    ("model", "most"),
    [("gpt-4o", 16384), ("text-embedding-3-large", 8191), ("tts-1", None), ("amazon.nova-pro-v1:0", 10000)],
)
def test_most_tokens_are_those_of_the_output_else_of_the_input(model: str, most: int | None) -> None:
    assert get_max_tokens(model) == most


def test_most_tokens_of_an_unmapped_model() -> None:
    with pytest.raises(ModelNotMappedError):
        get_max_tokens("no-such-model")


def test_every_ability_function_asks_its_own_flag(own_map: ModelMap) -> None:
    names = [name for name in vars(model_info) if name.startswith("supports_")]
    own_map["able"] = {"litellm_provider": "openai", **dict.fromkeys(names, True)}
    own_map["unable"] = {"litellm_provider": "openai", **dict.fromkeys(names, False)}
    own_map["silent"] = {"litellm_provider": "openai"}
    for name in names:
        ask = getattr(model_info, name)
        assert (ask("able"), ask("unable"), ask("silent"), ask("no-such-model")) == (True, False, False, False), name
        assert ask.__name__ == name and ask.__doc__


def test_a_provider_lends_its_abilities_to_models_that_do_not_deny_them(own_map: ModelMap) -> None:
    own_map["xai/quiet"] = {"litellm_provider": "xai", "supports_web_search": False}
    assert supports("xai/unheard-of", "supports_web_search")
    assert supports("unheard-of", "supports_web_search", "xai")
    assert not supports("xai/quiet", "supports_web_search")
    assert not supports("xai/unheard-of", "supports_vision")


def test_registering_adds_and_merges(own_map: ModelMap) -> None:
    register_model({"mine": {"litellm_provider": "openai", "max_tokens": 7}, "gpt-4o": {"input_cost_per_token": 1.0}})
    assert get_max_tokens("mine") == 7
    info = get_model_info("gpt-4o")
    assert (info["input_cost_per_token"], info["output_cost_per_token"]) == (1.0, 1e-05)


def test_registering_never_edits_what_it_is_given(own_map: ModelMap) -> None:
    facts = {"mine": {"litellm_provider": "openai"}}
    register_model(facts)
    own_map["mine"]["max_tokens"] = 9
    assert facts == {"mine": {"litellm_provider": "openai"}}


def test_registering_a_file(own_map: ModelMap, tmp_path: Path) -> None:
    file = tmp_path / "models.json"
    file.write_bytes(msgspec.json.encode({"filed": {"litellm_provider": "openai", "max_tokens": 5}}))
    register_model(str(file))
    assert get_max_tokens("filed") == 5


def test_an_address_is_read_only_by_whoever_was_given(own_map: ModelMap) -> None:
    with pytest.raises(ValueError, match="is an address"):
        register_model("https://example.org/models.json")
    asked: list[str] = []

    def fetch(url: str) -> bytes:
        asked.append(url)
        return b'{"far": {"litellm_provider": "openai", "max_tokens": 3}}'

    register_model("https://example.org/models.json", fetch=fetch)
    assert asked == ["https://example.org/models.json"]
    assert get_max_tokens("far") == 3


def test_public_sets_follow_the_map(own_map: ModelMap) -> None:
    own_map["brand-new"] = {"litellm_provider": "openai", "mode": "chat"}
    assert {"gpt-4o", "brand-new"} <= model_info.model_set("open_ai_chat_completion_models")
    assert "text-embedding-3-large" in model_info.model_set("open_ai_embedding_models")
    assert "claude-sonnet-4-5" in model_info.model_set("anthropic_models")
    assert "brand-new" in model_info.model_list()
    with pytest.raises(KeyError):
        model_info.model_set("nonsense_models")


def test_models_of_a_provider_are_those_of_its_whole_family() -> None:
    by_provider = model_info.models_by_provider()
    vertex = model_info.get_provider_models("vertex_ai")
    assert {"vertex_ai/claude-sonnet-4-5", "gemini-2.5-pro"} <= set(vertex)
    assert vertex == sorted(vertex) == by_provider["vertex_ai"]
    assert "gpt-4o" in by_provider["openai"]
