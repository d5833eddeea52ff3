from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litellm.core import errors
from litellm.core.errors import ProviderError
from litellm.router_utils.cooldowns import cooldown_for
from litellm.router_utils.deployments import Deployment
from litellm.router_utils.settings import Settings

_NOW = 600.0
_BUSY = errors.RateLimited("busy")
_BROKEN = errors.InternalError("broken")
_POLICY = Settings(allowed_fails_policy={"RateLimitErrorAllowedFails": 1, "BadRequestErrorAllowedFails": 0})


def _deployment(failed: int = 1, succeeded: int = 0, **fields: Any) -> Deployment:
    given = {"id": "1", "group": "a", "provider": "p", "model": "m", "params": {"model": "p/m"}, "info": {}}
    deployment = Deployment(**{**given, **fields})
    for _ in range(failed):
        deployment.stats.failed(_NOW)
    deployment.stats.window.at(_NOW).succeeded = succeeded
    return deployment


def _rest(
    error: ProviderError, deployment: Deployment | None = None, *, size: int = 2, settings: Settings | None = None
) -> float | None:
    return cooldown_for(error, deployment or _deployment(), group_size=size, settings=settings or Settings(), now=_NOW)


@pytest.mark.parametrize(
    ("error", "among_others", "alone"),
    [
        (_BUSY, 5.0, None),
        (errors.Authentication("key"), 5.0, 5.0),
        (errors.NotFound("none"), 5.0, 5.0),
        (errors.TimedOut("slow"), None, None),
        (_BROKEN, None, None),
        (errors.PermissionDenied("no"), None, None),
        (errors.BadRequest("bad"), None, None),
        (errors.BadRequest("conflict", status=409), None, None),
        (errors.ContentPolicyViolation("no"), None, None),
        (errors.Unprocessable("bad"), None, None),
    ],
)
def test_after_one_failure(error: ProviderError, among_others: float | None, alone: float | None) -> None:
    assert _rest(error, size=2) == among_others
    assert _rest(error, size=1) == alone


@pytest.mark.parametrize(
    ("failed", "succeeded", "size", "rests"),
    [
        (5, 0, 2, True),
        (4, 0, 2, False),
        (3, 2, 2, True),
        (3, 3, 2, False),
        (5, 0, 1, False),
        (999, 0, 1, False),
        (1000, 0, 1, True),
        (1000, 1, 1, False),
    ],
)
@pytest.mark.parametrize("error", [_BROKEN, errors.TimedOut("slow"), errors.InvalidResponse("odd", status=302)])
def test_when_most_requests_of_this_minute_fail(
    error: ProviderError, failed: int, succeeded: int, size: int, rests: bool
) -> None:
    assert (_rest(error, _deployment(failed, succeeded), size=size) is not None) is rests


def test_failures_of_the_minute_before_do_not_count() -> None:
    deployment = _deployment(failed=9)
    assert cooldown_for(_BROKEN, deployment, group_size=2, settings=Settings(), now=_NOW) == 5.0
    assert cooldown_for(_BROKEN, deployment, group_size=2, settings=Settings(), now=_NOW + 60) is None


@pytest.mark.parametrize("error", [errors.RuleBroken("own"), errors.SchemaMismatch("odd")])
def test_errors_that_say_nothing_of_the_deployment(error: ProviderError) -> None:
    assert _rest(error, _deployment(failed=5000), settings=Settings(allowed_fails=0)) is None


def test_a_connection_that_is_refused_says_that_nobody_is_there() -> None:
    assert _rest(errors.ConnectionFailed("refused"), _deployment(failed=9)) == 5.0


def test_one_made_for_a_wildcard_and_disabled_cooldowns() -> None:
    assert _rest(_BUSY, _deployment(from_wildcard=True)) is None
    assert _rest(_BUSY, settings=Settings(disable_cooldowns=True)) is None


class TestAllowedFails:
    @pytest.mark.parametrize("size", [1, 2])
    @pytest.mark.parametrize(("allowed", "failed", "rests"), [(0, 1, True), (2, 2, False), (2, 3, True)])
    def test_it_rests_when_there_were_more(self, size: int, allowed: int, failed: int, rests: bool) -> None:
        settings = Settings(allowed_fails=allowed)
        for error in (_BUSY, _BROKEN, errors.Authentication("key")):
            assert (_rest(error, _deployment(failed), size=size, settings=settings) is not None) is rests

    def test_errors_about_the_request_do_not_count(self) -> None:
        assert _rest(errors.BadRequest("bad"), _deployment(9), settings=Settings(allowed_fails=0)) is None

    @pytest.mark.parametrize(
        ("error", "failed", "rests"),
        [
            (_BUSY, 1, False),
            (_BUSY, 2, True),
            (errors.BadRequest("bad"), 1, True),
            (errors.ContentPolicyViolation("no"), 1, True),
            (_BROKEN, 3, False),
            (_BROKEN, 4, True),
        ],
    )
    def test_by_kind_of_error(self, error: ProviderError, failed: int, rests: bool) -> None:
        assert (_rest(error, _deployment(failed), settings=_POLICY) is not None) is rests

    def test_the_number_serves_kinds_that_the_policy_does_not_name(self) -> None:
        settings = Settings(allowed_fails=1, allowed_fails_policy={"RateLimitErrorAllowedFails": 5})
        assert _rest(_BROKEN, _deployment(2), settings=settings) == 5.0
        assert _rest(_BUSY, _deployment(2), settings=settings) is None


class TestSeconds:
    asked = errors.RateLimited("busy", headers={"retry-after": "20"})

    def test_the_deployment_then_upstream_then_the_router(self) -> None:
        settings = Settings(cooldown_time=7)
        assert _rest(self.asked, _deployment(cooldown_time=3), settings=settings) == 3
        assert _rest(self.asked, settings=settings) == 20
        assert _rest(_BUSY, settings=settings) == 7

    def test_no_time_is_no_rest(self) -> None:
        assert _rest(self.asked, _deployment(cooldown_time=0)) is None
        assert _rest(_BUSY, settings=Settings(cooldown_time=0)) is None

    def test_upstream_asking_for_more_than_a_minute_is_not_heard(self) -> None:
        assert _rest(errors.RateLimited("busy", headers={"retry-after": "3600"})) == 5.0


_KINDS = st.sampled_from([_BUSY, _BROKEN, errors.TimedOut("slow"), errors.Authentication("key"), errors.NotFound("x")])


@given(_KINDS, st.integers(1, 30), st.integers(0, 30), st.integers(1, 3), st.one_of(st.none(), st.integers(0, 9)))
def test_a_rest_has_a_length_and_one_more_failure_never_ends_it(
    error: ProviderError, failed: int, succeeded: int, size: int, allowed: int | None
) -> None:
    settings = Settings(allowed_fails=allowed)
    before = _rest(error, _deployment(failed, succeeded), size=size, settings=settings)
    after = _rest(error, _deployment(failed + 1, succeeded), size=size, settings=settings)
    assert before is None or (before > 0 and after == before)
