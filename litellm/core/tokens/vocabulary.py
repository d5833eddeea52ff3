"""A vocabulary's ranks, read from the packed file group by group, and byte-pair merging in plain Python.

It exists so that a short text costs neither the 60-200 ms for which tiktoken's constructor holds the interpreter nor
its 50-70 MB: see `bpe`, which decides who encodes. Knows nothing of patterns, models or messages.
"""

import zlib
from pathlib import Path

import msgspec

Ranks = dict[bytes, int]

FOLDER = Path(__file__).parent.parent / "vocabularies"
UNMERGEABLE = 1 << 40


class Vocabulary:
    """The tokens of one encoding by their bytes; opened in about 15 ms, most of it outside the interpreter's lock.

    Example: `Vocabulary("o200k_base").merge(b"hello")` → `[24912]`.
    """

    __slots__ = ("_decode", "_opened", "_packed")

    def __init__(self, name: str) -> None:
        content = zlib.decompress((FOLDER / f"{name}.bpe").read_bytes())
        self._packed = msgspec.msgpack.decode(content, type=dict[bytes, msgspec.Raw])
        self._opened: dict[bytes, Ranks] = {}
        self._decode = msgspec.msgpack.Decoder(Ranks).decode

    def all_ranks(self) -> Ranks:
        """Every token with its rank."""
        ranks: Ranks = {}
        for group in self._packed.values():
            ranks.update(self._decode(group))
        return ranks

    def rank(self, token: bytes) -> int:
        """The rank of `token`, or `UNMERGEABLE` where it is none."""
        prefix = token[:2]
        group = self._opened.get(prefix)
        if group is None:
            packed = self._packed.get(prefix)
            group = self._opened[prefix] = {} if packed is None else self._decode(packed)
        return group.get(token, UNMERGEABLE)

    def merge(self, piece: bytes) -> list[int]:
        """Encode one piece: join the neighbours whose union ranks lowest until none can be joined.

        Time grows with the square of the length (in C): the caller bounds `piece`.
        """
        whole = self.rank(piece)
        if whole != UNMERGEABLE:
            return [whole]
        parts = [piece[i : i + 1] for i in range(len(piece))]
        unions = [self.rank(piece[i : i + 2]) for i in range(len(piece) - 1)]
        while unions and (lowest := min(unions)) != UNMERGEABLE:
            at = unions.index(lowest)
            parts[at : at + 2] = [parts[at] + parts[at + 1]]
            del unions[at]
            if at:
                unions[at - 1] = self.rank(parts[at - 1] + parts[at])
            if at < len(unions):
                unions[at] = self.rank(parts[at] + parts[at + 1])
        return [self.rank(part) for part in parts]
