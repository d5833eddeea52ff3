"""instructor: structured answers through `from_litellm`."""

import asyncio
import os

import instructor
import pydantic
from instructor.core.exceptions import InstructorRetryException

import litellm

CALL = {"model": "openai/gpt-4o-mini", "api_base": os.environ["BASE"], "api_key": "sk-x", "num_retries": 0}


class Person(pydantic.BaseModel):
    name: str


def asked(text: str) -> list[dict[str, str]]:
    return [{"role": "user", "content": text}]


def plain() -> None:
    client = instructor.from_litellm(litellm.completion, mode=instructor.Mode.JSON)
    person = client.chat.completions.create(**CALL, messages=asked("Who?"), response_model=Person)
    assert person.name == "Ada"


def stream() -> None:
    client = instructor.from_litellm(litellm.acompletion, mode=instructor.Mode.JSON)

    async def names() -> list[str | None]:
        parts = client.chat.completions.create_partial(**CALL, messages=asked("Who?"), response_model=Person)
        return [part.name async for part in parts]

    assert asyncio.run(names())[-1] == "Ada"


def tools() -> None:
    client = instructor.from_litellm(litellm.completion, mode=instructor.Mode.TOOLS)
    person = client.chat.completions.create(**CALL, messages=asked("Who?"), response_model=Person)
    assert person.name == "Ada"


def error() -> None:
    client = instructor.from_litellm(litellm.completion, mode=instructor.Mode.JSON)
    try:
        client.chat.completions.create(**CALL, messages=asked("fail"), response_model=Person, max_retries=1)
    except (litellm.AuthenticationError, InstructorRetryException) as refused:
        assert "Incorrect API key" in str(refused)
    else:
        raise AssertionError("no error")
