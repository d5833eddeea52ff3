"""The providers: adapters, the table of vendors, and finding whose model a name is."""

from typing import TYPE_CHECKING, Any

from litellm._lazy import submodule

if TYPE_CHECKING:
    from litellm.llms import custom_llm as custom_llm
else:

    def __getattr__(name: str) -> Any:
        return submodule(__name__, name)
