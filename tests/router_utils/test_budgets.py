from typing import Any

import pytest

from litellm.core.errors import BadRequest
from litellm.router_utils.budgets import Budgets, LocalSpending, budget_of_deployment, read_budgets
from litellm.router_utils.pre_call_checks.budget import BudgetLimits
from litellm.router_utils.pre_call_checks.check import Success
from litellm.types.router import ProviderBudget
from tests.router_utils.pre_call_checks.candidates import NOW, deployment, facts, ids

DAY = 86_400
A_DAY = {"budget_limit": 1.0, "time_period": "1d"}


def limits(**of: Any) -> BudgetLimits:
    read = {name: read_budgets(given, name) for name, given in of.items()}
    return BudgetLimits(Budgets(providers=read.get("providers"), tags=read.get("tags")))


def test_a_provider_that_cost_its_budget_rests_until_the_period_ends() -> None:
    check = limits(providers={"openai": A_DAY})
    one, other = deployment("one"), deployment("other", provider="groq")
    check.note(Success(one, facts(), NOW, cost=0.4))
    assert ids(check([one, other], facts(), NOW)) == ["one", "other"]
    check.note(Success(one, facts(), NOW + 100, cost=0.6))
    kept = check([one, other], facts(), NOW + 100)
    assert ids(kept) == ["other"]
    assert kept.skipped["one"] == "Exceeded budget for provider openai: 1 >= 1 US dollars in 1d"
    assert ids(check([one, other], facts(), NOW + DAY)) == ["one", "other"]


def test_when_all_are_spent_the_error_says_so() -> None:
    check = limits(providers={"openai": {"max_budget": 0, "budget_duration": "1d"}})
    error = check([deployment()], facts(), NOW).error
    assert error is not None and error.status == 429 and not error.retryable
    assert str(error).startswith("No deployments available - crossed budget: Exceeded budget for provider openai")
    assert isinstance(error.original, ValueError)


def test_a_deployment_has_a_budget_of_its_own() -> None:
    check = BudgetLimits(Budgets())
    cheap = deployment("cheap", params={"max_budget": 0.5, "budget_duration": "1h"})
    check.note(Success(cheap, facts(), NOW, cost=0.5))
    assert ids(check([cheap, deployment("b")], facts(), NOW)) == ["b"]
    assert check.budgets.remaining(cheap, NOW) == 0 and check.budgets.remaining(cheap, NOW + 3600) == 0.5
    assert check.budgets.remaining(deployment("b"), NOW) is None


def test_a_deployment_without_a_period_has_no_budget() -> None:
    assert budget_of_deployment(deployment(params={"max_budget": 5})) is None


def test_a_tag_that_cost_its_budget_is_served_by_nobody() -> None:
    check = limits(tags={"team:a": A_DAY})
    of_a = facts(metadata={"tags": ["team:a"]})
    check.note(Success(deployment(), of_a, NOW, cost=2))
    kept = check([deployment(), deployment("b")], of_a, NOW)
    assert ids(kept) == [] and "tag team:a" in str(kept.error)
    assert ids(check([deployment()], facts(metadata={"tags": ["team:b"]}), NOW)) == ["a"]


def test_an_answer_without_a_cost_costs_nothing() -> None:
    check = limits(providers={"openai": {"budget_limit": 0.000001, "time_period": "1d"}})
    check.note(Success(deployment(), facts(), NOW, cost=None))
    assert ids(check([deployment()], facts(), NOW)) == ["a"]


def test_small_costs_add_up_exactly() -> None:
    spending = LocalSpending()
    check = Budgets(providers=read_budgets({"openai": A_DAY}, "p"), spending=spending)
    for _ in range(1_000):
        check.spent(deployment(), 0.001, (), NOW)
    assert spending.total("provider_spend:openai:1d", NOW) == 1_000_000_000
    assert check.over(deployment(), NOW)


def test_a_period_begins_with_the_first_cost_after_the_last_one_ended() -> None:
    spending = LocalSpending()
    spending.add("k", 5, now=0, period=10)
    spending.add("k", 5, now=9, period=10)
    assert spending.total("k", 9.9) == 10 and spending.total("k", 10) == 0
    spending.add("k", 1, now=15, period=10)
    assert spending.total("k", 24.9) == 1 and spending.total("k", 25) == 0


def test_a_budget_may_be_an_object() -> None:
    budgets = read_budgets({"openai": ProviderBudget(budget_limit=3, time_period="2h")}, "provider_budget_config")
    assert budgets["openai"] == (3.0, 7200, "2h")


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        (5, "give a dict"),
        ({"budget_limit": "much", "time_period": "1d"}, "'much' is no budget"),
        ({"budget_limit": True, "time_period": "1d"}, "True is no budget"),
        ({"budget_limit": -1, "time_period": "1d"}, "-1 is no budget"),
        ({"budget_limit": 1, "time_period": "daily"}, "'daily'"),
        ({"budget_limit": 1}, "None"),
    ],
)
def test_what_is_no_budget_is_refused_with_its_place(entry: Any, says: str) -> None:
    with pytest.raises(BadRequest, match=r"provider_budget_config\['x'\]") as caught:
        read_budgets({"x": entry}, "provider_budget_config")
    assert says in str(caught.value)
