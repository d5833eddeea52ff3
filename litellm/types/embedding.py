"""Vectors of texts (https://platform.openai.com/docs/api-reference/embeddings)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from litellm.types.mixin import JSON, Model, unset
from litellm.types.usage import Usage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Embedding(Model):
    """The vector of one input; a base64 string when that encoding was asked for."""

    object: str = "embedding"
    index: int = 0
    embedding: list[float] | str = msgspec.field(default_factory=list)

    _positional = ("embedding", "index", "object")


class EmbeddingResponse(Model):
    """The vectors of a call, in the order of its inputs."""

    object: str = "list"
    data: list[Embedding] = msgspec.field(default_factory=list)
    model: str | None = None
    usage: Usage = unset()

    if TYPE_CHECKING:

        def __init__(
            self,
            model: str | None = None,
            data: Sequence[Embedding | Mapping[str, Any]] | None = None,
            object: str = "list",
            usage: Usage | Mapping[str, Any] | None = None,
            **params: Any,
        ) -> None: ...

    _positional = ("model", "data", "object", "usage")
    _absent_when_none = frozenset({"data", "usage", "object"})

    @staticmethod
    def _prepare(given: JSON) -> JSON:
        given.setdefault("usage", {})
        return given
