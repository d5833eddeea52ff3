"""Budgets per user for programs that call the SDK directly, kept in a dict and, on request, in a JSON file.

The gateway has budgets of its own; this class is for scripts and notebooks.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, cast

import msgspec

from litellm.core.tokens import token_counter
from litellm.cost_calculator import completion_cost, cost_per_token

Duration = Literal["daily", "weekly", "monthly", "yearly"]
UserBudget = dict[str, Any]

_DAYS: Mapping[str, int] = {"daily": 1, "weekly": 7, "monthly": 28, "yearly": 365}
_DAY_SECONDS = 24 * 60 * 60


class BudgetManager:
    """Keep what each user may spend, has spent, and on which models, in dollars.

    >>> budgets = BudgetManager("demo")
    >>> _ = budgets.create_budget(total_budget=0.5, user="ada")
    >>> budgets.get_current_cost("ada")
    0.0
    """

    def __init__(
        self,
        project_name: str,
        client_type: str = "local",
        api_base: str | None = None,
        headers: Mapping[str, str] | None = None,
        *,
        path: Path | str = "user_cost.json",
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Start with what `path` holds, with nothing when there is no such file.

        Arguments:
            client_type: `local`; the hosted service of LiteLLM 1.x no longer exists.
            api_base, headers: accepted as LiteLLM 1.x does; a local manager has no use for them.
            path: the JSON file of `load_data` and `save_data`.
            clock: answers seconds since 1970.

        Raises:
            ValueError: another `client_type`.
        """
        if client_type != "local":
            raise ValueError(f"client_type {client_type!r} is not served: use 'local', or the gateway's budgets")
        self.project_name = project_name
        self.client_type = client_type
        self.api_base = api_base
        self.headers: dict[str, str] = dict(headers or {})
        self.path: Path = Path(path)
        self.clock = clock
        self.user_dict: dict[str, UserBudget] = {}
        self.load_data()

    def load_data(self) -> None:
        """Read the budgets back from the file, if there is one."""
        if self.path.is_file():
            self.user_dict = msgspec.json.decode(self.path.read_bytes(), type=dict[str, UserBudget])

    def save_data(self) -> dict[str, str]:
        """Write the budgets to the file."""
        self.path.write_bytes(msgspec.json.format(msgspec.json.encode(self.user_dict), indent=2))
        return {"status": "success"}

    def create_budget(
        self, total_budget: float, user: str, duration: Duration | None = None, created_at: float | None = None
    ) -> UserBudget:
        """Allow `user` to spend `total_budget` dollars, again after each `duration`.

        Raises:
            ValueError: a duration that is none of the four.
        """
        if duration is not None and duration not in _DAYS:
            raise ValueError(f"duration {duration!r} is not one of {', '.join(_DAYS)}")
        started = self.clock() if created_at is None else created_at
        budget: UserBudget = {"total_budget": total_budget}
        if duration is not None:
            budget |= {"duration": _DAYS[duration], "created_at": started, "last_updated_at": started}
        self.user_dict[user] = budget
        return budget

    def projected_cost(self, model: str, messages: Sequence[Any], user: str) -> float:
        """Answer the dollars that `user` would have spent once `messages` were sent, answers not counted."""
        tokens = token_counter(model=model, messages=messages)
        return cost_per_token(model, tokens)[0] + self.get_current_cost(user)

    def get_total_budget(self, user: str) -> float:
        """Answer the dollars that `user` may spend."""
        return cast(float, self.user_dict[user]["total_budget"])

    def update_cost(
        self,
        user: str,
        completion_obj: Any = None,
        model: str | None = None,
        input_text: str | None = None,
        output_text: str | None = None,
    ) -> dict[str, UserBudget]:
        """Charge `user` for a response, or for texts that a model read and wrote.

        Raises:
            ValueError: neither a response nor a model with both texts.
        """
        if model and input_text is not None and output_text is not None:
            cost = completion_cost(model=model, prompt=input_text, completion=output_text)
        elif completion_obj is not None:
            cost = completion_cost(completion_obj, model=model)
            model = model or str(completion_obj["model"])
        else:
            raise ValueError("give completion_obj, or model with input_text and output_text")
        return {"user": self._charge(user, str(model), cost)}

    def _charge(self, user: str, model: str, cost: float) -> UserBudget:
        budget = self.user_dict[user]
        by_model = dict(budget.get("model_cost", {}))
        by_model[model] = by_model.get(model, 0.0) + cost
        budget |= {"current_cost": self.get_current_cost(user) + cost, "model_cost": by_model}
        return budget

    def get_current_cost(self, user: str) -> float:
        """Answer the dollars that `user` has spent."""
        return cast(float, self.user_dict[user].get("current_cost", 0.0))

    def get_model_cost(self, user: str) -> dict[str, float]:
        """Answer the dollars that `user` has spent on each model."""
        return dict(self.user_dict[user].get("model_cost", {}))

    def is_valid_user(self, user: str) -> bool:
        """Tell whether `user` has a budget."""
        return user in self.user_dict

    def get_users(self) -> list[str]:
        """Answer everybody who has a budget."""
        return list(self.user_dict)

    def reset_cost(self, user: str) -> dict[str, UserBudget]:
        """Forget what `user` has spent."""
        self.user_dict[user] |= {"current_cost": 0.0, "model_cost": {}}
        return {"user": self.user_dict[user]}

    def reset_on_duration(self, user: str) -> None:
        """Forget what `user` has spent if the budget's duration is over."""
        budget = self.user_dict[user]
        if "duration" not in budget:
            return
        now = self.clock()
        if now - budget["last_updated_at"] >= budget["duration"] * _DAY_SECONDS:
            self.reset_cost(user)
            budget["last_updated_at"] = now

    def update_budget_all_users(self) -> None:
        """Reset everybody whose duration is over."""
        for user in self.get_users():
            self.reset_on_duration(user)
