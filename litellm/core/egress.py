"""Fetching a URL that a user gave, without becoming a way into private networks.

Every host is resolved, every address checked, and the connection made to the checked address, again at each redirect.
Pure but for the two functions it is given: one resolves, one gets.
"""

import ipaddress
from collections.abc import Awaitable, Callable
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from litellm.core.errors import MediaFetchFailed
from litellm.core.http import HttpResponse

MAX_REDIRECTS = 5
MAX_BYTES = 50 * 1024 * 1024

Resolve = Callable[[str, int], Awaitable[list[str]]]
Get = Callable[[str, tuple[str, str, int]], Awaitable[HttpResponse]]


class Policy(NamedTuple):
    """What may be fetched: with `validate`, public addresses only; `allowed_hosts` (host or host:port) always."""

    validate: bool = True
    allowed_hosts: frozenset[str] = frozenset()


async def fetch(url: str, *, policy: Policy, resolve: Resolve, get: Get) -> HttpResponse:
    """GET `url`, following at most five redirects.

    Raises `MediaFetchFailed` for another scheme than http(s), an address that is not public, an answer that is not 200
    or one of more than 50 MB.
    """
    for _ in range(MAX_REDIRECTS + 1):
        response = await get(url, await _checked(url, policy, resolve))
        if response.status not in (301, 302, 303, 307, 308):
            return _whole(url, response)
        url = urljoin(url, response.headers.get("location", ""))
    raise MediaFetchFailed(f"{_shown(url)}: more than {MAX_REDIRECTS} redirects")


def _whole(url: str, response: HttpResponse) -> HttpResponse:
    if response.status != 200:
        raise MediaFetchFailed(f"{_shown(url)} answered {response.status}; give a URL that answers 200, or the data itself")
    if len(response.body) > MAX_BYTES:
        raise MediaFetchFailed(f"{_shown(url)} is larger than {MAX_BYTES // 1024 // 1024} MB")
    return response


async def _checked(url: str, policy: Policy, resolve: Resolve) -> tuple[str, str, int]:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise MediaFetchFailed(f"{_shown(url)} is not an http or https URL")
    host = parts.hostname
    port = parts.port or (443 if parts.scheme == "https" else 80)
    addresses = await resolve(host, port)
    if not addresses:
        raise MediaFetchFailed(f"{host!r} has no address")
    trusted = host in policy.allowed_hosts or f"{host}:{port}" in policy.allowed_hosts
    if policy.validate and not trusted:
        for address in addresses:
            _require_public(host, address)
    return host, addresses[0], port


def _require_public(host: str, address: str) -> None:
    if not is_public(address):
        raise MediaFetchFailed(
            f"{host!r} resolves to {address}, which is not a public address; add it to litellm.user_url_allowed_hosts "
            "if you trust it"
        )


_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_CARRIER_GRADE_NAT = ipaddress.ip_network("100.64.0.0/10")


def is_public(address: str) -> bool:
    """Whether an IP address, or the IPv4 address inside it, is one that anyone on the internet may reach."""
    ip = ipaddress.ip_address(address.split("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    elif ip in _CARRIER_GRADE_NAT:
        return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _shown(url: str) -> str:
    """The URL without its query, which may hold credentials."""
    return repr(url.split("?")[0][:200])
