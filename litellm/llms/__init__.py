"""The providers: adapters, the table of vendors, and finding whose model a name is."""

from litellm._lazy import submodules

__getattr__ = submodules(__name__)
