"""How a user reads a stream, under pyright's strict mode. Checked, never run."""

from typing import assert_type

import litellm
from litellm import CustomStreamWrapper, ModelResponse, ModelResponseStream

MESSAGES = [{"role": "user", "content": "Hello"}]

stream = litellm.completion("openai/gpt-4o-mini", MESSAGES, stream=True)
assert_type(stream, CustomStreamWrapper)
for chunk in stream:
    assert_type(chunk, ModelResponseStream)
    for choice in chunk.choices:
        text: str | None = choice.delta.content


async def main() -> None:
    chunks: list[ModelResponseStream] = []
    async for chunk in await litellm.acompletion("openai/gpt-4o-mini", MESSAGES, stream=True):
        chunks.append(chunk)
    whole = litellm.stream_chunk_builder(chunks, messages=MESSAGES)
    if isinstance(whole, ModelResponse):
        print(whole.choices[0].message.content)


def either(streaming: bool) -> ModelResponse | CustomStreamWrapper:
    return litellm.completion("openai/gpt-4o-mini", MESSAGES, stream=streaming)
