"""Fetching a URL that a user gave, without becoming a way into private networks.

Every host is resolved, every address checked, and the connection made to the checked address, again at each redirect.
Pure but for the two functions it is given: one resolves, one gets.
"""

import ipaddress
from collections.abc import Awaitable, Callable
from typing import NamedTuple
from urllib.parse import SplitResult, urljoin, urlsplit

from litellm.core.errors import MediaFetchFailed
from litellm.core.http import HttpResponse
from litellm.core.ports import ByteStream

MAX_REDIRECTS = 5
MAX_BYTES = 50 * 1024 * 1024

Resolve = Callable[[str, int], Awaitable[list[str]]]
Pin = tuple[str, str, int]
"""A host, the address that stands for it, and the port."""
Get = Callable[[str, Pin], Awaitable[HttpResponse]]


class Policy(NamedTuple):
    """What may be fetched: public addresses only if `validate`; `allowed_hosts` (lower case; host or host:port) too."""

    validate: bool = True
    allowed_hosts: frozenset[str] = frozenset()


PUBLIC_ONLY = Policy()


async def fetch(url: str, *, policy: Policy, resolve: Resolve, get: Get) -> HttpResponse:
    """GET `url`, following at most five redirects.

    Raises `MediaFetchFailed` for another scheme than http(s), an address that is not public, an answer that is not 200
    or one of more than 50 MB.
    """
    for _ in range(MAX_REDIRECTS + 1):
        response = await get(url, await _checked(url, policy, resolve))
        location = response.headers.get("location")
        if response.status not in (301, 302, 303, 307, 308) or not location:
            return _found(url, response)
        url = urljoin(url, location)
    raise MediaFetchFailed(f"{_shown(url)}: more than {MAX_REDIRECTS} redirects")


async def read(url: str, body: ByteStream) -> HttpResponse:
    """The whole answer, closed; raises `MediaFetchFailed` as soon as it is known to be larger than may be held."""
    parts, size = [], 0
    try:
        while part := await body.read():
            size += len(part)
            if size > MAX_BYTES:
                raise MediaFetchFailed(f"{_shown(url)} is larger than {MAX_BYTES // 1024 // 1024} MB")
            parts.append(part)
    finally:
        await body.aclose()
    return HttpResponse(body.status, body.headers, b"".join(parts))


def _found(url: str, response: HttpResponse) -> HttpResponse:
    if response.status != 200:
        raise MediaFetchFailed(
            f"{_shown(url)} answered {response.status}; give a URL that answers 200, or the data itself"
        )
    return response


async def _checked(url: str, policy: Policy, resolve: Resolve) -> Pin:
    parts, port = _split(url)
    host = parts.hostname or ""
    addresses = await resolve(host, port)
    if not addresses:
        raise MediaFetchFailed(f"{host!r} has no address")
    trusted = host in policy.allowed_hosts or f"{host}:{port}" in policy.allowed_hosts
    if policy.validate and not trusted:
        for address in addresses:
            _require_public(host, address)
    return host, addresses[0], port


def _split(url: str) -> tuple[SplitResult, int]:
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise MediaFetchFailed(f"{_shown(url)} is not a URL: {error}") from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise MediaFetchFailed(f"{_shown(url)} is not an http or https URL")
    return parts, port


def _require_public(host: str, address: str) -> None:
    if not is_public(address):
        raise MediaFetchFailed(
            f"{host!r} resolves to {address}, which is not a public address; add it to litellm.user_url_allowed_hosts "
            "if you trust it"
        )


_NAT64 = ipaddress.ip_network("64:ff9b::/96")
# What Python's tables call global in some version, and what a cloud answers to its own machines at a public address.
_NEVER_PUBLIC = tuple(map(ipaddress.ip_network, ("100.64.0.0/10", "168.63.129.16/32", "3fff::/20", "64:ff9b:1::/48")))
_UNICAST_V6 = ipaddress.ip_network(
    "2000::/3"
)  # all that is assigned (https://www.iana.org/assignments/ipv6-address-space)


def is_public(address: str) -> bool:
    """Whether an IP address, or the IPv4 address inside it, is one that anyone on the internet may reach."""
    ip = ipaddress.ip_address(address.split("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if ip not in _UNICAST_V6:
            return False
    if any(ip in network for network in _NEVER_PUBLIC):
        return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _shown(url: str) -> str:
    """The URL without its query, which may hold credentials."""
    return repr(url.split("?")[0][:200])
