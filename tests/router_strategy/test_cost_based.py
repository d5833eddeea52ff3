from math import inf

import pytest

import litellm
from litellm.router_strategy.cost_based import cost_based, price
from tests.router_strategy.support import ask, deployment, uses

LISTED = {"litellm_provider": "p", "mode": "chat"}


@pytest.fixture
def prices(monkeypatch):
    """A model map of our own: what is registered is forgotten with the test."""
    from litellm.core import model_map

    before = model_map.model_cost()
    model_map.replace_model_cost({})
    yield litellm.register_model
    model_map.replace_model_cost(before)


def priced(name, read, written, **fields):
    return deployment(name, params={"input_cost_per_token": read, "output_cost_per_token": written}, **fields)


def test_the_cheapest_by_input_and_output_together() -> None:
    a, b, c = priced("a", 1e-6, 5e-6), priced("b", 3e-6, 2e-6), priced("c", 2e-6, 9e-6)
    assert cost_based()((a, b, c), ask()) is b


def test_equals_share_the_draw() -> None:
    candidates, choose, asked = (priced("a", 1, 2), priced("b", 2, 1), priced("c", 2, 2)), cost_based(), ask()
    assert {choose(candidates, asked).id for _ in range(50)} == {"a", "b"}


def test_the_next_cheapest_takes_what_the_cheapest_has_no_room_for() -> None:
    a, b = candidates = (priced("a", 1e-6, 1e-6, rpm=1), priced("b", 2e-6, 2e-6, tpm=10))
    assert cost_based()(candidates, ask(input_tokens=10)) is a
    uses(a, requests=1)
    assert cost_based()(candidates, ask(input_tokens=10)) is b
    assert cost_based()(candidates, ask(input_tokens=11)) is None
    assert cost_based()((), ask()) is None


def test_prices_come_from_the_deployment_then_from_what_is_said_of_it_then_from_the_map(prices) -> None:
    prices({"m": {**LISTED, "input_cost_per_token": 1.0, "output_cost_per_token": 2.0}})
    assert price(deployment("a")) == 3.0
    assert price(deployment("a", info={"input_cost_per_token": 5.0})) == 7.0
    assert price(deployment("a", params={"input_cost_per_token": 0.0}, info={"input_cost_per_token": 5.0})) == 2.0
    assert price(deployment("a", params={"input_cost_per_token": "1e-3", "output_cost_per_token": 0})) == 0.001


def test_the_base_model_tells_the_price_of_a_deployment_with_a_name_of_its_own(prices) -> None:
    prices({"p/known": {**LISTED, "input_cost_per_token": 1.0, "output_cost_per_token": 2.0}})
    assert price(deployment("a", model="mine")) == inf
    assert price(deployment("a", model="mine", info={"base_model": "p/known"})) == 3.0


def test_unknown_prices_are_last_and_free_is_known(prices) -> None:
    unknown, free, dear = deployment("unknown", model="nobody"), priced("free", 0, 0), priced("dear", 1.0, 1.0)
    assert cost_based()((unknown, dear, free), ask()) is free
    assert cost_based()((unknown, dear), ask()) is dear
    assert cost_based()((unknown,), ask()) is unknown


def test_a_model_that_is_registered_later_has_its_price_from_then_on(prices) -> None:
    a, b = candidates = (deployment("a", model="late"), priced("b", 1.0, 1.0))
    choose = cost_based()
    assert choose(candidates, ask()) is b
    prices({"late": {**LISTED, "input_cost_per_token": 0.1, "output_cost_per_token": 0.1}})
    assert choose(candidates, ask()) is a
