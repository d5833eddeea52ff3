"""A text completion and its chunks (https://platform.openai.com/docs/api-reference/completions/object)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from litellm.types.finish_reasons import OpenAIFinishReason, map_finish_reason
from litellm.types.mixin import JSON, Model, unset
from litellm.types.stamps import now, uuid4
from litellm.types.usage import Usage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Logprobs(Model):
    """Log probabilities of the tokens of a text completion, in parallel lists."""

    text_offset: list[int] | None = unset()
    token_logprobs: list[float | None] | None = unset()
    tokens: list[str] | None = unset()
    top_logprobs: list[dict[str, float] | None] | None = unset()


class TextChoices(Model):
    """One text of those asked for with `n`; in a chunk, its next piece."""

    finish_reason: OpenAIFinishReason | None = None
    index: int = 0
    text: str | None = None
    logprobs: Logprobs | None = unset()

    _absent_when_none = frozenset({"index", "logprobs"})

    _tidied = frozenset({"finish_reason"})

    @staticmethod
    def _tidy(data: JSON) -> None:
        reason = data.get("finish_reason")
        if reason is not None:
            data["finish_reason"] = map_finish_reason(reason) if reason else None


def _completion_id() -> str:
    return f"cmpl-{uuid4()}"


class TextCompletionResponse(Model):
    """A text completion, or a chunk of one: both are of the same form."""

    id: str = msgspec.field(default_factory=_completion_id)
    object: str = "text_completion"
    created: int = msgspec.field(default_factory=now)
    model: str | None = None
    choices: list[TextChoices] = msgspec.field(default_factory=list)
    usage: Usage | None = unset()
    system_fingerprint: str | None = unset()
    service_tier: str | None = unset()

    if TYPE_CHECKING:

        def __init__(
            self,
            id: str | None = None,
            object: str | None = None,
            created: int | None = None,
            model: str | None = None,
            choices: Sequence[TextChoices | Mapping[str, Any]] | None = None,
            usage: Usage | Mapping[str, Any] | None = None,
            stream: bool | None = None,
            **params: Any,
        ) -> None: ...

    _absent_when_none = frozenset({"id", "object", "created", "choices", "usage"})

    @staticmethod
    def _prepare(given: JSON) -> JSON:
        stream = given.pop("stream", None)
        if "choices" not in given:
            given["choices"] = [TextChoices()]
        if not stream:
            given.setdefault("usage", {})
        return given
