"""Embeddings of Snowflake Cortex (https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-rest-api)."""

from typing import Any

import msgspec

from litellm.core.call import Call
from litellm.core.http import HttpResponse
from litellm.core.target import Target
from litellm.llms.openai.embedding.transformation import OpenAIEmbeddingConfig
from litellm.llms.snowflake.address import SnowflakeAddress
from litellm.types.embedding import EmbeddingResponse


class SnowflakeEmbeddingConfig(SnowflakeAddress, OpenAIEmbeddingConfig):
    """Embeddings of Cortex: texts as `text`, each vector inside a list of its own."""

    provider = "snowflake"
    path = "/cortex/inference:embed"

    def get_supported_openai_params(self, model: str) -> list[str]:
        return []

    def transform_request(self, content: Any, params: dict[str, Any], target: Target) -> dict[str, Any]:
        texts = [content] if isinstance(content, str) else content
        return {"model": target.model, "text": texts, **params}

    def transform_response(self, response: HttpResponse, call: Call, target: Target) -> EmbeddingResponse:
        return super().transform_response(response._replace(body=_flat(response.body)), call, target)


def _flat(body: bytes) -> bytes:
    answer = msgspec.json.decode(body)
    if not isinstance(answer, dict) or not isinstance(answer.get("data"), list):
        return body
    data = [{**entry, "embedding": _vector(entry.get("embedding"))} for entry in answer["data"]]
    return msgspec.json.encode({**answer, "data": data})


def _vector(embedding: Any) -> Any:
    nested = isinstance(embedding, list) and len(embedding) == 1 and isinstance(embedding[0], list)
    return embedding[0] if nested else embedding
