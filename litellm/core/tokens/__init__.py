"""Counting tokens: encodings, tokenizers, prompts, images, tools, trimming. Reads nothing before it is used."""

from litellm.core.tokens.bpe import Encoding, get_encoding, load_encoding
from litellm.core.tokens.counting import estimate_tokens, token_counter
from litellm.core.tokens.tokenizers import (
    create_pretrained_tokenizer,
    create_tokenizer,
    decode,
    encode,
    encoding_for_model,
    encoding_name_for_model,
)
from litellm.core.tokens.trimming import trim_messages

encoding: Encoding = get_encoding("cl100k_base")

__all__ = [
    "Encoding",
    "create_pretrained_tokenizer",
    "create_tokenizer",
    "decode",
    "encode",
    "encoding",
    "encoding_for_model",
    "encoding_name_for_model",
    "estimate_tokens",
    "get_encoding",
    "load_encoding",
    "token_counter",
    "trim_messages",
]
