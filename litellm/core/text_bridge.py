"""Text completion with models that only chat: a prompt becomes a message, an answer becomes text."""

from typing import Any

from litellm.core.errors import BadRequest
from litellm.types.chat import ModelResponse
from litellm.types.completion import TextCompletionResponse
from litellm.types.stream import ModelResponseStream


def as_messages(prompt: Any) -> list[dict[str, str]]:
    """One user message for the prompt.

    Raises `BadRequest` for token ids: only a model that takes plain prompts reads those.
    """
    if isinstance(prompt, list) and len(prompt) == 1:
        prompt = prompt[0]
    if not isinstance(prompt, str):
        raise BadRequest(
            f"prompt={str(prompt)[:120]!r}: this model chats, so its prompt is one text; make one call for each text"
        )
    return [{"role": "user", "content": prompt}]


def as_text(response: ModelResponse) -> TextCompletionResponse:
    """A chat answer in the form of a text completion."""
    made = TextCompletionResponse(
        id=response.id,
        created=response.created,
        model=response.model,
        choices=[
            {"index": choice.index, "text": choice.message.content or "", "finish_reason": choice.finish_reason}
            for choice in response.choices
        ],
        usage=response.usage.to_dict() if response.usage else None,
    )
    made._hidden_params = getattr(response, "_hidden_params", {})
    return made


def as_text_chunk(chunk: ModelResponseStream) -> TextCompletionResponse:
    """A chunk of a chat answer in the form of a text completion's."""
    made: dict[str, Any] = {
        "id": chunk.id,
        "created": chunk.created,
        "model": chunk.model,
        "choices": [
            {"index": choice.index, "text": choice.delta.content or "", "finish_reason": choice.finish_reason}
            for choice in chunk.choices
        ],
    }
    if chunk.usage is not None:
        made["usage"] = chunk.usage.to_dict()
    return TextCompletionResponse.from_dict(made)
