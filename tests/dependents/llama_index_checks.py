"""llama-index-llms-litellm: LiteLLM."""

import os

from llama_index.core.llms import ChatMessage
from llama_index.core.tools import FunctionTool
from llama_index.llms.litellm import LiteLLM

import litellm

llm = LiteLLM(model="openai/gpt-4o-mini", api_base=os.environ["BASE"], api_key="sk-x", max_retries=0)


def get_weather(city: str) -> str:
    """The weather of a city."""
    return city


def plain() -> None:
    assert "Ada" in llm.complete("Who?").text
    assert "Ada" in str(llm.chat([ChatMessage(role="user", content="Who?")]))


def stream() -> None:
    parts = list(llm.stream_chat([ChatMessage(role="user", content="Who?")]))
    assert "".join(part.delta or "" for part in parts) == '{"name": "Ada"}'


def tools() -> None:
    tool = FunctionTool.from_defaults(get_weather)
    response = llm.chat_with_tools([tool], user_msg="Weather?")
    calls = llm.get_tool_calls_from_response(response)
    assert (calls[0].tool_name, calls[0].tool_kwargs) == ("get_weather", {"city": "Paris"})


def error() -> None:
    try:
        llm.complete("fail")
    except litellm.AuthenticationError as refused:
        assert "Incorrect API key" in str(refused)
    else:
        raise AssertionError("no error")
