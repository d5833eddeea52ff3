import pytest
from hypothesis import given
from hypothesis import strategies as st

from litellm.router_utils.circuit_breaker import NO_PROBE, BreakerSettings, CircuitBreaker


def _opened(settings: BreakerSettings | None = None) -> CircuitBreaker:
    settings = settings or BreakerSettings(consecutive_failures=1)
    breaker = CircuitBreaker(settings)
    for _ in range(settings.consecutive_failures):
        breaker.failure(0.0, NO_PROBE)
    return breaker


def test_it_is_closed_at_first() -> None:
    breaker = CircuitBreaker(BreakerSettings())
    assert (breaker.state(0.0), breaker.allows(0.0), breaker.begin(0.0)) == ("closed", True, NO_PROBE)
    assert breaker.open_until is None


def test_consecutive_failures_open_it() -> None:
    breaker = CircuitBreaker(BreakerSettings(consecutive_failures=3, minimum_requests=100))
    for failed in (True, True, False, True, True):
        (breaker.failure if failed else breaker.success)(1.0, NO_PROBE)
    assert breaker.allows(1.0)
    breaker.failure(1.0, NO_PROBE)
    assert not breaker.allows(1.0)
    assert breaker.open_until == 6.0


@pytest.mark.parametrize(("succeeded", "failed", "opens"), [(3, 3, True), (4, 3, False), (2, 2, False), (2, 3, True)])
def test_the_share_of_failures_opens_it_from_enough_requests_on(succeeded: int, failed: int, opens: bool) -> None:
    breaker = CircuitBreaker(BreakerSettings(consecutive_failures=99))
    for _ in range(succeeded):
        breaker.success(0.0, NO_PROBE)
    for _ in range(failed):
        breaker.failure(0.0, NO_PROBE)
    assert breaker.allows(0.0) is not opens


def test_what_is_older_than_the_window_does_not_count() -> None:
    breaker = CircuitBreaker(BreakerSettings(consecutive_failures=99, window=10))
    for _ in range(4):
        breaker.failure(0.0, NO_PROBE)
    breaker.failure(10.0, NO_PROBE)
    assert breaker.allows(10.0)


def test_probes_go_through_when_the_time_is_over_and_no_more_than_allowed() -> None:
    breaker = _opened(BreakerSettings(consecutive_failures=1, half_open_requests=2))
    assert not breaker.allows(4.9)
    assert breaker.state(5.0) == "half-open"
    first, second = breaker.begin(5.0), breaker.begin(5.0)
    assert first == second != NO_PROBE
    assert not breaker.allows(5.0)


def test_one_that_is_sent_all_the_same_may_close_it_and_opens_it_no_longer() -> None:
    breaker = _opened()
    forced = breaker.begin(1.0)
    breaker.failure(1.5, forced)
    assert breaker.open_until == 5.0
    breaker.success(2.0, breaker.begin(1.6))
    assert breaker.allows(2.0)


def test_it_stays_open_as_long_as_upstream_asks() -> None:
    breaker = CircuitBreaker(BreakerSettings())
    breaker.failure(0.0, NO_PROBE, asked=20.0)
    assert not breaker.allows(19.0)
    assert breaker.allows(20.0)


def test_a_probe_that_succeeds_closes_it_with_a_clean_slate() -> None:
    breaker = _opened()
    breaker.success(6.0, breaker.begin(5.0))
    assert breaker.state(6.0) == "closed"
    breaker.failure(6.0, NO_PROBE)
    assert breaker.open_until == 11.0


def test_each_probe_that_fails_doubles_the_time_up_to_the_longest() -> None:
    breaker, now, rests = _opened(), 5.0, []
    for _ in range(5):
        breaker.failure(now, breaker.begin(now))
        assert breaker.open_until is not None
        rests.append(breaker.open_until - now)
        now = breaker.open_until
    assert rests == [10, 20, 40, 60, 60]


def test_an_abandoned_probe_gives_its_slot_back() -> None:
    breaker = _opened()
    breaker.abandoned(breaker.begin(5.0))
    assert breaker.allows(5.0)


def test_what_began_before_it_opened_says_nothing_of_now() -> None:
    breaker = _opened()
    breaker.success(6.0, NO_PROBE)
    assert breaker.state(6.0) == "half-open"
    breaker.failure(6.0, NO_PROBE)
    assert breaker.state(6.0) == "half-open"
    probe = breaker.begin(6.0)
    breaker.abandoned(NO_PROBE)
    assert not breaker.allows(6.0)
    breaker.success(6.0, probe)
    assert breaker.state(6.0) == "closed"


def test_a_probe_of_an_earlier_time_is_none_now() -> None:
    breaker = _opened(BreakerSettings(consecutive_failures=1, half_open_requests=2))
    late, failing = breaker.begin(5.0), breaker.begin(5.0)
    breaker.failure(5.0, failing)
    assert [breaker.begin(15.0) > NO_PROBE for _ in range(3)] == [True, True, False]
    breaker.abandoned(late)
    assert not breaker.allows(15.0)


_END = st.sampled_from(["success", "failure", "abandoned"])
_STEP = st.tuples(st.floats(0, 30), st.booleans(), _END, st.integers(0, 50))


@given(st.lists(_STEP, max_size=120), st.integers(1, 3), st.integers(1, 3))
def test_it_never_admits_more_probes_than_allowed_and_never_stays_shut(
    steps: list[tuple[float, bool, str, int]], slots: int, row: int
) -> None:
    settings = BreakerSettings(half_open_requests=slots, consecutive_failures=row)
    breaker, now, running = CircuitBreaker(settings), 0.0, []
    for pause, begins, end, which in steps:
        now += pause
        if begins and breaker.allows(now):
            running.append((breaker.open_until, breaker.begin(now)))
        elif running:
            _, ticket = running.pop(which % len(running))
            if end == "abandoned":
                breaker.abandoned(ticket)
            else:
                getattr(breaker, end)(now, ticket)
        probes = [ticket for until, ticket in running if until == breaker.open_until and ticket != NO_PROBE]
        assert len(probes) <= slots
        if breaker.open_until is not None:
            assert breaker.open_until <= now + settings.max_open_seconds
            if not probes:
                assert breaker.allows(breaker.open_until)
