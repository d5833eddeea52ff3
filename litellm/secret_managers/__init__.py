"""Where secrets are looked up by name: the environment, and the vaults that the gateway can be given."""

from litellm._lazy import submodules

__getattr__ = submodules(__name__)
