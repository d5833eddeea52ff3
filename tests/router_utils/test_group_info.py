"""What a group's deployments can do together."""

from typing import Any

from litellm.router_utils.deployments import deployment_of
from litellm.router_utils.group_info import group_info


def made(model: str, info: dict[str, Any] | None = None, **params: Any) -> Any:
    return deployment_of({"model_name": "g", "litellm_params": {"model": model, **params}, "model_info": info or {}})


def test_the_largest_of_each_and_the_limits_together() -> None:
    one = made("openai/nobody-knows", {"max_input_tokens": 10, "supports_vision": True}, rpm=5, tpm=100)
    other = made("openai/gpt-4o", input_cost_per_token=1.0, rpm=7)
    info = group_info("g", [one, other])
    assert (info.model_group, info.providers, info.mode) == ("g", ["openai"], "chat")
    assert (info.rpm, info.tpm) == (12, 100)
    assert info.max_input_tokens == 128000 and info.input_cost_per_token == 1.0
    assert info.supports_vision is True
    assert "temperature" in (info.supported_openai_params or ())


def test_nothing_is_known_of_a_model_without_an_entry() -> None:
    info = group_info("g", [made("openai/nobody-knows")])
    assert (info.rpm, info.tpm, info.max_input_tokens, info.mode, info.supports_vision) == (
        None, None, None, "chat", False,
    )  # fmt: skip
