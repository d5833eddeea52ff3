"""Identifiers and creation times of objects made here rather than by a provider."""

from __future__ import annotations

import time
import uuid


def uuid4() -> str:
    """A random UUID as text."""
    return str(uuid.uuid4())


def chat_id() -> str:
    """A new id of a chat completion."""
    return f"chatcmpl-{uuid.uuid4()}"


def now() -> int:
    """Seconds since 1970."""
    return int(time.time())
