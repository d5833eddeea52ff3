from typing import Any

import pytest

from litellm.core.tokens import token_counter
from litellm.router_utils.pre_call_checks import facts as facts_module
from litellm.router_utils.pre_call_checks.prompt_size import upper_estimate
from tests.router_utils.pre_call_checks.candidates import facts, other_facts, response_facts


class TestWhatARequestSays:
    def test_tags_come_from_the_metadata_and_the_argument_each_once(self) -> None:
        assert facts(metadata={"tags": ["a", "b"]}, tags=["b", "c"]).tags == ("a", "b", "c")

    def test_one_tag_may_be_a_text(self) -> None:
        assert facts(metadata={"tags": "private"}).tags == ("private",)

    def test_what_is_no_tag_is_none(self) -> None:
        assert facts(metadata={"tags": [1, "a", None]}).tags == ("a",)
        assert facts(metadata={"tags": {"a": 1}}).tags == ()

    def test_nothing_said_is_nothing_known(self) -> None:
        known = facts()
        assert (known.tags, known.region, known.metadata) == ((), (), {})
        assert (known.user_agent, known.session_id, known.user_key, known.team_id) == (None,) * 4
        assert (known.previous_response_id, known.output_tokens) == (None, None)

    @pytest.mark.parametrize(
        "arguments",
        [
            {"metadata": {"user_agent": "cli/1"}},
            {"metadata": {"headers": {"User-Agent": "cli/1"}}},
            {"proxy_server_request": {"headers": {"accept": "*/*", "user-agent": "cli/1"}}},
        ],
    )
    def test_the_user_agent_is_found_where_the_gateway_puts_it(self, arguments: dict[str, Any]) -> None:
        assert facts(**arguments).user_agent == "cli/1"

    def test_the_session_of_the_metadata_wins(self) -> None:
        assert facts(metadata={"session_id": "m"}, litellm_session_id="s", litellm_trace_id="t").session_id == "m"
        assert facts(litellm_session_id="s", litellm_trace_id="t").session_id == "s"
        assert facts(litellm_trace_id="t").session_id == "t"

    def test_an_end_user_is_no_key(self) -> None:
        assert facts(user="end user").user_key is None
        assert facts(metadata={"user_api_key_hash": "88dc"}, user="end user").user_key == "88dc"

    def test_the_team_is_that_of_the_key(self) -> None:
        assert facts(metadata={"user_api_key_team_id": "t"}).team_id == "t"

    def test_regions_are_one_or_several(self) -> None:
        assert facts(allowed_model_region="eu").region == ("eu",)
        assert facts(metadata={"allowed_model_region": ["eu", "us"]}).region == ("eu", "us")

    def test_the_newer_name_of_the_output_limit_wins(self) -> None:
        assert facts(max_tokens=5, max_completion_tokens=7).output_tokens == 7
        assert facts(max_tokens=5).output_tokens == 5

    def test_the_previous_response_is_read_from_what_goes_to_the_provider(self) -> None:
        assert response_facts([], previous_response_id="resp_1").previous_response_id == "resp_1"


class TestHowLongThePromptIs:
    @pytest.mark.parametrize(
        "text",
        [
            "Hello there, how are you? " * 30,
            "机器学习是人工智能的一个分支" * 30,
            "Привет, как дела? " * 30,
            "12345678" * 50,
        ],
    )
    def test_the_estimate_is_not_below_the_count(self, text: str) -> None:
        messages = [{"role": "user", "content": text}] * 3
        assert upper_estimate(messages) >= token_counter(model="gpt-4o", messages=messages)

    def test_an_image_in_the_prompt_does_not_count_by_its_bytes(self) -> None:
        image = {"type": "image_url", "image_url": {"url": "data:image/png;base64," + "A" * 3_000_000}}
        sound = {"type": "input_audio", "input_audio": {"data": "A" * 3_000_000, "format": "wav"}}
        assert 1_000 < upper_estimate([{"role": "user", "content": [image, sound]}]) < 5_000

    def test_thoughts_that_only_the_vendor_reads_do_not_count(self) -> None:
        thought = {"type": "reasoning", "encrypted_content": "A" * 100_000, "summary": [None], "index": 5}
        assert upper_estimate([thought]) < 20

    def test_tools_count(self) -> None:
        tools = [{"type": "function", "function": {"name": "f", "description": "x" * 3_000, "parameters": {}}}]
        assert facts(tools=tools).input_tokens > facts().input_tokens + 1_000

    def test_texts_and_token_numbers_of_other_endpoints_count(self) -> None:
        assert other_facts("embedding", ["some words"] * 100).input_tokens >= 300
        assert other_facts("completion", list(range(500))).input_tokens >= 500

    def test_a_count_is_made_once_a_model(self, monkeypatch: pytest.MonkeyPatch) -> None:
        asked: list[str] = []

        def count(model: str, **_: Any) -> int:
            asked.append(model)
            return 10

        monkeypatch.setattr(facts_module, "token_counter", count)
        known = facts()
        assert [known.count("a"), known.count("a"), known.count("b")] == [10, 10, 10]
        assert asked == ["a", "b"]

    def test_a_limit_far_away_is_decided_without_counting(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(facts_module, "token_counter", None)
        known = facts("word " * 1_000)
        assert not known.exceeds(1_000_000, "gpt-4o")
        assert known.exceeds(10, "gpt-4o")

    @pytest.mark.parametrize("content", ["word " * 1_000, "f(x)=" * 500])
    def test_a_limit_nearby_is_decided_by_the_count(self, content: str) -> None:
        known = facts(content)
        exact = token_counter(model="gpt-4o", messages=known.messages)
        assert known.exceeds(exact - 1, "gpt-4o")
        assert not known.exceeds(exact, "gpt-4o")

    def test_texts_are_counted_by_the_tokenizer(self) -> None:
        assert other_facts("embedding", ["Hello", " world"]).count("gpt-4o") == 2
        assert other_facts("completion", "Hello world").count("gpt-4o") == 2

    def test_token_numbers_need_no_tokenizer(self) -> None:
        known = other_facts("completion", [1, 2, 3])
        assert known.count("gpt-4o") == known.input_tokens
