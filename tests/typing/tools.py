"""How a user gives tools and reads calls, under pyright's strict mode. Checked, never run."""

from typing import assert_type

import litellm
from litellm import ChatCompletionToolParam

TOOL: ChatCompletionToolParam = {
    "type": "function",
    "function": {"name": "get_weather", "description": "The weather", "parameters": {"type": "object"}},
}


def get_weather(city: str) -> str:
    """The weather of a city."""
    return city


response = litellm.completion(
    "openai/gpt-4o-mini",
    [{"role": "user", "content": "Weather?"}],
    tools=[TOOL, {"type": "function", "function": litellm.function_to_dict(get_weather)}],
    tool_choice="auto",
)
for call in response.choices[0].message.tool_calls or []:
    name: str | None = call.function.name
    assert_type(call.function.arguments, str)
    identity: str | None = call.id
