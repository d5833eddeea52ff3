"""Identifiers and creation times of objects made here rather than by a provider."""

from __future__ import annotations

import os
import time


def uuid4() -> str:
    """A random UUID (RFC 9562, version 4) as text, without the import of `uuid`."""
    bits = bytearray(os.urandom(16))
    bits[6] = bits[6] & 0x0F | 0x40
    bits[8] = bits[8] & 0x3F | 0x80
    text = bits.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def chat_id() -> str:
    """A new id of a chat completion."""
    return f"chatcmpl-{uuid4()}"


def now() -> int:
    """Seconds since 1970."""
    return int(time.time())
