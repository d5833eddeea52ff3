"""Fetching what a user names: never a way into a private network."""

from typing import Any

import pytest

from litellm.core import egress
from litellm.core.bridge import drive
from litellm.core.egress import PUBLIC_ONLY, Pin, Policy, is_public
from litellm.core.errors import MediaFetchFailed
from litellm.core.http import HttpResponse
from tests.core.fakes import FakeBody

PRIVATE = """
0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 100.127.255.255 127.0.0.1 127.255.255.254 169.254.169.254 172.16.0.1 172.31.255.255
192.0.0.1 192.0.2.1 192.168.0.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255
168.63.129.16 :: ::1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 ::ffff:0:127.0.0.1
64:ff9b::7f00:1 64:ff9b::a00:1 64:ff9b:1::a00:1 2002:7f00:1:: 2002:a00:1:: 2001:0:4136:e378:8000:63bf:f5ff:fffe
2001:db8::1 2001:2::1 3fff::1 5f00::1 fc00::1 fd00:ec2::254 fe80::1 fe80::1%eth0 fec0::1 ff02::1 100::1 4000::1
""".split()
PUBLIC = "8.8.8.8 1.1.1.1 2606:4700:4700::1111 ::ffff:8.8.8.8 64:ff9b::808:808 2002:808:808::".split()


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses(address: str) -> None:
    assert is_public(address)


class World:
    """Names with their addresses, and URLs with their answers."""

    def __init__(self, names: dict[str, list[str]], answers: dict[str, HttpResponse]) -> None:
        self.names = names
        self.answers = answers
        self.gets: list[tuple[str, Pin]] = []

    async def resolve(self, host: str, port: int) -> list[str]:
        return self.names.get(host, [])

    async def get(self, url: str, pinned: Pin) -> HttpResponse:
        self.gets.append((url, pinned))
        return self.answers[url]

    def fetch(self, url: str, policy: Policy = PUBLIC_ONLY) -> HttpResponse:
        return drive(egress.fetch(url, policy=policy, resolve=self.resolve, get=self.get))


NAMES = {"a.com": ["8.8.8.8", "1.1.1.1"], "b.com": ["1.1.1.1"], "in.corp": ["10.0.0.1"], "mixed": ["8.8.8.8", "::1"]}
OK = HttpResponse(200, {}, b"data")


def to(location: str | None, status: int = 302) -> HttpResponse:
    return HttpResponse(status, {"location": location} if location is not None else {}, b"")


def test_the_connection_goes_to_the_address_that_was_checked() -> None:
    world = World(NAMES, {"https://a.com/x": OK, "http://a.com:8080/": OK})
    assert world.fetch("https://a.com/x").body == b"data"
    world.fetch("http://a.com:8080/")
    assert [pinned for _, pinned in world.gets] == [("a.com", "8.8.8.8", 443), ("a.com", "8.8.8.8", 8080)]


@pytest.mark.parametrize("url", ["http://in.corp/", "http://mixed/", "https://nowhere.com/"])
def test_a_host_that_is_private_mixed_or_unknown_is_not_asked(url: str) -> None:
    world = World(NAMES, {})
    with pytest.raises(MediaFetchFailed, match="not a public address|has no address"):
        world.fetch(url)
    assert world.gets == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_checked_again(status: int) -> None:
    world = World(NAMES, {"http://a.com/": to("http://in.corp/", status)})
    with pytest.raises(MediaFetchFailed, match="in.corp.*not a public"):
        world.fetch("http://a.com/")
    assert len(world.gets) == 1


def test_redirects_are_followed_relative_and_absolute() -> None:
    world = World(NAMES, {"http://a.com/1": to("/2"), "http://a.com/2": to("https://b.com/3"), "https://b.com/3": OK})
    assert world.fetch("http://a.com/1").body == b"data"
    assert world.gets[-1][1] == ("b.com", "1.1.1.1", 443)


def test_redirects_come_to_an_end() -> None:
    with pytest.raises(MediaFetchFailed, match="more than 5 redirects"):
        World(NAMES, {"http://a.com/": to("/")}).fetch("http://a.com/")


def test_a_redirect_to_another_scheme_is_refused() -> None:
    with pytest.raises(MediaFetchFailed, match="not an http or https URL"):
        World(NAMES, {"http://a.com/": to("file:///etc/passwd")}).fetch("http://a.com/")


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://a.com/", "a.com/x", "", "http://", "http://a.com:99999/", "http://[::1/"]
)
def test_what_is_no_url_of_the_web_is_refused(url: str) -> None:
    with pytest.raises(MediaFetchFailed, match="URL"):
        World(NAMES, {}).fetch(url)


def test_hosts_that_are_trusted_may_be_private() -> None:
    world = World(NAMES, {"http://in.corp/": OK, "http://in.corp:81/": OK})
    assert world.fetch("http://in.corp/", Policy(allowed_hosts=frozenset({"in.corp"}))).body == b"data"
    assert world.fetch("http://in.corp:81/", Policy(allowed_hosts=frozenset({"in.corp:81"}))).body == b"data"
    with pytest.raises(MediaFetchFailed):
        world.fetch("http://in.corp/", Policy(allowed_hosts=frozenset({"in.corp:81"})))
    assert world.fetch("http://in.corp/", Policy(validate=False)).body == b"data"


@pytest.mark.parametrize("answer", [HttpResponse(404, {}, b""), to(None), HttpResponse(304, {}, b"")])
def test_anything_but_a_200_is_refused_and_the_query_not_shown(answer: HttpResponse) -> None:
    with pytest.raises(MediaFetchFailed, match=str(answer.status)) as caught:
        World(NAMES, {"http://a.com/?token=secret": answer}).fetch("http://a.com/?token=secret")
    assert "secret" not in str(caught.value)


def test_a_body_without_end_is_left_as_soon_as_it_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(egress, "MAX_BYTES", 10)
    body = FakeBody(*[b"12345"] * 100)
    with pytest.raises(MediaFetchFailed, match="larger than"):
        drive(egress.read("http://a.com/", body))
    assert body.closed == 1
    assert drive(body.read()) == b"12345"


def test_a_body_that_fits_is_whole_and_closed() -> None:
    body: Any = FakeBody(b"12", b"34")
    assert drive(egress.read("http://a.com/", body)).body == b"1234"
    assert body.closed == 1
