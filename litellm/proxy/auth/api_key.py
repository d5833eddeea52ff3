"""Finds the key in a request's headers and whose it is. Keys are compared by digest, in constant time, and never
logged.
"""

import hmac
from collections.abc import Mapping
from hashlib import sha256

from litellm.proxy.auth.identity import MASTER, Identity
from litellm.proxy.errors import Refused
from litellm.proxy.state import Snapshot

# The headers of OpenAI's, Azure's and Anthropic's clients and our own, in the order in which they are looked at.
KEY_HEADERS = (b"authorization", b"x-litellm-api-key", b"api-key", b"x-api-key")
_SCHEME = b"bearer "


def digest(key: str) -> bytes:
    """What is kept of a key."""
    return sha256(key.encode()).digest()


def identify(headers: Mapping[bytes, bytes], snapshot: Snapshot) -> Identity:
    """The holder of the key in `headers` (lower-case names). Raises `Refused` 401 without a key, or with a wrong
    one.
    """
    if snapshot.master_key is None:
        return MASTER
    given = _key_in(headers, snapshot.key_headers)
    if not given:
        raise Refused(
            401,
            "Authentication Error, no API key given: send the gateway's key as 'Authorization: Bearer sk-...'",
        )
    if not hmac.compare_digest(sha256(given).digest(), snapshot.master_key):
        raise Refused(401, "Authentication Error, this is not a key of this gateway", param="key")
    return MASTER


def _key_in(headers: Mapping[bytes, bytes], names: tuple[bytes, ...]) -> bytes:
    for name in names:
        value = headers.get(name)
        if value:
            scheme, rest = value[: len(_SCHEME)], value[len(_SCHEME) :]
            return (rest if scheme.lower() == _SCHEME else value).strip()
    return b""
