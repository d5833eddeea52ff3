"""How a user reads an answer, under pyright's strict mode. Checked, never run."""

from typing import assert_type

import litellm
from litellm import ModelResponse

response = litellm.completion("openai/gpt-4o-mini", [{"role": "user", "content": "Hello"}])
assert_type(response, ModelResponse)
for choice in response.choices:
    text: str | None = choice.message.content
    reason: str | None = choice.finish_reason
    assert_type(choice.index, int)
identity: str = response.id
dumped = response.model_dump(exclude_none=True)
written: str = response.model_dump_json()


async def main() -> None:
    answer = await litellm.acompletion("openai/gpt-4o-mini", [{"role": "user", "content": "Hello"}], temperature=0.5)
    assert_type(answer, ModelResponse)
    vectors = await litellm.aembedding("openai/text-embedding-3-small", ["a"])
    assert_type(vectors, litellm.EmbeddingResponse)
