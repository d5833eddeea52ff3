"""Where one attempt goes: provider, model, address, credentials, deadlines. Frozen; no provider is named here."""

import os
from collections.abc import Mapping
from typing import Any

import msgspec

from litellm.core.errors import BadRequest
from litellm.core.http import Deadlines


class Secret:
    """A credential that cannot be printed, pickled or compared by accident; `reveal()` gives it back."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        return self._value

    def __repr__(self) -> str:
        return "Secret(***)"

    __str__ = __repr__

    def __reduce__(self) -> str | tuple[Any, ...]:
        raise TypeError("a Secret is not pickled; pass the name of an environment variable instead")


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """One concrete destination of a call.

    `model` is the provider's own name, without our prefix; `base_model` is the model behind it, where that name is a
    deployment's and says nothing of it. `credentials` holds what the vendor's sign-in needs beyond a
    key (region, project, tenant, token provider …) under the names users pass. `headers` are the caller's, sent last.
    """

    provider: str
    model: str
    base_model: str | None = None
    api_key: Secret | None = None
    api_base: str | None = None
    api_version: str | None = None
    organization: str | None = None
    headers: Mapping[str, str] = msgspec.field(default_factory=dict)
    credentials: Mapping[str, Any] = msgspec.field(default_factory=dict)
    deadlines: Deadlines = Deadlines()
    drop_params: bool = False
    modify_params: bool = False
    client: Any = None

    def __repr__(self) -> str:
        """Without headers and credentials."""
        return f"Target({self.provider}/{self.model}, api_base={self.api_base!r})"

    @property
    def family(self) -> str:
        """The model's name for what depends on the model: which parameters it takes, what it can do."""
        return self.base_model or self.model

    def within(self, seconds: float) -> "Target":
        """The same destination with no more time than this for the whole answer."""
        total = self.deadlines.total
        if total is not None and total <= seconds:
            return self
        return msgspec.structs.replace(self, deadlines=self.deadlines._replace(total=seconds))

    def key(self) -> str | None:
        """The API key's text, or None."""
        return self.api_key.reveal() if self.api_key else None


def headers_for(provider: str, specific: Any) -> Mapping[str, str]:
    """The headers of a `provider_specific_header` when it is meant for this provider: none otherwise.

    `custom_llm_provider` names one provider, or several with commas between. Raises `BadRequest` for another shape.

    >>> headers_for("groq", {"custom_llm_provider": "groq", "extra_headers": {"x-team": "a"}})
    {'x-team': 'a'}
    """
    names = specific.get("custom_llm_provider") if isinstance(specific, Mapping) else None
    headers = specific.get("extra_headers", {}) if isinstance(specific, Mapping) else None
    if not isinstance(names, str) or not isinstance(headers, Mapping):
        raise BadRequest(
            "provider_specific_header: give {'custom_llm_provider': 'a provider', 'extra_headers': {'name': 'value'}}"
        )
    return headers if provider in {name.strip() for name in names.split(",")} else {}


def env(*names: str) -> str | None:
    """The first of these environment variables that is set and not empty."""
    for name in names:
        value = os.environ.get(name)
        if value:
            return value
    return None
