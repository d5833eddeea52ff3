"""Takes out deployments whose budget is spent: their own, their provider's, or that of a tag of the request."""

from collections.abc import Mapping, Sequence

from litellm.core.errors import ProviderError
from litellm.router_utils.budgets import Budgets
from litellm.router_utils.deployments import Deployment
from litellm.router_utils.pre_call_checks.check import Kept, Success, all_reasons, refusal, sieve
from litellm.router_utils.pre_call_checks.facts import Facts
from litellm.types.router import RouterErrors

_STATUS = 429


class BudgetLimits:
    """The check, and what it is told of every answer's cost."""

    def __init__(self, budgets: Budgets) -> None:
        self.budgets = budgets

    def __call__(self, deployments: Sequence[Deployment], facts: Facts, now: float) -> Kept:
        by_tag = self.budgets.over_by_tag(facts.tags, now)

        def error(skipped: Mapping[str, str]) -> ProviderError:
            words = RouterErrors.no_deployments_with_provider_budget_routing.value
            return refusal(f"{words}: {all_reasons(skipped)}", model=deployments[0].group, status=_STATUS)

        return sieve(deployments, lambda each: by_tag or self.budgets.over(each, now), error)

    def note(self, success: Success) -> None:
        """Count the cost of an answer."""
        if success.cost:
            self.budgets.spent(success.deployment, success.cost, success.facts.tags, success.now)
