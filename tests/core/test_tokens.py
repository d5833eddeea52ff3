"""Counting tokens: both engines against tiktoken's own split, time against length, prompts, images, trimming."""

import base64
import pickle
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

import litellm
from litellm.core.tokens import bpe as bpe_module
from litellm.core.tokens import (
    create_tokenizer,
    decode,
    encode,
    encoding,
    encoding_name_for_model,
    estimate_tokens,
    get_encoding,
    load_encoding,
    token_counter,
    trim_messages,
)
from litellm.core.tokens import tokenizers as tokenizers_module
from litellm.core.tokens.bpe import SHORT_TEXT, WINDOW, Encoding
from litellm.core.tokens.images import UNKNOWN, Size, image_size, image_tokens, scaled, tiles
from litellm.core.tokens.tool_definitions import typescript_namespace
from litellm.types.model_encodings import ENCODINGS

NAMES = tuple(ENCODINGS)
SAMPLES = (
    "",
    "Hello, world!",
    "I'LL don't we've y'all'd 's",
    "naïve café – 12€ ☕ 1234567890",
    "こんにちは世界。漢字、かな!",
    "def f(x):\n    return x ** 2\r\n\r\n\t\t# end   ",
    "🙂🙂👩‍👩‍👧 e\u0301 \u2003 ﬁ ½ Ⅷ",
    "<|endoftext|> <EOT> is ordinary text",
)


@pytest.fixture
def fresh(request: pytest.FixtureRequest) -> Encoding:
    return Encoding(request.param)


@pytest.fixture(scope="module")
def native() -> Callable[[str], Encoding]:
    def load(name: str) -> Encoding:
        load_encoding(name)
        return get_encoding(name)

    return load


def split_by_tiktoken(name: str, text: str) -> list[int]:
    """What tiktoken gives piece by piece, split with the `regex` package and without our windows."""
    core = get_encoding(name).load()
    pieces = regex.findall(ENCODINGS[name].pattern, get_encoding(name)._normalized(text))
    return [token for piece in pieces for token in core._encode_single_piece(piece)]


# --- exactness ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", SAMPLES)
@pytest.mark.parametrize("fresh", NAMES, indirect=True)
def test_plain_python_and_tiktoken_agree_on_samples(fresh: Encoding, text: str) -> None:
    in_python = fresh.encode(text)
    assert not fresh.loaded
    assert in_python == split_by_tiktoken(fresh.name, text)


@settings(max_examples=200, deadline=None)
@given(text=st.text(st.sampled_from("aAbB '\"sS\n\r\t12é漢ُ🙂.,/-_ﬁ½\u00a0"), max_size=80))
def test_plain_python_and_tiktoken_agree_on_any_text(text: str) -> None:
    for name in NAMES:
        tokens = PYTHON_ONLY[name]._encode_in_python(get_encoding(name)._normalized(text))
        assert tokens == split_by_tiktoken(name, text)


PYTHON_ONLY = {name: Encoding(name) for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_windows_do_not_change_the_tokens(name: str, native: Callable[[str], Encoding]) -> None:
    text = " ".join(SAMPLES) * (2 * WINDOW // 150)
    assert len(text) > WINDOW
    assert native(name).encode(text) == split_by_tiktoken(name, text)


@pytest.mark.parametrize("run", ["a", " ", "\n", "漢", "🙂"])
def test_a_run_without_a_seam_gains_few_tokens(run: str, native: Callable[[str], Encoding]) -> None:
    text = run * (3 * WINDOW)
    tokens = native("o200k_base").encode(text)
    assert native("o200k_base").decode(tokens) == text
    assert abs(len(tokens) - len(get_encoding("o200k_base").load().encode_ordinary(text))) <= 4


def test_a_lone_surrogate_counts_as_a_replacement_character() -> None:
    assert Encoding("cl100k_base").encode("a\ud800b") == encoding.encode("a\ufffdb")


def test_special_tokens_are_text_unless_asked_for() -> None:
    text = "<|endoftext|> is special"
    assert len(encoding.encode(text)) == len(encoding.encode(text, disallowed_special=())) == 9
    assert encoding.encode(text, allowed_special="all")[0] == 100257
    assert encoding.encode(text, allowed_special={"<|endoftext|>"})[0] == 100257
    with pytest.raises(ValueError, match="endoftext"):
        encoding.encode(text, disallowed_special="all")


def test_bytes_that_are_no_text_decode_to_replacement_characters() -> None:
    assert encoding.decode(encoding.encode("漢字")[:1]) == "\ufffd"


def test_an_encoding_answers_for_what_tiktoken_has() -> None:
    assert encoding.decode_single_token_bytes(9906) == b"Hello"
    assert encoding.n_vocab == 100277
    assert "<|endoftext|>" in encoding.special_tokens_set
    assert not hasattr(encoding, "_no_such_name")
    assert pickle.loads(pickle.dumps(encoding)) is encoding
    assert repr(encoding) == "<Encoding 'cl100k_base'>"


def test_an_unknown_encoding_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="'p50k_base'.*cl100k_base"):
        get_encoding("p50k_base")


# --- which engine, and what it costs -----------------------------------------------------------------------------


def test_long_texts_long_runs_and_much_work_build_the_native_core(monkeypatch: pytest.MonkeyPatch) -> None:
    for text in ("word " * SHORT_TEXT, "a" * 1000):
        one = Encoding("claude_legacy")
        one.encode(text)
        assert one.loaded
    monkeypatch.setattr(bpe_module, "PYTHON_ALLOWANCE", 20)
    one = Encoding("claude_legacy")
    one.encode("ten chars.")
    assert not one.loaded
    one.encode("more than ten.")
    assert one.loaded


@pytest.mark.parametrize("run", ["a", " ", "漢"])
def test_time_grows_with_the_length(run: str, native: Callable[[str], Encoding]) -> None:
    """A megabyte takes 16 times as long as a sixteenth of it, not 256 times."""
    one = native("o200k_base")
    size = 1_000_000 // len(run.encode())
    one.encode(run * 1000)

    def seconds(length: int) -> float:
        start = time.perf_counter()
        one.encode(run * length)
        return time.perf_counter() - start

    small = min(seconds(size // 16) for _ in range(3))
    assert seconds(size) / small < 80


def test_importing_reads_nothing() -> None:
    code = (
        "import sys, litellm.core.tokens as t; t.encoding; "
        "print([m for m in ('tiktoken', 'regex', 'requests', 'tokenizers') if m in sys.modules])"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"


def test_encoding_never_imports_a_network_client() -> None:
    code = (
        "import sys, litellm.core.tokens as t; t.load_encoding('claude_legacy'); t.encode('gpt-4o', 'hi'); "
        "print([m for m in ('requests', 'urllib3', 'tiktoken_ext.openai_public') if m in sys.modules])"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"


# --- models and tokenizers ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("model", "name"),
    [
        ("gpt-4o", "o200k_base"),
        ("azure/gpt-4o-mini", "o200k_base"),
        ("openrouter/openai/gpt-4.1-nano", "o200k_base"),
        ("ft:gpt-4o-2024-08-06:org::id", "o200k_base"),
        ("gpt-5-mini", "o200k_base"),
        ("o1", "o200k_base"),
        ("o3-mini", "o200k_base"),
        ("gpt-4", "cl100k_base"),
        ("gpt-4-turbo", "cl100k_base"),
        ("gpt-3.5-turbo", "cl100k_base"),
        ("text-embedding-3-small", "cl100k_base"),
        ("claude-sonnet-4-5", "claude_legacy"),
        ("claude-3-opus-20240229", "cl100k_base"),
        ("some/unknown-model", "cl100k_base"),
        ("", "cl100k_base"),
    ],
)
def test_the_encoding_follows_the_family(model: str, name: str) -> None:
    assert encoding_name_for_model(model) == name


def test_encode_and_decode_use_the_models_encoding() -> None:
    assert encode(model="gpt-3.5-turbo", text="Goedemorgen!") == [11087, 291, 336, 40663, 0]
    assert decode(model="gpt-4o", tokens=encode(model="gpt-4o", text="Goedemorgen!")) == "Goedemorgen!"


class SpyTokenizer:
    """Stands in for `tokenizers.Tokenizer`: a token is a word."""

    made: tuple[Any, ...] = ()

    @classmethod
    def from_str(cls, json: str) -> "SpyTokenizer":
        cls.made = (json,)
        return cls()

    @classmethod
    def from_pretrained(cls, identifier: str, **options: Any) -> "SpyTokenizer":
        cls.made = (identifier, options)
        return cls()

    def encode(self, text: str) -> Any:
        return SimpleNamespace(ids=[len(word) for word in text.split()])

    def decode(self, ids: list[int], skip_special_tokens: bool = True) -> str:
        return f"{ids} {skip_special_tokens}"


@pytest.fixture
def spy(monkeypatch: pytest.MonkeyPatch) -> type[SpyTokenizer]:
    monkeypatch.setitem(sys.modules, "tokenizers", SimpleNamespace(Tokenizer=SpyTokenizer))
    return SpyTokenizer


def test_a_tokenizer_of_ones_own_counts(spy: type[SpyTokenizer]) -> None:
    own = create_tokenizer('{"version": "1.0"}')
    assert spy.made == ('{"version": "1.0"}',)
    assert encode("any", "one three", custom_tokenizer=own) == [3, 5]
    assert encode("any", "one three", custom_tokenizer=own).ids == [3, 5]  # type: ignore[attr-defined]
    assert decode("any", [3, 5], custom_tokenizer=own) == "[3, 5] False"
    assert token_counter("any", custom_tokenizer=own, text="a b c") == 3


def test_a_pretrained_tokenizer_takes_revision_and_token(spy: type[SpyTokenizer]) -> None:
    tokenizers_module.create_pretrained_tokenizer("org/name", "v2", "secret")
    assert spy.made == ("org/name", {"revision": "v2", "token": "secret"})
    tokenizers_module.create_pretrained_tokenizer("org/name")
    assert spy.made == ("org/name", {"revision": "main"})


def test_another_encoding_may_be_brought_as_well() -> None:
    own = {"type": "openai_tokenizer", "tokenizer": get_encoding("o200k_base")}
    tokens = encode("gpt-4", "Goedemorgen!", custom_tokenizer=own)  # type: ignore[arg-type]
    assert tokens == encode("gpt-4o", "Goedemorgen!")
    assert decode("gpt-4", tokens, custom_tokenizer=own) == "Goedemorgen!"  # type: ignore[arg-type]


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tokenizers", None)
    with pytest.raises(ImportError, match="pip install tokenizers"):
        create_tokenizer("{}")


# --- messages ----------------------------------------------------------------------------------------------------

PRIMES = "Name three prime numbers."  # 5 tokens
USER = {"role": "user", "content": PRIMES}
SYSTEM = {"role": "system", "content": "Answer like a patient teacher."}  # 6 tokens
LOOKUP = {
    "type": "function",
    "function": {
        "name": "lookup_order",
        "description": "Find an order by number",
        "parameters": {
            "type": "object",
            "properties": {"order_no": {"type": "integer"}, "verbose": {"type": "boolean"}},
            "required": ["order_no"],
        },
    },
}


def count(*messages: Any, **options: Any) -> int:
    return token_counter(model="gpt-4o", messages=messages, **options)


def test_a_message_costs_three_a_role_and_the_answers_start() -> None:
    assert count() == 3
    assert count(USER) == 3 + 3 + 1 + 5
    assert count(SYSTEM, USER) == 22
    assert count(USER, count_response_tokens=True) == 9
    assert token_counter(model="gpt-4o", text=PRIMES) == 5
    assert token_counter(model="gpt-4o", text=["Name three", " prime numbers."]) == 5


def test_a_name_costs_one_more() -> None:
    assert count({**USER, "name": "jo"}) - count(USER) == 2


def test_the_first_chat_model_counts_by_its_own_format() -> None:
    def old(message: dict[str, str]) -> int:
        return token_counter(model="gpt-3.5-turbo-0301", messages=[message])

    assert old(USER) == 3 + 4 + 1 + 5
    assert old({**USER, "name": "jo"}) == old(USER)


def test_parts_count_as_their_text() -> None:
    def parts(*content: Any) -> int:
        return count({"role": "user", "content": list(content)})

    assert (
        parts({"type": "text", "text": PRIMES}) == parts(PRIMES) == parts({"type": "input_text", "text": PRIMES}) == 12
    )
    nothing = parts()
    assert parts({"type": "tool_use", "id": "x1", "name": PRIMES, "input": {"a": 1}}) == nothing + 5 + len(
        encode("gpt-4o", '{"a":1}')
    )
    result = {
        "type": "tool_result",
        "tool_use_id": "x1",
        "content": [{"type": "text", "text": PRIMES}],
        "is_error": False,
    }
    assert parts(result) == nothing + 5
    assert parts({"type": "thinking", "thinking": PRIMES, "signature": ""}) == nothing + 5
    assert parts({"type": "input_audio", "input_audio": {"data": "AAAA" * 1000}}) == nothing


def test_tool_calls_count_by_their_arguments() -> None:
    call = {"id": "c1", "type": "function", "function": {"name": "lookup_order", "arguments": PRIMES}}
    empty = count({"role": "assistant", "content": None})
    assert count({"role": "assistant", "content": None, "tool_calls": [call]}) == empty + 5
    assert count({"role": "assistant", "function_call": {"name": "f", "arguments": PRIMES}}) == empty + 5
    assert count({"role": "assistant", "thinking_blocks": [{"type": "thinking", "thinking": PRIMES}]}) == empty + 5


def test_tools_count_as_the_namespace_and_nine() -> None:
    namespace = len(encode("gpt-4o", typescript_namespace([LOOKUP])))
    assert count(USER, tools=[LOOKUP]) == count(USER) + namespace + 9
    assert count(SYSTEM, USER, tools=[LOOKUP]) == count(SYSTEM, USER) + namespace + 9 - 4
    assert count(USER, tools=[LOOKUP], tool_choice="auto") == count(USER, tools=[LOOKUP])
    assert count(USER, tools=[LOOKUP], tool_choice="none") == count(USER, tools=[LOOKUP]) + 1
    forced = {"type": "function", "function": {"name": "lookup_order"}}
    assert count(USER, tools=[LOOKUP], tool_choice=forced) == count(USER, tools=[LOOKUP]) + 7 + 2


def test_objects_that_dump_themselves_are_messages() -> None:
    message = SimpleNamespace(model_dump=lambda: USER)
    assert count(message) == count(USER)


def test_what_cannot_be_counted_is_said_or_defaulted() -> None:
    wrong = {"role": "user", "content": [{"type": "image_url", "image_url": {"url": "x", "detail": "huge"}}]}
    with pytest.raises(ValueError, match="'huge'"):
        count(wrong)
    with pytest.raises(ValueError, match="42"):
        count(42)
    with pytest.raises(ValueError, match="image_url"):
        count({"role": "user", "content": [{"type": "image_url", "image_url": " "}]})
    assert count(wrong, default_token_count=7) == 7


def test_text_and_messages_exclude_each_other() -> None:
    with pytest.raises(ValueError, match="either"):
        token_counter(model="gpt-4o")
    with pytest.raises(ValueError, match="either"):
        token_counter(model="gpt-4o", text="a", messages=[USER])
    with pytest.raises(ValueError, match="Tools"):
        token_counter(model="gpt-4o", text="a", tools=[LOOKUP])


def test_counting_can_be_turned_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(litellm, "disable_token_counter", True, raising=False)
    assert count(USER) == 0


def test_an_estimate_is_within_a_factor_of_two() -> None:
    assert estimate_tokens("") == 0
    assert estimate_tokens("Hello, world!") == estimate_tokens(b"Hello, world!") == 4
    for text in (PRIMES * 50, "def f(x):\n    return x ** 2\n" * 50, "今天天气很好,我们去公园散步吧。" * 50):
        assert 0.5 < estimate_tokens(text) / len(encode("gpt-4o", text)) < 2


# --- tools as TypeScript -----------------------------------------------------------------------------------------


def test_tools_are_written_as_a_namespace() -> None:
    nested = {"type": "object", "properties": {"deep": {"type": "number", "description": "left out"}}}
    properties = {
        "city": {"type": "string", "description": "Town name"},
        "unit": {"type": "string", "enum": ["c", "f"]},
        "days": {"type": "integer", "enum": [1, 2]},
        "tags": {"type": "array", "items": {"type": "string"}},
        "rest": {"type": "array"},
        "more": {"type": ["string", "null"]},
        "nested": nested,
        "free": {},
    }
    tool = {"function": {"name": "weather", "parameters": {"properties": properties, "required": ["city"]}}}
    assert typescript_namespace([tool, {"name": "now", "description": "Time"}, {"type": "web_search"}]) == (
        "namespace functions {\n\n"
        "type weather = (_: {\n"
        "// Town name\n"
        "city: string,\n"
        'unit?: "c" | "f",\n'
        "days?: 1 | 2,\n"
        "tags?: string[],\n"
        "rest?: any[],\n"
        "more?: string | null,\n"
        "nested?: {\n  deep?: number,\n},\n"
        "free?: any,\n"
        "}) => any;\n\n"
        "// Time\n"
        "type now = () => any;\n\n"
        "} // namespace functions"
    )


def test_tools_of_other_shapes_are_the_same_tool() -> None:
    function = LOOKUP["function"]
    flat = {"type": "function", **function}  # type: ignore[dict-item]
    schema = {"name": function["name"], "description": function["description"], "input_schema": function["parameters"]}  # type: ignore[index]
    assert typescript_namespace([flat]) == typescript_namespace([schema]) == typescript_namespace([LOOKUP])


# --- images ------------------------------------------------------------------------------------------------------


def data_url(content: bytes, kind: str = "image/png") -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


def png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height)


def gif(width: int, height: int) -> bytes:
    return b"GIF89a" + struct.pack("<HH", width, height)


def jpeg(width: int, height: int) -> bytes:
    exif = b"\xff\xe1" + struct.pack(">H", 70_00) + b"\xff\xc0" + bytes(7000 - 4)
    return b"\xff\xd8" + exif + b"\xff\xff\xc2" + struct.pack(">HBHH", 17, 8, height, width) + bytes(10)


def webp(kind: bytes, rest: bytes) -> bytes:
    return b"RIFF\x00\x00\x00\x00WEBP" + kind + b"\x00\x00\x00\x00" + rest


WEBPS = (
    webp(b"VP8X", bytes(4) + (640 - 1).to_bytes(3, "little") + (480 - 1).to_bytes(3, "little")),
    webp(b"VP8L", b"\x2f" + (639 | 479 << 14).to_bytes(4, "little")),
    webp(b"VP8 ", bytes(3) + b"\x9d\x01\x2a" + struct.pack("<HH", 640, 480)),
)


@pytest.mark.parametrize("content", [png(640, 480), gif(640, 480), jpeg(640, 480), *WEBPS])
def test_a_size_is_read_from_the_header(content: bytes) -> None:
    assert image_size(data_url(content)) == Size(640, 480)


@pytest.mark.parametrize("content", [png(640, 480), gif(640, 480), jpeg(640, 480), *WEBPS])
def test_a_cut_header_is_an_unknown_size(content: bytes) -> None:
    assert image_size(data_url(content[:8])) == UNKNOWN
    assert image_size(data_url(content[:17])) in (UNKNOWN, Size(640, 480))


@pytest.mark.parametrize(
    "url",
    ["https://example.com/a.png", "data:image/png;base64,", "data:image/png;base64,====", "data:;base64,AAAA", ""],
)
def test_an_unreadable_image_has_the_usual_size(url: str) -> None:
    assert image_size(url) == UNKNOWN
    assert image_tokens(url, detail="high") == 85 + 170


def test_metadata_longer_than_what_is_read_hides_a_size() -> None:
    thumbnail = b"\xff\xe1" + struct.pack(">H", 65_000) + bytes(65_000 - 2)
    assert image_size(data_url(b"\xff\xd8" + thumbnail * 5 + jpeg(640, 480)[2:])) == UNKNOWN


def test_a_webp_of_an_unknown_kind_has_the_usual_size() -> None:
    assert image_size(data_url(webp(b"ALPH", bytes(40)))) == UNKNOWN


@pytest.mark.parametrize(
    ("size", "looked_at"),
    [
        ((2, 2), (2, 2)),
        ((768, 768), (768, 768)),
        ((1024, 1024), (768, 768)),
        ((800, 600), (1024, 768)),
        ((2048, 4096), (768, 1536)),
        ((4000, 1000), (2000, 500)),
        ((100, 1000), (200, 2000)),
        ((0, 5000), (0, 5000)),
    ],
)
def test_high_detail_scales_the_short_side(size: tuple[int, int], looked_at: tuple[int, int]) -> None:
    assert scaled(Size(*size)) == looked_at


def test_tiles_cover_the_image() -> None:
    assert [tiles(Size(*size)) for size in ((2, 2), (512, 512), (513, 512), (768, 1536))] == [1, 1, 2, 6]


def test_detail_decides_what_an_image_costs() -> None:
    url = data_url(png(1024, 1024))
    assert image_tokens(url, detail="low") == image_tokens(url) == 85
    assert image_tokens(url, detail="high") == 85 + 4 * 170
    assert image_tokens(url, detail="high", use_default=True) == 250


def test_images_in_messages_count_in_every_shape() -> None:
    def tokens(image: Any, **options: Any) -> int:
        return count({"role": "user", "content": [PRIMES, image]}, **options) - 12

    url = data_url(png(1024, 1024))
    assert tokens({"type": "image_url", "image_url": {"url": url, "detail": "high"}}) == 765
    assert tokens({"type": "image_url", "image_url": url}) == 85
    assert tokens({"type": "image", "source": {"type": "base64", "data": "AAAA"}}) == 85
    assert tokens({"type": "image_url", "image_url": {"url": url}}, use_default_image_token_count=True) == 250


# --- trimming ----------------------------------------------------------------------------------------------------

TURNS = [
    message
    for n in range(12)
    for message in (
        {"role": "user", "content": f"Explain photosynthesis briefly. ({n})"},
        {"role": "assistant", "content": f"It turns source text into machine code. ({n})"},
    )
]


def trimmed(messages: list[Any], limit: int, **options: Any) -> Any:
    return trim_messages(messages, "gpt-4o", max_tokens=limit, **options)


def test_what_fits_stays_as_it_is() -> None:
    assert trimmed(TURNS, 10_000) == TURNS
    assert trim_messages(TURNS, "gpt-4o") == TURNS
    assert trim_messages(TURNS, "no-such-model") == TURNS
    assert trim_messages(TURNS, "no-such-model", return_response_tokens=True) == (TURNS, 0)
    kept, left = trimmed(TURNS, 10_000, return_response_tokens=True)
    assert (kept, left) == (TURNS, 10_000 - token_counter("gpt-4o", messages=TURNS))


def test_the_ratio_is_of_what_the_model_reads() -> None:
    long = [{"role": "user", "content": "word " * 3000}] * 4
    kept = trim_messages(long, "gpt-4", trim_ratio=0.5)  # reads 8192 tokens
    assert 3000 < token_counter("gpt-4", messages=kept) <= 4096


@pytest.mark.parametrize("limit", range(30, 300, 27))
def test_the_newest_messages_stay_within_the_limit(limit: int) -> None:
    kept = trimmed([SYSTEM, *TURNS], limit)
    assert token_counter("gpt-4o", messages=kept) <= limit
    assert kept[0] == SYSTEM
    newest = kept[2:]
    assert newest == TURNS[len(TURNS) - len(newest) :]


def test_the_oldest_kept_message_loses_its_middle() -> None:
    message = {"role": "user", "content": "start " * 40 + "end " * 40}
    (kept,) = trimmed([message], 40)
    start, _, end = kept["content"].partition("..")
    assert message["content"].startswith(start) and message["content"].endswith(end) and start and end
    assert message["content"].count("start") == 40


def test_system_messages_become_one_at_the_start() -> None:
    parts = {"role": "system", "content": [{"type": "text", "text": "Be brief."}]}
    kept = trimmed([SYSTEM, *TURNS, parts], 100)
    assert kept[0] == {"role": "system", "content": "Answer like a patient teacher.\nBe brief."}
    assert [message["role"] for message in kept[1:]].count("system") == 0


def test_a_system_message_that_is_too_long_is_all_that_stays() -> None:
    kept, left = trimmed([{"role": "system", "content": "teach " * 100}, *TURNS], 30, return_response_tokens=True)
    assert [message["role"] for message in kept] == ["system"]
    assert ".." in kept[0]["content"] and left <= 0


def test_tool_results_at_the_end_stay_and_at_the_beginning_go() -> None:
    call = {"role": "assistant", "content": None, "tool_calls": [{"id": "c1", "function": {"arguments": "x " * 60}}]}
    result = {"role": "tool", "tool_call_id": "c1", "content": "shipped"}
    assert trimmed([*TURNS, result], 60)[-1] == result
    kept = trimmed([call, result, *TURNS[:2]], 60)
    assert kept == TURNS[:2]


def test_messages_of_parts_are_kept_whole_or_not_at_all() -> None:
    parts = {"role": "user", "content": [{"type": "text", "text": "word " * 100}]}
    assert trimmed([parts, *TURNS[:2]], 60) == TURNS[:2]


def test_the_callers_messages_are_not_changed() -> None:
    messages = [{"role": "user", "content": "word " * 100}]
    trimmed(messages, 20)
    assert messages == [{"role": "user", "content": "word " * 100}]


def seams_of(text: str) -> Iterator[tuple[str, str]]:
    return pairwise(bpe_module._windows(text))


def test_windows_end_between_a_word_and_what_follows_it() -> None:
    text = "word, " * WINDOW
    for before, after in seams_of(text):
        assert before[-1].isalnum() and after[0] in " ,"
    assert "".join(bpe_module._windows(text)) == text
