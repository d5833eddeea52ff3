"""Secrets in the environment; a value that a configuration writes as `os.environ/NAME` names one."""

import os

_PREFIX = "os.environ/"
_YES = ("true",)
_NO = ("false",)


def get_secret(
    secret_name: str, default_value: str | bool | None = None, optional_params: object = None
) -> str | bool | None:
    """The secret of this name, with or without `os.environ/` before it; "true" and "false" are answered as bools.

    Arguments:
        default_value: the answer where there is no such secret.
        optional_params: accepted as LiteLLM 1.x does; only vaults have a use for them.

    Example: `litellm.get_secret("os.environ/OPENAI_API_KEY")`.
    """
    if secret_name.startswith("oidc/"):
        raise ValueError(f"{secret_name!r}: tokens of identity providers are read by the provider's own adapter")
    value = os.environ.get(secret_name.removeprefix(_PREFIX))
    if value is None:
        return default_value
    word = value.strip().lower()
    return True if word in _YES else False if word in _NO else value


def get_secret_str(secret_name: str, default_value: str | None = None) -> str | None:
    """As `get_secret`, always as text; None where the secret is a bool."""
    value = get_secret(secret_name, default_value)
    return value if isinstance(value, str) else None


def get_secret_bool(secret_name: str, default_value: bool | None = None) -> bool | None:
    """As `get_secret`, where it is "true" or "false"; `default_value` where it is anything else.

    >>> get_secret_bool("NO_SUCH_NAME", False)
    False
    """
    value = get_secret(secret_name)
    return value if isinstance(value, bool) else default_value
