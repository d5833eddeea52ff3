"""Upstreams as a scenario and a seed make them: when each of them fails, how, and how long an answer takes. Pure."""

import math
from bisect import bisect_right
from collections.abc import Sequence
from itertools import chain
from random import Random
from typing import NamedTuple

from benchmarks.simulator.scenario import Deployments, Event, Kind, Scenario

SETTLING = 5.0
AT_ONCE = 0.005


class Failing(NamedTuple):
    """From when until when an upstream fails, and how."""

    begins: float
    ends: float
    kind: Kind
    retry_after: float | None = None


class Reply(NamedTuple):
    """What comes of one call, after so many seconds; status 0 is no connection."""

    seconds: float
    status: int
    retry_after: float | None = None


class Upstream:
    """One deployment's other end."""

    def __init__(self, name: str, figures: Deployments, failing: Sequence[Failing]) -> None:
        self.name = name
        self.figures = figures
        self.failing = failing

    def state(self, at: float) -> Failing | None:
        """How it fails at a moment, None when it does not."""
        return next((each for each in self.failing if each.begins <= at < each.ends), None)

    def reply(self, at: float, rng: Random) -> Reply:
        """What comes of a call sent at a moment."""
        state = self.state(at)
        if state is None:
            return Reply(self._seconds(rng), 200)
        if state.kind == "hang":
            return Reply(math.inf, 200)
        if state.kind == "refused":
            return Reply(AT_ONCE, 0)
        if state.kind == "rate_limited":
            return Reply(AT_ONCE, 429, state.retry_after)
        return Reply(self._seconds(rng) if state.kind == "unavailable_late" else AT_ONCE, 503)

    def _seconds(self, rng: Random) -> float:
        usual = self.figures.median * math.exp(rng.gauss(0.0, self.figures.sigma))
        return usual * self.figures.slow_factor if rng.random() < self.figures.slow_share else usual


class World:
    """All upstreams of a run, by name, and the moments at which one of them changes."""

    def __init__(self, upstreams: Sequence[Upstream]) -> None:
        self.upstreams = {upstream.name: upstream for upstream in upstreams}
        edges = (edge for upstream in upstreams for edge in chain.from_iterable(each[:2] for each in upstream.failing))
        self.changes = sorted(set(edges))

    def settled(self, begins: float, ends: float) -> bool:
        """Whether the last change before a moment is 5 s ago or more, and none comes until another."""
        before = bisect_right(self.changes, begins)
        calm = before == 0 or begins - self.changes[before - 1] >= SETTLING
        return calm and before == bisect_right(self.changes, ends)

    def healthy(self, at: float) -> int:
        """How many upstreams do not fail at a moment."""
        return sum(upstream.state(at) is None for upstream in self.upstreams.values())


def world_of(scenario: Scenario, rate: float, seed: int) -> World:
    """The world that a seed makes of a scenario."""
    figures = [group for group in scenario.deployments for _ in range(group.count)]
    failing: list[list[Failing]] = [[] for _ in figures]
    rng = Random(f"{scenario.name}/{rate}/{seed}/events")
    for event in scenario.events:
        for number in range(event.rounds):
            _happen(event, number, seed, failing, rng)
    return World([Upstream(f"d{index}", each, failing[index]) for index, each in enumerate(figures)])


def _happen(event: Event, number: int, seed: int, failing: list[list[Failing]], rng: Random) -> None:
    affected = event.affected[(seed * event.rounds + number) % len(event.affected)]
    kind = rng.choice(event.kinds)
    begins = event.at + number * event.lasts
    for index in rng.sample(range(len(failing)), affected):
        for start, end in _times(event, begins, rng):
            failing[index].append(Failing(start, end, kind, event.retry_after))


def _times(event: Event, begins: float, rng: Random) -> list[tuple[float, float]]:
    ends = begins + event.lasts
    if event.flap is None:
        return [(begins, ends)]
    first = begins + rng.uniform(0.0, 2 * event.flap)
    starts = (first + turn * 2 * event.flap for turn in range(int(event.lasts / event.flap)))
    return [(start, min(start + event.flap, ends)) for start in starts if start < ends]


def arrivals(scenario: Scenario, rate: float, seed: int) -> list[float]:
    """When requests arrive: a Poisson process."""
    rng = Random(f"{scenario.name}/{rate}/{seed}/arrivals")
    found: list[float] = []
    at = rng.expovariate(rate)
    while at < scenario.duration:
        found.append(at)
        at += rng.expovariate(rate)
    return found
