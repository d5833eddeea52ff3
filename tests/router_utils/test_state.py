"""What a router remembers between calls."""

from litellm.router_utils import state as state_module
from litellm.router_utils.circuit_breaker import BreakerSettings
from litellm.router_utils.deployments import deployment_of
from litellm.router_utils.state import State
from tests.support.deployments import entry


def test_figures_of_groups_are_forgotten_when_there_are_too_many_names() -> None:
    state = State()
    oldest, known = state.figures("oldest"), state.figures("known")
    for number in range(state_module._MOST_GROUPS - 1):
        state.figures(str(number))
    assert state.figures("known") is known
    assert state.figures("oldest") is not oldest


def test_a_breaker_goes_on_by_the_settings_of_now() -> None:
    state, patient, strict = State(), BreakerSettings(), BreakerSettings(consecutive_failures=2)
    one = deployment_of(entry("chat", "a"))
    state.breaker(one, patient).failure(1.0, 0)
    breaker = state.breaker(one, strict)
    breaker.failure(2.0, 0)
    assert breaker.state(2.0) == "open"
