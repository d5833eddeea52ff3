"""What lives as long as the process: the snapshot in force, the way out, the queue, and who is told of what ended."""

from litellm.core.ports import Ports
from litellm.proxy.spend_tracking.settlement import Observer
from litellm.proxy.state import Snapshot
from litellm.router_utils.scheduler import Scheduler


class Gateway:
    """One gateway. `snapshot` is replaced as a whole; a request keeps the one it began with."""

    __slots__ = ("observers", "ports", "scheduler", "snapshot")

    def __init__(self, snapshot: Snapshot, ports: Ports, observers: tuple[Observer, ...] = ()) -> None:
        self.snapshot = snapshot
        self.ports = ports
        self.observers = observers
        self.scheduler = Scheduler()
