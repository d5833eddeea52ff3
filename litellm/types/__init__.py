"""Data that crosses the public edge: requests, responses, settings; no behaviour."""

from typing import TYPE_CHECKING, Any

from litellm._lazy import submodule

if TYPE_CHECKING:
    from litellm.types import llms as llms
    from litellm.types import responses as responses
    from litellm.types import router as router
    from litellm.types import utils as utils
else:

    def __getattr__(name: str) -> Any:
        return submodule(__name__, name)
