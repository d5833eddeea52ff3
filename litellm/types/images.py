"""Images that a model made (https://platform.openai.com/docs/api-reference/images/object)."""

from __future__ import annotations

from typing import Any

import msgspec

from litellm.types.mixin import JSON, Model, unset
from litellm.types.stamps import now


class ImageObject(Model):
    """One image, as base64 or as the address it can be fetched from."""

    b64_json: str | None = None
    url: str | None = None
    revised_prompt: str | None = None
    provider_specific_fields: dict[str, Any] | None = unset()

    _absent_when_none = frozenset({"provider_specific_fields"})


class ImageUsageInputTokensDetails(Model):
    """What the prompt's tokens were."""

    image_tokens: int = 0
    text_tokens: int = 0


class ImageUsage(Model):
    """Tokens of an image call."""

    input_tokens: int = 0
    input_tokens_details: ImageUsageInputTokensDetails = msgspec.field(default_factory=ImageUsageInputTokensDetails)
    output_tokens: int = 0
    total_tokens: int = 0
    output_tokens_details: dict[str, Any] | None = unset()

    _absent_when_none = frozenset({"input_tokens_details"})


class ImageResponse(Model):
    """The images of a call."""

    created: int = msgspec.field(default_factory=now)
    data: list[ImageObject] | None = msgspec.field(default_factory=list)
    usage: ImageUsage | None = unset()
    size: str | None = unset()
    quality: str | None = unset()
    output_format: str | None = unset()
    background: str | None = unset()

    _absent_when_none = frozenset("created data usage size quality output_format background".split())

    @staticmethod
    def _prepare(given: JSON) -> JSON:
        given.pop("hidden_params", None)
        given.setdefault("usage", {})
        return given
