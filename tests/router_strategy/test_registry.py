import pytest

from litellm.router_strategy.registry import RESERVING, STRATEGIES, strategy_of
from litellm.types.router import RoutingStrategy
from tests.router_strategy.support import answered, ask, group


@pytest.mark.parametrize("name", STRATEGIES)
def test_every_strategy_chooses_without_arguments(name) -> None:
    candidates = group("abc")
    assert STRATEGIES[name]({})(candidates, ask()) in candidates
    assert STRATEGIES[name]({})(list(candidates), ask()) in candidates
    assert STRATEGIES[name]({})((), ask()) is None


def test_every_public_name_has_a_strategy() -> None:
    assert {member.value for member in RoutingStrategy} <= STRATEGIES.keys()
    assert RESERVING <= STRATEGIES.keys()


def test_a_strategy_by_its_name() -> None:
    candidates = group("abc")
    assert strategy_of("least-busy", {})(candidates, ask()) in candidates
    with pytest.raises(ValueError, match="routing_strategy='fastest': no such strategy; there are cost-based-routing,"):
        strategy_of("fastest", {})


def test_arguments_reach_the_strategy() -> None:
    a, b = candidates = group("ab")
    answered(a, 1.0)
    answered(b, 1.4)
    asked = ask()
    for given, found in (({}, {"a"}), ({"lowest_latency_buffer": 0.5}, {"a", "b"}), ({"ttl": None}, {"a"})):
        choose = STRATEGIES["latency-based-routing"](given)
        assert {choose(candidates, asked).id for _ in range(50)} == found
    assert a.stats.latency.size == 10
    sized = STRATEGIES["latency-based-routing"]({"max_latency_list_size": 3, "percentile": 50.5, "ttl": 60})
    sized(candidates, asked)
    assert a.stats.latency.size == 3


@pytest.mark.parametrize(
    "name, given, words",
    [
        ("latency-based-routing", {"ttl": 0}, "ttl=0 of 'latency-based-routing': give seconds above 0"),
        ("latency-based-routing", {"ttl": True}, "ttl=True"),
        ("latency-based-routing", {"ttl": float("nan")}, "ttl=nan"),
        ("latency-based-routing", {"lowest_latency_buffer": -1}, "lowest_latency_buffer=-1"),
        ("latency-based-routing", {"lowest_latency_buffer": "0.5"}, "lowest_latency_buffer='0.5'"),
        ("latency-based-routing", {"max_latency_list_size": 0}, "a whole number of samples from 1 on"),
        ("latency-based-routing", {"max_latency_list_size": 2.5}, "max_latency_list_size=2.5"),
        ("latency-based-routing", {"percentile": 101}, "percentile=101"),
        ("latency-based-routing", {"lowest_latency_bufer": 1}, "did you mean 'lowest_latency_buffer'?"),
        ("latency-based-routing", {"zz": 1}, "it takes ttl, lowest_latency_buffer, max_latency_list_size, percentile"),
        ("usage-based-routing", {"ttl": -5}, "ttl=-5"),
        ("least-busy", {"ttl": 5}, "'least-busy' takes no 'ttl'; it takes no arguments"),
    ],
)
def test_bad_arguments_are_refused_in_words(name, given, words) -> None:
    with pytest.raises(ValueError) as refused:
        STRATEGIES[name](given)
    assert words in str(refused.value) and str(refused.value).startswith("routing_strategy_args")
