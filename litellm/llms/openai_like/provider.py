"""One OpenAI-compatible vendor as data. A row only sets data; the first need for behaviour makes a package."""

from collections.abc import Mapping

import msgspec


class Provider(msgspec.Struct, frozen=True, kw_only=True):
    """A vendor that speaks OpenAI's chat format at its own address.

    `base` is the URL in front of `/chat/completions`; None when the user must give it. `key_env` and `base_env` are the
    environment variables read, in order. `renames` maps an OpenAI parameter to the vendor's name for it; `supported`
    replaces the usual parameter list and `unsupported` is taken off it. `quirks` name the functions of
    `openai_like.quirks` that this vendor's documentation makes necessary, in order. `docs` is the vendor's page.
    """

    name: str
    base: str | None
    key_env: tuple[str, ...] = ()
    base_env: tuple[str, ...] = ()
    key_required: bool = True
    default_key: str | None = None
    renames: Mapping[str, str] = msgspec.field(default_factory=dict)
    supported: frozenset[str] | None = None
    unsupported: frozenset[str] = frozenset()
    quirks: tuple[str, ...] = ()
    headers: Mapping[str, str] = msgspec.field(default_factory=dict)
    embedding: bool = True
    completion: bool = True
    docs: str = ""
    verified: bool = False
