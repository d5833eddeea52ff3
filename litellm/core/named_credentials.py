"""Credentials that the user keeps under a name in `litellm.credential_list`. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any

NAME = "litellm_credential_name"


def with_named(given: Mapping[str, Any], credentials: Iterable[Any]) -> Mapping[str, Any]:
    """The arguments of a call with those of the credential that they name; what the call says itself wins.

    An entry is a mapping or an object with `credential_name` and `credential_values`.

    >>> credentials = [{"credential_name": "eu", "credential_values": {"api_key": "k"}}]
    >>> with_named({"litellm_credential_name": "eu", "temperature": 0}, credentials)["api_key"]
    'k'
    """
    name = given.get(NAME)
    if not name:
        return given
    for entry in credentials:
        if _field(entry, "credential_name") == name:
            return {**(_field(entry, "credential_values") or {}), **_said(given)}
    return given


def _said(given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if value is not None}


def _field(entry: Any, name: str) -> Any:
    return entry.get(name) if isinstance(entry, Mapping) else getattr(entry, name, None)
