"""How many files of ours a warm, plain `completion` runs through: a reader must be able to follow it."""

import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

import litellm
from tests.architecture.sources import PACKAGE
from tests.conformance.recorder import Recorder

FILES = 24
ANSWER = {
    "id": "chatcmpl-1",
    "object": "chat.completion",
    "created": 1,
    "model": "gpt-4o-mini",
    "choices": [{"index": 0, "message": {"role": "assistant", "content": "Hello."}, "finish_reason": "stop"}],
    "usage": {"prompt_tokens": 3, "completion_tokens": 2, "total_tokens": 5},
}


@pytest.fixture
def provider() -> Iterator[Recorder]:
    recorder = Recorder()
    recorder.arm([{"status": 200, "body": ANSWER}])
    yield recorder
    recorder.close()


def files_run(call: Any) -> list[Path]:
    """Our files whose functions run in this thread during the call, in order of first use; `__init__` is no stop."""
    seen: dict[str, None] = {}

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(str(PACKAGE)):
            seen.setdefault(frame.f_code.co_filename)

    sys.setprofile(note)
    try:
        call()
    finally:
        sys.setprofile(None)
    return [Path(name).relative_to(PACKAGE) for name in seen if not name.endswith("__init__.py")]


def test_a_warm_completion_is_short(provider: Recorder, capsys: pytest.CaptureFixture[str]) -> None:
    if not hasattr(litellm, "completion"):
        pytest.skip("litellm.completion is still to come")

    def call() -> Any:
        messages = [{"role": "user", "content": "Hello?"}]
        return litellm.completion("openai/gpt-4o-mini", messages, api_base=provider.base, api_key="sk-test")

    call()
    files = files_run(call)
    with capsys.disabled():
        print(f"\na warm completion runs {len(files)} files: " + " > ".join(str(path) for path in files))
    assert 1 < len(files) <= FILES
