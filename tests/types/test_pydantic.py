"""Models as fields of a user's pydantic models, and the promise that pydantic is not loaded for it."""

from __future__ import annotations

import subprocess
import sys

import pydantic
import pytest

from litellm.types.chat import Message, ModelResponse
from litellm.types.responses.main import ResponsesAPIResponse


class Holder(pydantic.BaseModel):
    response: ModelResponse | ResponsesAPIResponse
    message: Message | None = None


def test_instances_pass_through() -> None:
    chat, answer = ModelResponse(model="m"), ResponsesAPIResponse(id="r")
    assert Holder(response=chat).response is chat
    assert Holder(response=answer).response is answer


def test_dicts_become_what_they_say_they_are() -> None:
    assert isinstance(Holder(response={"object": "chat.completion", "id": "a"}).response, ModelResponse)
    assert isinstance(Holder(response={"object": "response", "id": "a"}).response, ResponsesAPIResponse)


def test_dump_and_json_round_trip() -> None:
    held = Holder(response=ModelResponse(id="a", x_vendor=1), message=Message("hi"))
    assert held.model_dump()["response"]["x_vendor"] == 1
    assert held.model_dump()["message"] == {"role": "assistant", "content": "hi"}
    assert Holder.model_validate_json(held.model_dump_json()) == held


def test_other_values_are_refused() -> None:
    with pytest.raises(pydantic.ValidationError):
        Holder(response=5)


def test_a_json_schema_can_be_made() -> None:
    assert Holder.model_json_schema()["properties"]["response"]["anyOf"][0]["title"] == "ModelResponse"


def test_other_libraries_models_are_taken() -> None:
    class Theirs(pydantic.BaseModel):
        content: str
        role: str = "user"

    assert ModelResponse(choices=[{"message": Theirs(content="x")}]).choices[0].message.content == "x"
    assert Message.model_validate(Theirs(content="x")).content == "x"


def test_importing_the_types_loads_no_heavy_library() -> None:
    code = (
        "import sys, litellm.types.utils, litellm.types.llms.openai\n"
        "print([m for m in ('pydantic', 'pydantic_core', 'openai', 'httpx') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
