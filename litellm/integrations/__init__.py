"""What is told of calls: loggers and exporters."""

from litellm._lazy import submodules

__getattr__ = submodules(__name__)
