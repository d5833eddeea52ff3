"""Where answers are cached and how a call may use the cache."""

from enum import StrEnum
from typing import Literal, TypedDict


class LiteLLMCacheType(StrEnum):
    """Kinds of caches."""

    LOCAL = "local"
    REDIS = "redis"
    REDIS_SEMANTIC = "redis-semantic"
    VALKEY_SEMANTIC = "valkey-semantic"
    S3 = "s3"
    GCS = "gcs"
    AZURE_BLOB = "azure-blob"
    DISK = "disk"
    QDRANT_SEMANTIC = "qdrant-semantic"


class CacheMode(StrEnum):
    """Whether calls use the cache unless they say otherwise, or only when they ask."""

    default_on = "default_on"
    default_off = "default_off"


CachingSupportedCallTypes = Literal[
    "completion", "acompletion", "embedding", "aembedding", "atranscription", "transcription",
    "atext_completion", "text_completion", "arerank", "rerank", "responses", "aresponses",
]  # fmt: skip

DynamicCacheControl = TypedDict(
    "DynamicCacheControl",
    {
        "ttl": int | None,
        "namespace": str | None,
        "s-maxage": int | None,
        "s-max-age": int | None,
        "no-cache": bool | None,
        "no-store": bool | None,
        "use-cache": bool | None,
    },
    total=False,
)
DynamicCacheControl.__doc__ = "What a call says of the cache; times are in seconds."
