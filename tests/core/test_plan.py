"""The SDK's plan as a pure function of what has happened."""

import pytest

from litellm.core import errors
from litellm.core.call import Call
from litellm.core.plan import MAX_ATTEMPTS, Fallback, Outcome, RetryPlan, Route, backoff, retry_after
from litellm.core.target import Target

CALL = Call(id="1", endpoint="chat", model="m", input=[])
FIRST, SECOND, THIRD, LONGER, SAFER = (Route(CALL, Target(provider="p", model=name)) for name in "abcde")
BUSY, WRONG = errors.Unavailable("busy"), errors.BadRequest("wrong")
TOO_LONG, REFUSED = errors.ContextWindowExceeded("long"), errors.ContentPolicyViolation("no")


def to(route: Route) -> Fallback:
    return Fallback(CALL, lambda: route)


def steps(plan: RetryPlan, *failures: errors.ProviderError) -> list[Route]:
    """The routes tried when the attempts fail in this way, one after the other."""
    outcomes: tuple[Outcome, ...] = ()
    tried = []
    for failure in (*failures, errors.BadRequest("end")):
        attempt = plan.next_step(outcomes)
        if attempt is None:
            return tried
        tried.append(attempt.route)
        outcomes += (Outcome(attempt.route, failure),)
    return tried


def test_what_may_pass_is_retried_as_often_as_asked() -> None:
    assert steps(RetryPlan(routes=(FIRST,), retries=2), BUSY, BUSY, BUSY) == [FIRST] * 3
    assert steps(RetryPlan(routes=(FIRST,)), BUSY, BUSY) == [FIRST]


def test_what_will_not_pass_is_not_retried() -> None:
    assert steps(RetryPlan(routes=(FIRST,), retries=2), WRONG, WRONG) == [FIRST]


def test_fallbacks_come_in_order_each_with_its_retries() -> None:
    plan = RetryPlan(routes=(FIRST, SECOND, THIRD), retries=1)
    assert steps(plan, BUSY, BUSY, WRONG, BUSY, BUSY, BUSY) == [FIRST, FIRST, SECOND, THIRD, THIRD]


def test_a_prompt_too_long_takes_its_detour_once_and_then_the_fallbacks() -> None:
    plan = RetryPlan(routes=(FIRST, SECOND), retries=2, context_window=to(LONGER), content_policy=to(SAFER))
    assert steps(plan, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG) == [FIRST, LONGER, SECOND]
    assert steps(plan, REFUSED, TOO_LONG, WRONG, WRONG) == [FIRST, SAFER, LONGER, SECOND]
    assert steps(RetryPlan(routes=(FIRST, SECOND)), TOO_LONG, WRONG) == [FIRST, SECOND]


def test_fallbacks_are_looked_for_once_and_only_when_their_turn_comes() -> None:
    found: list[Route] = []

    def find(route: Route) -> Fallback:
        return Fallback(CALL, lambda: found.append(route) or route)  # type: ignore[func-returns-value]

    plan = RetryPlan(routes=(FIRST,), fallbacks=(find(SECOND), find(THIRD)), retries=1, context_window=find(LONGER))
    assert steps(plan) == [FIRST]
    assert found == []
    assert steps(plan, WRONG, BUSY) == [FIRST, SECOND, SECOND]
    assert found == [SECOND]
    assert steps(plan, TOO_LONG, WRONG, WRONG, WRONG) == [FIRST, LONGER, SECOND, THIRD]
    assert found == [SECOND, LONGER, THIRD]


def test_a_fallback_that_cannot_be_found_is_one_failed_attempt() -> None:
    nowhere = errors.UnknownProvider("no such model")

    def find() -> Route:
        raise nowhere

    policy = {"BadRequestErrorRetries": 3}
    plan = RetryPlan(routes=(FIRST,), fallbacks=(Fallback(CALL, find), to(THIRD)), retries=3, policy=policy)
    first = Outcome(FIRST, errors.NotFound("gone"))
    lost = plan.next_step((first,))
    assert lost is not None and lost.error is nowhere
    then = plan.next_step((first, Outcome(lost.route, nowhere)))
    assert then is not None and (then.route, then.error) == (THIRD, None)


def test_a_detour_is_retried_like_any_route() -> None:
    plan = RetryPlan(routes=(FIRST,), retries=1, context_window=to(LONGER))
    assert steps(plan, TOO_LONG, BUSY, BUSY) == [FIRST, LONGER, LONGER]


def test_no_plan_goes_on_for_ever() -> None:
    plan = RetryPlan(routes=(FIRST,), retries=1000)
    assert len(steps(plan, *[BUSY] * 200)) == MAX_ATTEMPTS


def test_waits_grow_to_a_limit_unless_they_are_constant() -> None:
    waits = [backoff(BUSY, tries, jitter=0.0) for tries in range(1, 8)]
    assert waits == [0.5, 1.0, 2.0, 4.0, 8.0, 8.0, 8.0]
    assert [backoff(BUSY, tries, jitter=0.0, constant=True) for tries in (1, 5)] == [0.5, 0.5]
    assert backoff(BUSY, 1, jitter=1.0) == 0.375


def test_upstream_says_how_long_to_wait() -> None:
    assert backoff(errors.RateLimited("x", headers={"retry-after": "7"}), 3, jitter=1.0) == 7.0


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "3"}, 3.0),
        ({"retry-after": "0"}, 0.0),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after-ms": "250"}, 0.25),
        ({"retry-after-ms": "250", "retry-after": "1"}, 0.25),
        ({"retry-after-ms": "soon", "retry-after": "1"}, 1.0),
        ({"retry-after": "60"}, 60.0),
        ({"retry-after": "61"}, None),
        ({"retry-after": "-1"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "Sun, 06 Nov 1994 08:49:40 GMT", "date": "Sun, 06 Nov 1994 08:49:37 GMT"}, 3.0),
        ({"retry-after": "Sun, 06 Nov 1994 08:49:30 GMT", "date": "Sun, 06 Nov 1994 08:49:37 GMT"}, None),
        ({"retry-after": "Sun, 06 Nov 1994 08:49:40 GMT"}, None),
        ({"retry-after": "not a date GMT", "date": "Sun, 06 Nov 1994 08:49:37 GMT"}, None),
    ],
)
def test_retry_after(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(headers) == seconds
