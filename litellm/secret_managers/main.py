"""The path under which LiteLLM 1.x has the lookup of secrets."""

from litellm.secret_managers.env import get_secret, get_secret_bool, get_secret_str

__all__ = ["get_secret", "get_secret_bool", "get_secret_str"]
