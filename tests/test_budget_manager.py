"""Budgets per user: what is charged, when it is forgotten, and that it survives a restart."""

from pathlib import Path

import pytest

from litellm.budget_manager import BudgetManager
from litellm.cost_calculator import completion_cost

DAY = 24 * 60 * 60
RESPONSE = {"model": "gpt-4o", "choices": [], "usage": {"prompt_tokens": 1000, "completion_tokens": 0}}


class Clock:
    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def budgets(tmp_path: Path, clock: Clock) -> BudgetManager:
    made = BudgetManager("demo", path=tmp_path / "budgets.json", clock=clock)
    made.create_budget(total_budget=10.0, user="ada", duration="daily")
    return made


def test_a_new_budget_is_unspent(budgets: BudgetManager) -> None:
    assert budgets.get_total_budget("ada") == 10.0
    assert budgets.get_current_cost("ada") == 0.0
    assert budgets.get_users() == ["ada"]
    assert budgets.is_valid_user("ada") and not budgets.is_valid_user("bob")


def test_responses_are_charged_per_model(budgets: BudgetManager) -> None:
    budgets.update_cost("ada", completion_obj=RESPONSE)
    budgets.update_cost("ada", completion_obj=RESPONSE)
    assert budgets.get_current_cost("ada") == pytest.approx(2 * completion_cost(RESPONSE))
    assert budgets.get_model_cost("ada") == {"gpt-4o": pytest.approx(2 * completion_cost(RESPONSE))}


def test_texts_are_charged(budgets: BudgetManager) -> None:
    charged = budgets.update_cost("ada", model="gpt-4o", input_text="How do rivers form?", output_text="By rain.")
    assert charged["user"]["current_cost"] == budgets.get_current_cost("ada") > 0


def test_nothing_to_charge_is_an_error(budgets: BudgetManager) -> None:
    with pytest.raises(ValueError, match="completion_obj"):
        budgets.update_cost("ada", model="gpt-4o", input_text="half")


def test_the_projection_adds_the_prompt_to_what_was_spent(budgets: BudgetManager) -> None:
    budgets.update_cost("ada", completion_obj=RESPONSE)
    asked = [{"role": "user", "content": "How do rivers form?"}]
    assert budgets.projected_cost("gpt-4o", asked, "ada") > budgets.get_current_cost("ada")


def test_a_duration_forgets_what_was_spent(budgets: BudgetManager, clock: Clock) -> None:
    budgets.create_budget(total_budget=5.0, user="bob")
    for user in ("ada", "bob"):
        budgets.update_cost(user, completion_obj=RESPONSE)
    clock.now += DAY - 1
    budgets.update_budget_all_users()
    assert budgets.get_current_cost("ada") > 0
    clock.now += 1
    budgets.update_budget_all_users()
    assert (budgets.get_current_cost("ada"), budgets.get_model_cost("ada")) == (0.0, {})
    assert budgets.get_current_cost("bob") > 0


def test_budgets_survive_a_restart(budgets: BudgetManager) -> None:
    budgets.update_cost("ada", completion_obj=RESPONSE)
    assert budgets.save_data() == {"status": "success"}
    again = BudgetManager("demo", path=budgets.path)
    assert again.user_dict == budgets.user_dict


def test_what_is_not_served_is_refused(budgets: BudgetManager) -> None:
    with pytest.raises(ValueError, match="hosted"):
        BudgetManager("demo", client_type="hosted")
    with pytest.raises(ValueError, match="fortnightly"):
        budgets.create_budget(1.0, "eve", duration="fortnightly")  # type: ignore[arg-type]
