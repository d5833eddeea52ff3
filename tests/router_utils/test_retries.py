import pytest
from hypothesis import given
from hypothesis import strategies as st

from litellm.core import errors
from litellm.core.errors import ProviderError
from litellm.router_utils.retries import retries_for, wait_before

_CONFLICT = errors.BadRequest("conflict", status=409)


@pytest.mark.parametrize(
    ("error", "alone", "among_others"),
    [
        (errors.TimedOut("slow"), 2, 2),
        (_CONFLICT, 2, 2),
        (errors.RateLimited("busy"), 2, 2),
        (errors.InternalError("broken"), 2, 2),
        (errors.BadGateway("broken"), 2, 2),
        (errors.Unavailable("down"), 2, 2),
        (errors.ConnectionFailed("refused"), 2, 2),
        (errors.Authentication("wrong key"), 0, 2),
        (errors.PermissionDenied("not yours"), 0, 2),
        (errors.NotFound("no such model"), 0, 0),
        (errors.BadRequest("bad"), 0, 0),
        (errors.Unprocessable("bad"), 0, 0),
        (errors.ContextWindowExceeded("long"), 0, 0),
        (errors.ContentPolicyViolation("no"), 0, 0),
        (errors.BudgetExceeded("spent"), 0, 0),
        (errors.RuleBroken("own rule"), 0, 0),
    ],
)
def test_only_what_may_pass_is_tried_again(error: ProviderError, alone: int, among_others: int) -> None:
    assert retries_for(error, policy=None, number=2, deployments=1) == alone
    assert retries_for(error, policy=None, number=2, deployments=3) == among_others


@pytest.mark.parametrize(
    ("error", "policy", "expected"),
    [
        (errors.RateLimited("busy"), {"RateLimitErrorRetries": 5}, 5),
        (errors.RateLimited("busy"), {"RateLimitErrorRetries": 0}, 0),
        (errors.NotFound("none"), {"NotFoundErrorRetries": 1}, 1),
        (errors.BadRequest("bad"), {"BadRequestErrorRetries": 1}, 1),
        (errors.ContentPolicyViolation("no"), {"ContentPolicyViolationErrorRetries": 3}, 3),
        (_CONFLICT, {"BadRequestErrorRetries": 4}, 4),
        (_CONFLICT, {"DefaultRetries": 4}, 4),
        (errors.Authentication("key"), {"DefaultRetries": 4}, 4),
        (errors.NotFound("none"), {"DefaultRetries": 4}, 0),
        (errors.RateLimited("busy"), {"TimeoutErrorRetries": 7}, 2),
    ],
)
def test_the_policy_wins_over_the_number(error: ProviderError, policy: dict[str, int], expected: int) -> None:
    assert retries_for(error, policy=policy, number=2, deployments=2) == expected


def test_default_retries_do_not_reach_a_wrong_key_without_other_deployments() -> None:
    assert retries_for(errors.Authentication("key"), policy={"DefaultRetries": 4}, number=2, deployments=1) == 0


def test_an_error_with_fallbacks_of_its_own_goes_there_at_once() -> None:
    policy = {"ContentPolicyViolationErrorRetries": 3, "RateLimitErrorRetries": 3}
    refused, busy = errors.ContentPolicyViolation("no"), errors.RateLimited("busy")
    assert retries_for(refused, policy=policy, number=2, deployments=2, detour=True) == 0
    assert retries_for(busy, policy=policy, number=2, deployments=2, detour=True) == 3


def test_waits_double_up_to_eight_seconds() -> None:
    error = errors.Unavailable("down")
    assert [wait_before(error, tries, others_healthy=False) for tries in range(1, 8)] == [0.5, 1, 2, 4, 8, 8, 8]


def test_another_healthy_deployment_is_tried_at_once() -> None:
    error = errors.RateLimited("busy", headers={"retry-after": "30"})
    assert wait_before(error, 3, others_healthy=True, retry_after_min=5, jitter=1) == 0


@pytest.mark.parametrize(("asked", "expected"), [("7", 7), ("60", 60), ("61", 0.5), ("soon", 0.5), ("-1", 0.5)])
def test_upstream_says_how_long_within_a_minute(asked: str, expected: float) -> None:
    error = errors.RateLimited("busy", headers={"retry-after": asked})
    assert wait_before(error, 1, others_healthy=False) == expected


def test_the_least_wait_holds_over_what_upstream_asks() -> None:
    error = errors.RateLimited("busy", headers={"retry-after": "1"})
    assert wait_before(error, 1, others_healthy=False, retry_after_min=3) == 3


@given(st.integers(0, 5000), st.floats(0, 1), st.floats(0, 100))
def test_waits_stay_within_bounds(tries: int, jitter: float, least: float) -> None:
    wait = wait_before(errors.TimedOut("slow"), tries, others_healthy=False, retry_after_min=least, jitter=jitter)
    assert max(0.5, least) <= wait <= max(8.75, least)


@given(st.integers(1, 50), st.floats(0, 1))
def test_jitter_only_adds(tries: int, jitter: float) -> None:
    error = errors.TimedOut("slow")
    plain = wait_before(error, tries, others_healthy=False)
    assert 0 <= wait_before(error, tries, others_healthy=False, jitter=jitter) - plain <= 0.75
