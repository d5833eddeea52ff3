"""What a router shares with others over Redis, as its settings say: the SDK's Router and the gateway ask here."""

from litellm.caching.redis_connection import Address, RedisConnection
from litellm.router_utils.settings import Settings
from litellm.router_utils.shared_state import SharedState, Shares
from litellm.router_utils.stats import SAMPLES

_MORE = frozenset({"connect_seconds", "ssl", "startup_nodes", "username"})


def shared_state(settings: Settings) -> SharedState | None:
    """What a router of these settings shares, None where they name no Redis."""
    if settings.redis_url is None and settings.redis_host is None:
        return None
    unknown = settings.cache_kwargs.keys() - _MORE
    if unknown:
        raise ValueError(f"cache_kwargs: {sorted(unknown)!r}: a router takes {', '.join(sorted(_MORE))} there")
    address = Address(
        url=settings.redis_url,
        host=settings.redis_host,
        port=settings.redis_port,
        password=settings.redis_password,
        db=settings.redis_db,
        **settings.cache_kwargs,
    )
    strategies = {settings.routing_strategy, *(each.routing_strategy for each in settings.routing_groups)}
    by_latency = any(name.startswith("latency") for name in strategies)
    shares = Shares(in_flight="least-busy" in strategies, samples=SAMPLES if by_latency else 0)
    return SharedState(RedisConnection(address), shares)
