"""What all processes of a router share over Redis: limits of the minute, requests in flight, cooldowns, latencies.

Only `admit` waits, once, where there is a limit to check; all else is told in the background, and what others did is
written to the deployments' `stats.fleet` and to `cooled`. When Redis does not answer it decides nothing.
"""

import secrets
import threading
from collections.abc import Iterable, Sequence
from itertools import count
from typing import Any, NamedTuple, Protocol

import msgspec

from litellm.caching.redis_connection import Argument, Command, Due, RedisConnection, Told
from litellm.core.ports import Ports
from litellm.router_utils import shared_scripts as scripts
from litellm.router_utils.shared_group import SharedGroup
from litellm.router_utils.stats import Stats

_IDLE = 60.0
_VIEW_SECONDS = 1.0
_NO_LIMIT = -1
_NO_LEASE = -2


class Wanted(Protocol):
    """A deployment that may serve a request: its limits a minute (None: none) and of requests at once."""

    @property
    def id(self) -> str: ...
    @property
    def rpm(self) -> float | None: ...
    @property
    def tpm(self) -> float | None: ...
    @property
    def itpm(self) -> float | None: ...
    @property
    def otpm(self) -> float | None: ...
    @property
    def parallel(self) -> int | None: ...
    @property
    def stats(self) -> Stats: ...


class Place(NamedTuple):
    """A request that is counted at a deployment, to be settled once. `lease` is empty where nobody counts those."""

    group: str
    deployment: str
    minute: int
    lease: str
    asynchronous: bool


class Granted(msgspec.Struct, frozen=True):
    """Which candidate has taken the request; -1 when none has room, and in how many seconds one may have.

    0 seconds: as soon as a request that is in flight ends.
    """

    index: int
    place: Place | None = None
    retry_after: float = 0.0


class Shares(NamedTuple):
    """What is shared beyond usage and cooldowns: `in_flight` of deployments without a limit too, and so many latencies.

    `parallel` holds `max_parallel_requests` over all processes. A lease of a request in flight is renewed; that of a
    process that died ends after `lease_seconds`.
    """

    in_flight: bool = False
    parallel: bool = True
    samples: int = 0
    lease_seconds: float = 15.0


_SHARES = Shares()


class SharedState:
    """The shared figures of one router.

    >>> shared = SharedState(RedisConnection(Address(host="cache")))
    >>> granted = await shared.admit("gpt", deployments, input_tokens=20, output_tokens=500, now=now, ports=ports)
    >>> if granted is None: ...  # Redis is away: decide by local figures, then shared.note(...)
    >>> shared.settle(granted.place, more_input=3, more_output=-420, now=now)
    """

    def __init__(self, connection: RedisConnection, shares: Shares = _SHARES) -> None:
        self._connection = connection
        self._fleet = _Fleet(shares)
        self._shares = shares
        self.cooled: dict[str, tuple[float, str]] = self._fleet.cooled
        """Deployments that some process left alone: until when (seconds since the epoch), and why."""
        connection.attach(self._fleet)

    @property
    def available(self) -> bool:
        """Whether Redis answers, as far as is known."""
        return self._connection.available

    def know(self, group: str, deployments: Iterable[Wanted]) -> None:
        """These are deployments of the group: their `stats.fleet` shall be kept."""
        with self._fleet.lock:
            self._fleet.group(group).know({each.id: each.stats for each in deployments})

    async def admit(
        self, group: str, wanted: Sequence[Wanted], *, input_tokens: int, output_tokens: int, now: float, ports: Ports
    ) -> Granted | None:
        """Take the first of these deployments that has room for one request and its tokens, for all processes at once.

        None when Redis did not answer within its deadline, at once when it is known to be away. `now` is in seconds
        since the epoch; `ports` tell whether the caller may wait in an event loop.
        """
        fleet, minute = self._fleet, int(now // 60)
        with fleet.lock:
            fleet.use(group, now).know({each.id: each.stats for each in wanted})
            lease = fleet.lease()
        command = self._admission(group, wanted, (input_tokens, output_tokens), lease, now)

        def too_late(reply: Any) -> None:
            given = _place(reply, wanted, group, minute, self._lease_of(lease, wanted, reply), ports.asynchronous)
            fleet.undo(given, [each.id for each in wanted], lease, group, input_tokens, output_tokens)
            self._connection.nudge(asynchronous=ports.asynchronous)

        reply = await self._connection.ask(command, too_late, asynchronous=ports.asynchronous)
        if not isinstance(reply, list):
            return None
        self._connection.nudge(asynchronous=ports.asynchronous)
        place = _place(reply, wanted, group, minute, self._lease_of(lease, wanted, reply), ports.asynchronous)
        with fleet.lock:
            fleet.granted(reply, wanted, group, minute, place, now)
        if place is not None:
            return Granted(index=reply[0], place=place)
        return Granted(index=-1, retry_after=0.0 if reply[1] else (minute + 1) * 60.0 - now)

    def note(
        self, group: str, taken: Wanted, *, input_tokens: int, output_tokens: int, now: float, asynchronous: bool
    ) -> Place:
        """Count a request that needs no permission, or that was let through while Redis was away; never waits."""
        fleet, minute = self._fleet, int(now // 60)
        with fleet.lock:
            shared = fleet.use(group, now)
            shared.know({taken.id: taken.stats})
            shared.count(taken.id, minute, 1, input_tokens, output_tokens)
            lease = fleet.lease() if self._leases(taken) else ""
            if lease:
                shared.take(taken.id, lease, now + self._shares.lease_seconds, now)
        self._connection.nudge(asynchronous=asynchronous)
        return Place(group, taken.id, minute, lease, asynchronous)

    def settle(
        self,
        place: Place,
        *,
        now: float,
        more_input: int = 0,
        more_output: int = 0,
        latency: float | None = None,
        first_token: float | None = None,
    ) -> None:
        """The request has ended: correct its tokens by what it took beyond its reserve (negative: less); never waits.

        `latency` is seconds per output token, `first_token` seconds to the first one of a stream.
        """
        fleet = self._fleet
        with fleet.lock:
            shared = fleet.use(place.group, now)
            if more_input or more_output:
                shared.count(place.deployment, place.minute, 0, more_input, more_output)
            if place.lease:
                shared.release(place.deployment, place.lease)
            if self._shares.samples and latency is not None:
                first = "" if first_token is None else f"{first_token:.6g}"
                shared.report.samples.append((place.deployment, f"{latency:.6g} {first}"))
        self._connection.nudge(asynchronous=place.asynchronous)

    def cool(self, group: str, deployment: str, until: float, reason: str) -> None:
        """Leave a deployment alone everywhere until then (seconds since the epoch); never waits."""
        with self._fleet.lock:
            self._fleet.group(group).report.cooled[deployment] = self.cooled[deployment] = (until, reason)
        self._connection.nudge()

    def warm(self, group: str, deployment: str) -> None:
        """Take a cooldown back everywhere; never waits."""
        with self._fleet.lock:
            self._fleet.group(group).report.cooled[deployment] = (0.0, "")
            self.cooled.pop(deployment, None)
        self._connection.nudge()

    def close(self) -> None:
        """Tell what is untold and disconnect."""
        self._connection.close()

    def _leases(self, wanted: Wanted) -> bool:
        return self._shares.in_flight or (self._shares.parallel and wanted.parallel is not None)

    def _lease_of(self, lease: str, wanted: Sequence[Wanted], reply: Any) -> str:
        granted = isinstance(reply, list) and reply[0] >= 0 and self._leases(wanted[reply[0]])
        return lease if granted else ""

    def _admission(
        self, group: str, wanted: Sequence[Wanted], tokens: tuple[int, int], lease: str, now: float
    ) -> Command:
        keys = [scripts.usage_key(group, int(now // 60))]
        args: list[Argument] = [
            int(now * 1000),
            int((now + self._shares.lease_seconds) * 1000),
            lease,
            *map(int, tokens),
        ]
        for each in wanted:
            keys.append(scripts.leases_key(group, each.id))
            limits = (each.rpm, each.tpm, each.itpm, each.otpm)
            args.append(each.id)
            args += [_NO_LIMIT if limit is None else limit for limit in limits]
            if not self._leases(each):
                args.append(_NO_LEASE)
            else:
                args.append(_NO_LIMIT if each.parallel is None or not self._shares.parallel else each.parallel)
        return Command(scripts.ADMIT, keys, args)


class _Fleet:
    """The groups of one process, and what it has to tell the others; a `Source` of the connection."""

    def __init__(self, shares: Shares) -> None:
        self.lock = threading.RLock()  # an abandoned stream may end in the midst of what it guards
        self.cooled: dict[str, tuple[float, str]] = {}
        self._shares = shares
        self._groups: dict[str, SharedGroup] = {}
        self._begin()

    def _begin(self) -> None:
        self._sender = secrets.token_hex(8)
        self._numbers = count()

    def forked(self) -> None:
        """A child's figures begin anew; its parent tells its own."""
        self.lock = threading.RLock()
        known = {name: group.known for name, group in self._groups.items()}
        self._groups = {}
        self._begin()
        for name, stats in known.items():
            self.group(name).know(stats)

    def lease(self) -> str:
        """A name that no other request has, in any process."""
        return f"{self._sender}:{next(self._numbers)}"

    def group(self, name: str) -> SharedGroup:
        """The group of this name."""
        found = self._groups.get(name)
        if found is None:
            found = self._groups[name] = SharedGroup(name, self.cooled)
        return found

    def use(self, name: str, now: float) -> SharedGroup:
        """The group of this name, which serves a request now."""
        group = self.group(name)
        group.used_at = now
        group.touched = True
        return group

    def granted(
        self, reply: Any, wanted: Sequence[Wanted], group: str, minute: int, place: Place | None, now: float
    ) -> None:
        """Keep what an admission said of the candidates it looked at."""
        shared = self.group(group)
        if place is not None and place.lease:
            shared.hold(place.deployment, place.lease, now)
        for index in range((len(reply) - 2) // 4):
            shared.see(wanted[index].id, minute, reply[2 + 4 * index : 6 + 4 * index])

    def undo(
        self, place: Place | None, wanted: Sequence[str], lease: str, group: str, input_tokens: int, output_tokens: int
    ) -> None:
        """Give back what an admission took whose caller had gone; if nobody knows what it took, the place it may hold.

        Its usage then stays counted for the minute, which keeps on the safe side of the limits.
        """
        with self.lock:
            shared = self.group(group)
            if place is not None:
                shared.report.add(place.minute, place.deployment, -1, -input_tokens, -output_tokens)
            for each in (place.deployment,) if place is not None else wanted:
                shared.report.released.append((each, lease))

    def due(self, now: float) -> Due:
        """The reports of all groups in use."""
        commands: list[tuple[Command, Told]] = []
        again = None
        with self.lock:
            for group in self._groups.values():
                if now - group.used_at > _IDLE and not group.report and not group.live:
                    continue
                again = _VIEW_SECONDS
                if group.wants(now, every=_VIEW_SECONDS):
                    commands.append(self._report(group, now))
        return Due(commands, again)

    def _report(self, group: SharedGroup, now: float) -> tuple[Command, Told]:
        samples = self._shares.samples
        lease_seconds = self._shares.lease_seconds
        command, number = group.command(now, sender=self._sender, lease_seconds=lease_seconds, samples=samples)
        ids, minute = list(group.known), int(now // 60)

        def told(reply: Any) -> None:
            with self.lock:
                group.answer(reply, number, ids, minute, samples)

        return command, told


def _place(
    reply: Any, wanted: Sequence[Wanted], group: str, minute: int, lease: str, asynchronous: bool
) -> Place | None:
    if not isinstance(reply, list) or reply[0] < 0:
        return None
    return Place(group, wanted[reply[0]].id, minute, lease, asynchronous)
