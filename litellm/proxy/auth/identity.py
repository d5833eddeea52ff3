"""Who sent a request. So far there is one who may: the holder of the master key."""

import msgspec


class Identity(msgspec.Struct, frozen=True):
    """The holder of one key. `role` is what the key allows."""

    role: str = "proxy_admin"


MASTER = Identity()
