"""The headers by which OpenRouter knows an application (https://openrouter.ai/docs/app-attribution)."""

from litellm.core.target import Target, env
from litellm.llms.openai_like.address import VendorAddress

_SITE = "https://litellm.ai"
_NAME = "liteLLM"


class OpenRouterAddress(VendorAddress):
    """The address part of OpenRouter's adapters: `OR_SITE_URL` and `OR_APP_NAME` name the application."""

    def validate_environment(self, target: Target) -> dict[str, str]:
        named = {"http-referer": env("OR_SITE_URL") or _SITE, "x-title": env("OR_APP_NAME") or _NAME}
        return {**named, **super().validate_environment(target)}
