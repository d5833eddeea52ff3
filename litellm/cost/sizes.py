"""Prices for models that nobody listed, where a provider prices by size: parameters are read off the model's name."""

import re

from litellm.types.model_rules import PROVIDER_ALIASES, SIZE_PRICING, Bucket

_PARAMETERS = re.compile(r"(?<![a-z0-9.])(?:(\d+)x)?(\d+(?:\.\d+)?)([bm])(?![a-z0-9])")


def bucket_key(model: str, provider: str, *, embedding: bool = False) -> str | None:
    """Find the map's key for the size class of a model; `None` when the provider does not price by size.

    >>> bucket_key("someone/Thing-70B-Instruct", "together_ai")
    'together-ai-41.1b-80b'
    """
    pricing = SIZE_PRICING.get(PROVIDER_ALIASES.get(provider, provider))
    if pricing is None:
        return None
    size = _PARAMETERS.search(model.lower())
    if size is None:
        return pricing.default
    billions = float(size[2]) / (1000 if size[3] == "m" else 1)
    if embedding:
        return _fitting(pricing.embeddings, billions) or pricing.default
    if size[1] and pricing.mixtures:
        return _fitting(pricing.mixtures, billions * int(size[1])) or pricing.default
    return _fitting(pricing.dense, billions * int(size[1] or 1)) or pricing.default


def _fitting(buckets: tuple[Bucket, ...], billions: float) -> str | None:
    return next((bucket.key for bucket in buckets if billions <= bucket.billions), None)
