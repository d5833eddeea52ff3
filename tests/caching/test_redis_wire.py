"""Where a server is: what is refused, and that nothing secret is printed."""

import sys
from typing import Any

import pytest

from litellm.caching.redis_wire import Address


@pytest.mark.parametrize(
    "given, name",
    [
        ({"url": "redis://cache"}, "cache:6379"),
        ({"url": "rediss://user:hidden@cache:7000/2"}, "cache:7000/2"),
        ({"url": "unix:///run/redis.sock"}, "/run/redis.sock"),
        ({"host": "cache", "port": "7000", "password": "hidden", "db": "1"}, "cache:7000/1"),
        ({"host": "cache", "ssl": True}, "cache:6379"),
        ({"startup_nodes": [{"host": "a", "port": 1}, {"host": "b"}], "password": "hidden"}, "a:1,b:6379"),
    ],
)
def test_an_address_says_where_it_is_and_no_more(given: dict[str, Any], name: str) -> None:
    assert repr(Address(**given)) == name


@pytest.mark.parametrize(
    "given, message",
    [
        ({"url": "http://cache:hidden"}, "redis_url does not begin with one of redis://, rediss://, unix://"),
        ({"url": "redis://:hidden@cache:hidden"}, "redis_url is no address"),
        ({"url": "redis://"}, "redis_url names no host"),
        ({"url": "redis://cache?speed=hidden"}, "redis_url has an option that the redis library does not know"),
        ({"url": "redis://cache?socket_timeout=hidden"}, "redis_url is no address"),
        ({"host": ""}, "redis_host='' is no address of a Redis server"),
        ({}, "redis_host=None is no address of a Redis server: give redis_url="),
        ({"host": "cache", "port": 0}, "redis_port=0: give a number from 1 to 65535"),
        ({"host": "cache", "port": "x"}, "redis_port='x'"),
        ({"host": "cache", "db": "x"}, "redis_db='x': give a number from 0 on"),
        ({"startup_nodes": ["cache"]}, "startup_nodes of a Redis cluster: give a list of"),
    ],
)
def test_what_is_no_address_is_refused(given: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message.replace("?", "\\?")) as raised:
        Address(**given)
    assert "hidden" not in str(raised.value)
    assert raised.value.__cause__ is None


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "redis", None)
    monkeypatch.setitem(sys.modules, "redis.asyncio.connection", None)
    with pytest.raises(ImportError, match="pip install 'litellm\\[caching\\]'"):
        Address(host="cache")
