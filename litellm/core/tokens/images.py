"""What an image in a message costs in tokens: its size from the file's header, then tiles. No network.

Source of the arithmetic: platform.openai.com/docs/guides/images-vision (85 tokens for low detail; for high detail 85
and 170 for every tile of 512 pixels after scaling), with LiteLLM 1.x's limit of 2000 pixels for the long side.
"""

import binascii
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

BASE_TOKENS = 85
TILE_TOKENS = 170
DEFAULT_TOKENS = 250
SHORT_SIDE = 768
LONG_SIDE = 2000
TILE_SIDE = 512
DETAILS = ("low", "high", "auto")
HEADER_CHARACTERS = 400_000
"""Base64 characters read for a size; the metadata before a JPEG's size can be long."""


class Size(NamedTuple):
    """Width and height in pixels."""

    width: int
    height: int


UNKNOWN = Size(300, 300)
"""Taken for an image whose size cannot be read: one behind a URL, one of an unknown format."""


def image_tokens(url: str, *, detail: str = "auto", use_default: bool = False) -> int:
    """The tokens of one image; `auto` costs as `low`, the least it can be.

    Raises `ValueError` for a `detail` that is none of low, high and auto.
    Example: `image_tokens("data:image/png;base64,…", detail="high")` → 255 for a small image.
    """
    if detail not in DETAILS:
        raise ValueError(f"Invalid image detail {detail!r}: expected 'low', 'high' or 'auto'")
    if use_default:
        return DEFAULT_TOKENS
    if detail != "high":
        return BASE_TOKENS
    return BASE_TOKENS + TILE_TOKENS * tiles(scaled(image_size(url)))


def content_image_tokens(image: Any, *, use_default: bool = False) -> int:
    """The tokens of the `image_url` of a content part: a URL, or an object with `url` and `detail`."""
    if isinstance(image, Mapping):
        detail = image.get("detail") or "auto"
        return image_tokens(str(image.get("url") or ""), detail=detail, use_default=use_default)
    if not isinstance(image, str) or not image.strip():
        raise ValueError(f"Invalid image_url {image!r}: expected a URL or an object with a `url`")
    return image_tokens(image, use_default=use_default)


def tiles(size: Size) -> int:
    """How many tiles cover an image."""
    return -(-size.width // TILE_SIDE) * -(-size.height // TILE_SIDE)


def scaled(size: Size) -> Size:
    """The size at which high detail is looked at: the short side 768 pixels, the long side 2000 at most."""
    if max(size) <= SHORT_SIDE or not min(size):
        return size
    ratio = max(size) / min(size)
    long = int(SHORT_SIDE * ratio)
    short = SHORT_SIDE
    if long > LONG_SIDE:
        long, short = LONG_SIDE, int(LONG_SIDE / ratio)
    return Size(short, long) if size.width <= size.height else Size(long, short)


def image_size(url: str) -> Size:
    """The size of an image in a base64 data URL (PNG, JPEG, GIF, WebP); `UNKNOWN` where it cannot be read."""
    if not url.startswith("data:"):
        return UNKNOWN
    head = url.partition(",")[2][:HEADER_CHARACTERS]
    try:
        content = binascii.a2b_base64(head[: len(head) - len(head) % 4])
    except (binascii.Error, ValueError):
        return UNKNOWN
    return read_size(content)


def read_size(content: bytes) -> Size:
    """The size that the first bytes of an image file tell; `UNKNOWN` where they do not."""
    for magic, offset, read in _READERS:
        if content.startswith(magic, offset):
            return read(content) or UNKNOWN
    return UNKNOWN


def _png(content: bytes) -> Size | None:
    if len(content) < 24:
        return None
    return Size(int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big"))


def _gif(content: bytes) -> Size | None:
    if len(content) < 10:
        return None
    return Size(int.from_bytes(content[6:8], "little"), int.from_bytes(content[8:10], "little"))


def _jpeg(content: bytes) -> Size | None:
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):  # a start of frame
            height, width = content[at + 5 : at + 7], content[at + 7 : at + 9]
            return Size(int.from_bytes(width, "big"), int.from_bytes(height, "big"))
        # 0xFF before a marker is filling; any other marker before the frame is followed by its length
        at += 1 if marker == 0xFF else 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return None


def _webp(content: bytes) -> Size | None:
    """Container: developers.google.com/speed/webp/docs/riff_container (VP8 lossy, VP8L lossless, VP8X extended)."""
    kind = content[12:16]
    if kind == b"VP8X" and len(content) >= 30:
        return Size(int.from_bytes(content[24:27], "little") + 1, int.from_bytes(content[27:30], "little") + 1)
    if kind == b"VP8L" and len(content) >= 25:
        bits = int.from_bytes(content[21:25], "little")
        return Size((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    if kind == b"VP8 " and len(content) >= 30:
        width, height = content[26:28], content[28:30]
        return Size(int.from_bytes(width, "little") & 0x3FFF, int.from_bytes(height, "little") & 0x3FFF)
    return None


_READERS: tuple[tuple[bytes, int, Callable[[bytes], Size | None]], ...] = (
    (b"\x89PNG\r\n\x1a\n", 0, _png),
    (b"\xff\xd8", 0, _jpeg),
    (b"GIF8", 0, _gif),
    (b"WEBP", 8, _webp),
)
