"""Where Azure OpenAI requests go and how they sign in.

A resource's deployments live at `{base}/openai/deployments/{deployment}/…?api-version=…`, the v1 API at
`{base}/openai/v1/…`.
Source: https://learn.microsoft.com/azure/ai-services/openai/reference and …/openai/api-version-lifecycle.
"""

import inspect
from collections.abc import Mapping
from typing import Any, ClassVar
from urllib.parse import quote, urlencode

import msgspec

from litellm.core.errors import Authentication, BadRequest, Unavailable
from litellm.core.http import Deadlines, HttpRequest
from litellm.core.ports import Ports
from litellm.core.target import Target, env
from litellm.llms.base_llm.adapter import BaseAdapter
from litellm.llms.openai.chat.transformation import join

DEFAULT_API_VERSION = "2025-02-01-preview"
V1_API = frozenset({"v1", "latest", "preview"})
SCOPE = "https://cognitiveservices.azure.com/.default"
AUTHORITY = "https://login.microsoftonline.com"
_EXPIRY_MARGIN = 300.0
_SIGN_IN = Deadlines(first_byte=30.0, between_chunks=30.0, total=60.0)


def api_version(target: Target) -> str:
    """The API version of a call: its own, the environment's, or ours."""
    return target.api_version or env("AZURE_API_VERSION") or DEFAULT_API_VERSION


class AzureAddress(BaseAdapter[Any]):
    """The address part of an Azure OpenAI adapter; `path` is the endpoint's."""

    path: ClassVar[str] = ""

    def __init__(self) -> None:
        self._tokens = EntraTokens()

    def get_complete_url(self, target: Target, *, stream: bool = False) -> str:
        base = target.api_base
        if not base:
            raise BadRequest(
                f"no address for the Azure resource of {target.model!r}: pass api_base='https://NAME.openai.azure.com' "
                "or set AZURE_API_BASE",
                provider=target.provider,
                model=target.model,
            )
        version = api_version(target)
        if "/openai/v1" in base:
            return join(base, self.path)
        if version in V1_API:
            suffix = "" if version == "v1" else f"?api-version={version}"
            return join(base.rstrip("/") + "/openai/v1", self.path) + suffix
        if "/openai/deployments/" not in base:
            base = f"{base.rstrip('/')}/openai/deployments/{quote(target.model, safe='')}"
        url = join(base, self.path)
        return url if "api-version=" in url else f"{url}{'&' if '?' in url else '?'}api-version={quote(version)}"

    async def authenticate(self, target: Target, ports: Ports) -> dict[str, str]:
        given = target.credentials
        token = given.get("azure_ad_token") or _called(given.get("azure_ad_token_provider"))
        if inspect.isawaitable(token):
            token = await token
        if token:
            return {"authorization": f"Bearer {token}"}
        if target.api_key:
            return {"api-key": target.api_key.reveal()}
        identity = Identity.of(given)
        if identity:
            return {"authorization": f"Bearer {await self._tokens.get(identity, target, ports)}"}
        token = env("AZURE_AD_TOKEN")
        if token:
            return {"authorization": f"Bearer {token}"}
        raise Authentication(
            f"no credentials for Azure ({target.model!r}): pass api_key=…, azure_ad_token=…, or tenant_id, client_id "
            "and client_secret; or set AZURE_API_KEY, AZURE_AD_TOKEN, or AZURE_TENANT_ID, AZURE_CLIENT_ID and "
            "AZURE_CLIENT_SECRET",
            provider=target.provider,
            model=target.model,
        )


def _called(provider: Any) -> Any:
    return provider() if callable(provider) else None


class Identity(msgspec.Struct, frozen=True):
    """A service principal."""

    tenant: str
    client: str
    secret: str
    scope: str = SCOPE
    authority: str = AUTHORITY

    def __repr__(self) -> str:
        """Without the secret."""
        return f"Identity(tenant={self.tenant!r}, client={self.client!r})"

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> "Identity | None":
        """The service principal that the call or the environment names, if one is named whole."""
        tenant = given.get("tenant_id") or env("AZURE_TENANT_ID")
        client = given.get("client_id") or env("AZURE_CLIENT_ID")
        secret = given.get("client_secret") or env("AZURE_CLIENT_SECRET")
        if not (tenant and client and secret):
            return None
        return cls(
            tenant,
            client,
            secret,
            given.get("azure_scope") or env("AZURE_SCOPE") or SCOPE,
            env("AZURE_AUTHORITY_HOST") or AUTHORITY,
        )


class EntraTokens:
    """Access tokens of service principals, kept until five minutes before they expire.

    Source: https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow
    """

    def __init__(self) -> None:
        self._kept: dict[Identity, tuple[str, float]] = {}

    async def get(self, identity: Identity, target: Target, ports: Ports) -> str:
        """A valid token; raises `Authentication` with the directory's words when it gives none."""
        kept = self._kept.get(identity)
        if kept and ports.now() < kept[1]:
            return kept[0]
        form = {
            "grant_type": "client_credentials",
            "client_id": identity.client,
            "client_secret": identity.secret,
            "scope": identity.scope,
        }
        url = f"{identity.authority.rstrip('/')}/{quote(identity.tenant, safe='')}/oauth2/v2.0/token"
        headers = {"content-type": "application/x-www-form-urlencoded"}
        response = await ports.send(HttpRequest("POST", url, headers, urlencode(form).encode()), _SIGN_IN)
        answer = _json(response.body)
        token = answer.get("access_token")
        if response.status != 200 or not token:
            kind = Unavailable if response.status >= 500 else Authentication
            raise kind(
                f"Microsoft Entra gave no token to client {identity.client!r} of tenant {identity.tenant!r}: "
                f"{answer.get('error_description') or response.status}",
                provider=target.provider,
                model=target.model,
            )
        self._kept[identity] = (token, ports.now() + float(answer.get("expires_in", 0)) - _EXPIRY_MARGIN)
        return str(token)


def _json(body: bytes) -> dict[str, Any]:
    try:
        answer = msgspec.json.decode(body)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}
