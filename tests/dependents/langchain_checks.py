"""langchain-litellm: ChatLiteLLM."""

import os

from langchain_core.tools import tool
from langchain_litellm import ChatLiteLLM

import litellm

model = ChatLiteLLM(model="openai/gpt-4o-mini", api_base=os.environ["BASE"], api_key="sk-x", max_retries=0)


@tool
def get_weather(city: str) -> str:
    """The weather of a city."""
    return city


def plain() -> None:
    answer = model.invoke("Who?")
    assert "Ada" in answer.content
    assert answer.usage_metadata["input_tokens"] == 20


def stream() -> None:
    parts = list(model.stream("Who?"))
    assert "".join(str(part.content) for part in parts) == '{"name": "Ada"}'


def tools() -> None:
    call = model.bind_tools([get_weather]).invoke("Weather?").tool_calls[0]
    assert (call["name"], call["args"]) == ("get_weather", {"city": "Paris"})


def error() -> None:
    try:
        model.invoke("fail")
    except litellm.AuthenticationError as refused:
        assert "Incorrect API key" in str(refused)
    else:
        raise AssertionError("no error")
