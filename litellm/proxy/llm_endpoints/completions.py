"""POST /v1/completions (https://platform.openai.com/docs/api-reference/completions/create)."""

from litellm import _compose
from litellm.core.call import Call
from litellm.core.text_bridge import as_messages
from litellm.proxy import pipeline
from litellm.proxy.gateway import Gateway
from litellm.proxy.http import Exchange
from litellm.proxy.llm_endpoints.reading import read
from litellm.proxy.llm_endpoints.request import LLMRequest
from litellm.router_utils.deployments import Deployment


class TextRequest(LLMRequest, kw_only=True, eq=False):
    """A prompt to be continued; models that only chat are asked in a chat."""

    def call(self, deployment: Deployment) -> Call:
        if _compose.takes_prompts(deployment.params["model"], deployment.params):
            return super().call(deployment)
        given = self.decoded()
        return self.placed(self.made("chat", as_messages(given.pop("prompt")), given), deployment)


async def completions(gateway: Gateway, exchange: Exchange, named: str | None = None) -> None:
    """Continue a text with one of the deployments of its model; `named` is the model in the URL."""

    def text(body: bytes, exchange: Exchange, now: float) -> LLMRequest:
        return read(body, exchange, endpoint="completion", content="prompt", started=now, named=named, kind=TextRequest)

    await pipeline.serve(gateway, exchange, text)
