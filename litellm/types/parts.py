"""What a completion and its chunks are both made of: functions, log probabilities, spoken answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from litellm.types.mixin import JSON, Model, unset
from litellm.types.stamps import chat_id, now

if TYPE_CHECKING:
    from collections.abc import Mapping


class Function(Model):
    """The function of a tool call; `arguments` is JSON text as the model wrote it, a dict becomes text."""

    name: str | None = unset()
    arguments: str = ""

    _positional = ("arguments", "name")

    if TYPE_CHECKING:

        def __init__(
            self, arguments: str | Mapping[str, Any] | None = "", name: str | None = None, **params: Any
        ) -> None: ...

    _tidied = frozenset({"arguments"})

    @staticmethod
    def _tidy(data: JSON) -> None:
        arguments = data.get("arguments", "")
        if not isinstance(arguments, str):
            data["arguments"] = "" if arguments is None else msgspec.json.encode(arguments).decode()


class FunctionCall(Function):
    """A call of a function, in the form that tools replaced."""


class ChatCompletionCustomToolCallFunction(Model):
    """The call of a custom tool: its input is free text."""

    input: str = ""
    name: str | None = unset()


class TopLogprob(Model):
    """A token that could have stood here, and how likely it was (natural logarithm)."""

    token: str = ""
    bytes: list[int] | None = unset()
    logprob: float = 0.0


class ChatCompletionTokenLogprob(Model):
    """A token of the answer, how likely it was, and its rivals."""

    token: str = ""
    bytes: list[int] | None = unset()
    logprob: float = 0.0
    top_logprobs: list[TopLogprob] = msgspec.field(default_factory=list)


class ChoiceLogprobs(Model):
    """Log probabilities of the tokens of one choice."""

    content: list[ChatCompletionTokenLogprob] | None = unset()
    refusal: list[ChatCompletionTokenLogprob] | None = unset()


class ChatCompletionAudioResponse(Model):
    """Spoken answer: base64 `data` that can be referred to by `id` until `expires_at` (seconds since 1970)."""

    id: str | None = unset()
    data: str | None = unset()
    expires_at: int | None = unset()
    transcript: str | None = unset()


#: The order of positional arguments of `Message` and `Delta`, which is not that of the wire.
MESSAGE_POSITIONS = (
    "content", "role", "function_call", "tool_calls", "audio", "images", "provider_specific_fields",
    "reasoning_content", "thinking_blocks", "reasoning_items", "annotations",
)  # fmt: skip


class ModelResponseBase(Model):
    """What a completion and its chunks have in common."""

    id: str = msgspec.field(default_factory=chat_id)
    object: str = "chat.completion"
    created: int = msgspec.field(default_factory=now)
    model: str | None = None
