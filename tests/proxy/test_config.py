"""What is wrong with a configuration is said with file, line and remedy; nothing known is ignored in silence."""

from pathlib import Path

import pytest

from litellm.proxy.config import known, loader
from litellm.proxy.config.routing import router_arguments
from litellm.proxy.config.schema import GeneralSettings
from litellm.proxy.config.source import ConfigError

MODEL = "model_list:\n  - model_name: small\n    litellm_params: {model: openai/gpt-4o-mini, api_key: sk-x}\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config.yaml"


def test_a_whole_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THE_KEY", "sk-from-the-environment")
    file.write_text(
        MODEL
        + "general_settings: {master_key: os.environ/THE_KEY, max_request_size_mb: '3'}\n"
        + "router_settings: {num_retries: 1, model_group_alias: {tiny: small}}\n"
        + "litellm_settings: {drop_params: true}\n"
    )
    loaded = loader.load(file)
    assert loaded.notices == ()
    assert loaded.config.general_settings == GeneralSettings(
        master_key="sk-from-the-environment", max_request_size_mb=3.0
    )
    assert loaded.config.router_settings == {"num_retries": 1, "model_group_alias": {"tiny": "small"}}
    assert loaded.config.litellm_settings == {"drop_params": True}
    assert loaded.config.model_list[0].litellm_params == {"model": "openai/gpt-4o-mini", "api_key": "sk-x"}


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("modle_list: []\n", 1, "modle_list is unknown: did you mean 'model_list'?"),
        (MODEL + "general_settings:\n  master_kye: x\n", 5, "general_settings.master_kye is unknown: did you mean"),
        (MODEL + "litellm_settings:\n  drop_parms: true\n", 5, "did you mean 'drop_params'?"),
        (
            MODEL + "router_settings:\n  num_retries: 1\n  routing_strategy: fastest\n",
            6,
            "routing_strategy='fastest': no such strategy; did you mean 'latency-based-routing'?",
        ),
        (MODEL + "router_settings:\n  fallbacks: [{small: [smal]}]\n", 5, "did you mean 'small'?"),
        (MODEL + "router_settings:\n  num_retry: 1\n", 5, "num_retry is unknown: did you mean 'num_retries'?"),
        (MODEL + "router_settings: {circuit_breaker: {open: 1}}\n", 4, "circuit_breaker: open=1: no such setting"),
        (MODEL + "litellm_settings:\n  fallbacks: [{a: [small]}]\n", 5, "litellm_settings.fallbacks: 'a' is no model"),
        (MODEL.replace("api_key: sk-x", "rpm: many"), 3, "rpm='many': give a number"),
        (MODEL.replace("api_key: sk-x", "max_budget: 1, budget_duration: 1x"), 2, "period='1x': give a number"),
        ("model_list:\n  - model_name: a\n    litellm_params:\n      api_key: x\n", 3, "litellm_params needs a model"),
        ("model_list:\n  - litellm_params: {model: openai/a}\n", 2, "needs a model_name"),
        ("model_list:\n  - model_name: a\n    model: openai/a\n", 3, "'model' in an entry of model_list is unknown"),
        (
            "model_list:\n  - model_name: a\n    litellm_params:\n      model: openai/a\n      api_bse: x\n",
            5,
            "litellm_params.api_bse is unknown: did you mean 'api_base'?",
        ),
        (MODEL + "general_settings:\n  max_request_size_mb: much\n", 5, "max_request_size_mb: Expected `float`"),
        (MODEL + "router_settings: 5\n", 4, "router_settings must be a mapping"),
        (MODEL.replace("openai/", "opnai/"), 3, "does not say whose model it is"),
        (MODEL + "guardrails:\n  - guardrail_name: pii\n", 4, "guardrails protects something"),
        (MODEL + "general_settings: {allowed_ips: [10.0.0.1]}\n", 4, "allowed_ips protects something"),
        (MODEL + "litellm_settings: {callbacks: [presidio]}\n", 4, "the callback 'presidio'"),
        (MODEL + "litellm_settings: {callbacks: my.module.check}\n", 4, "the callback 'my.module.check'"),
        (MODEL + "general_settings: {master_key: os.environ/NOT_SET_HERE}\n", 4, "NOT_SET_HERE is not set"),
        (MODEL + "model_list: []\n", 4, "'model_list' stands here a second time (first in line 1)"),
        ("model_list:\n  - model_name: a\n   litellm_params: {}\n", 3, "malformed YAML"),
        ("model_list:\n\t- model_name: a\n", 2, "indent with spaces, not with tabs"),
    ],
)
def test_what_is_wrong(file: Path, text: str, line: int, message: str) -> None:
    file.write_text(text)
    with pytest.raises(ConfigError) as caught:
        loader.load(file)
    assert message in str(caught.value)
    assert f"config.yaml, line {line}:" in str(caught.value)


def test_every_problem_is_said_at_once(file: Path) -> None:
    file.write_text("general_settings: {nonsense: 1}\nrouter_settings: {nonsense: 1}\n")
    with pytest.raises(ConfigError) as caught:
        loader.load(file)
    assert len(str(caught.value).splitlines()) == 2


@pytest.mark.parametrize(
    ("section", "names", "protective"),
    [
        ("general_settings", known.GENERAL, known.GENERAL_PROTECTIVE),
        ("router_settings", known.ROUTER, known.ROUTER_PROTECTIVE),
        ("litellm_settings", known.SETTINGS, known.SETTINGS_PROTECTIVE),
    ],
)
def test_known_names_are_loud_and_protective_ones_refused(
    file: Path, section: str, names: frozenset[str], protective: frozenset[str]
) -> None:
    for name in sorted(names):
        file.write_text(f"{section}: {{{name}: something}}\n")
        assert [f"{section}.{name} is not supported yet" in notice for notice in loader.load(file).notices] == [True]
    for name in sorted(protective):
        file.write_text(f"{section}: {{{name}: something}}\n")
        with pytest.raises(ConfigError, match="protects something"):
            loader.load(file)


def test_a_missing_variable_of_a_model_is_loud(file: Path) -> None:
    file.write_text(MODEL.replace("sk-x", "os.environ/NOT_SET_HERE"))
    loaded = loader.load(file)
    assert "api_key" not in loaded.config.model_list[0].litellm_params
    assert "NOT_SET_HERE is not set: left out" in loaded.notices[-1]


def test_a_model_whose_calls_will_fail_is_loud(file: Path) -> None:
    file.write_text(MODEL.replace(", api_key: sk-x", ""))
    assert "line 3: there is no api_key, and OPENAI_API_KEY is not set" in loader.load(file).notices[0]


def test_variables_of_the_file_are_set_first(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SET_BY_THE_FILE", "before")
    file.write_text(
        "environment_variables: {SET_BY_THE_FILE: sk-1}\ngeneral_settings: {master_key: os.environ/SET_BY_THE_FILE}\n"
    )
    assert loader.load(file).config.general_settings.master_key == "sk-1"


def test_included_files_are_joined(file: Path) -> None:
    (file.parent / "more.yaml").write_text(MODEL.replace("small", "more") + "router_settings: {num_retries: 9}\n")
    file.write_text("include: [more.yaml]\n" + MODEL + "router_settings: {num_retries: 1}\n")
    config = loader.load(file).config
    assert [entry.model_name for entry in config.model_list] == ["small", "more"]
    assert config.router_settings["num_retries"] == 1


def test_a_file_that_includes_itself(file: Path) -> None:
    file.write_text("include: [config.yaml]\n")
    with pytest.raises(ConfigError, match="includes itself"):
        loader.load(file)


WRONG = (
    "  - {model_name: nobody, litellm_params: {model: of-nobody}}\n"
    "  - {model_name: guarded, litellm_params: {model: openai/gpt-4o, api_key: k, guardrails: [g]}}\n"
    "  - {model_name: odd, litellm_params: {model: openai/gpt-4o, api_key: k}, model_info: nothing}\n"
    "  - text\n"
    "  - {model_name: last, litellm_params: {model: openai/gpt-4o, api_key: k}}\n"
)


def test_models_that_cannot_be_used_are_left_out_where_that_is_wanted(file: Path) -> None:
    file.write_text(MODEL + WRONG + "router_settings: {ignore_invalid_deployments: true}\n")
    loaded = loader.load(file)
    assert [entry.model_name for entry in loaded.config.model_list] == ["small", "last"]
    assert all("is left out (router_settings.ignore_invalid_deployments)" in notice for notice in loaded.notices)
    lines = [notice.partition(":")[0].rpartition(" ")[2] for notice in loaded.notices]
    assert lines == ["4", "5", "6", "7"]
    file.write_text(MODEL + WRONG)
    with pytest.raises(ConfigError, match=r"line 4: (.|\n)*line 6: 'odd' has model_info='nothing'"):
        loader.load(file)


def test_health_checks_may_be_told_in_either_section(file: Path) -> None:
    told = "general_settings: {enable_health_check_routing: true, health_check_staleness_threshold: 60}\n"
    file.write_text(MODEL + told + "router_settings: {health_check_staleness_threshold: 90}\n")
    assert router_arguments(loader.load(file).config) == {
        "enable_health_check_routing": True,
        "health_check_staleness_threshold": 90,
    }
    file.write_text(MODEL + told.replace("60", "-1"))
    with pytest.raises(ConfigError, match=r"line 4: general_settings\.health_check_staleness_threshold=-1"):
        loader.load(file)


@pytest.mark.parametrize("wrong", ["health_check_interval: 0", "health_check_concurrency: 0"])
def test_rounds_of_checks_must_be_possible(file: Path, wrong: str) -> None:
    file.write_text(MODEL + f"general_settings: {{background_health_checks: true, {wrong}}}\n")
    with pytest.raises(ConfigError, match=f"line 4: general_settings.{wrong.partition(':')[0]}"):
        loader.load(file)
