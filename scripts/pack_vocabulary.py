"""Pack a published byte-pair vocabulary into the form that `litellm.core.tokens.bpe` loads.

    python scripts/pack_vocabulary.py cl100k_base.tiktoken litellm/core/vocabularies/cl100k_base.bpe

Reads OpenAI's `.tiktoken` files (a line is base64 token bytes and rank) and Anthropic's `tokenizer.json` (a byte-level
BPE whose ids are its merge order). Writes zlib(msgpack({first two bytes: {token: rank}})): a text touches a few of the
groups, so a first count decodes those and not 200,000 tokens. See litellm/core/vocabularies/README.md for the sources.
"""

import base64
import sys
import zlib
from pathlib import Path

import msgspec

Ranks = dict[bytes, int]


def read_tiktoken(path: Path) -> Ranks:
    lines = (line.split() for line in path.read_bytes().splitlines() if line)
    return {base64.b64decode(token): int(rank) for token, rank in lines}


def read_byte_level(path: Path) -> Ranks:
    document = msgspec.json.decode(path.read_bytes())
    special = {token["content"] for token in document["added_tokens"]}
    byte_of = stand_ins()
    vocabulary = document["model"]["vocab"]
    return {bytes(byte_of[c] for c in token): rank for token, rank in vocabulary.items() if token not in special}


def stand_ins() -> dict[str, int]:
    """The printable character that byte-level BPE files write for each byte."""
    printable = {*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)}
    hidden = [byte for byte in range(256) if byte not in printable]
    return {chr(byte): byte for byte in printable} | {chr(256 + n): byte for n, byte in enumerate(hidden)}


def pack(ranks: Ranks) -> bytes:
    groups: dict[bytes, Ranks] = {}
    for token, rank in sorted(ranks.items()):
        groups.setdefault(token[:2], {})[token] = rank
    return zlib.compress(msgspec.msgpack.encode(groups), 9)


def main(source: str, target: str) -> None:
    read = read_byte_level if source.endswith(".json") else read_tiktoken
    ranks = read(Path(source))
    Path(target).write_bytes(pack(ranks))
    print(f"{target}: {len(ranks)} tokens, {Path(target).stat().st_size} bytes")


if __name__ == "__main__":
    main(*sys.argv[1:])
