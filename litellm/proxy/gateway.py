"""What lives as long as the process: the snapshot in force, the way out, the queue, health checks, and who is told of
what ended.
"""

from litellm.core.ports import Ports
from litellm.proxy.health_checks import HealthChecks
from litellm.proxy.spend_tracking.settlement import Observer
from litellm.proxy.state import Snapshot
from litellm.router_utils.scheduler import Scheduler


class Gateway:
    """One gateway. `snapshot` is replaced as a whole; a request keeps the one it began with."""

    __slots__ = ("health", "observers", "ports", "scheduler", "snapshot")

    def __init__(
        self,
        snapshot: Snapshot,
        ports: Ports,
        observers: tuple[Observer, ...] = (),
        health: HealthChecks | None = None,
    ) -> None:
        self.snapshot: Snapshot = snapshot
        self.ports: Ports = ports
        self.observers: tuple[Observer, ...] = observers
        self.health: HealthChecks | None = health
        self.scheduler: Scheduler = Scheduler()
