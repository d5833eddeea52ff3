"""Where secrets are looked up by name: the environment, and the vaults that the gateway can be given."""

from typing import TYPE_CHECKING, Any

from litellm._lazy import submodule

if TYPE_CHECKING:
    from litellm.secret_managers import main as main
else:

    def __getattr__(name: str) -> Any:
        return submodule(__name__, name)
