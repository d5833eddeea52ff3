"""The gateway's state as one immutable value: routing, settings and the master key's digest. Swapped whole, never
changed.
"""

import msgspec

from litellm.router_utils.routing import Routing


class Snapshot(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """All that a request needs to know, at one moment.

    `routing` knows the deployments and what became of their requests. `body_limit` counts bytes. `key_headers` are the
    headers that may hold a client's key. `give_up_after` is seconds after which no further attempt is made.
    """

    routing: Routing
    master_key: bytes | None = None
    key_headers: tuple[bytes, ...] = ()
    body_limit: int = 0
    give_up_after: float = 6000.0

    def names(self) -> list[str]:
        """Every name that clients may ask for, wildcards as they are written."""
        return sorted(self.routing.catalog.names())
