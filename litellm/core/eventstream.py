"""AWS's binary event streams (application/vnd.amazon.eventstream): bytes in, messages out. Nothing waits here.

A message is: total length and length of its headers (4 bytes each, big-endian), CRC-32 of those 8 bytes, the headers,
the payload, CRC-32 of all before it. Source: https://smithy.io/2.0/aws/amazon-eventstream.html and
https://docs.aws.amazon.com/AmazonS3/latest/API/RESTSelectObjectAppendix.html
"""

import struct
from collections.abc import Mapping
from typing import NamedTuple
from zlib import crc32

from litellm.core.framing import require_size

HeaderValue = bool | int | bytes | str

_PRELUDE = struct.Struct(">III")
_CHECKSUM = struct.Struct(">I")
_OVERHEAD = _PRELUDE.size + _CHECKSUM.size
_INTEGERS = {2: struct.Struct(">b"), 3: struct.Struct(">h"), 4: struct.Struct(">i"), 5: struct.Struct(">q")}
_BYTES, _TEXT, _TIMESTAMP, _UUID = 6, 7, 8, 9


class DamagedStream(ValueError):
    """The bytes are not an event stream, or were changed on their way."""


class Message(NamedTuple):
    """One message: its headers (names such as `:event-type`, `:message-type`, `:exception-type`) and its payload."""

    headers: Mapping[str, HeaderValue]
    payload: bytes

    def text(self, name: str) -> str:
        """A header's text; empty when it is missing or of another type."""
        value = self.headers.get(name)
        return value if isinstance(value, str) else ""


class MessageParser:
    """Cuts a stream into messages and checks their sums."""

    def __init__(self) -> None:
        self._pending = bytearray()

    def feed(self, data: bytes) -> list[Message]:
        """The messages that these bytes complete.

        Raises `DamagedStream` for a wrong sum or length, `FrameTooLarge` for a message larger than may be held.
        """
        self._pending += data
        messages = []
        while len(self._pending) >= _PRELUDE.size:
            size = _checked_size(self._pending)
            if len(self._pending) < size:
                break
            messages.append(_message(bytes(self._pending[:size])))
            del self._pending[:size]
        return messages

    def close(self) -> None:
        """Raise `DamagedStream` when the stream ends within a message."""
        if self._pending:
            raise DamagedStream(f"the event stream ended after {len(self._pending)} bytes of a message")


def _checked_size(data: bytearray) -> int:
    size, headers, checksum = _PRELUDE.unpack_from(data)
    if crc32(data[: _PRELUDE.size - _CHECKSUM.size]) != checksum:
        raise DamagedStream(
            "the checksum of a message's lengths is wrong: this is no AWS event stream, or it was changed"
        )
    if size < _OVERHEAD + headers:
        raise DamagedStream(f"a message of {size} bytes cannot hold {headers} bytes of headers")
    require_size(size, "a message")
    return int(size)


def _message(data: bytes) -> Message:
    (checksum,) = _CHECKSUM.unpack_from(data, len(data) - _CHECKSUM.size)
    if crc32(data[: -_CHECKSUM.size]) != checksum:
        raise DamagedStream("the checksum of a message is wrong: the stream was changed on its way")
    _, length, _ = _PRELUDE.unpack_from(data)
    end = _PRELUDE.size + length
    return Message(_headers(data[_PRELUDE.size : end]), data[end : -_CHECKSUM.size])


def _headers(data: bytes) -> dict[str, HeaderValue]:
    found: dict[str, HeaderValue] = {}
    at = 0
    try:
        while at < len(data):
            end = at + 1 + data[at]
            name, kind = data[at + 1 : end].decode(), data[end]
            found[name], at = _value(kind, data, end + 1)
    except (IndexError, struct.error, UnicodeDecodeError) as error:
        raise DamagedStream(f"the headers of a message cannot be read: {error}") from error
    if at != len(data):
        raise DamagedStream("the headers of a message are cut short")
    return found


def _value(kind: int, data: bytes, at: int) -> tuple[HeaderValue, int]:
    """A header's value and the place after it. A timestamp is milliseconds since the epoch, a UUID its 16 bytes."""
    if kind in (0, 1):
        return kind == 0, at
    if kind == _UUID:
        return data[at : at + 16], at + 16
    if kind in (_BYTES, _TEXT):
        (length,) = struct.unpack_from(">H", data, at)
        value = data[at + 2 : at + 2 + length]
        return value.decode() if kind == _TEXT else value, at + 2 + length
    number = _INTEGERS[5] if kind == _TIMESTAMP else _INTEGERS.get(kind)
    if number is None:
        raise DamagedStream(f"a header has the unknown type {kind}")
    return int(number.unpack_from(data, at)[0]), at + number.size
