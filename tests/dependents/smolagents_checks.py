"""smolagents: LiteLLMModel."""

import os

from smolagents import LiteLLMModel, tool

import litellm

model = LiteLLMModel(model_id="openai/gpt-4o-mini", api_base=os.environ["BASE"], api_key="sk-x", num_retries=0)


def asked(text: str) -> list[dict[str, object]]:
    return [{"role": "user", "content": [{"type": "text", "text": text}]}]


@tool
def get_weather(city: str) -> str:
    """The weather of a city.

    Args:
        city: its name
    """
    return f"sun in {city}"


def plain() -> None:
    answer = model.generate(asked("Who?"))
    assert "Ada" in answer.content and answer.token_usage.input_tokens == 20


def stream() -> None:
    deltas = list(model.generate_stream(asked("Who?")))
    assert "".join(delta.content or "" for delta in deltas) == '{"name": "Ada"}'
    assert any(delta.token_usage and delta.token_usage.output_tokens == 5 for delta in deltas)


def tools() -> None:
    answer = model.generate(asked("Weather?"), tools_to_call_from=[get_weather])
    call = answer.tool_calls[0].function
    assert (call.name, "Paris" in str(call.arguments)) == ("get_weather", True)


def error() -> None:
    try:
        model.generate(asked("fail"))
    except litellm.AuthenticationError as refused:
        assert "Incorrect API key" in str(refused)
    else:
        raise AssertionError("no error")
