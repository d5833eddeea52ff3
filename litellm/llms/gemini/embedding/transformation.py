"""Embeddings over Google AI Studio: batchEmbedContents, one request in the batch for each input.

Source: https://ai.google.dev/api/embeddings
"""

import re
import sys
from array import array
from binascii import b2a_base64
from collections.abc import Mapping
from typing import Any

import msgspec

from litellm.core.call import Call
from litellm.core.errors import BadRequest, InvalidResponse, ProviderError, quote
from litellm.core.http import HttpResponse
from litellm.core.target import Target
from litellm.core.tokens import token_counter
from litellm.llms.base_llm.embedding.transformation import BaseEmbeddingConfig
from litellm.llms.gemini.address import GoogleAIStudio, resource
from litellm.llms.gemini.chat.generation import camel
from litellm.llms.gemini.chat.media import Media, media_part
from litellm.llms.gemini.chat.usage import read_usage
from litellm.llms.gemini.errors import read_error
from litellm.model_info import supports_vision
from litellm.types.embedding import Embedding, EmbeddingResponse
from litellm.types.usage import Usage

# An address on the web stays text: a text may well begin with one.
_MEDIA = re.compile(r"data:[\w.+-]+/[\w.+-]+;base64,|gs://\S+$|files/[a-z0-9-]{1,40}$")


class GeminiEmbeddingConfig(GoogleAIStudio, BaseEmbeddingConfig):
    """Vectors of texts, and for models that see, of media given as data URLs or addresses of Google's files."""

    provider = "gemini"

    def get_supported_openai_params(self, model: str) -> list[str]:
        return ["dimensions", "encoding_format"]

    def map_openai_params(self, params: Mapping[str, Any], target: Target) -> dict[str, Any]:
        return {"outputDimensionality": params["dimensions"]} if "dimensions" in params else {}

    def get_complete_url(self, target: Target, *, stream: bool = False) -> str:
        return self.model_url(target, "batchEmbedContents")

    def transform_request(self, content: Any, params: dict[str, Any], target: Target) -> dict[str, Any]:
        asked = {camel(name): value for name, value in params.items()}
        model = resource(target.model)
        parts = [_part(item, target) for item in _inputs(content)]
        return {"requests": [{"model": model, "content": {"parts": [part]}, **asked} for part in parts]}

    def transform_response(self, response: HttpResponse, call: Call, target: Target) -> EmbeddingResponse:
        answer = _decoded(response, target)
        encoded = call.params.get("encoding_format") == "base64"
        vectors = [item.get("values") or [] for item in answer["embeddings"]]
        return EmbeddingResponse(
            model=target.model,
            data=[
                Embedding(embedding=_base64(vector) if encoded else vector, index=place)
                for place, vector in enumerate(vectors)
            ],
            usage=_usage(answer, call, target),
        )

    def transform_error(self, response: HttpResponse, target: Target) -> ProviderError:
        return read_error(response, target)


def _inputs(content: Any) -> list[Any]:
    return [content] if isinstance(content, str) else list(content)


def _part(item: Any, target: Target) -> dict[str, Any]:
    if not isinstance(item, str):
        raise BadRequest(
            f"an input of {type(item).__name__} cannot be embedded: {target.provider} takes texts, not token numbers",
            provider=target.provider,
            model=target.model,
        )
    if _MEDIA.match(item) and supports_vision(target.model, target.provider):
        return media_part(Media(item), target)
    return {"text": item}


def _decoded(response: HttpResponse, target: Target) -> dict[str, Any]:
    try:
        answer = msgspec.json.decode(response.body)
    except msgspec.DecodeError:
        answer = None
    if isinstance(answer, dict) and isinstance(answer.get("embeddings"), list):
        return answer
    raise InvalidResponse(
        f"upstream's answer has no embeddings: {quote(response.body)}",
        provider=target.provider,
        model=target.model,
        headers=response.headers,
        body=response.body,
    )


def _usage(answer: Mapping[str, Any], call: Call, target: Target) -> Usage:
    """Google's count where it gives one, else ours: most embedding models answer without."""
    metadata = answer.get("usageMetadata")
    if metadata:
        return read_usage(metadata)
    texts = [item for item in _inputs(call.input) if isinstance(item, str) and not _MEDIA.match(item)]
    tokens = token_counter(target.model, text=texts) if texts else 0
    return Usage(prompt_tokens=tokens, completion_tokens=0, total_tokens=tokens)


def _base64(vector: list[float]) -> str:
    """The vector as OpenAI encodes it: 32-bit floats, least significant byte first, in base64."""
    floats = array("f", vector)
    if sys.byteorder == "big":
        floats.byteswap()
    return b2a_base64(floats.tobytes(), newline=False).decode()
