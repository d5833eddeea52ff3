"""Paths under which LiteLLM 1.x has parts that live elsewhere here; re-exports only."""

from typing import TYPE_CHECKING, Any

from litellm._lazy import submodule

if TYPE_CHECKING:
    from litellm.litellm_core_utils import litellm_logging as litellm_logging
    from litellm.litellm_core_utils import streaming_handler as streaming_handler
else:

    def __getattr__(name: str) -> Any:
        return submodule(__name__, name)
