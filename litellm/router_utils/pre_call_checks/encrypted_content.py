"""Sends encrypted reasoning back to the deployment that made it: only its account can read it."""

from collections.abc import Sequence
from typing import Any

from litellm.core.errors import Unavailable
from litellm.router_utils.deployments import Deployment
from litellm.router_utils.pre_call_checks.affinity import Scope
from litellm.router_utils.pre_call_checks.check import Kept, Success
from litellm.router_utils.pre_call_checks.facts import Facts
from litellm.router_utils.pre_call_checks.response_ids import deployments_of_items

NAME = "encrypted_content_affinity"
# For as long as it is remembered who has which account; a deployment that left the list is forgotten.
_MOST_ACCOUNTS = 10_000

Account = tuple[Any, Any]


class EncryptedContent:
    """Pins a request with encrypted items to the deployment that made them, or to one with the same account.

    No limit counts then, as every other deployment would refuse the request. Where the items do not say who made them
    nothing is pinned. Their maker's id is not told in the error, as the items are the caller's word.
    """

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._accounts: dict[str, Account] = {}

    def __call__(self, deployments: Sequence[Deployment], facts: Facts, now: float) -> Kept:
        makers = tuple(deployments_of_items(_items(facts)))
        if not makers or not self._scope.covers(deployments[0].group):
            return Kept(deployments)
        maker = makers[-1]
        self._learn(deployments)
        chosen = [each for each in deployments if each.id == maker] or self._of_account(deployments, maker)
        others = {each.id: "another account made the encrypted content of the input" for each in deployments}
        if chosen:
            return Kept(
                chosen, {id: why for id, why in others.items() if all(id != each.id for each in chosen)}, None, True
            )
        error = Unavailable(
            "The deployment that made the encrypted content of this input is not available now. Try again later, or "
            "leave the encrypted items out",
            model=deployments[0].group,
        )
        return Kept((), others, error)

    def note(self, success: Success) -> None:
        """Remember the account of a deployment that answers, for the time when it rests."""
        if self._scope.covers(success.deployment.group):
            self._learn((success.deployment,))

    def _learn(self, deployments: Sequence[Deployment]) -> None:
        if len(self._accounts) > _MOST_ACCOUNTS:
            self._accounts.clear()
        for each in deployments:
            self._accounts[each.id] = _account(each)

    def _of_account(self, deployments: Sequence[Deployment], maker: str) -> list[Deployment]:
        account = self._accounts.get(maker)
        if account is None or account == (None, None):
            return []
        return [each for each in deployments if _account(each) == account]


def _account(deployment: Deployment) -> Account:
    return deployment.params.get("api_base"), deployment.params.get("api_key")


def _items(facts: Facts) -> Any:
    content = facts.call.input
    return content if isinstance(content, list) and facts.call.endpoint != "chat" else facts.call.extra.get("input")
