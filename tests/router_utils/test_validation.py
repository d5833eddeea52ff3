import ast
import inspect
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from litellm.router_utils import settings as settings_module
from litellm.router_utils.circuit_breaker import BreakerSettings
from litellm.router_utils.settings import GeneralSettings, HedgeSettings, RoutingGroup, Settings
from litellm.router_utils.validation import CHECKS, read_settings
from litellm.types.router import AllowedFailsPolicy, RetryPolicy, RouterGeneralSettings, RoutingStrategy

_GROUPS = ["gpt-4o", "claude"]


def _refused(given: dict[str, Any]) -> str:
    with pytest.raises(ValueError) as wrong:
        read_settings(given, _GROUPS)
    return str(wrong.value)


def test_nothing_given_and_none_are_the_defaults() -> None:
    assert read_settings({}, _GROUPS) == Settings()
    assert read_settings(dict.fromkeys(Settings.__struct_fields__), _GROUPS) == Settings()


def test_the_usual_arguments_are_kept() -> None:
    given = {
        "num_retries": 3,
        "timeout": 30,
        "cooldown_time": 0,
        "retry_after": 1.5,
        "allowed_fails": 0,
        "fallbacks": [{"gpt-4o": ["claude"]}],
        "default_fallbacks": ["claude"],
        "model_group_alias": {"gpt": "gpt-4o", "c": {"model": "claude", "hidden": True}},
        "optional_pre_call_checks": ["session_affinity", "prompt_caching"],
        "routing_strategy": "latency-based-routing",
        "routing_strategy_args": {"ttl": 10},
        "redis_port": "6379",
        "caching_groups": [["gpt-4o", "claude"]],
        "model_group_affinity_config": {"gpt-4o": ["session_affinity"]},
        "set_verbose": True,
    }
    settings = read_settings(given, _GROUPS)
    plain = msgspec.to_builtins(settings)
    assert {name: plain[name] for name in given} == {
        **given,
        "optional_pre_call_checks": ("session_affinity", "prompt_caching"),
        "caching_groups": (("gpt-4o", "claude"),),
        "model_group_affinity_config": {"gpt-4o": ("session_affinity",)},
    }


@pytest.mark.parametrize("strategy", [*RoutingStrategy, "latency-based-routing-p2c", "least-busy"])
def test_strategies_by_name_and_by_member(strategy: Any) -> None:
    settings = read_settings({"routing_strategy": strategy}, _GROUPS)
    assert settings.routing_strategy == str(strategy)
    assert type(settings.routing_strategy) is str


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"num_retry": 3}, "num_retry=3: a router takes no such argument; did you mean 'num_retries'?"),
        ({"zzz": 3}, "zzz=3: a router takes no such argument"),
        ({"routing_strategy": "fastest"}, "routing_strategy='fastest': no such strategy; did you mean 'latency-based"),
        ({"routing_strategy": "simple-shufle"}, "did you mean 'simple-shuffle'?"),
        ({"routing_strategy": "xyz"}, "no such strategy; the strategies are cost-based-routing, "),
        ({"routing_strategy": 3}, "routing_strategy=3: expected str, got int"),
        ({"routing_strategy": "least-busy", "routing_strategy_args": {"ttl": 1}}, "'least-busy' takes no 'ttl'"),
        ({"num_retries": -1}, "num_retries=-1: expected int >= 0"),
        ({"num_retries": 1.5}, "num_retries=1.5: expected int"),
        ({"num_retries": True}, "num_retries=True: expected int, got bool"),
        ({"num_retries": "two"}, "num_retries='two': expected int, got str"),
        ({"num_retries": "-1"}, "num_retries='-1': expected int >= 0"),
        ({"timeout": "nan"}, "timeout='nan': expected float > 0"),
        ({"max_attempts": 0}, "max_attempts=0: expected int >= 1"),
        ({"timeout": 0}, "timeout=0: expected float > 0"),
        ({"timeout": "30s"}, "timeout='30s': expected float"),
        ({"timeout": float("inf")}, "timeout=inf: expected float <= "),
        ({"cooldown_time": float("nan")}, "cooldown_time=nan: expected float >= 0"),
        ({"cooldown_time": -5}, "cooldown_time=-5: expected float >= 0"),
        ({"allowed_fails": -1}, "allowed_fails=-1: expected int >= 0"),
        ({"default_priority": 256}, "default_priority=256: expected int <= 255"),
        ({"set_verbose": "yes"}, "set_verbose='yes': expected bool"),
        ({"plugins": "x"}, "plugins='x': expected array"),
        ({"default_litellm_params": []}, "default_litellm_params=…: expected object"),
        ({"fallbacks": "claude"}, "fallbacks='claude': give a list such as"),
        ({"fallbacks": ["claude"]}, "fallbacks: 'claude' names no group that it is for"),
        ({"default_fallbacks": 3}, "default_fallbacks=3: give the name of a model group"),
        ({"context_window_fallbacks": [{"gpt-4o": [3]}]}, "context_window_fallbacks['gpt-4o']: 3: give the name"),
        (
            {"fallbacks": [{"gpt-4o": [{"model": "claude", "weight": "3"}]}]},
            "fallbacks['gpt-4o']: weight='3': give a number from 0 on",
        ),
        ({"optional_pre_call_checks": ["session_afinity"]}, "'session_afinity' is no such check; did you mean 'ses"),
        (
            {"optional_pre_call_checks": ["zzz"]},
            "optional_pre_call_checks: 'zzz' is no such check; the checks are: ",
        ),
        ({"model_group_affinity_config": {"gpt-4o": ["zzz"]}}, "model_group_affinity_config['gpt-4o']: 'zzz' is no"),
        ({"retry_policy": {"RateLimitRetries": 3}}, "retry_policy has no 'RateLimitRetries'"),
        ({"retry_policy": {"RateLimitErrorRetries": -3}}, "retry_policy['RateLimitErrorRetries']=-3"),
        ({"retry_policy": 3}, "retry_policy=3: give a dict"),
        ({"model_group_retry_policy": {"gpt-4o": {"x": 3}}}, "model_group_retry_policy['gpt-4o']: retry_policy has no"),
        ({"model_group_retry_policy": 3}, "model_group_retry_policy=3: give a dict"),
        (
            {"allowed_fails_policy": {"RateLimitAllowedFails": 3}},
            "allowed_fails_policy: RateLimitAllowedFails=3: no such field; did you mean 'RateLimitErrorAllowedFails'?",
        ),
        (
            {"allowed_fails_policy": {"RateLimitErrorAllowedFails": -1}},
            "allowed_fails_policy: RateLimitErrorAllowedFails=-1: give the failures",
        ),
        (
            {"circuit_breaker": {"treshold": 1}},
            "circuit_breaker: treshold=1: no such setting; did you mean 'fail",
        ),
        ({"circuit_breaker": {"failure_threshold": 2}}, "expected float <= 1.0 at failure_threshold"),
        ({"circuit_breaker": {"failure_threshold": 0}}, "expected float > 0.0 at failure_threshold"),
        ({"circuit_breaker": {"window": -1}}, "expected float > 0.0 at window"),
        ({"circuit_breaker": {"half_open_requests": 0}}, "expected int >= 1 at half_open_requests"),
        (
            {"circuit_breaker": {"open_seconds": 9, "max_open_seconds": 3}},
            "circuit_breaker: max_open_seconds=3.0 is less than open_seconds=9.0",
        ),
        ({"circuit_breaker": {"open_seconds": 90}}, "max_open_seconds=60.0 is less than open_seconds=90.0"),
        ({"circuit_breaker": 3}, "circuit_breaker=3: give a dict of failure_threshold, "),
        ({"model_group_circuit_breaker": {"gpt-4o": 3}}, "model_group_circuit_breaker['gpt-4o']=3: give a dict"),
        ({"model_group_circuit_breaker": {"gpt-4": True}}, "model_group_circuit_breaker: 'gpt-4' is no model group"),
        ({"hedging": {"delay": "q95"}}, "hedging={'delay': 'q95'}: expected str matching"),
        ({"hedging": {"delay": 0}}, "expected float > 0.0 at delay"),
        ({"hedging": {"max_percent": 101}}, "expected float <= 100.0 at max_percent"),
        ({"hedging": {"dely": 1}}, "hedging: dely=1: no such setting; did you mean 'delay'?"),
        ({"model_group_hedging": {"zzz": True}}, "model_group_hedging: 'zzz' is no model group"),
        ({"model_group_retry_policy": {"zzz": {}}}, "model_group_retry_policy: 'zzz' is no model group"),
        ({"routing_groups": {"group_name": "s"}}, "routing_groups={'group_name': 's'}: give a list"),
        ({"routing_groups": [{"group_name": "s"}]}, "missing required field models"),
        (
            {"routing_groups": [{"name": "s"}]},
            "routing_groups[0]: name='s': no such setting; did you mean 'group",
        ),
        (
            {"routing_groups": [{"group_name": "s", "models": ["claude"], "routing_strategy": "leas-busy"}]},
            "routing_groups[0]: routing_strategy='leas-busy': no such strategy; did you mean 'least-busy'?",
        ),
        (
            {
                "routing_groups": [
                    {"group_name": "s", "models": ["claude"], "routing_strategy_args": {"x": 1}},
                ]
            },
            "routing_groups[0]: routing_strategy_args: 'simple-shuffle' takes no 'x'",
        ),
        ({"routing_groups": [{"group_name": "default", "models": ["claude"]}]}, "group_name='default' is reserved"),
        ({"router_general_settings": {"pass_all": True}}, "router_general_settings: pass_all=True: no such setting"),
        ({"fallback_access_check": 3}, "fallback_access_check=3: give a function"),
    ],
)
def test_what_cannot_work_is_refused(given: dict[str, Any], words: str) -> None:
    assert words in _refused(given)


@pytest.mark.parametrize(
    "given",
    [
        {"redis_password": ["hunter2"]},
        {"redis_pasword": "hunter2"},
        {"api_key": "hunter2"},
        {"default_litellm_param": {"api_key": "hunter2"}},
        {"fallbacks": [{"claude": [{"api_key": "hunter2"}]}]},
    ],
)
def test_a_secret_is_never_in_a_message(given: dict[str, Any]) -> None:
    assert "hunter2" not in _refused(given)


def test_numbers_and_booleans_may_be_text_as_in_the_environment() -> None:
    given = {"num_retries": "3", "timeout": "2.5", "disable_cooldowns": "True", "redis_password": "null"}
    settings = read_settings(given, [])
    assert (settings.num_retries, settings.timeout, settings.disable_cooldowns) == (3, 2.5, True)
    assert settings.redis_password == "null"


def test_typed_objects_are_taken() -> None:
    settings = read_settings(
        {
            "retry_policy": RetryPolicy(TimeoutErrorRetries=1),
            "model_group_retry_policy": {"claude": RetryPolicy(RateLimitErrorRetries=4)},
            "allowed_fails_policy": AllowedFailsPolicy(RateLimitErrorAllowedFails=9),
            "router_general_settings": RouterGeneralSettings(pass_through_all_models=True),
        },
        _GROUPS,
    )
    assert settings.retries_of("gpt-4o") == {"TimeoutErrorRetries": 1}
    assert settings.retries_of("claude") == {"RateLimitErrorRetries": 4}
    assert settings.allowed_fails_policy == {"RateLimitErrorAllowedFails": 9}
    assert settings.router_general_settings == GeneralSettings(pass_through_all_models=True)


def test_breakers_and_hedges_of_the_router_and_of_a_group() -> None:
    settings = read_settings(
        {
            "circuit_breaker": {"open_seconds": 1, "window": None},
            "model_group_circuit_breaker": {"claude": False, "gpt-4o": {"window": 3}},
            "hedging": {"delay": 2},
            "model_group_hedging": {"claude": {"delay": "p99.9", "max_percent": 5}},
        },
        _GROUPS,
    )
    assert settings.breaker_of("other") == BreakerSettings(open_seconds=1)
    assert settings.breaker_of("gpt-4o") == BreakerSettings(window=3)
    assert settings.breaker_of("claude") is None
    assert settings.hedging_of("gpt-4o") == HedgeSettings(delay=2)
    assert settings.hedging_of("claude") == HedgeSettings(delay="p99.9", max_percent=5)


def test_true_is_the_usual_and_false_is_none() -> None:
    assert read_settings({"circuit_breaker": True, "hedging": True}, []).circuit_breaker == BreakerSettings()
    assert read_settings({"circuit_breaker": False, "hedging": False}, []).hedging is None


def test_sets_of_groups() -> None:
    given = [{"group_name": "s", "models": ["claude"], "routing_strategy": "priority"}]
    assert read_settings({"routing_groups": given}, _GROUPS).routing_groups == (
        RoutingGroup(group_name="s", models=("claude",), routing_strategy="priority"),
    )


def test_every_check_can_be_asked_for() -> None:
    assert read_settings({"optional_pre_call_checks": list(CHECKS)}, []).optional_pre_call_checks == CHECKS


@pytest.mark.parametrize("kind", [Settings, HedgeSettings, RoutingGroup, GeneralSettings])
def test_every_field_is_explained_once_and_in_order(kind: type[msgspec.Struct]) -> None:
    lines = (inspect.getdoc(kind) or "").splitlines()[2:]
    explained = [line.partition(": ")[0] for line in lines]
    assert explained == list(kind.__struct_fields__)
    assert all(line.endswith(".") and line.partition(": ")[2] for line in lines)


def test_settings_read_no_environment() -> None:
    tree = ast.parse(inspect.getsource(settings_module))
    assert "os" not in {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}


@given(
    st.sampled_from(Settings.__struct_fields__),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
        max_leaves=6,
    ),
)
def test_any_value_is_read_or_refused_by_name(name: str, value: Any) -> None:
    try:
        read_settings({name: value}, _GROUPS)
    except ValueError as wrong:
        assert name in str(wrong)


def test_values_that_are_ready_are_taken_as_they_are() -> None:
    breaker, hedging = BreakerSettings(window=3), HedgeSettings(delay=1)
    settings = read_settings({"circuit_breaker": breaker, "hedging": hedging, "fallback_access_check": print}, [])
    assert settings.circuit_breaker is breaker
    assert settings.hedging is hedging
    assert settings.fallback_access_check is print
