"""What a moderation model found in a text (https://platform.openai.com/docs/api-reference/moderations/object)."""

from __future__ import annotations

from typing import Any

import msgspec

from litellm.types.mixin import Model, unset
from litellm.types.stamps import uuid4


def _moderation_id() -> str:
    return f"modr-{uuid4()}"


class OpenAIModerationResult(Model):
    """The finding for one input: whether each category applies, how surely, and to which kinds of input."""

    flagged: bool = False
    categories: dict[str, bool | None] = msgspec.field(default_factory=dict)
    category_scores: dict[str, float | None] = msgspec.field(default_factory=dict)
    category_applied_input_types: dict[str, list[str] | None] | None = unset()


class OpenAIModerationResponse(Model):
    """The findings of a call, in the order of its inputs."""

    id: str = msgspec.field(default_factory=_moderation_id)
    model: str | None = None
    results: list[OpenAIModerationResult] = msgspec.field(default_factory=list)
    usage: dict[str, Any] | None = unset()


ModerationCreateResponse = OpenAIModerationResponse
