"""Where a vendor's requests go and how they sign in, as its row says."""

from litellm.core.errors import BadRequest
from litellm.core.target import Target
from litellm.llms.openai.chat.transformation import OpenAIAddress, join
from litellm.llms.openai_like.provider import Provider

_CHAT = "/chat/completions"


class VendorAddress(OpenAIAddress):
    """The address part of an adapter that is made from a vendor's row; `path` is the endpoint's."""

    def __init__(self, vendor: Provider) -> None:
        self.vendor = vendor
        self.provider = vendor.name
        self.base = vendor.base

    def get_complete_url(self, target: Target, *, stream: bool = False) -> str:
        return join(self.address(target), self.endpoint_path(target))

    def address(self, target: Target) -> str:
        """The base URL; raises `BadRequest` where a vendor has none of its own and the call names none."""
        base = target.api_base or self.base
        if base:
            return base
        variables = " or ".join(self.vendor.base_env)
        raise BadRequest(
            f"provider {self.provider!r} has no address of its own: pass api_base=…"
            + (f" or set {variables}" if variables else ""),
            provider=self.provider,
            model=target.model,
        )

    def endpoint_path(self, target: Target) -> str:
        """What follows the base for this endpoint."""
        own = self.vendor.own_path if target.api_base else None
        chat_path = own or self.vendor.path
        return chat_path if self.path == _CHAT else chat_path.replace(_CHAT, self.path)

    def validate_environment(self, target: Target) -> dict[str, str]:
        key = target.key() or self.vendor.default_key
        if not key and self.vendor.key_required:
            key = self.require_key(target)
        headers = {"authorization": f"Bearer {key}"} if key else {}
        return {**headers, **self.vendor.headers}

    def key_hint(self, target: Target) -> str:
        return self.vendor.key_name or " or ".join(self.vendor.key_env) or super().key_hint(target)
