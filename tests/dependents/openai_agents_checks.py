"""openai-agents: LitellmModel."""

import asyncio
import os

from agents import Agent, Runner, function_tool, set_tracing_disabled
from agents.extensions.models.litellm_model import LitellmModel

import litellm

set_tracing_disabled(True)
model = LitellmModel(model="openai/gpt-4o-mini", base_url=os.environ["BASE"], api_key="sk-x")
called: list[str] = []


@function_tool
def get_weather(city: str) -> str:
    """The weather of a city."""
    called.append(city)
    return "sun"


def plain() -> None:
    result = Runner.run_sync(Agent(name="a", instructions="Be brief.", model=model), "Who?")
    assert "Ada" in result.final_output
    assert result.raw_responses[0].usage.input_tokens == 20


def stream() -> None:
    async def text() -> str:
        result = Runner.run_streamed(Agent(name="a", model=model), "Who?")
        parts = []
        async for event in result.stream_events():
            if event.type == "raw_response_event" and event.data.type == "response.output_text.delta":
                parts.append(event.data.delta)
        return "".join(parts)

    assert asyncio.run(text()) == '{"name": "Ada"}'


def tools() -> None:
    result = Runner.run_sync(Agent(name="a", model=model, tools=[get_weather]), "Weather?")
    assert called == ["Paris"] and "Ada" in result.final_output


def error() -> None:
    try:
        Runner.run_sync(Agent(name="a", model=model), "fail")
    except litellm.AuthenticationError as refused:
        assert "Incorrect API key" in str(refused)
    else:
        raise AssertionError("no error")
