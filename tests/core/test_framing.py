"""Framing: however a stream is cut into reads, the same messages come out."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litellm.core import framing
from litellm.core.framing import ArrayParser, Event, EventParser, FrameTooLarge, LineParser


def cut(data: bytes, places: list[int]) -> list[bytes]:
    edges = [0, *sorted(place % (len(data) + 1) for place in places), len(data)]
    return [data[start:end] for start, end in zip(edges, edges[1:], strict=False)]


def events(*pieces: bytes) -> list[Event]:
    parser = EventParser()
    return [event for piece in pieces for event in parser.feed(piece)] + parser.close()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"data: a\n\n", [Event("", b"a")]),
        (b"data:a\n\n", [Event("", b"a")]),
        (b"data:  a\n\n", [Event("", b" a")]),
        (b"data: a\r\n\r\n", [Event("", b"a")]),
        (b"data: a\ndata: b\n\n", [Event("", b"a\nb")]),
        (b"event: ping\ndata: {}\n\n", [Event("ping", b"{}")]),
        (b"event: ping\n\ndata: a\n\n", [Event("", b"a")]),
        (b": comment\n\n: comment\ndata: a\n\n", [Event("", b"a")]),
        (b"id: 1\nretry: 5\ndata: a\n\n", [Event("", b"a")]),
        (b"\xef\xbb\xbfdata: a\n\n", [Event("", b"a")]),
        (b"data: a\n\n\xef\xbb\xbfdata: b\n\n", [Event("", b"a")]),
        (b"data: a", [Event("", b"a")]),
        (b"data: a\n", [Event("", b"a")]),
        (b"data\n\n", []),
        (b"data:\n\n", [Event("", b"")]),
        (b"", []),
        (b"\n\n\n", []),
    ],
)
def test_what_the_standard_says_of_events(data: bytes, expected: list[Event]) -> None:
    assert events(data) == expected


LINES = st.sampled_from(
    [b"data: a", b"data:", b"data: {}", b"event: x", b": c", b"", b"", b"id: 3", "data: ü€😀".encode(), b"dat"]
)


@given(st.lists(LINES), st.sampled_from([b"\n", b"\r\n"]), st.lists(st.integers(0, 10_000), max_size=8))
def test_events_do_not_depend_on_the_reads(lines: list[bytes], end: bytes, places: list[int]) -> None:
    data = end.join(lines)
    assert events(*cut(data, places)) == events(data)
    assert events(*(data[place : place + 1] for place in range(len(data)))) == events(data)


@given(st.lists(st.text(), min_size=1), st.lists(st.integers(0, 10_000), max_size=8))
def test_every_text_comes_through_an_event(texts: list[str], places: list[int]) -> None:
    data = b"".join(b"data: " + json.dumps(text).encode() + b"\n\n" for text in texts)
    assert [json.loads(event.data) for event in events(*cut(data, places))] == texts


def test_a_huge_event_costs_its_length_and_no_more() -> None:
    parser = EventParser()
    piece = b"x" * 1000
    assert parser.feed(b"data: ") == []
    assert all(parser.feed(piece) == [] for _ in range(5000))
    (event,) = parser.feed(b"\n\n")
    assert len(event.data) == 5_000_000


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(framing, "MAX_EVENT_BYTES", 100)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("parser", "endless"),
    [(EventParser(), b"x"), (EventParser(), b"data: x\n"), (LineParser(), b"x"), (ArrayParser(), b"[")],
)
def test_a_message_without_end_is_refused(parser: Any, endless: bytes) -> None:
    with pytest.raises(FrameTooLarge, match="100 bytes"):
        for _ in range(200):
            parser.feed(endless)


@pytest.mark.usefixtures("small")
def test_many_events_may_be_larger_than_one() -> None:
    assert len(events(*[b"data: 1234567890\n\n"] * 100)) == 100


def lines(*pieces: bytes) -> list[bytes]:
    parser = LineParser()
    return [line for piece in pieces for line in parser.feed(piece)] + parser.close()


@given(st.lists(st.dictionaries(st.text(), st.integers())), st.lists(st.integers(0, 10_000), max_size=8))
def test_lines_do_not_depend_on_the_reads(values: list[Any], places: list[int]) -> None:
    data = b"\r\n".join(json.dumps(value).encode() for value in values)
    assert [json.loads(line) for line in lines(*cut(data, places))] == values


def test_blank_lines_are_no_messages() -> None:
    assert lines(b"\n {} \n\n\r\n[]") == [b"{}", b"[]"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)


def items(*pieces: bytes) -> list[bytes]:
    parser = ArrayParser()
    found = [item for piece in pieces for item in parser.feed(piece)]
    assert parser.complete
    return found


@given(st.lists(JSON), st.sampled_from([None, 2]), st.booleans(), st.lists(st.integers(0, 10_000), max_size=8))
def test_items_do_not_depend_on_the_reads(
    values: list[Any], indent: int | None, ascii: bool, places: list[int]
) -> None:
    data = b"\n " + json.dumps(values, indent=indent, ensure_ascii=ascii).encode() + b"\n"
    assert [json.loads(item) for item in items(*cut(data, places))] == values
    assert [json.loads(item) for item in items(*(data[place : place + 1] for place in range(len(data))))] == values


def test_an_item_is_there_as_soon_as_it_is_whole() -> None:
    parser = ArrayParser()
    assert parser.feed(b'[{"a": "],[\\""},') == [b'{"a": "],[\\""}']
    assert not parser.complete
    assert parser.feed(b"2]") == [b"2"]
    assert parser.complete


@pytest.mark.parametrize("data", [b'{"error": {}}', b"[] []", b"[1]x"])
def test_what_is_no_array_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="JSON array"):
        ArrayParser().feed(data)
