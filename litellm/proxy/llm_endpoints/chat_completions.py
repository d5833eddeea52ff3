"""POST /v1/chat/completions (https://platform.openai.com/docs/api-reference/chat/create)."""

from litellm.proxy import pipeline
from litellm.proxy.gateway import Gateway
from litellm.proxy.http import Exchange
from litellm.proxy.llm_endpoints.reading import read
from litellm.proxy.llm_endpoints.request import LLMRequest


async def chat_completions(gateway: Gateway, exchange: Exchange, named: str | None = None) -> None:
    """Answer a chat with one of the deployments of its model; `named` is the model in the URL."""

    def chat(body: bytes, exchange: Exchange, now: float) -> LLMRequest:
        return read(body, exchange, endpoint="chat", content="messages", started=now, named=named)

    await pipeline.serve(gateway, exchange, chat)
