"""AWS's event streams, on messages that are put together here byte by byte as the specification says."""

import struct
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litellm.core import framing
from litellm.core.eventstream import DamagedStream, Message, MessageParser


def header(name: str, kind: int, value: bytes) -> bytes:
    return bytes([len(name)]) + name.encode() + bytes([kind]) + value


def text(name: str, value: str) -> bytes:
    return header(name, 7, struct.pack(">H", len(value.encode())) + value.encode())


def message(payload: bytes = b"", headers: bytes = b"") -> bytes:
    prelude = struct.pack(">II", 16 + len(headers) + len(payload), len(headers))
    data = prelude + struct.pack(">I", crc32(prelude)) + headers + payload
    return data + struct.pack(">I", crc32(data))


def test_the_specifications_example_of_an_empty_message() -> None:
    # https://smithy.io/2.0/aws/amazon-eventstream.html: 16 bytes, no headers, no payload.
    data = bytes.fromhex("00000010 00000000 05c248eb 7d98c8ff")
    assert data == message()
    assert MessageParser().feed(data) == [Message({}, b"")]


def test_every_type_of_header() -> None:
    headers = b"".join(
        (
            header("yes", 0, b""),
            header("no", 1, b""),
            header("byte", 2, b"\xff"),
            header("short", 3, b"\xff\xfe"),
            header("int", 4, struct.pack(">i", -70000)),
            header("long", 5, struct.pack(">q", 1 << 40)),
            header("bytes", 6, b"\x00\x02\x00\xff"),
            text(":event-type", "chunk"),
            header("when", 8, struct.pack(">q", 1_700_000_000_000)),
            header("uuid", 9, bytes(range(16))),
        )
    )
    (found,) = MessageParser().feed(message(b"{}", headers))

    assert found.payload == b"{}"
    assert found.headers == {
        "yes": True,
        "no": False,
        "byte": -1,
        "short": -2,
        "int": -70000,
        "long": 1 << 40,
        "bytes": b"\x00\xff",
        ":event-type": "chunk",
        "when": 1_700_000_000_000,
        "uuid": bytes(range(16)),
    }
    assert found.text(":event-type") == "chunk"
    assert found.text("byte") == found.text("absent") == ""


@given(st.lists(st.tuples(st.binary(), st.text(max_size=50))), st.lists(st.integers(0, 10_000), max_size=8))
def test_messages_do_not_depend_on_the_reads(contents: list[tuple[bytes, str]], places: list[int]) -> None:
    data = b"".join(message(payload, text("t", name)) for payload, name in contents)
    edges = [0, *sorted(place % (len(data) + 1) for place in places), len(data)]
    parser = MessageParser()
    found = [each for start, end in zip(edges, edges[1:], strict=False) for each in parser.feed(data[start:end])]
    parser.close()
    assert [(each.payload, each.headers["t"]) for each in found] == contents


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_no_changed_byte_goes_unnoticed(place: int, change: int) -> None:
    data = bytearray(message(b"payload", text("name", "value")))
    data[place % len(data)] ^= change
    with pytest.raises(DamagedStream):
        MessageParser().feed(bytes(data))


def test_a_stream_that_ends_within_a_message() -> None:
    parser = MessageParser()
    assert parser.feed(message(b"whole") + message(b"cut")[:-1]) == [Message({}, b"whole")]
    with pytest.raises(DamagedStream, match="ended after 18 bytes"):
        parser.close()


@pytest.mark.parametrize(
    "headers",
    [
        header("odd", 10, b""),
        header("short", 4, b"\x00"),
        b"\x09cut",
        text("cut", "value")[:-1],
        header("uuid", 9, b"1"),
        header("text", 7, b"\x00\x01\xff"),
    ],
)
def test_headers_that_break_the_format(headers: bytes) -> None:
    with pytest.raises(DamagedStream, match="header"):
        MessageParser().feed(message(headers=headers))


def test_lengths_that_cannot_be() -> None:
    prelude = struct.pack(">II", 16, 8)
    with pytest.raises(DamagedStream, match="cannot hold 8 bytes"):
        MessageParser().feed(prelude + struct.pack(">I", crc32(prelude)))


def test_a_message_larger_than_may_be_held_is_refused_before_it_comes() -> None:
    prelude = struct.pack(">II", framing.MAX_EVENT_BYTES + 1, 0)
    with pytest.raises(framing.FrameTooLarge):
        MessageParser().feed(prelude + struct.pack(">I", crc32(prelude)))
