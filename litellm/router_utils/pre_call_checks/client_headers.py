"""The groups whose deployments get the client's own headers (`forward_client_headers_by_model_group`). Data only."""

from collections.abc import Collection, Mapping
from typing import Any

NAME = "forward_client_headers_by_model_group"


def forwarding_groups(checks: Collection[str], group_settings: Mapping[str, Any] | None) -> tuple[str, ...]:
    """The groups of `model_group_settings.forward_client_headers_to_llm_api`, none unless the check is on.

    Example: `forwarding_groups(["forward_client_headers_by_model_group"], {"forward_client_headers_to_llm_api":
    ["gpt-4o", "local/*"]})` → `("gpt-4o", "local/*")`.
    """
    named = (group_settings or {}).get("forward_client_headers_to_llm_api") if NAME in checks else None
    return tuple(named or ())


def forwards(group: str, groups: Collection[str]) -> bool:
    """Whether a group is among those named; a name that ends in `*` stands for all that begin like it."""
    return group in groups or any(name.endswith("*") and group.startswith(name[:-1]) for name in groups)
