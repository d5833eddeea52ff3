"""Which deployment a request goes to, and which next when one fails. Pure: the order is drawn before, nobody waits
here.
"""

from collections.abc import Mapping
from typing import Any

import msgspec

from litellm.core.errors import Authentication, PermissionDenied, ProviderError
from litellm.core.plan import MAX_ATTEMPTS, Attempt, Outcome, backoff
from litellm.proxy.llm_endpoints.request import LLMRequest
from litellm.proxy.state import Deployment


class DeploymentPlan(msgspec.Struct, frozen=True, kw_only=True):
    """Each deployment once, in the order drawn; then those again whose failure may pass, ever more slowly.

    `retries` counts the tries after the first; where there are more deployments than that, each still gets its one try.
    """

    request: LLMRequest
    deployments: tuple[Deployment, ...]
    retries: int = 0
    jitter: float = 0.0

    def next_step(self, outcomes: tuple[Outcome, ...]) -> Attempt | None:
        deployment = self.deployment(outcomes)
        if deployment is None:
            return None
        rounds = len(outcomes) // len(self.deployments)
        wait = backoff(outcomes[-1].error, rounds, jitter=self.jitter) if rounds else 0.0
        return Attempt(self.request.route(deployment), wait)

    def failure(self, outcomes: tuple[Outcome, ...]) -> ProviderError:
        return outcomes[-1].error

    def explanation(self) -> Mapping[str, Any]:
        return {}

    def deployment(self, outcomes: tuple[Outcome, ...]) -> Deployment | None:
        """The deployment of the attempt after these outcomes."""
        tries, known = len(outcomes), len(self.deployments)
        if not tries:
            return self.deployments[0]
        if tries < known:
            return self.deployments[tries] if may_pass_elsewhere(outcomes[-1].error) else None
        if tries > self.retries or tries >= MAX_ATTEMPTS or not may_pass_elsewhere(outcomes[-1].error):
            return None
        again = [each for each, first in zip(self.deployments, outcomes, strict=False) if first.error.retryable]
        return again[(tries - known) % len(again)] if again else None


def may_pass_elsewhere(error: ProviderError) -> bool:
    """Whether another deployment may do better: the failure is upstream's or the account's, not the request's."""
    return error.retryable or isinstance(error, Authentication | PermissionDenied)
