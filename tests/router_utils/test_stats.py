import pytest
from hypothesis import given
from hypothesis import strategies as st

from litellm.router_utils.stats import EWMA_SECONDS, Mean, Stats, Window

MINUTE = 1_700_000_040.0  # the first second of one


def test_a_mean_is_that_of_the_last_samples() -> None:
    mean = Mean(3)
    assert mean.value is None and mean.percentile(50) is None and mean.samples() == ()
    for sample in (100.0, 1.0, 2.0, 6.0):
        mean.add(sample)
    assert mean.value == 3.0 and mean.samples() == (1.0, 2.0, 6.0)


def test_a_mean_can_keep_more_or_fewer_samples() -> None:
    mean = Mean(4)
    mean.resize(2)
    assert mean.value is None and mean.size == 2
    for sample in (1.0, 2.0, 3.0):
        mean.add(sample)
    assert mean.samples() == (2.0, 3.0)
    assert mean.percentile(100) == 3.0
    mean.resize(2)
    assert mean.value == 2.5
    mean.resize(1)
    assert mean.value == 3.0 and mean.percentile(50) == 3.0


def test_a_penalty_leaves_no_trace_once_it_is_gone() -> None:
    mean = Mean(10)
    for sample in [1000.0, *[0.001] * 10]:
        mean.add(sample)
    assert mean.value == pytest.approx(0.001, rel=1e-12)


@given(st.lists(st.floats(0, 100), min_size=1, max_size=10), st.floats(0.01, 100))
def test_a_percentile_is_the_least_sample_that_so_many_do_not_exceed(samples: list[float], share: float) -> None:
    mean = Mean(10)
    for sample in samples:
        mean.add(sample)
    found = mean.percentile(share)
    wanted = share / 100 * len(samples)
    assert found in samples
    assert sum(sample <= found for sample in samples) >= wanted - 1e-9
    assert sum(sample < found for sample in samples) < wanted


def test_percentiles_of_one_mean_do_not_mix() -> None:
    mean = Mean(10)
    for sample in (1.0, 2.0, 3.0, 4.0):
        mean.add(sample)
    assert [mean.percentile(share) for share in (50, 100, 50)] == [2.0, 4.0, 2.0]
    mean.add(0.5)
    assert mean.percentile(50) == 2.0 and mean.percentile(20) == 0.5


def test_a_new_minute_begins_at_zero() -> None:
    window = Window().at(MINUTE)
    window.requests, window.input_tokens, window.output_tokens = 1, 2, 3
    assert (window.at(MINUTE + 59.9).requests, window.tokens) == (1, 5)
    assert (window.at(MINUTE + 60).requests, window.tokens) == (0, 0)


def test_what_was_reserved_is_corrected_in_its_own_minute_only() -> None:
    stats = Stats()
    stats.begin(MINUTE, input_tokens=10, output_tokens=100)
    assert (stats.in_flight, stats.window.requests, stats.window.tokens) == (1, 1, 110)
    stats.settle(MINUTE + 5, MINUTE, input_tokens=2, output_tokens=-60)
    assert (stats.in_flight, stats.window.input_tokens, stats.window.output_tokens) == (0, 12, 40)
    stats.begin(MINUTE + 59, input_tokens=10)
    stats.settle(MINUTE + 61, MINUTE + 59, input_tokens=5, output_tokens=7)
    assert (stats.in_flight, stats.window.requests, stats.window.tokens) == (0, 0, 0)


def test_an_answer_ends_a_row_of_failures() -> None:
    stats = Stats()
    stats.failed(MINUTE)
    stats.failed(MINUTE + 1, seconds=2.0, penalty=1000.0)
    assert (stats.consecutive_failures, stats.last_failed_at, stats.window.failed) == (2, MINUTE + 1, 2)
    assert stats.latency.value == stats.first_token.value == 1000.0
    assert stats.peak(MINUTE + 1) == 2.0
    stats.succeeded(MINUTE + 2, seconds=4.0, output_tokens=8, first_token=1.0)
    assert (stats.consecutive_failures, stats.last_succeeded_at) == (0, MINUTE + 2)
    assert stats.latency.samples() == (1000.0, 0.5) and stats.first_token.samples() == (1000.0, 1.0)


def test_an_answer_without_tokens_counts_its_seconds() -> None:
    stats = Stats()
    stats.succeeded(MINUTE, seconds=4.0)
    assert stats.latency.value == 4.0 and stats.first_token.value is None


def test_the_peak_rises_at_once_and_falls_slowly() -> None:
    stats = Stats()
    assert (stats.peak(MINUTE), stats.observed_at) == (0.0, 0.0)
    stats.observe(MINUTE, 1.0)
    stats.observe(MINUTE, 9.0)
    assert (stats.peak(MINUTE), stats.observed_at) == (9.0, MINUTE)
    stats.observe(MINUTE, 1.0)
    assert stats.peak(MINUTE) == 9.0
    stats.observe(MINUTE + EWMA_SECONDS, 1.0)
    assert 3.9 < stats.peak(MINUTE + EWMA_SECONDS) < 4.0
