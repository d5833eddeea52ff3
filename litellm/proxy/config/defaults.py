"""The configuration of a gateway that was given none: one model of the command line, or whatever the environment has
keys for.
"""

from collections.abc import Mapping
from typing import Any

from litellm.llms import registry
from litellm.llms.accounts import account, missing_keys
from litellm.llms.resolution import PROVIDER_NAMES

# The built-in model: it answers what it is asked, and needs nobody.
ECHO = "mock/echo"


def model_list(params: Mapping[str, Any], alias: str | None) -> list[dict[str, Any]]:
    """One model with its arguments, under its own name or another."""
    return [{"model_name": alias or params["model"], "litellm_params": dict(params)}]


def from_environment() -> list[dict[str, Any]]:
    """A wildcard for every provider whose key the environment has, and the built-in model."""
    starred = [f"{provider}/*" for provider in providers_with_keys()]
    return [{"model_name": name, "litellm_params": {"model": name}} for name in (*starred, ECHO)]


def providers_with_keys() -> list[str]:
    """The providers that chat, ask for a key, and have it in the environment."""
    return sorted(
        provider
        for provider in PROVIDER_NAMES
        if _chats(provider) and account(provider).needs and not missing_keys(provider)
    )


def _chats(provider: str) -> bool:
    return registry.row(provider) is not None or "chat" in registry.PACKAGES.get(provider, {})
