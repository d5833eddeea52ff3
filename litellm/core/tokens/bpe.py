"""Byte-pair encodings: exact, without network, linear in the text, built when first used.

Two engines give the same tokens. Plain Python over lazily read groups serves short texts at once; tiktoken's Rust core
serves large ones and, once Python has done as much work as building that core costs, everything. Building it holds the
interpreter's lock (60 ms for cl100k_base, 190 ms for o200k_base), so a server calls `load_encoding` before it accepts.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from litellm.core.tokens.vocabulary import Vocabulary
from litellm.types.model_encodings import DEFAULT_ENCODING, ENCODINGS

if TYPE_CHECKING:
    import tiktoken

SHORT_TEXT = 32_000
"""Characters up to which plain Python may encode a text."""
SHORT_PIECE = 200
"""Bytes up to which plain Python may merge a piece; a longer one is a run, and quadratic."""
PYTHON_ALLOWANCE = 200_000
"""Characters after which an encoding builds its native core: about what plain Python does in the time that takes."""
WINDOW = 50_000
"""Characters given to the native core at once."""
SEAM_SEARCH = 4_096
"""Characters before a window's end in which a seam is looked for."""

# Between a letter or digit and one of these, every pattern here ends a piece and none looks back, so that the halves
# encode to the same tokens apart as together.
_SEAM = re.compile(r"[^\W_](?=[ \t\r\n.,;:!?)\]}\"。、！？；：」])")  # noqa: RUF001

Special = Literal["all"] | Collection[str]


class Encoding:
    """One encoding, with the methods of `tiktoken.Encoding`; names it lacks here are answered by that class.

    Unlike there, the text of a special token is ordinary text unless told otherwise: counting must not fail on it.
    Example: `get_encoding("cl100k_base").encode("Hello, world!")` → `[9906, 11, 1917, 0]`.
    """

    def __init__(self, name: str) -> None:
        if name not in ENCODINGS:
            raise ValueError(f"Unknown encoding {name!r}: choose one of {', '.join(ENCODINGS)}")
        self.name = name
        self._spec = ENCODINGS[name]
        self._native: tiktoken.Encoding | None = None
        self._vocabulary: Vocabulary | None = None
        self._find_pieces: Callable[[str], list[str]] | None = None
        self._allowance = PYTHON_ALLOWANCE

    def __repr__(self) -> str:
        return f"<Encoding {self.name!r}>"

    def __reduce__(self) -> tuple[Callable[[str], "Encoding"], tuple[str]]:
        return get_encoding, (self.name,)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self.load(), name)

    @property
    def loaded(self) -> bool:
        """Whether the native core is built."""
        return self._native is not None

    @property
    def special_tokens_set(self) -> set[str]:
        return set(self._spec.special_tokens)

    def load(self) -> "tiktoken.Encoding":
        """Build the native core if need be, and answer it; holds the interpreter's lock meanwhile."""
        if self._native is None:
            from tiktoken.core import Encoding as NativeEncoding

            vocabulary = self._vocabulary or Vocabulary(self.name)
            self._native = NativeEncoding(
                self.name,
                pat_str=self._spec.pattern,
                mergeable_ranks=vocabulary.all_ranks(),
                special_tokens=self._spec.special_tokens,
            )
            self._vocabulary = self._find_pieces = None
        return self._native

    def encode(
        self,
        text: str,
        *,
        allowed_special: Special = (),
        disallowed_special: Special = (),
    ) -> list[int]:
        """Encode `text`; `allowed_special` become their own tokens, `disallowed_special` raise `ValueError`.

        A run of more than 50,000 characters without a natural seam (spaces, one word) is cut, which may add a token or
        two for each cut.
        """
        if allowed_special or disallowed_special:
            return self.load().encode(
                self._normalized(text),
                allowed_special=_special(allowed_special),
                disallowed_special=disallowed_special,
            )
        return self.encode_ordinary(text)

    def encode_ordinary(self, text: str) -> list[int]:
        """Encode `text`, taking special tokens for ordinary text."""
        text = self._normalized(text)
        if self._native is None and len(text) <= min(SHORT_TEXT, self._allowance):
            self._allowance -= len(text)
            tokens = self._encode_in_python(text)
            if tokens is not None:
                return tokens
        native = self.load()
        if len(text) <= WINDOW:
            return native.encode_ordinary(text)
        return [token for window in _windows(text) for token in native.encode_ordinary(window)]

    def decode(self, tokens: Sequence[int], errors: str = "replace") -> str:
        """The text of `tokens`; bytes that are no UTF-8 are handled as `bytes.decode` does by `errors`."""
        return self.load().decode(tokens, errors)

    def _normalized(self, text: str) -> str:
        form = self._spec.normal_form
        return unicodedata.normalize(form, text) if form else text  # type: ignore[arg-type]

    def _encode_in_python(self, text: str) -> list[int] | None:
        """The tokens of a short text, or None where it is not for plain Python: a long run, a lone surrogate."""
        pieces, merge = self._python_engine()
        tokens: list[int] = []
        try:
            for piece in pieces(text):
                content = piece.encode()
                if len(content) > SHORT_PIECE:
                    return None
                tokens += merge(content)
        except UnicodeEncodeError:
            return None
        return tokens

    def _python_engine(self) -> tuple[Callable[[str], list[str]], Callable[[bytes], list[int]]]:
        vocabulary, find_pieces = self._vocabulary, self._find_pieces
        if vocabulary is None or find_pieces is None:
            import regex  # type: ignore[import-untyped]

            vocabulary = self._vocabulary = Vocabulary(self.name)
            find_pieces = self._find_pieces = regex.compile(self._spec.pattern).findall
        return find_pieces, vocabulary.merge


def _special(allowed: Special) -> Any:
    return allowed if allowed == "all" else set(allowed)


def _windows(text: str) -> Iterator[str]:
    """`text` in windows that end where a piece must end, or, where there is no such place, anywhere."""
    start = 0
    while len(text) - start > WINDOW:
        limit = start + WINDOW
        seams = [match.end() for match in _SEAM.finditer(text, limit - SEAM_SEARCH, limit)]
        end = seams[-1] if seams else limit
        yield text[start:end]
        start = end
    yield text[start:]


@cache
def get_encoding(name: str = DEFAULT_ENCODING) -> Encoding:
    """The encoding of that name, one object a process; nothing is read before it is used."""
    return Encoding(name)


def load_encoding(name: str = DEFAULT_ENCODING) -> None:
    """Build an encoding's native core now, at a moment when the pause (60-190 ms) harms nobody.

    Example: `await ports.offload(lambda: load_encoding("o200k_base"))` before a server accepts its first request.
    """
    get_encoding(name).load()
