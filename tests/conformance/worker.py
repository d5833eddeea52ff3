"""The process that holds the library: one job a line on stdin, one outcome a line on what was stdout.

Uses only public names and patches nothing. Whoever starts it ends it when a call hangs.
"""

import asyncio
import inspect
import json
import os
import sys
import traceback
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from tests.conformance import answers, streams
from tests.conformance.arguments import MISSING, Builder, public_name
from tests.conformance.plain import plain

Json = Any
LONGEST_AWAIT = 25.0
"""Seconds an async call may take; the parent gives up on the whole process a little later."""

OBSERVE: dict[str, Callable[[Any], Json]] = {
    "chat": answers.chat,
    "chat_builder": answers.chat,
    "text": answers.chat,
    "chat_stream": streams.chat_stream,
    "text_stream": streams.chat_stream,
    "responses": answers.responses,
    "responses_stream": streams.responses_stream,
    "messages": answers.messages,
    "messages_stream": streams.messages_stream,
    "embedding": answers.embedding,
    "rerank": answers.rerank,
    "image": answers.image,
    "audio": answers.transcription,
    "speech": answers.speech,
    "exception": answers.error,
    "pure": plain,
}


@contextmanager
def _environment(values: dict[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


@contextmanager
def _settings(package: Any, values: dict[str, Json]) -> Iterator[None]:
    before = {name: getattr(package, name, MISSING) for name in values}
    for name, value in values.items():
        setattr(package, name, value)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is not MISSING:
                setattr(package, name, value)


async def _finish(awaited: Any, streamed: bool) -> Any:
    value = await awaited if inspect.isawaitable(awaited) else awaited
    return [item async for item in value] if streamed and hasattr(value, "__aiter__") else value


class Worker:
    """Runs jobs against the library, one after the other, on one event loop."""

    def __init__(self, package: Any, runner: asyncio.Runner) -> None:
        self._package = package
        self._runner = runner

    def run(self, job: dict[str, Json]) -> dict[str, Json]:
        """`{"result": ...}` or `{"error": ...}` of one call."""
        builder = Builder(self._package, job["base"], job["account"])
        env = {name: value.replace("{base}", job["base"]) for name, value in job.get("env", {}).items()}
        try:
            with _environment(env), _settings(self._package, job.get("settings", {})):
                return {"result": self._observe(job, builder)}
        except (Exception, asyncio.CancelledError) as raised:
            if job.get("trace"):
                traceback.print_exc()
            return {"error": answers.error(raised)}

    def _observe(self, job: dict[str, Json], builder: Builder) -> Json:
        call, kind = job["call"], job["kind"]
        arguments = builder.build(call.get("kwargs", {}))
        function = public_name(self._package, call["function"])
        answer = self._complete(function(*builder.build(call.get("args", [])), **arguments), kind.endswith("_stream"))
        seen = OBSERVE[kind](answer)
        if job.get("pick") and isinstance(seen, dict):
            seen = {name: seen.get(name) for name in job["pick"]}
        for follow_up in job.get("post", ()):
            seen |= self._after(follow_up, answer, arguments)
        return seen

    def _complete(self, answer: Any, streamed: bool) -> Any:
        if inspect.isawaitable(answer) or (streamed and not hasattr(answer, "__iter__")):
            limited = asyncio.wait_for(_finish(answer, streamed), LONGEST_AWAIT)
            answer = self._runner.run(limited)
        return list(answer) if streamed and not isinstance(answer, list) else answer

    def _after(self, follow_up: str, answer: Any, arguments: dict[str, Any]) -> dict[str, Json]:
        if follow_up == "stream_chunk_builder":
            whole = answers.chat(self._package.stream_chunk_builder(answer, messages=arguments.get("messages")))
            return {"rebuilt": {name: whole.get(name) for name in ("choices", "usage")}}
        try:
            cost = round(self._package.completion_cost(completion_response=answer), 12)
        except Exception as raised:
            cost = f"error:{type(raised).__name__}"
        return {"completion_cost": cost}


def main() -> None:
    """Answer jobs until stdin ends."""
    warnings.simplefilter("ignore")  # what the library warns of is its own tests' business
    output = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)  # whatever is printed goes to stderr
    import litellm

    output.write("{}\n")
    with asyncio.Runner() as runner:
        worker = Worker(litellm, runner)
        for line in sys.stdin:
            output.write(json.dumps(worker.run(json.loads(line)), ensure_ascii=False, default=str) + "\n")


if __name__ == "__main__":
    main()
