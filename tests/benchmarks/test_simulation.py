"""The simulator of the Router: what its clock, its worlds and its figures promise."""

import asyncio
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any
from xml.etree import ElementTree

import msgspec
import pytest

from benchmarks.simulation import summary, table
from benchmarks.simulator.clock import VirtualLoop
from benchmarks.simulator.figures import Figures, figures_of, quantile, row_of
from benchmarks.simulator.plots import BEST, Column, compare, lines, over_time
from benchmarks.simulator.run import MESSAGES, Caller, Request, Sent, simulate
from benchmarks.simulator.scenario import Scenario, load, load_all
from benchmarks.simulator.world import arrivals, world_of
from litellm import _routes
from litellm.core import engine, intake
from litellm.core.hooks import NO_HOOKS
from litellm.core.plan import RetryPlan

SEEDS = 20
SCENARIOS = load_all()
WORLD: dict[str, Any] = {
    "name": "small",
    "title": "two deployments, one of which is down for a while",
    "duration": 30.0,
    "rates": [5],
    "measured": "settled",
    "deployments": [{"count": 2, "median": 0.4, "sigma": 0.3}],
    "router": {"timeout": 2.0},
    "settings": [{"name": "default"}],
    "bars": {"success": 0.999, "calls": 1.3, "most_calls": 2},
}


def scenario(**changes: Any) -> Scenario:
    return msgspec.convert({**WORLD, **changes}, Scenario)


def outage(**changes: Any) -> dict[str, Any]:
    return {"at": 10.0, "lasts": 10.0, "affected": [1], "kinds": ["unavailable"], **changes}


def in_turn(deployments: list[dict[str, Any]], arguments: Any, ports: Any, rng: Random) -> Caller:
    """A router of the simplest kind: one deployment after the other, in an order of chance."""

    async def call() -> Any:
        routes = []
        for entry in rng.sample(deployments, len(deployments)):
            given = {**entry["litellm_params"], "timeout": arguments["timeout"]}
            one = intake.take("chat", given.pop("model"), MESSAGES, given, call_id="1", now=ports.now())
            routes.append(_routes.route(msgspec.structs.replace(one, asynchronous=True)))
        plan = RetryPlan(routes=tuple(routes))
        return await engine.run(plan, _routes.adapter, ports, hooks=NO_HOOKS, give_up_at=ports.now() + 60)

    return call


def run(world: Scenario, seed: int = 0) -> tuple[Figures, list[Request]]:
    met, requests = simulate(world, world.settings[0], world.rates[0], seed, make=in_turn)
    return figures_of(world, met, requests), requests


def told(requests: list[Request]) -> list[Any]:
    return [
        (r.arrived, r.ended, r.error, [(sent.deployment, sent.at, sent.ended, sent.outcome) for sent in r.calls])
        for r in requests
    ]


def test_a_loop_jumps_to_its_timers():
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(asyncio.sleep(86400))
        assert runner.get_loop().time() == pytest.approx(86400)


def test_a_loop_that_would_wait_forever_says_so():
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        waiting = asyncio.Event()
        with pytest.raises(RuntimeError, match="no timer"):
            runner.run(waiting.wait())
        waiting.set()


@pytest.mark.parametrize("kind", ["unavailable", "unavailable_late", "refused", "hang", "rate_limited"])
def test_the_same_seed_gives_the_same_run(kind: str):
    world = scenario(events=[outage(kinds=[kind])])
    first, requests = run(world, 3)
    again, repeated = run(world, 3)
    assert told(requests) == told(repeated)
    assert first == again
    assert told(requests) != told(run(world, 4)[1])


@pytest.mark.parametrize(
    ("kind", "outcome", "least", "most"),
    [
        ("unavailable", "503", 0.0, 0.01),
        ("unavailable_late", "503", 0.05, 2.0),
        ("refused", "refused", 0.0, 0.01),
        ("hang", "timeout", 1.999, 2.001),
        ("rate_limited", "429", 0.0, 0.01),
    ],
)
def test_each_kind_of_outage_fails_in_its_own_way(kind: str, outcome: str, least: float, most: float):
    figures, requests = run(scenario(events=[outage(kinds=[kind])]))
    failed = [sent for request in requests for sent in request.calls if sent.outcome != "200"]
    assert {sent.outcome for sent in failed} == {outcome}
    assert {sent.deployment for sent in failed} < {"d0", "d1"}
    assert all(10 <= sent.at < 20 for sent in failed)
    assert all(least <= sent.ended - sent.at <= most for sent in failed)
    assert figures.most_calls == 2
    assert not any(request.error for request in requests), "the other deployment answers"


def through_the_router(world: Scenario, seed: int) -> tuple[Figures, list[Request]]:
    met, requests = simulate(world, world.settings[0], world.rates[0], seed)
    return figures_of(world, met, requests), requests


def test_the_router_serves_a_small_world_alike_every_time_and_within_its_bars():
    world = scenario(events=[outage()], router={"timeout": 2.0, "num_retries": 1})
    figures, requests = through_the_router(world, 1)
    again, repeated = through_the_router(world, 1)
    assert told(requests) == told(repeated)
    assert figures == again
    assert not row_of(world, "default", 5.0, [figures], None).misses
    assert any(sent.outcome == "503" for request in requests for sent in request.calls), "it met the outage"


def test_upstream_says_when_to_come_back():
    world = world_of(scenario(events=[outage(kinds=["rate_limited"], retry_after=7.0)]), 5, 0)
    replies = [upstream.reply(15.0, Random(0)) for upstream in world.upstreams.values()]
    assert sorted((reply.status, reply.retry_after or 0) for reply in replies) == [(200, 0), (429, 7.0)]


def test_flapping_deployments_take_turns():
    world = world_of(scenario(events=[outage(lasts=20.0, flap=2.0)]), 5, 0)
    (flapping,) = [upstream for upstream in world.upstreams.values() if upstream.failing]
    first = flapping.failing[0].begins
    assert 10 <= first <= 14
    assert flapping.state(first + 1) and not flapping.state(first + 3) and flapping.state(first + 5)
    assert max(failing.ends for failing in flapping.failing) <= 30


def test_what_comes_within_five_seconds_of_a_change_or_lives_through_one_is_not_measured():
    world = world_of(scenario(events=[outage()]), 5, 0)
    assert world.changes == [10.0, 20.0]
    assert [at for at in (0, 9, 10, 14.9, 15, 19, 24, 25) if world.settled(at, at + 0.5)] == [0, 9, 15, 19, 25]
    assert not world.settled(9.0, 10.0) and world.settled(15.0, 19.9) and not world.settled(16.0, 30.0)


def test_requests_come_at_the_rate_asked_for():
    times = arrivals(scenario(duration=1000.0), 20, 0)
    assert times == sorted(times) and times[-1] < 1000
    assert len(times) == pytest.approx(20_000, rel=0.03)


@pytest.mark.parametrize("world", SCENARIOS, ids=lambda each: each.name)
def test_a_scenario_always_leaves_a_healthy_deployment(world: Scenario):
    for seed in range(SEEDS):
        met = world_of(world, world.rates[0], seed)
        assert all(met.healthy(at) for at in [0.0, *met.changes])


@pytest.mark.parametrize("world", SCENARIOS, ids=lambda each: each.name)
def test_the_seeds_of_a_scenario_see_every_number_of_affected_deployments(world: Scenario):
    for event in world.events:
        seen = Counter(event.affected[turn % len(event.affected)] for turn in range(SEEDS * event.rounds))
        assert set(seen) == set(event.affected)


def test_a_key_that_no_scenario_has_is_refused(tmp_path: Path):
    (tmp_path / "wrong.toml").write_text('title = "x"\nlasts = 5\n')
    with pytest.raises(msgspec.ValidationError, match="lasts"):
        load(tmp_path / "wrong.toml")


@pytest.mark.parametrize(("share", "value"), [(0.5, 50), (0.99, 99), (1.0, 100), (0.001, 1)])
def test_quantiles_are_of_the_nearest_rank(share: float, value: int):
    assert quantile(range(1, 101), share) == value
    assert quantile([], share) == 0


def request(arrived: float, *outcomes: str, error: str = "", seconds: float = 1.0) -> Request:
    made = Request(arrived)
    made.ended, made.error = arrived + seconds, error
    made.calls = [Sent("d0", arrived) for _ in outcomes]
    return made


def test_figures_count_what_is_measured():
    world = scenario(events=[outage()])
    requests = [
        request(1.0, "200"),
        request(9.5, "503", error="x"),  # lives through the change
        request(12.0, "503", "503", "503", error="x"),  # too soon after it
        request(16.0, "503", "200", seconds=3.0),
        request(17.0, "503", error="x"),
    ]
    figures = figures_of(world, world_of(world, 5, 0), requests)
    assert (figures.requests, figures.measured, figures.answered, figures.calls) == (5, 3, 2, 4)
    assert (figures.most_calls, figures.over) == (3, 1)
    assert (figures.p50, figures.p99) == (1.0, 3.0)
    begun = figures_of(scenario(events=[outage()], measured="begun"), world_of(world, 5, 0), requests)
    assert (begun.measured, begun.answered) == (4, 2), "all but those right after the first change"
    assert figures.timeline[16] == (1, 1, 2) and figures.timeline[12] == (1, 0, 3)


def figures(**changes: Any) -> Figures:
    usual = Figures(1000, 1000, 1000, 1000, 1, 0, 0.4, 8.0, Counter(d0=3, d1=1))
    return usual._replace(**changes)


@pytest.mark.parametrize(
    ("second", "misses"),
    [
        ({"answered": 999, "calls": 1300}, ()),
        ({"answered": 998}, ("success",)),
        ({"calls": 1301}, ("calls",)),
        ({"over": 1}, ("attempts",)),
        ({"p99": 4.1}, ("p99",)),
    ],
)
def test_the_worst_seed_decides(second: dict[str, Any], misses: tuple[str, ...]):
    world = scenario(bars={"success": 0.999, "calls": 1.3, "most_calls": 3, "p99_ratio": 0.5})
    other = [figures(), figures()]
    row = row_of(world, "default", 5.0, [figures(p99=4.0), figures(p99=4.0)._replace(**second)], other)
    assert row.misses == misses
    assert row.largest_share == 0.75
    assert all(miss in table([row]) for miss in misses)
    assert summary([world], [row])["rows_missing_a_bar"] == bool(misses)


def test_pictures_are_well_formed_and_name_what_they_show():
    runs = {name: [run(scenario(events=[outage()]), seed)[0] for seed in range(2)] for name in ("default", "a < b")}
    success, calls = over_time(runs)
    assert len(success["default"]) == 30 and min(calls["default"]) == 1.0 < max(calls["default"])
    beside = compare("p99", list(runs), [Column("seconds", "{:.1f}", [1.0, 2.5])], rivals=[5, 5])
    for picture in (lines("Calls", calls, bar=1.3, low=1.0, high=3.0), beside):
        words = "".join(ElementTree.fromstring(picture).itertext())
        assert "a < b" in words and "default" in words


@pytest.mark.parametrize(
    ("values", "rivals", "winners"),
    [
        ([1.0, 2.5, 2.0], [5, 5, 5], 1),
        ([1.0, 1.02, 2.0], [5, 5, 5], 2),
        ([1.0, 1.1], [5, 5], 0),
        ([1.0, 2.5], [5, 10], 0),
    ],
    ids=["the best", "all near it", "no difference", "no rivals"],
)
def test_what_wins_among_its_rivals_stands_out(values: list[float], rivals: list[float], winners: int) -> None:
    names = [f"setting {at}" for at in range(len(values))]
    picture = compare("p99", names, [Column("seconds", "{:.1f}", values)], rivals=rivals)
    assert picture.count(BEST) == winners


def test_a_bar_that_is_not_there_is_not_missed():
    world = scenario(bars={"most_calls": 3})
    row = row_of(world, "default", 5.0, [figures(answered=1, calls=5000)], None)
    assert not row.misses
    assert summary([world], [row])["success_worst"] == 1.0
