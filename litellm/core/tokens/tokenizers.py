"""Which tokenizer counts for a model, and encoding and decoding with it: ours, or one that the user brings.

A user's tokenizer comes from Hugging Face's `tokenizers`, an optional package; nothing is downloaded unless asked.
"""

import re
from collections.abc import Sequence
from typing import Any, Protocol, TypedDict, cast

from litellm.core.tokens.bpe import Encoding, get_encoding
from litellm.types.model_encodings import DEFAULT_ENCODING, ENCODING_BY_FAMILY, ENCODING_BY_FULL_NAME

HUGGINGFACE = "huggingface_tokenizer"


class CustomTokenizer(TypedDict):
    """What `create_tokenizer` makes and `custom_tokenizer=` takes; `type` tells how `tokenizer` is called."""

    type: str
    tokenizer: Any


class Count(Protocol):
    def __call__(self, text: str, /) -> int: ...


class TokenIds(list[int]):
    """Token ids that also answer `.ids`, as an encoding of `tokenizers` does."""

    __slots__ = ()

    @property
    def ids(self) -> list[int]:
        return list(self)


def encoding_name_for_model(model: str) -> str:
    """The name of the encoding that counts for `model`, whatever route it is reached by.

    Example: `encoding_name_for_model("azure/gpt-4o-mini")` → `"o200k_base"`.
    """
    for pattern, name in ENCODING_BY_FULL_NAME:
        if re.match(pattern, model):
            return name
    bare = model.rpartition("/")[2]
    for pattern, name in ENCODING_BY_FAMILY:
        if re.match(pattern, bare):
            return name
    return DEFAULT_ENCODING


def encoding_for_model(model: str) -> Encoding:
    """The encoding that counts for `model`; cl100k_base where its own is not known."""
    return get_encoding(encoding_name_for_model(model))


def encode(model: str = "", text: str = "", custom_tokenizer: CustomTokenizer | None = None) -> list[int]:
    """The tokens of `text` for `model`.

    Example: `litellm.encode(model="gpt-4o", text="Hello")` → `[13225]`.
    """
    if custom_tokenizer is None:
        return encoding_for_model(model).encode(text, disallowed_special=())
    tokenizer = custom_tokenizer["tokenizer"]
    if custom_tokenizer["type"] == HUGGINGFACE:
        return TokenIds(tokenizer.encode(text).ids)
    return cast(list[int], tokenizer.encode(text, disallowed_special=()))


def decode(model: str = "", tokens: Sequence[int] = (), custom_tokenizer: CustomTokenizer | None = None) -> str:
    """The text of `tokens` for `model`.

    Example: `litellm.decode(model="gpt-4o", tokens=[13225])` → `"Hello"`.
    """
    if custom_tokenizer is None:
        return encoding_for_model(model).decode(tokens)
    tokenizer = custom_tokenizer["tokenizer"]
    if custom_tokenizer["type"] == HUGGINGFACE:
        return cast(str, tokenizer.decode(list(tokens), skip_special_tokens=False))
    return cast(str, tokenizer.decode(list(tokens)))


def counting(model: str, custom_tokenizer: CustomTokenizer | None = None) -> Count:
    """A function from text to its number of tokens for `model`."""
    return lambda text: len(encode(model, text, custom_tokenizer))


def create_tokenizer(json: str) -> CustomTokenizer:
    """A tokenizer from the content of a `tokenizer.json`; needs the package `tokenizers`."""
    return {"type": HUGGINGFACE, "tokenizer": _tokenizers().from_str(json)}


def create_pretrained_tokenizer(
    identifier: str, revision: str = "main", auth_token: str | None = None
) -> CustomTokenizer:
    """A tokenizer from the Hugging Face hub, which `tokenizers` downloads; `auth_token` for a gated repository.

    Example: `create_pretrained_tokenizer("Xenova/llama-3-tokenizer")`.
    """
    access = {"token": auth_token} if auth_token else {}
    tokenizer = _tokenizers().from_pretrained(identifier, revision=revision, **access)
    return {"type": HUGGINGFACE, "tokenizer": tokenizer}


def _tokenizers() -> Any:
    try:
        from tokenizers import Tokenizer
    except ImportError as error:
        raise ImportError(
            "This tokenizer needs the package 'tokenizers', which litellm does not install: pip install tokenizers"
        ) from error
    return Tokenizer
