"""dspy: LM over litellm."""

import asyncio
import os

import dspy

import litellm

ENGINE = {"engine": "litellm"} if "engine" in dspy.LM.__init__.__annotations__ else {}
lm = dspy.LM("openai/gpt-4o-mini", api_base=os.environ["BASE"], api_key="sk-x", cache=False, num_retries=0, **ENGINE)


def plain() -> None:
    assert "Ada" in str(lm("Who?"))


def stream() -> None:
    dspy.configure(lm=lm, adapter=dspy.JSONAdapter())
    program = dspy.streamify(dspy.Predict("question -> name"))

    async def last() -> object:
        found = None
        async for part in program(question="Who?"):
            found = part
        return found

    assert asyncio.run(last()).name == "Ada"  # type: ignore[attr-defined]


def tools() -> None:
    tool = {
        "type": "function",
        "function": {
            "name": "get_weather",
            "parameters": {"type": "object", "properties": {"city": {"type": "string"}}},
        },
    }
    answer = lm(messages=[{"role": "user", "content": "Weather?"}], tools=[tool])
    assert "get_weather" in str(answer) and "Paris" in str(answer)


def error() -> None:
    try:
        lm("fail")
    except Exception as refused:
        named = [refused, refused.__cause__, refused.__context__]
        assert any(isinstance(one, litellm.AuthenticationError) for one in named) or "Incorrect API key" in str(refused)
    else:
        raise AssertionError("no error")
