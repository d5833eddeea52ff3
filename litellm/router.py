"""Load balancing over many deployments: not available yet, named and refusing."""

from collections.abc import Mapping
from typing import Any

from litellm._not_yet import refuse


class Router:
    """Not available yet; use litellm.completion(..., fallbacks=[...])."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        refuse("Router")

    @staticmethod
    def _deployment_params_with_request_reasoning_override(
        deployment_params: Mapping[str, Any] | None = None, request_kwargs: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        refuse("Router._deployment_params_with_request_reasoning_override")
