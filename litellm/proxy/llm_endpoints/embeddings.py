"""POST /v1/embeddings (https://platform.openai.com/docs/api-reference/embeddings/create)."""

from litellm.proxy import pipeline
from litellm.proxy.errors import Refused
from litellm.proxy.gateway import Gateway
from litellm.proxy.http import Exchange
from litellm.proxy.llm_endpoints.reading import read
from litellm.proxy.llm_endpoints.request import LLMRequest


async def embeddings(gateway: Gateway, exchange: Exchange, named: str | None = None) -> None:
    """Embed texts with one of the deployments of their model; `named` is the model in the URL."""

    def texts(body: bytes, exchange: Exchange, now: float) -> LLMRequest:
        request = read(body, exchange, endpoint="embedding", content="input", started=now, named=named)
        if request.stream:
            raise Refused(400, "embeddings are not streamed: leave 'stream' out", param="stream")
        return request

    await pipeline.serve(gateway, exchange, texts)
