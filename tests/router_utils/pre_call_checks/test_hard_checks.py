from typing import Any

import pytest

import litellm
from litellm.core.errors import BadRequest, ContextWindowExceeded, RateLimited, UnsupportedParams
from litellm.router_utils.pre_call_checks.context_window import context_window, max_input_tokens
from litellm.router_utils.pre_call_checks.parameters import parameters
from litellm.router_utils.pre_call_checks.rate_limits import limit_reached, rate_limits
from litellm.router_utils.pre_call_checks.region import is_in, region
from litellm.router_utils.stats import Window
from tests.router_utils.pre_call_checks.candidates import NOW, deployment, facts, ids

TOOLS = [{"type": "function", "function": {"name": "f", "parameters": {"type": "object", "properties": {}}}}]


class TestContextWindow:
    def test_what_is_too_small_is_taken_out_with_the_reason(self) -> None:
        small, large = deployment("s", info={"max_input_tokens": 20}), deployment("l", info={"max_input_tokens": 9_000})
        kept = context_window([small, large], facts("word " * 100), NOW)
        assert ids(kept) == ["l"]
        assert "20 tokens" in kept.skipped["s"] and kept.error is None

    def test_when_all_are_too_small_the_fallbacks_for_that_are_next(self) -> None:
        kept = context_window([deployment(info={"max_input_tokens": 20})], facts("word " * 100), NOW)
        assert kept.deployments == [] and isinstance(kept.error, ContextWindowExceeded)
        assert kept.error.model == "g"

    def test_the_map_of_models_says_what_the_deployment_does_not(self) -> None:
        assert max_input_tokens(deployment(model="gpt-4")) == 8192
        assert max_input_tokens(deployment(model="mine", info={"base_model": "gpt-4"})) == 8192
        assert max_input_tokens(deployment(model="mine", params={"base_model": "gpt-4"})) == 8192
        assert max_input_tokens(deployment(model="gpt-4", info={"max_input_tokens": "30"})) == 30

    def test_an_unknown_model_is_kept(self) -> None:
        unknown = deployment(model="nobody-knows")
        kept = context_window([unknown], facts("word " * 100_000), NOW)
        assert ids(kept) == ["a"] and not kept.skipped


class TestParameters:
    gpt = deployment("gpt", provider="openai", model="gpt-4o")
    old = deployment("old", provider="openai", model="gpt-4")
    ollama_like = deployment("mystery", provider="nobody", model="x")

    def unsupported(self) -> dict[str, Any]:
        return {"thinking": {"type": "enabled"}, "reasoning_effort": "low"}

    def test_a_deployment_that_would_refuse_is_taken_out(self) -> None:
        thinks = deployment("o3", provider="openai", model="o3")
        kept = parameters([self.gpt, thinks], facts(reasoning_effort="low"), NOW)
        assert ids(kept) == ["o3"]
        assert "reasoning_effort" in kept.skipped["gpt"]

    def test_when_all_refuse_the_error_says_what(self) -> None:
        kept = parameters([self.gpt], facts(reasoning_effort="low"), NOW)
        assert isinstance(kept.error, UnsupportedParams) and "reasoning_effort" in kept.error.message

    def test_what_is_dropped_is_not_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        dropping = deployment("d", provider="openai", model="gpt-4o", params={"drop_params": True})
        assert ids(parameters([self.gpt, dropping], facts(reasoning_effort="low"), NOW)) == ["d"]
        assert ids(parameters([self.gpt], facts(reasoning_effort="low", drop_params=True), NOW)) == ["gpt"]
        assert ids(
            parameters([self.gpt], facts(reasoning_effort="low", allowed_openai_params=["reasoning_effort"]), NOW)
        )
        monkeypatch.setattr(litellm, "drop_params", True)
        assert ids(parameters([self.gpt], facts(reasoning_effort="low"), NOW)) == ["gpt"]

    def test_the_request_may_forbid_dropping(self) -> None:
        dropping = deployment("d", provider="openai", model="gpt-4o", params={"drop_params": True})
        assert ids(parameters([dropping], facts(reasoning_effort="low", drop_params=False), NOW)) == []

    def test_a_provider_that_nobody_knows_is_kept(self) -> None:
        assert ids(parameters([self.ollama_like], facts(**self.unsupported()), NOW)) == ["mystery"]

    def test_no_parameters_no_work(self) -> None:
        candidates = [self.gpt]
        assert parameters(candidates, facts(), NOW).deployments is candidates


class TestRateLimits:
    def test_requests_tokens_and_each_direction_are_limits(self) -> None:
        busy = [
            deployment("rpm", rpm=2),
            deployment("tpm", tpm=100),
            deployment("itpm", itpm=60),
            deployment("otpm", otpm=40),
            deployment("free"),
        ]
        for each in busy:
            each.stats.begin(NOW, input_tokens=30, output_tokens=20)
            each.stats.begin(NOW, input_tokens=30, output_tokens=20)
        kept = rate_limits(busy, facts(), NOW)
        assert ids(kept) == ["free"]
        for name in ("rpm", "tpm", "itpm", "otpm"):
            assert kept.skipped[name].startswith(f"{name} limit=")

    def test_the_prompt_must_fit_what_is_left_of_the_minute(self) -> None:
        one = deployment(tpm=1_000)
        one.stats.begin(NOW, input_tokens=950)
        assert limit_reached(one, NOW, facts("word " * 100)) == "tpm limit=1000, 950 tokens used this minute"
        assert limit_reached(one, NOW, facts("Hi")) is None
        assert limit_reached(one, NOW) is None

    def test_the_next_minute_has_room_again(self) -> None:
        one = deployment(rpm=1)
        one.stats.begin(NOW)
        assert limit_reached(one, NOW) and not limit_reached(one, NOW + 50)

    def test_what_other_processes_report_counts(self) -> None:
        one = deployment(rpm=5)
        one.stats.begin(NOW)
        one.stats.fleet = Window()
        one.stats.fleet.at(NOW).requests = 5
        assert limit_reached(one, NOW) == "rpm limit=5, 5 requests used this minute"
        one.stats.fleet.at(NOW).requests = 0
        assert limit_reached(one, NOW) is None

    def test_the_error_names_the_limit_and_when_to_come_again(self) -> None:
        one = deployment(rpm=0)
        error = rate_limits([one], facts(), NOW).error
        assert isinstance(error, RateLimited)
        assert error.message.startswith("Deployment over user-defined ratelimit.") and "rpm limit=0" in error.message
        assert error.headers == {"retry-after": "50"} and error.status == 429


class TestRegion:
    @pytest.mark.parametrize(
        ("place", "area"),
        [
            ("eu", "eu"),
            ("eu-west-1", "eu"),
            ("europe-west4", "eu"),
            ("westeurope", "eu"),
            ("swedencentral", "eu"),
            ("us", "us"),
            ("us-east-1", "us"),
            ("us-gov-west-1", "us"),
            ("eastus2", "us"),
            ("northcentralus", "us"),
            ("us-central1", "us"),
            ("ap-south-1", "AP-South-1"),
        ],
    )
    def test_places_lie_in_areas(self, place: str, area: str) -> None:
        assert is_in(place, area)

    @pytest.mark.parametrize(
        ("place", "area"),
        [("australiaeast", "us"), ("australiaeast", "eu"), ("us-east-1", "eu"), ("eastus", "eu"), ("westeurope", "us")],
    )
    def test_and_not_in_others(self, place: str, area: str) -> None:
        assert not is_in(place, area)

    def test_only_the_region_that_is_allowed_is_left(self) -> None:
        candidates = [
            deployment("eu", region="eu-west-1"),
            deployment("us", params={"aws_region_name": "us-east-1"}),
            deployment("eu2", params={"vertex_location": "europe-west4"}),
            deployment("somewhere"),
        ]
        kept = region(candidates, facts(allowed_model_region="eu"), NOW)
        assert ids(kept) == ["eu", "eu2"]
        assert "not known" in kept.skipped["somewhere"] and "'us-east-1'" in kept.skipped["us"]
        assert ids(region(candidates, facts(), NOW)) == ["eu", "us", "eu2", "somewhere"]

    def test_none_there_is_an_error(self) -> None:
        error = region([deployment("us", region="us")], facts(allowed_model_region="eu"), NOW).error
        assert isinstance(error, BadRequest) and "allowed_model_region=eu" in error.message
