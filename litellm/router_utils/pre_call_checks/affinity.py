"""Where requests went before: a bounded memory of deployments by key, and the choice of a remembered deployment."""

from collections import OrderedDict
from collections.abc import Collection, Mapping, Sequence
from threading import Lock
from typing import NamedTuple, Protocol

from litellm.router_utils.deployments import Deployment
from litellm.router_utils.pre_call_checks.check import Kept

SIZE = 10_000


class Memory(Protocol):
    """Remembers which deployment belongs to a key; may be shared between processes. `now` is in seconds."""

    def get(self, key: str, now: float) -> str | None:
        """The deployment's id, None when it is not known or too long ago."""
        ...

    def put(self, key: str, deployment: str, now: float, ttl: float) -> None:
        """Remember it for `ttl` seconds from now on."""
        ...


class AffinityMemory:
    """A memory of this process: the `size` keys that were used last."""

    __slots__ = ("_known", "_lock", "_size")

    def __init__(self, size: int = SIZE) -> None:
        self._size = size
        self._known: OrderedDict[str, tuple[str, float]] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._known)

    def get(self, key: str, now: float) -> str | None:
        with self._lock:
            found = self._known.get(key)
            if found is None:
                return None
            if now >= found[1]:
                del self._known[key]
                return None
            self._known.move_to_end(key)
            return found[0]

    def put(self, key: str, deployment: str, now: float, ttl: float) -> None:
        with self._lock:
            self._known[key] = (deployment, now + ttl)
            self._known.move_to_end(key)
            if len(self._known) > self._size:
                self._known.popitem(last=False)


class Scope(NamedTuple):
    """The groups in which an affinity is on: `usually`, but for the groups that are named to be different."""

    usually: bool
    different: frozenset[str] = frozenset()

    def covers(self, group: str) -> bool:
        """Whether the affinity is on in this group."""
        return (group in self.different) is not self.usually


def scope_of(name: str, checks: Collection[str], by_group: Mapping[str, Collection[str]]) -> Scope:
    """Where an affinity is on: a group with checks of its own has those, the others have the general ones."""
    usually = name in checks
    return Scope(usually, frozenset(group for group, own in by_group.items() if (name in own) is not usually))


def prefer(deployments: Sequence[Deployment], wanted: str | None, why: str) -> Kept:
    """The wanted deployment alone when it is a candidate, else all of them."""
    chosen = next((each for each in deployments if each.id == wanted), None) if wanted is not None else None
    if chosen is None or len(deployments) == 1:
        return Kept(deployments)
    return Kept((chosen,), {each.id: why for each in deployments if each is not chosen})
