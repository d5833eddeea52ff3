from collections.abc import Sequence
from typing import Any

import pytest

from litellm.router_utils.deployments import Deployment
from litellm.router_utils.pre_call_checks.check import Kept
from litellm.router_utils.pre_call_checks.tag_filter import TagFilter
from litellm.router_utils.tags import read_tags
from tests.router_utils.pre_call_checks.candidates import NOW, deployment, facts, ids


def tagged(id: str, *tags: str, regex: Sequence[str] = (), **info: Any) -> Deployment:
    return deployment(id, tags=frozenset(tags), tag_regex=tuple(regex), info=info)


def route(
    candidates: Sequence[Deployment], *tags: str, agent: str | None = None, metadata: Any = None, **options: Any
) -> Kept:
    said = {"tags": list(tags), **({"user_agent": agent} if agent else {}), **(metadata or {})}
    return TagFilter(**{"on": True, **options})(candidates, facts(metadata=said), NOW)


FREE, PAID, DEFAULT = tagged("free", "free"), tagged("paid", "paid"), tagged("default", "default")
PLAIN = tagged("plain")


class TestPlainTags:
    def test_one_common_tag_is_enough(self) -> None:
        assert ids(route([FREE, PAID, DEFAULT], "free", "else")) == ["free"]

    def test_or_all_of_them_are_needed(self) -> None:
        both = tagged("both", "free", "fast")
        assert ids(route([FREE, both], "free", "fast", match_any=False)) == ["both"]

    def test_untagged_requests_go_to_the_default_deployments(self) -> None:
        assert ids(route([FREE, DEFAULT, PLAIN])) == ["default"]

    def test_or_anywhere_when_there_are_none(self) -> None:
        assert ids(route([FREE, PAID, PLAIN])) == ["free", "paid", "plain"]

    def test_the_default_serves_what_no_deployment_matches(self) -> None:
        assert ids(route([FREE, DEFAULT], "unknown")) == ["default"]

    def test_without_a_default_the_request_is_refused(self) -> None:
        kept = route([FREE, PAID, PLAIN], "unknown")
        assert ids(kept) == [] and set(kept.skipped) == {"free", "paid", "plain"}
        assert kept.error is not None and kept.error.status == 401
        assert str(kept.error) == (
            "Not allowed to access model due to tags configuration. Passed model=g and tags=['unknown']"
        )
        assert isinstance(kept.error.original, ValueError)

    def test_nothing_happens_where_tags_are_off(self) -> None:
        assert ids(route([FREE, PAID], "unknown", on=False)) == ["free", "paid"]

    def test_a_group_may_differ_from_the_router(self) -> None:
        assert ids(route([FREE, tagged("no", enable_tag_filtering=False)], "free")) == ["free", "no"]
        assert ids(route([tagged("yes", "a", enable_tag_filtering=True), PAID], "a", on=False)) == ["yes"]

    def test_a_key_can_turn_tags_on(self) -> None:
        assert ids(route([FREE, PAID], "free", on=False, metadata={"enable_tag_filtering": True})) == ["free"]


class TestExcludedAndRequiredTags:
    fast_a, slow_a = tagged("fast_a", "fast", "a"), tagged("slow_a", "slow", "a")
    fast_b = tagged("fast_b", "fast", "b")

    def test_an_excluded_tag_takes_out(self) -> None:
        assert ids(route([self.fast_a, self.fast_b, PLAIN], "!a")) == ["fast_b", "plain"]

    def test_it_is_no_pattern(self) -> None:
        assert ids(route([self.fast_a, self.fast_b], "!(a|b)")) == ["fast_a", "fast_b"]

    def test_a_required_tag_must_be_there(self) -> None:
        assert ids(route([self.fast_a, self.slow_a, self.fast_b, PLAIN], "&fast", "&a")) == ["fast_a"]

    def test_all_kinds_together(self) -> None:
        candidates = [self.fast_a, self.slow_a, self.fast_b]
        assert ids(route(candidates, "&fast", "a", "b", "!b")) == ["fast_a"]
        assert ids(route(candidates, "a", "!slow")) == ["fast_a"]

    def test_they_choose_among_the_default_deployments_when_there_are_some(self) -> None:
        default_a, default_b = tagged("da", "default", "a"), tagged("db", "default", "b")
        assert ids(route([self.fast_b, default_a, default_b], "!a")) == ["db"]
        assert ids(route([self.fast_b, default_a, default_b], "&b")) == ["db"]

    def test_what_they_leave_nothing_of_is_refused(self) -> None:
        assert route([self.fast_a, self.fast_b], "!a", "!b").error is not None
        assert route([self.fast_a, self.slow_a], "&b").error is not None

    def test_a_plain_tag_that_no_deployment_knows_only_names_the_request_beside_them(self) -> None:
        assert ids(route([self.fast_a, self.fast_b], "feature:x", "!a")) == ["fast_b"]


class TestLettingGo:
    def open(self, id: str, *tags: str) -> Deployment:
        return tagged(id, *tags, allow_fail_open=True)

    def test_a_group_may_serve_what_excluded_and_required_tags_forbid(self) -> None:
        candidates = [self.open("a", "a"), self.open("b", "b", "default")]
        assert ids(route(candidates, "!b")) == ["b"]
        assert ids(route(candidates, "&a", "!a")) == ["b"]

    def test_but_not_what_plain_tags_forbid(self) -> None:
        assert route([self.open("a", "a")], "b").error is not None

    def test_what_a_key_demands_is_kept(self) -> None:
        candidates = [self.open("a", "a", "default"), self.open("b", "b", "default")]
        assert ids(route(candidates, "!a", "&a", metadata={"inherited_tags": ["!a"]})) == ["b"]
        assert route(candidates, "!a", "!b", metadata={"inherited_tags": ["!a", "!b"]}).error is not None

    def test_an_invented_demand_opens_nothing(self) -> None:
        candidates = [self.open("a", "a"), self.open("b", "b", "default")]
        assert route(candidates, "&a", "&invented").error is not None

    def test_unless_it_is_declared_by_the_prefix(self) -> None:
        candidates = [self.open("a", "a"), self.open("b", "b", "default")]
        assert ids(route(candidates, "r:&a", "r:&invented", prefix="r:")) == ["b"]


class TestPrefix:
    def test_it_comes_off_before_the_rest_is_read(self) -> None:
        wish = read_tags(["r:!x", "r:&y", "r:z", "w", "!v"], "r:")
        assert [sorted(each) for each in wish] == [["w", "z"], ["y"], ["v", "x"], ["x", "y", "z"]]

    def test_without_one_nothing_is_declared(self) -> None:
        assert read_tags(["x"]).declared == frozenset()

    def test_a_declared_plain_tag_must_be_met(self) -> None:
        assert ids(route([FREE, PAID], "r:free", "feature:x", prefix="r:")) == ["free"]
        assert route([FREE, PAID], "r:unknown", prefix="r:").error is not None


class TestUserAgents:
    code = tagged("code", regex=["^User-Agent: code-cli/"])

    def test_a_pattern_takes_the_clients_it_fits(self) -> None:
        assert ids(route([self.code, DEFAULT], agent="code-cli/1.2")) == ["code"]
        assert ids(route([self.code, DEFAULT], agent="browser")) == ["default"]
        assert ids(route([self.code, DEFAULT])) == ["default"]

    def test_other_clients_get_the_rest(self) -> None:
        assert ids(route([self.code, PLAIN], agent="browser")) == ["plain"]
        assert route([self.code], agent="browser").error is not None

    def test_tags_and_patterns_both_count(self) -> None:
        assert ids(route([self.code, PAID, DEFAULT], "paid", agent="code-cli/1")) == ["paid", "code"]

    def test_excluded_tags_come_first(self) -> None:
        excluded = tagged("x", "group:x", regex=["code-cli"])
        assert ids(route([excluded, PAID], "!group:x", agent="code-cli/1")) == ["paid"]
        assert ids(route([self.code, PAID], "!paid", agent="code-cli/1")) == ["code"]

    def test_required_tags_are_not_narrowed_by_a_pattern(self) -> None:
        one, two = tagged("1", "a", regex=["cli"]), tagged("2", "a")
        assert ids(route([one, two], "&a", agent="cli")) == ["1", "2"]

    @pytest.mark.parametrize("tags", [(), ("other",)])
    def test_a_pattern_does_not_replace_tags_of_which_all_are_needed(self, tags: tuple[str, ...]) -> None:
        strict = tagged("strict", "team", regex=["cli"])
        assert ids(route([strict, DEFAULT], *tags, agent="cli", match_any=False)) == ["default"]

    def test_a_pattern_that_is_none_fits_nothing(self) -> None:
        assert ids(route([tagged("bad", regex=["("]), DEFAULT], agent="(")) == ["default"]
