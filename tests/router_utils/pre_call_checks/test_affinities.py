from base64 import urlsafe_b64encode
from types import SimpleNamespace
from typing import Any

import pytest

from litellm.core.errors import Unavailable
from litellm.router_utils.pre_call_checks import encrypted_content
from litellm.router_utils.pre_call_checks.affinity import AffinityMemory, Scope, prefer, scope_of
from litellm.router_utils.pre_call_checks.check import Success
from litellm.router_utils.pre_call_checks.client_headers import forwarding_groups, forwards
from litellm.router_utils.pre_call_checks.encrypted_content import EncryptedContent
from litellm.router_utils.pre_call_checks.facts import Facts
from litellm.router_utils.pre_call_checks.prompt_caching import PromptCaching, beginnings
from litellm.router_utils.pre_call_checks.response_ids import deployment_of_response
from litellm.router_utils.pre_call_checks.responses_api import ResponsesApi
from litellm.router_utils.pre_call_checks.sticky import by_key, by_session
from tests.router_utils.pre_call_checks.candidates import (
    ENCRYPTED_BY_B,
    NOW,
    deployment,
    encoded,
    facts,
    ids,
    response_facts,
)

ON = Scope(usually=True)
MARK = {"type": "ephemeral"}
LONG = "a long instruction " * 400
A, B, C = deployment("a"), deployment("b"), deployment("c")
ALL = [A, B, C]


class TestMemory:
    def test_it_forgets_after_its_time(self) -> None:
        memory = AffinityMemory()
        memory.put("k", "a", now=0, ttl=10)
        assert memory.get("k", 9.9) == "a" and memory.get("k", 10) is None and len(memory) == 0

    def test_it_keeps_what_was_used_last(self) -> None:
        memory = AffinityMemory(size=2)
        for key in ("1", "2"):
            memory.put(key, key, 0, 10)
        assert memory.get("1", 1) == "1"
        memory.put("3", "3", 1, 10)
        assert (memory.get("1", 1), memory.get("2", 1), memory.get("3", 1)) == ("1", None, "3")


class TestScope:
    @pytest.mark.parametrize(("checks", "listed", "others"), [(["x"], False, True), ([], True, False)])
    def test_a_group_with_checks_of_its_own_has_only_those(self, checks: list[str], listed: bool, others: bool) -> None:
        scope = scope_of("x", checks, {"g": ["y"] if checks else ["x"]})
        assert (scope.covers("g"), scope.covers("h")) == (listed, others)


def test_a_preference_for_what_is_no_candidate_changes_nothing() -> None:
    assert prefer(ALL, "gone", "why").deployments is ALL
    assert prefer(ALL, None, "why").deployments is ALL
    assert prefer(ALL, "b", "why") == ((B,), {"a": "why", "c": "why"}, None, False)


class TestSticky:
    def test_a_session_stays_with_the_deployment_that_answered(self) -> None:
        check = by_session(ON, AffinityMemory(), 60)
        mine, yours = facts(metadata={"session_id": "1"}), facts(metadata={"session_id": "2"})
        check.note(Success(B, mine, NOW))
        assert ids(check(ALL, mine, NOW + 59)) == ["b"]
        assert ids(check(ALL, mine, NOW + 60)) == ["a", "b", "c"]
        assert ids(check(ALL, yours, NOW)) == ids(check(ALL, facts(), NOW)) == ["a", "b", "c"]
        assert ids(check([A, C], mine, NOW)) == ["a", "c"]

    def test_it_moves_with_the_last_answer(self) -> None:
        check, mine = by_session(ON, AffinityMemory(), 60), facts(metadata={"session_id": "1"})
        check.note(Success(B, mine, NOW))
        check.note(Success(C, mine, NOW + 1))
        assert ids(check(ALL, mine, NOW + 2)) == ["c"]

    def test_groups_are_apart(self) -> None:
        check, mine = by_session(ON, AffinityMemory(), 60), facts(metadata={"session_id": "1"})
        check.note(Success(B, mine, NOW))
        assert ids(check([deployment("b", group="h"), deployment("a", group="h")], mine, NOW)) == ["b", "a"]

    def test_a_key_stays_too_and_has_a_memory_of_its_own(self) -> None:
        memory, mine = AffinityMemory(), facts(metadata={"session_id": "1", "user_api_key_hash": "1"})
        key, session = by_key(ON, memory, 60), by_session(ON, memory, 60)
        key.note(Success(A, mine, NOW))
        session.note(Success(C, mine, NOW))
        assert (ids(key(ALL, mine, NOW)), ids(session(ALL, mine, NOW))) == (["a"], ["c"])

    def test_where_it_is_off_nothing_is_remembered(self) -> None:
        memory = AffinityMemory()
        by_key(Scope(usually=False), memory, 60).note(Success(A, facts(metadata={"user_api_key_hash": "1"}), NOW))
        assert len(memory) == 0


def chat(*messages: tuple[str, Any], tools: Any = None) -> Facts:
    return facts([{"role": role, "content": content} for role, content in messages], tools=tools)


def marked(text: str) -> list[dict[str, Any]]:
    return [{"type": "text", "text": text, "cache_control": MARK}]


class TestPromptCaching:
    def test_a_prompt_with_the_same_marked_beginning_goes_where_the_cache_is(self) -> None:
        check = PromptCaching(ON, AffinityMemory())
        check.note(Success(B, chat(("system", marked(LONG)), ("user", "one")), NOW))
        again, other = chat(("system", marked(LONG)), ("user", "two")), chat(("system", marked(LONG + "!")))
        assert ids(check(ALL, again, NOW + 299)) == ["b"]
        assert ids(check(ALL, again, NOW + 300)) == ids(check(ALL, other, NOW)) == ["a", "b", "c"]

    def test_marks_move_on_with_the_conversation(self) -> None:
        check = PromptCaching(ON, AffinityMemory())
        check.note(Success(B, chat(("system", LONG), ("user", marked("one"))), NOW))
        later = chat(("system", LONG), ("user", "one"), ("assistant", "1"), ("user", marked("two")))
        assert ids(check(ALL, later, NOW)) == ["b"]

    def test_the_longest_beginning_decides(self) -> None:
        check = PromptCaching(ON, AffinityMemory())
        check.note(Success(A, chat(("system", marked(LONG))), NOW))
        check.note(Success(B, chat(("system", LONG), ("user", marked("one"))), NOW))
        assert ids(check(ALL, chat(("system", LONG), ("user", "one"), ("user", marked("two"))), NOW)) == ["b"]

    def test_short_and_unmarked_prompts_go_anywhere(self) -> None:
        assert beginnings(chat(("system", marked("short")))) == ()
        assert beginnings(chat(("system", LONG))) == ()

    def test_a_mark_may_be_on_a_message_or_on_the_tools(self) -> None:
        on_message = facts([{"role": "system", "content": LONG, "cache_control": MARK}])
        assert [each.marked for each in beginnings(on_message)] == [True]
        assert beginnings(on_message)[0].digest == beginnings(chat(("system", marked(LONG))))[0].digest
        tool = {"type": "function", "function": {"name": "f", "description": LONG}, "cache_control": MARK}
        assert [each.marked for each in beginnings(chat(("user", "Hi"), tools=[tool]))] == [True]

    def test_it_is_off_where_it_is_not_asked_for(self) -> None:
        memory = AffinityMemory()
        check, prompt = PromptCaching(Scope(usually=False), memory), chat(("system", marked(LONG)))
        check.note(Success(B, prompt, NOW))
        assert len(memory) == 0 and check(ALL, prompt, NOW).deployments is ALL

    def test_other_tools_are_another_beginning(self) -> None:
        tool = {"type": "function", "function": {"name": "f", "parameters": {}}}
        check = PromptCaching(ON, AffinityMemory())
        check.note(Success(B, chat(("system", marked(LONG))), NOW))
        assert ids(check(ALL, chat(("system", marked(LONG)), tools=[tool]), NOW)) == ["a", "b", "c"]


class TestPreviousResponses:
    told = "litellm:custom_llm_provider:azure;model_id:b;response_id:resp_1"

    @pytest.mark.parametrize(
        "response_id",
        [
            "resp_" + encoded(told),
            "resp_" + encoded(told).rstrip("="),
            "resp_" + urlsafe_b64encode(told.encode()).decode(),
            encoded(told),
            told,
        ],
    )
    def test_the_id_says_who_holds_the_response(self, response_id: str) -> None:
        check = ResponsesApi(ON, AffinityMemory(), 60)
        assert ids(check(ALL, response_facts("Hi", previous_response_id=response_id), NOW)) == ["b"]

    @pytest.mark.parametrize("response_id", ["resp_68d1", "resp_", "resp_ÿ", "resp_" + encoded("model_idb"), "a" * 5])
    def test_an_id_that_says_nothing_names_nobody(self, response_id: str) -> None:
        assert deployment_of_response(response_id) is None

    def test_it_is_remembered_then(self) -> None:
        check = ResponsesApi(ON, AffinityMemory(), 60)
        check.note(Success(C, facts(), NOW, answer=SimpleNamespace(object="response", id="resp_68d1")))
        check.note(Success(A, facts(), NOW, answer=SimpleNamespace(object="chat.completion", id="x")))
        check.note(Success(A, facts(), NOW, answer=SimpleNamespace(object="response", id=None)))
        assert ids(check(ALL, response_facts("Hi", previous_response_id="resp_68d1"), NOW)) == ["c"]
        assert ids(check(ALL, response_facts("Hi", previous_response_id="x"), NOW)) == ["a", "b", "c"]
        assert ids(check(ALL, facts(), NOW)) == ["a", "b", "c"]


class TestEncryptedContent:
    item = ENCRYPTED_BY_B
    wrapped = {"type": "reasoning", "id": "rs_1", "encrypted_content": f"litellm_enc:{encoded('model_id:b')};x"}

    @pytest.mark.parametrize("which", ["item", "wrapped"])
    def test_it_goes_back_to_its_maker_whatever_the_load(self, which: str) -> None:
        kept = EncryptedContent(ON)(ALL, response_facts([{"role": "user"}, getattr(self, which)]), NOW)
        assert ids(kept) == ["b"] and kept.pinned and set(kept.skipped) == {"a", "c"}

    def test_or_to_one_of_the_same_account(self) -> None:
        check = EncryptedContent(ON)
        accounts = {
            name: deployment(name, params={"api_base": "https://x", "api_key": key})
            for name, key in (("a", "1"), ("b", "1"), ("c", "2"))
        }
        check.note(Success(accounts["b"], facts(), NOW))
        kept = check([accounts["a"], accounts["c"]], response_facts([self.item]), NOW)
        assert ids(kept) == ["a"] and kept.pinned

    def test_no_other_account_is_tried(self) -> None:
        kept = EncryptedContent(ON)([A, C], response_facts([self.item]), NOW)
        assert ids(kept) == [] and isinstance(kept.error, Unavailable)
        assert "'b'" not in kept.error.message

    @pytest.mark.parametrize("content", ["Hi", [], [{"id": "rs_1", "encrypted_content": "x"}, "text", {"id": 5}]])
    def test_what_does_not_say_who_made_it_goes_anywhere(self, content: Any) -> None:
        assert EncryptedContent(ON)(ALL, response_facts(content), NOW).deployments is ALL

    def test_accounts_are_remembered_in_bounds(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(encrypted_content, "_MOST_ACCOUNTS", 1)
        check = EncryptedContent(ON)
        account = {"api_base": "https://x", "api_key": "1"}
        for name in ("b", "c", "d"):
            check.note(Success(deployment(name, params=account), facts(), NOW))
        kept = check([deployment("a", params=account)], response_facts([self.item]), NOW)
        assert kept.error is not None

    def test_it_is_off_where_it_is_not_asked_for(self) -> None:
        off = EncryptedContent(Scope(usually=False))
        off.note(Success(B, facts(), NOW))
        assert off(ALL, response_facts([self.item]), NOW).deployments is ALL


def test_client_headers_go_to_the_groups_that_are_named() -> None:
    named = {"forward_client_headers_to_llm_api": ["gpt-4o", "local/*"]}
    groups = forwarding_groups(["forward_client_headers_by_model_group"], named)
    assert [forwards(group, groups) for group in ("gpt-4o", "gpt-4o-mini", "local/x")] == [True, False, True]
    assert forwarding_groups([], named) == () == forwarding_groups(["forward_client_headers_by_model_group"], None)
