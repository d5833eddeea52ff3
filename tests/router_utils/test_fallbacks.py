from collections import Counter
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litellm.core.errors import BadRequest, ContentPolicyViolation, ContextWindowExceeded, ProviderError, Unavailable
from litellm.router_utils.fallbacks import Fallbacks, read_fallbacks

_DOWN = Unavailable("down")
_LONG = ContextWindowExceeded("too long")
_REFUSED = ContentPolicyViolation("no")


def _groups(fallbacks: Fallbacks, group: str, error: ProviderError = _DOWN, tried: tuple[str, ...] = ()) -> list[str]:
    return [entry.group for entry in fallbacks.after(error, group, tried)]


@pytest.mark.parametrize(
    "given",
    [[{"a": ["b", "c"]}], {"a": ["b", "c"]}, [{"a": "b"}, {"a": ["c"]}], [{"a": ["b", {"model": "c"}], "z": "y"}]],
)
def test_the_shapes_of_a_router(given: Any) -> None:
    assert _groups(read_fallbacks(given), "a") == ["b", "c"]


def test_one_that_was_tried_never_comes_again_nor_the_group_itself() -> None:
    fallbacks = read_fallbacks([{"a": ["b", "a", "c", "b"]}])
    assert _groups(fallbacks, "a") == ["b", "c"]
    assert _groups(fallbacks, "a", tried=("a", "b")) == ["c"]
    assert _groups(fallbacks, "a", tried=("a", "b", "c")) == []


def test_exact_then_star_then_default() -> None:
    fallbacks = read_fallbacks([{"a": ["b"]}, {"*": ["c"]}], default=["d"])
    assert _groups(fallbacks, "a") == ["b"]
    assert _groups(fallbacks, "other") == ["c"]
    assert _groups(read_fallbacks([{"a": ["b"]}], default=["d", "a"]), "other") == ["d", "a"]
    assert _groups(read_fallbacks([{"a": []}], default=["d"]), "a") == []
    assert _groups(read_fallbacks(), "a") == []


def test_a_wildcard_group_and_one_asked_for_with_its_provider() -> None:
    fallbacks = read_fallbacks([{"openai/*": ["b"]}, {"gpt-4o": ["c"]}, {"*": ["d"]}])
    assert _groups(fallbacks, "openai/o3") == ["b"]
    assert _groups(fallbacks, "azure/gpt-4o") == ["c"]
    assert _groups(fallbacks, "azure/o3") == ["d"]


def test_errors_with_fallbacks_of_their_own() -> None:
    fallbacks = read_fallbacks(
        [{"a": ["b"]}, {"x": ["y"]}], context_window=[{"a": ["long"]}], content_policy=[{"a": ["lenient"]}]
    )
    assert _groups(fallbacks, "a", _LONG) == ["long"]
    assert _groups(fallbacks, "a", _REFUSED) == ["lenient"]
    assert _groups(fallbacks, "a", _DOWN) == ["b"]
    assert _groups(fallbacks, "x", _LONG) == ["y"]
    assert fallbacks.has_detour(_LONG, "a")
    assert not fallbacks.has_detour(_LONG, "x")
    assert not fallbacks.has_detour(_DOWN, "a")


def test_an_entry_may_change_the_request() -> None:
    given = {"model": "b", "messages": [], "temperature": 0}
    (entry,) = read_fallbacks([{"a": [given]}]).after(_DOWN, "a", ())
    assert (entry.group, entry.overrides) == ("b", {"messages": [], "temperature": 0})
    assert given["model"] == "b"


def test_the_same_group_with_another_request_is_another_try_once() -> None:
    fallbacks = Fallbacks().for_request(fallbacks=[{"model": "a", "messages": []}, "b"])
    entries = fallbacks.after(_DOWN, "a", ("a",))
    assert [entry.group for entry in entries] == ["a", "b"]
    assert _groups(fallbacks, "a", tried=("a", entries[0].key)) == ["b"]


def test_keys_are_distinct_and_a_plain_name_is_its_own() -> None:
    changed = {"model": "b", "temperature": 0}
    fallbacks = read_fallbacks([{"a": [changed, "b"]}, {"a": [changed]}, {"c": [changed]}])
    keys = [entry.key for group in ("a", "c") for entry in fallbacks.after(_DOWN, group, ())]
    assert len(set(keys)) == 4
    assert "b" in keys


class TestOfARequest:
    router = read_fallbacks([{"a": ["b"]}], context_window=[{"a": ["long"]}], default=["d"])

    def test_a_list_of_names_is_for_whatever_group(self) -> None:
        own = self.router.for_request(fallbacks=["x", {"model": "y"}])
        assert _groups(own, "a") == _groups(own, "z") == ["x", "y"]
        assert _groups(own, "x", tried=("a", "x")) == ["y"]
        assert _groups(own, "a", _LONG) == ["long"]

    def test_by_group_replaces_the_routers_and_its_defaults(self) -> None:
        own = self.router.for_request(fallbacks=[{"a": ["x"]}])
        assert _groups(own, "a") == ["x"]
        assert _groups(own, "z") == []

    def test_an_empty_list_is_none_at_all(self) -> None:
        assert _groups(self.router.for_request(fallbacks=[]), "a") == []

    def test_nothing_said_changes_nothing(self) -> None:
        assert self.router.for_request() is self.router

    def test_special_fallbacks(self) -> None:
        own = self.router.for_request(context_window=[{"a": ["x"]}], content_policy=[{"a": ["y"]}])
        assert (_groups(own, "a", _LONG), _groups(own, "a", _REFUSED)) == (["x"], ["y"])
        assert _groups(self.router.for_request(context_window_dict={"a": "x"}), "a", _LONG) == ["x"]

    @pytest.mark.parametrize("given", ["b", 3, [3], [{"model": ""}, "b"], [{"a": 3}], [{"a": [None]}]])
    def test_other_shapes_are_bad_requests(self, given: Any) -> None:
        with pytest.raises(BadRequest, match="fallbacks"):
            self.router.for_request(fallbacks=given)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("b", "fallbacks='b': give a list"),
        (3, "fallbacks=3: give a list"),
        (["b"], "'b' names no group that it is for"),
        ([{"a": 3}], r"fallbacks\['a'\]=3"),
        ([{"a": [{"weight": 2}]}], r"a dict of \['weight'\].*with its 'model'"),
        ([{"a": [{"model": "b", "weight": -1}]}], "weight=-1: give a number"),
        ([{"a": [{"model": "b", "weight": True}]}], "weight=True: give a number"),
        ([{"": ["b"]}], "'' is no name"),
    ],
)
def test_other_shapes_are_refused(given: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        read_fallbacks(given)


class TestWeights:
    fallbacks = read_fallbacks([{"a": [{"model": "b", "weight": 1}, {"model": "c", "weight": 3}, "z"]}])

    def test_the_first_is_drawn_by_weight(self) -> None:
        rng = Random(7)
        first = Counter(self.fallbacks.after(_DOWN, "a", (), rng=rng)[0].group for _ in range(5000))
        assert first["c"] == pytest.approx(3000, abs=150)
        assert first["b"] == pytest.approx(1000, abs=120)
        assert first["z"] == pytest.approx(1000, abs=120)

    def test_every_entry_stays(self) -> None:
        assert sorted(e.group for e in self.fallbacks.after(_DOWN, "a", (), rng=Random(1))) == ["b", "c", "z"]

    def test_without_randomness_the_heaviest_comes_first(self) -> None:
        assert _groups(self.fallbacks, "a") == ["c", "b", "z"]

    def test_one_without_weight_comes_last(self) -> None:
        own = read_fallbacks([{"a": [{"model": "b", "weight": 0}, {"model": "c", "weight": 1}]}])
        assert {own.after(_DOWN, "a", (), rng=Random(seed))[0].group for seed in range(50)} == {"c"}

    def test_a_list_without_weights_keeps_its_order(self) -> None:
        own = read_fallbacks([{"a": ["b", "c", "d"]}])
        assert [e.group for e in own.after(_DOWN, "a", (), rng=Random(3))] == ["b", "c", "d"]


_NAME = st.sampled_from("abcd*")
_LISTED = st.one_of(_NAME, st.builds(lambda name, t: {"model": name, "t": t}, _NAME, st.integers(0, 1)))


@given(st.dictionaries(_NAME, st.lists(_LISTED, max_size=4)), st.lists(_LISTED, max_size=3), _NAME)
def test_following_fallbacks_always_ends(general: Any, default: Any, group: str) -> None:
    fallbacks = read_fallbacks(general, default=default)
    tried = [group]
    for _ in range(100):
        entries = fallbacks.after(_DOWN, group, tried)
        if not entries:
            break
        assert entries[0].key not in tried
        group = entries[0].group
        tried.append(entries[0].key)
    else:
        pytest.fail(f"still going after {len(tried)} groups")
