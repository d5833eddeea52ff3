"""What is told of calls: loggers and exporters."""

from typing import TYPE_CHECKING, Any

from litellm._lazy import submodule

if TYPE_CHECKING:
    from litellm.integrations import custom_logger as custom_logger
else:

    def __getattr__(name: str) -> Any:
        return submodule(__name__, name)
