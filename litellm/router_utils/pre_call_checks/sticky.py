"""Prefers the deployment that served the same user's key, or the same session, before: one rule for both."""

from collections.abc import Callable, Sequence

from litellm.router_utils.deployments import Deployment
from litellm.router_utils.pre_call_checks.affinity import Memory, Scope, prefer
from litellm.router_utils.pre_call_checks.check import Kept, Success
from litellm.router_utils.pre_call_checks.facts import Facts

BY_KEY = "deployment_affinity"
BY_SESSION = "session_affinity"


class Sticky:
    """Remembers by `who` (of the facts; None: nobody) which deployment of a group answered, for `ttl` seconds."""

    def __init__(
        self, name: str, who: Callable[[Facts], str | None], *, scope: Scope, memory: Memory, ttl: float
    ) -> None:
        self._name = name
        self._who = who
        self._scope = scope
        self._memory = memory
        self._ttl = ttl

    def __call__(self, deployments: Sequence[Deployment], facts: Facts, now: float) -> Kept:
        key = self._key(deployments[0].group, facts) if len(deployments) > 1 else None
        if key is None:
            return Kept(deployments)
        return prefer(deployments, self._memory.get(key, now), f"{self._name}: another deployment served it before")

    def note(self, success: Success) -> None:
        """Remember who answered."""
        key = self._key(success.deployment.group, success.facts)
        if key is not None:
            self._memory.put(key, success.deployment.id, success.now, self._ttl)

    def _key(self, group: str, facts: Facts) -> str | None:
        who = self._who(facts) if self._scope.covers(group) else None
        return None if who is None else f"{self._name}:{group}:{who}"


def by_key(scope: Scope, memory: Memory, ttl: float) -> Sticky:
    """The check `deployment_affinity`."""
    return Sticky(BY_KEY, lambda facts: facts.user_key, scope=scope, memory=memory, ttl=ttl)


def by_session(scope: Scope, memory: Memory, ttl: float) -> Sticky:
    """The check `session_affinity`."""
    return Sticky(BY_SESSION, lambda facts: facts.session_id, scope=scope, memory=memory, ttl=ttl)
