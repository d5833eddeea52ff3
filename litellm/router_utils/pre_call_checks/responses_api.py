"""Prefers the deployment that holds the response which a request goes on from (`responses_api_deployment_check`)."""

from collections.abc import Sequence

from litellm.router_utils.deployments import Deployment
from litellm.router_utils.pre_call_checks.affinity import Memory, Scope, prefer
from litellm.router_utils.pre_call_checks.check import Kept, Success
from litellm.router_utils.pre_call_checks.facts import Facts
from litellm.router_utils.pre_call_checks.response_ids import deployment_of_response

NAME = "responses_api_deployment_check"


class ResponsesApi:
    """Reads the deployment out of `previous_response_id`, or remembers which one gave that id; `ttl` in seconds."""

    def __init__(self, scope: Scope, memory: Memory, ttl: float) -> None:
        self._scope = scope
        self._memory = memory
        self._ttl = ttl

    def __call__(self, deployments: Sequence[Deployment], facts: Facts, now: float) -> Kept:
        previous = facts.previous_response_id
        if previous is None or not self._scope.covers(deployments[0].group):
            return Kept(deployments)
        wanted = deployment_of_response(previous) or self._memory.get(_key(previous), now)
        return prefer(deployments, wanted, "another deployment holds the previous response")

    def note(self, success: Success) -> None:
        """Remember who gave an answer that says it is a response."""
        answer = success.answer
        if getattr(answer, "object", None) != "response" or not self._scope.covers(success.deployment.group):
            return
        response_id = getattr(answer, "id", None)
        if isinstance(response_id, str):
            self._memory.put(_key(response_id), success.deployment.id, success.now, self._ttl)


def _key(response_id: str) -> str:
    return f"{NAME}:{response_id}"
