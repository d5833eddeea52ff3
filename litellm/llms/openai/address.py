"""Where OpenAI-format requests go and how they sign in: one base URL, one path an endpoint, a bearer key."""

from typing import ClassVar

from litellm.core.target import Target
from litellm.llms.base_llm.adapter import BaseAdapter

OPENAI_BASE = "https://api.openai.com/v1"


class OpenAIAddress(BaseAdapter[object]):
    """The address part of an OpenAI-format adapter; `path` is the endpoint's."""

    base: str | None = OPENAI_BASE
    path: ClassVar[str] = ""

    def get_complete_url(self, target: Target, *, stream: bool = False) -> str:
        return join(target.api_base or self.base or "", self.path)

    def validate_environment(self, target: Target) -> dict[str, str]:
        headers = {"authorization": f"Bearer {self.require_key(target)}"}
        if target.organization:
            headers["openai-organization"] = target.organization
        return headers


def join(base: str, path: str) -> str:
    """The endpoint's URL; a base that names the endpoint already, or ends in a slash, is understood."""
    address, question, query = base.partition("?")
    address = address.rstrip("/")
    if not address.endswith(path):
        address += path
    return address + question + query
