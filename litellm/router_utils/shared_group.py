"""One group's figures as all processes share them: what this one has to report, and what came back.

It makes the background's command and reads its reply; it sends nothing. Times are seconds since the epoch.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from typing import Any

from litellm.caching.redis_connection import Argument, Command
from litellm.router_utils import shared_scripts as scripts
from litellm.router_utils.stats import Stats, Window

_LOST_AFTER = 5.0
_MAX_SAMPLES = 1000
LONGEST_LEASE = 3600.0

Usage = dict[tuple[int, str], list[int]]


class Report:
    """What this process did and has not told yet. Everything in it is bounded by what there is to count."""

    __slots__ = ("cooled", "released", "samples", "taken", "usage")

    def __init__(self) -> None:
        self.usage: Usage = {}
        self.taken: dict[str, tuple[str, float]] = {}
        self.released: list[tuple[str, str]] = []
        self.cooled: dict[str, tuple[float, str]] = {}
        self.samples: deque[tuple[str, str]] = deque(maxlen=_MAX_SAMPLES)

    def __bool__(self) -> bool:
        return bool(self.usage or self.taken or self.released or self.cooled or self.samples)

    def add(self, minute: int, deployment: str, requests: int, read: int, written: int) -> None:
        """Count requests, input and output tokens; negative ones were counted too many."""
        counts = self.usage.setdefault((minute, deployment), [0, 0, 0])
        counts[0] += requests
        counts[1] += read
        counts[2] += written


class SharedGroup:
    """The deployments of one name. Its owner holds a lock around every call."""

    def __init__(self, name: str, cooled: dict[str, tuple[float, str]]) -> None:
        self.name = name
        self.known: dict[str, Stats] = {}
        self.report = Report()
        self.live: dict[str, tuple[str, float]] = {}
        self.used_at: float = 0.0
        self.touched: bool = False
        self._cooled = cooled
        self._mine: set[str] = set()
        self._batch: Report | None = None
        self._number = 0
        self._asked_at: float | None = None
        self._synced_at = 0.0
        self._renewed_at = 0.0

    def know(self, stats: Mapping[str, Stats]) -> None:
        """These are its deployments, and where to tell what the fleet does with them."""
        for key, live in stats.items():
            if self.known.get(key) is not live:
                self.known[key] = live
                live.fleet = live.fleet or Window()

    def count(self, deployment: str, minute: int, requests: int, read: int, written: int) -> None:
        """Count something here at once, and report it."""
        self.report.add(minute, deployment, requests, read, written)
        fleet = self._fleet(deployment, minute)
        if fleet is not None:
            fleet.requests += requests
            fleet.input_tokens += read
            fleet.output_tokens += written

    def take(self, deployment: str, lease: str, ends: float, now: float) -> None:
        """A request is in flight, and nobody has told Redis."""
        self.report.taken[lease] = (deployment, ends)
        self.hold(deployment, lease, now)
        self.known[deployment].fleet_in_flight += 1

    def hold(self, deployment: str, lease: str, now: float) -> None:
        """A request is in flight: its lease is renewed until it is released."""
        self.live[lease] = (deployment, now)

    def release(self, deployment: str, lease: str) -> None:
        """A request has ended."""
        self.live.pop(lease, None)
        if self.report.taken.pop(lease, None) is None:
            self.report.released.append((deployment, lease))
        stats = self.known.get(deployment)
        if stats is not None:
            stats.fleet_in_flight = max(0, stats.fleet_in_flight - 1)

    def wants(self, now: float, *, every: float) -> bool:
        """Whether there is something to tell, or what is known of the fleet has become old."""
        if self._asked_at is not None and now - self._asked_at < _LOST_AFTER:
            return False
        waits = self.report or self._batch or self.touched
        return bool(waits) or abs(now - self._synced_at) >= every

    def command(self, now: float, *, sender: str, lease_seconds: float, samples: int) -> tuple[Command, int]:
        """The report as a command, and its number. One that got no answer goes again under the number it had."""
        if self._batch is None:
            self._renew(now, lease_seconds)
            if self.report:
                self._batch, self.report = self.report, Report()
                self._number += 1
        self._asked_at = self._synced_at = now
        self.touched = False
        ids = list(self.known)
        minute = int(now // 60)
        keys = [
            scripts.usage_key(self.name, minute),
            scripts.usage_key(self.name, minute - 1),
            scripts.cooldowns_key(self.name),
            scripts.batch_key(self.name, sender),
        ]
        for each in ids:
            keys += [scripts.leases_key(self.name, each), scripts.latencies_key(self.name, each)]
        number = 0 if self._batch is None else self._number
        args: list[Argument] = [int(now * 1000), number, samples, len(ids), *ids]
        if self._batch is not None:
            args += _sections(self._batch, minute, ids)
        return Command(scripts.SYNC, keys, args), number

    def answer(self, reply: Any, number: int, ids: list[str], minute: int, samples: int) -> None:
        """What the command came to; None when nobody knows whether it ran."""
        self._asked_at = None
        if reply is None:
            return
        if number and number == self._number:
            self._batch = None
        if isinstance(reply, Exception):
            return
        figures, cooled, latencies = reply
        for index, each in enumerate(ids):
            self.see(each, minute, figures[4 * index : 4 * index + 4])
        self._see_cooled(cooled, ids)
        for each, told in zip(ids, latencies, strict=False):
            self._see_latency(self.known.get(each), told, samples)

    def see(self, deployment: str, minute: int, figures: list[int]) -> None:
        """Requests, input, output and leases as Redis has them; what is not reported yet comes on top."""
        fleet = self._fleet(deployment, minute)
        if fleet is None:
            return
        more = [0, 0, 0]
        for report in (self.report, self._batch):
            if report is not None:
                more = [a + b for a, b in zip(more, report.usage.get((minute, deployment), (0, 0, 0)), strict=True)]
        fleet.requests, fleet.input_tokens, fleet.output_tokens = (
            figure + extra for figure, extra in zip(figures, more, strict=False)
        )
        self.known[deployment].fleet_in_flight = max(0, figures[3] + self._in_flight_untold(deployment))

    def _in_flight_untold(self, deployment: str) -> int:
        taken = sum(1 for key, _ in self.report.taken.values() if key == deployment)
        return taken - sum(1 for key, _ in self.report.released if key == deployment)

    def _fleet(self, deployment: str, minute: int) -> Window | None:
        """The window of this minute, None for one that is over."""
        stats = self.known.get(deployment)
        if stats is None or stats.fleet is None or stats.fleet.minute > minute:
            return None
        return stats.fleet.at(minute * 60.0)

    def _renew(self, now: float, lease_seconds: float) -> None:
        """Leases of requests that go on end later; a caller who forgot its request for an hour has lost it."""
        if now - self._renewed_at < lease_seconds / 3:
            return
        self._renewed_at = now
        self.live = {lease: (key, begun) for lease, (key, begun) in self.live.items() if now - begun < LONGEST_LEASE}
        for lease, (key, _) in self.live.items():
            self.report.taken[lease] = (key, now + lease_seconds)

    def _see_cooled(self, told: list[bytes], ids: list[str]) -> None:
        seen = set()
        untold = {**(self._batch.cooled if self._batch else {}), **self.report.cooled}
        for place in range(0, len(told), 2):
            key = told[place].decode()
            ends, _, reason = told[place + 1].decode().partition(" ")
            if key not in untold:
                self._cooled[key] = (int(ends) / 1000, reason)
            seen.add(key)
        for key in (*ids, *self._mine):
            if key not in seen and key not in untold:
                self._cooled.pop(key, None)
        self._mine = seen

    def _see_latency(self, stats: Stats | None, told: list[bytes], samples: int) -> None:
        if stats is None or not told:
            return
        pairs = [sample.split(b" ") for sample in told]
        stats.latency.replace([float(seconds) for seconds, _ in pairs], size=samples)
        first = [float(token) for _, token in pairs if token]
        if first:
            stats.first_token.replace(first, size=samples)


def _sections(report: Report, minute: int, ids: list[str]) -> list[Argument]:
    """The five parts of a report as the script reads them. Minutes that are over are of no use to anybody."""
    place = {key: index for index, key in enumerate(ids, 1)}
    usage: list[tuple[Argument, ...]] = [
        (minute - when + 1, key, *counts) for (when, key), counts in report.usage.items() if 0 <= minute - when < 2
    ]
    taken = [(place[key], lease, int(ends * 1000)) for lease, (key, ends) in report.taken.items() if key in place]
    released = [(place[key], lease) for key, lease in report.released if key in place]
    cooled = [(key, int(until * 1000), reason) for key, (until, reason) in report.cooled.items()]
    samples = [(place[key], sample) for key, sample in report.samples if key in place]
    args: list[Argument] = []
    sections: tuple[Sequence[Sequence[Argument]], ...] = (usage, taken, released, cooled, samples)
    for section in sections:
        args.append(len(section))
        for entry in section:
            args.extend(entry)
    return args
