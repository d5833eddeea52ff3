"""Where Snowflake Cortex is, and how it signs in.

https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-rest-api: the account's `/api/v2`, a bearer token and a
header that says of which kind it is. A programmatic access token is written `pat/<token>`.
"""

from typing import ClassVar

from litellm.core.errors import BadRequest
from litellm.core.target import Target, env
from litellm.llms.base_llm.adapter import BaseAdapter

_PROGRAMMATIC = "pat/"


class SnowflakeAddress(BaseAdapter[object]):
    """The address part of Snowflake's adapters; `path` is the endpoint's."""

    path: ClassVar[str] = ""

    def get_complete_url(self, target: Target, *, stream: bool = False) -> str:
        base = self.address(target).rstrip("/")
        return base if base.endswith(self.path) else base + self.path

    def address(self, target: Target) -> str:
        """The account's API; raises `BadRequest` when no account is named."""
        account = target.credentials.get("account_id") or env("SNOWFLAKE_ACCOUNT_ID")
        if target.api_base:
            return target.api_base
        if account:
            return f"https://{account}.snowflakecomputing.com/api/v2"
        raise BadRequest(
            f"provider {target.provider!r} needs an account: set SNOWFLAKE_ACCOUNT_ID or pass api_base=…",
            provider=target.provider,
            model=target.model,
        )

    def validate_environment(self, target: Target) -> dict[str, str]:
        token = self.require_key(target)
        kind = "PROGRAMMATIC_ACCESS_TOKEN" if token.startswith(_PROGRAMMATIC) else "KEYPAIR_JWT"
        return {
            "authorization": f"Bearer {token.removeprefix(_PROGRAMMATIC)}",
            "x-snowflake-authorization-token-type": kind,
        }

    def key_hint(self, target: Target) -> str:
        return "SNOWFLAKE_JWT"
