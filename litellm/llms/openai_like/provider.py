"""One OpenAI-compatible vendor as data. A row only sets data; the first need for behaviour makes a package."""

from collections.abc import Mapping
from typing import Literal

import msgspec

When = Literal["always", "never", "by model"]


def words(text: str) -> frozenset[str]:
    """The names in a text, as a set."""
    return frozenset(text.split())


class Provider(msgspec.Struct, frozen=True, kw_only=True):
    """A vendor that speaks OpenAI's chat format at its own address.

    Where it is:
        base: the URL in front of `path`; None when the user must give it.
        base_env, key_env: the environment variables read, in order.
        path: what follows the base; `own_path` follows a base that the user gave, where the vendor's differ.
        key_name: the key's variable as users are told it, where it is not the first of `key_env`.
        key_required: whether a call without a key is refused; `default_key` is sent where servers want just any.

    What it takes:
        supported: replaces the usual list of OpenAI parameters; `more` is added to it, `unsupported` taken off.
        reasoning_effort, thinking, tools: whether the vendor takes these: always, never, or as the model map says of
            the model; `tools` means `tool_choice` and their kin too.
        renames: an OpenAI parameter and the vendor's name for it.
        quirks: names of functions in `openai_like.quirks` that the vendor's documentation makes necessary, in order.
        chat, embedding, completion: whether it has these endpoints; `embedding_params` are the parameters of the
            second, `embedding_renames` their names there, `embedding_lists` says that it takes lists of texts only.

    How LiteLLM 1.x shows it:
        direct: it calls the vendor by complete URL: a base may hold the whole path, raw requests show it.
        announced: `get_llm_provider` answers the vendor's base and key.
        addresses: further URLs by which a base names this vendor (its own `base` always does).

    `docs` is the vendor's page, empty where none is known; `verified` says that published documentation (the vendor's
    page, or a registry or an SDK that cites it) confirmed base, sign-in and path. The rest is as LiteLLM 1.x has it.
    """

    name: str
    base: str | None
    key_env: tuple[str, ...] = ()
    base_env: tuple[str, ...] = ()
    path: str = "/chat/completions"
    own_path: str | None = None
    key_name: str | None = None
    key_required: bool = True
    default_key: str | None = None
    supported: frozenset[str] | None = None
    more: frozenset[str] = frozenset()
    unsupported: frozenset[str] = frozenset()
    reasoning_effort: When = "by model"
    thinking: When = "never"
    tools: When = "always"
    renames: Mapping[str, str] = msgspec.field(default_factory=dict)
    quirks: tuple[str, ...] = ()
    headers: Mapping[str, str] = msgspec.field(default_factory=dict)
    embedding: bool = True
    embedding_params: frozenset[str] = frozenset({"dimensions", "encoding_format", "user"})
    embedding_renames: Mapping[str, str] = msgspec.field(default_factory=dict)
    embedding_lists: bool = False
    chat: bool = True
    completion: bool = True
    direct: bool = False
    announced: bool = True
    addresses: tuple[str, ...] = ()
    docs: str = ""
    verified: bool = False
