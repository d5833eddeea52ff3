"""Documents in order of relevance (https://docs.cohere.com/reference/rerank)."""

from __future__ import annotations

import msgspec

from litellm.types.mixin import Model, unset
from litellm.types.stamps import uuid4


class RerankResponseDocument(Model):
    """The text of a document, given back when that was asked for."""

    text: str = ""


class RerankResponseResult(Model):
    """A document by its place in the request, and how relevant it is (0 to 1 with most models)."""

    index: int = 0
    relevance_score: float = 0.0
    document: RerankResponseDocument | None = unset()

    _absent_when_none = frozenset({"document"})


class RerankBilledUnits(Model):
    """What is charged for."""

    search_units: int | None = unset()
    total_tokens: int | None = unset()


class RerankTokens(Model):
    """Tokens of a rerank call."""

    input_tokens: int | None = unset()
    output_tokens: int | None = unset()


class RerankResponseMeta(Model):
    """Version and cost of a rerank call."""

    api_version: dict[str, str | bool] | None = unset()
    billed_units: RerankBilledUnits | None = unset()
    tokens: RerankTokens | None = unset()

    _absent_when_none = frozenset({"api_version", "billed_units", "tokens"})


class RerankResponse(Model):
    """The documents found relevant, best first."""

    id: str | None = msgspec.field(default_factory=uuid4)
    results: list[RerankResponseResult] | None = msgspec.field(default_factory=list)
    meta: RerankResponseMeta | None = unset()
