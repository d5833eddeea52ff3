"""Where Cloudflare Workers AI is (https://developers.cloudflare.com/workers-ai/configuration/open-ai-compatibility/).

OpenAI's format is under an account's address; the address of Cloudflare's own format (`/ai/run`) is understood too.
"""

from litellm.core.target import Target, env
from litellm.llms.openai_like.address import VendorAddress

_ACCOUNTS = "https://api.cloudflare.com/client/v4/accounts"
_OWN_FORMAT = "/ai/run"
_OPENAI_FORMAT = "/ai/v1"


class CloudflareAddress(VendorAddress):
    """The address part of Cloudflare's adapters: `account_id`, or `CLOUDFLARE_ACCOUNT_ID`, names the account."""

    def address(self, target: Target) -> str:
        account = target.credentials.get("account_id") or env("CLOUDFLARE_ACCOUNT_ID")
        if not target.api_base and account:
            return f"{_ACCOUNTS}/{account}{_OPENAI_FORMAT}"
        base = super().address(target).rstrip("/")
        return base.removesuffix(_OWN_FORMAT) + _OPENAI_FORMAT if base.endswith(_OWN_FORMAT) else base
