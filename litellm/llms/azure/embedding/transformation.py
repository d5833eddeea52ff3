"""Embeddings of Azure OpenAI, asked for as base64: a third of the bytes, and given to the caller as numbers."""

import base64
import binascii
import sys
from array import array
from typing import Any

from litellm.core.call import Call
from litellm.core.errors import InvalidResponse
from litellm.core.http import HttpResponse
from litellm.core.target import Target
from litellm.llms.azure.address import AzureAddress
from litellm.llms.openai.embedding.transformation import OpenAIEmbeddingConfig
from litellm.types.embedding import EmbeddingResponse


class AzureOpenAIEmbeddingConfig(AzureAddress, OpenAIEmbeddingConfig):
    """Embeddings of one deployment."""

    provider = "azure"
    path = "/embeddings"

    def transform_request(self, content: Any, params: dict[str, Any], target: Target) -> dict[str, Any]:
        return {"encoding_format": "base64", **super().transform_request(content, params, target)}

    def transform_response(self, response: HttpResponse, call: Call, target: Target) -> EmbeddingResponse:
        answer = super().transform_response(response, call, target)
        if call.params.get("encoding_format") != "base64":
            for item in answer.data:
                item.embedding = floats(item.embedding)
        return answer


def floats(embedding: Any) -> Any:
    """The numbers in a base64 text of little-endian 32-bit floats; numbers stay as they are.

    Raises `InvalidResponse` for text that is not base64.
    """
    if not isinstance(embedding, str):
        return embedding
    try:
        numbers = array("f", base64.b64decode(embedding, validate=True))
        if sys.byteorder == "big":
            numbers.byteswap()
    except (binascii.Error, ValueError) as error:
        raise InvalidResponse(f"upstream sent an embedding that is not base64: {embedding[:60]!r}") from error
    return numbers.tolist()
