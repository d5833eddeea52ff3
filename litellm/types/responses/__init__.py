"""Types of OpenAI's Responses API."""

from typing import TYPE_CHECKING, Any

from litellm._lazy import submodule

if TYPE_CHECKING:
    from litellm.types.responses import main as main
else:

    def __getattr__(name: str) -> Any:
        return submodule(__name__, name)
