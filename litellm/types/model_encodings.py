"""Data: which byte-pair encoding a model's tokens are counted with, and what an encoding is made of.

Sources: the model table of github.com/openai/tiktoken (`tiktoken/model.py`) for the o200k families and for the patterns
and special tokens; Anthropic's `tokenizer.json` for `claude_legacy`. Everything unnamed counts with `DEFAULT_ENCODING`.
"""

from typing import NamedTuple


class EncodingSpec(NamedTuple):
    """What an encoding is made of, beside its vocabulary file."""

    pattern: str
    special_tokens: dict[str, int]
    normal_form: str = ""  # a Unicode normal form that the text takes first


DEFAULT_ENCODING = "cl100k_base"

# Families by the last part of the model's name ("azure/gpt-4o" is "gpt-4o"); the first that fits.
ENCODING_BY_FAMILY: tuple[tuple[str, str], ...] = (
    (r"(ft:)?(chatgpt-4o|gpt-4o|gpt-4\.1|gpt-4\.5|gpt-5|gpt-oss|o1|o3|o4)(?![0-9])", "o200k_base"),
)

# Families by the whole name as the caller wrote it. The vocabulary is that of Claude 2 and is off by some tokens for
# later models, like any other guess; LiteLLM 1.x counts these names with it, and budgets were set with its figures.
ENCODING_BY_FULL_NAME: tuple[tuple[str, str], ...] = ((r"claude-(?!3)", "claude_legacy"),)

_O200K_PATTERN = "|".join(
    (
        r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
        r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
        r"\p{N}{1,3}",
        r" ?[^\s\p{L}\p{N}]+[\r\n/]*",
        r"\s*[\r\n]+",
        r"\s+(?!\S)",
        r"\s+",
    )
)
_CL100K_PATTERN = "|".join(
    (
        r"'(?i:[sdmt]|ll|ve|re)",
        r"[^\r\n\p{L}\p{N}]?+\p{L}++",
        r"\p{N}{1,3}+",
        r" ?[^\s\p{L}\p{N}]++[\r\n]*+",
        r"\s++$",
        r"\s*[\r\n]",
        r"\s+(?!\S)",
        r"\s",
    )
)
_BYTE_LEVEL_PATTERN = r"'(?:[sdmt]|ll|ve|re)| ?\p{L}++| ?\p{N}++| ?[^\s\p{L}\p{N}]++|\s++$|\s+(?!\S)|\s"

ENCODINGS: dict[str, EncodingSpec] = {
    "cl100k_base": EncodingSpec(
        pattern=_CL100K_PATTERN,
        special_tokens={
            "<|endoftext|>": 100257,
            "<|fim_prefix|>": 100258,
            "<|fim_middle|>": 100259,
            "<|fim_suffix|>": 100260,
            "<|endofprompt|>": 100276,
        },
    ),
    "o200k_base": EncodingSpec(
        pattern=_O200K_PATTERN, special_tokens={"<|endoftext|>": 199999, "<|endofprompt|>": 200018}
    ),
    "claude_legacy": EncodingSpec(
        pattern=_BYTE_LEVEL_PATTERN,
        special_tokens={"<EOT>": 0, "<META>": 1, "<META_START>": 2, "<META_END>": 3, "<SOS>": 4},
        normal_form="NFKC",
    ),
}
