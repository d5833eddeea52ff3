import pytest
from hypothesis import given
from hypothesis import strategies as st

from litellm.router_utils.references import cycle_in, suggestion
from litellm.router_utils.validation import read_settings

_EDGES = st.dictionaries(st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdef"), max_size=3))


def _reaches(edges: dict[str, list[str]], start: str) -> set[str]:
    reached: set[str] = set()
    todo = list(edges.get(start, ()))
    while todo:
        name = todo.pop()
        if name not in reached:
            reached.add(name)
            todo.extend(edges.get(name, ()))
    return reached


@given(_EDGES)
def test_a_cycle_is_found_exactly_when_a_name_reaches_itself(edges: dict[str, list[str]]) -> None:
    found = cycle_in(edges)
    assert (found is not None) == any(name in _reaches(edges, name) for name in edges)
    if found:
        assert found[0] == found[-1]
        assert all(after in edges[before] for before, after in zip(found, found[1:], strict=False))


@given(_EDGES)
def test_no_cycle_of_fallbacks_is_ever_accepted(edges: dict[str, list[str]]) -> None:
    loops = any(name in _reaches(edges, name) for name in edges)
    for name in ("fallbacks", "context_window_fallbacks", "content_policy_fallbacks"):
        listed = [{group: [{"model": each, "temperature": 0} for each in after]} for group, after in edges.items()]
        if loops:
            with pytest.raises(ValueError, match=f"^{name}: . -> .*lead back"):
                read_settings({name: listed}, "abcdef")
        else:
            assert read_settings({name: listed}, "abcdef")


def test_a_long_chain_is_no_cycle() -> None:
    chain = {str(at): [str(at + 1)] for at in range(5000)}
    assert cycle_in(chain) is None
    cycle = cycle_in({**chain, "5000": ["0"]})
    assert cycle is not None
    assert len(cycle) == 5002


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ({"fallbacks": [{"a": ["b"]}, {"b": ["a"]}]}, "fallbacks: a -> b -> a: "),
        ({"fallbacks": [{"a": ["b", "c"]}, {"c": ["b"]}, {"b": ["c"]}]}, "fallbacks: b -> c -> b: "),
        ({"fallbacks": [{"a": ["a"]}]}, "fallbacks: a -> a: "),
        ({"fallbacks": [{"a": [{"model": "a", "messages": []}]}]}, "fallbacks: a -> a: "),
        ({"fallbacks": [{"a": ["x"]}], "model_group_alias": {"x": "a"}}, "fallbacks: a -> a: "),
        ({"fallbacks": [{"x": ["b"]}, {"b": ["a"]}], "model_group_alias": {"x": {"model": "a"}}}, "a -> b -> a: "),
    ],
)
def test_the_path_of_a_cycle_is_printed(given: dict[str, object], path: str) -> None:
    with pytest.raises(ValueError, match=path):
        read_settings(given, ["a", "b", "c"])


@pytest.mark.parametrize(
    "given",
    [
        {"fallbacks": [{"*": ["a", "b"]}, {"a": ["b"]}]},
        {"default_fallbacks": ["a", "b"], "fallbacks": [{"a": ["b"]}]},
        {"fallbacks": [{"a": ["b", "c"]}, {"b": ["c"]}]},
        {"fallbacks": [{"a": ["b"]}], "context_window_fallbacks": [{"b": ["a"]}]},
        {"fallbacks": [{"provider/*": ["a"]}]},
        {"fallbacks": [{"a": ["x"]}], "model_group_alias": {"x": "b"}},
        {"fallbacks": [{"a": ["set"]}], "routing_groups": [{"group_name": "set", "models": ["b", "c"]}]},
        {"fallbacks": [{"a": ["p/m"]}], "router_general_settings": {"pass_through_all_models": True}},
    ],
)
def test_these_are_no_cycles_and_lead_somewhere(given: dict[str, object]) -> None:
    assert read_settings(given, ["a", "b", "c"])


def test_a_wildcard_serves_the_names_that_fit_it() -> None:
    assert read_settings({"fallbacks": [{"m1": ["p/m2"]}]}, ["p/*"])
    with pytest.raises(ValueError, match=r"fallbacks\['m1'\]: 'q/m2' is no model group"):
        read_settings({"fallbacks": [{"m1": ["q/m2"]}]}, ["p/*"])


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"fallbacks": [{"gpt-4o": ["clade"]}]}, r"fallbacks\['gpt-4o'\]: 'clade' is no .*; did you mean 'claude'\?"),
        ({"fallbacks": [{"gpt-4": ["claude"]}]}, "fallbacks: 'gpt-4' is no .*; did you mean 'gpt-4o'"),
        ({"default_fallbacks": ["zzz"]}, "default_fallbacks: 'zzz' is no model group; the groups are: claude, gpt-4o"),
        ({"context_window_fallbacks": [{"*": ["zzz"]}]}, r"context_window_fallbacks\['\*'\]: 'zzz' is no"),
        ({"content_policy_fallbacks": [{"claude": ["zzz"]}]}, r"content_policy_fallbacks\['claude'\]: 'zzz' is no"),
        ({"fallbacks": [{"gpt-4o": ["p/m"]}]}, "'p/m' is no model group"),
        ({"model_group_alias": {"x": "gpt-4"}}, r"model_group_alias\['x'\]: 'gpt-4' is no .*'gpt-4o'"),
        ({"model_group_alias": {"x": "x"}}, r"model_group_alias\['x'\]: 'x' is an alias itself; the groups are: "),
        ({"model_group_alias": {"x": "y", "y": "gpt-4o"}}, r"model_group_alias\['x'\]: 'y' is an alias itself"),
        ({"model_group_alias": {"x": {"hidden": True}}}, r"model_group_alias\['x'\]=\{'hidden': True\}: give the name"),
        ({"routing_groups": [{"group_name": "s", "models": ["zzz"]}]}, r"routing_groups\[0\].models: 'zzz' is no"),
        ({"routing_groups": [{"group_name": "s", "models": []}]}, r"routing_groups\[0\]: models=\(\)"),
        (
            {"routing_groups": [{"group_name": s, "models": ["claude"]} for s in "st"]},
            r"routing_groups\[1\].models: 'claude' is in 's' already",
        ),
        (
            {"routing_groups": [{"group_name": "s", "models": [m]} for m in ("claude", "gpt-4o")]},
            r"routing_groups\[1\]: group_name='s' is there already",
        ),
    ],
)
def test_names_that_lead_nowhere_are_refused(given: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        read_settings(given, ["gpt-4o", "claude"])


def test_a_suggestion_is_the_nearest_name() -> None:
    assert suggestion("num_retry", ["num_retries", "timeout"]) == "; did you mean 'num_retries'?"
    assert suggestion("zzz", ["a"]) == ""
    assert suggestion("zzz", [], all_of="the groups are") == ""
