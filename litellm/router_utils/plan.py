"""One call's way through the deployments: which is asked first, which next when one fails, and when to give up.

Who may be asked is `routing`'s knowledge, what a failure teaches `lease`'s. It sends nothing and waits for nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from litellm.core import errors
from litellm.core.errors import BadRequest, ProviderError
from litellm.core.plan import Attempt, Outcome, Route
from litellm.router_utils.catalog import Group
from litellm.router_utils.choice import Choice, choose
from litellm.router_utils.fallbacks import Entry
from litellm.router_utils.hedging import count_request, delay_for, take_hedge
from litellm.router_utils.lease import DeploymentLease
from litellm.router_utils.requests import Request, nowhere
from litellm.router_utils.retries import retries_for, wait_before
from litellm.router_utils.routed_call import RoutedCall
from litellm.router_utils.routing import Routing
from litellm.router_utils.settings import HedgeSettings
from litellm.router_utils.state import GroupFigures

_PATIENCE = 600.0
# Arguments with which a test asks for the failure that leads to each kind of fallback.
_STAGED: Mapping[str, type[ProviderError]] = {
    "mock_testing_fallbacks": errors.InternalError,
    "mock_testing_context_fallbacks": errors.ContextWindowExceeded,
    "mock_testing_content_policy_fallbacks": errors.ContentPolicyViolation,
    "mock_testing_rate_limit_error": errors.RateLimited,
}


class RouterPlan:
    """Decides every step of one call over a router's deployments.

    `attempts` are the places that were asked for, `skipped` says by id why deployments were left out.
    """

    __slots__ = (
        "_asked_before",
        "_before",
        "_catalog",
        "_continued",
        "_entered",
        "_failed_groups",
        "_pending",
        "_retried",
        "_shunned",
        "_told",
        "attempts",
        "call",
        "fallback_groups",
        "group",
        "routing",
        "skipped",
    )

    def __init__(self, routing: Routing, request: Request, now: Callable[[], float]) -> None:
        self.routing: Routing = routing
        self.call: RoutedCall = RoutedCall(routing, request, now)
        self.attempts: list[DeploymentLease] = []
        self.skipped: dict[str, str] = {}
        self.fallback_groups: list[str] = []
        self._catalog = routing.catalog
        self._failed_groups: tuple[tuple[str, int], ...] = ()
        self._pending: tuple[Entry, ...] = ()
        self._entered: frozenset[str] = frozenset()
        self._retried = 0
        self._shunned: frozenset[str] = frozenset()
        self._continued: Request | None = None
        self._told: list[dict[str, Any]] = []

    @property
    def request(self) -> Request:
        """The request that is being served."""
        return self.call.request

    # -- the steps -----------------------------------------------------------------------------------------------

    def next_step(self, outcomes: tuple[Outcome, ...]) -> Attempt | None:
        now = self.call.now()
        if not outcomes:
            return self._begin(now)
        if self.call.sent >= self._most_attempts() or self.call.is_over(now):
            return None
        error = outcomes[-1].error
        return self._again(error, len(outcomes), now) or self._fall_back(error, len(outcomes), now)

    def _begin(self, now: float) -> Attempt:
        other = self.request.options.other
        staged = next((kind for name, kind in _STAGED.items() if other.get(name)), None) if other else None
        if staged is None:
            return self._enter(self.request, 0, now)
        self._set(self.request, 0)
        return self._refused(staged("this failure was asked for, to see where the call goes then"))

    def _set(self, request: Request, before: int) -> Group | None:
        """Serve the request from its group from now on."""
        if request is not self.call.request:
            self.call.serve(request)
        self._before = before
        self._asked_before = len(self.attempts)
        self.group: Group | None = self._catalog.find(request.model)
        return self.group

    def _enter(self, request: Request, before: int, now: float) -> Attempt:
        group = self._set(request, before)
        if group is None:
            return self._refused(unknown(request.model, self._catalog.names()))
        self.call.asks(group, now)
        choice = choose(self.routing, group, self.call, avoid=self._shunned, skipped=self.skipped)
        if choice.deployment is None and self._shunned:
            choice = choose(self.routing, group, self.call, skipped=self.skipped)
        if choice.deployment is None:
            return self._refused(choice.error or self.routing.none_left(group, now))
        return self._attempt(group, choice, 0.0)

    def _again(self, error: ProviderError, attempts: int, now: float) -> Attempt | None:
        """Another attempt in the same group, None when it has had its tries or has nobody left."""
        group = self.group
        if group is None or not self.call.tried:
            return None
        settings = self.routing.settings
        allowed = retries_for(
            error,
            policy=self.call.policy(group),
            number=self._retries(),
            deployments=len(group.deployments),
            detour=self.call.fallbacks.has_detour(error, self.request.model),
        )
        self.call.ask = self.call.ask._replace(now=now)
        tries = attempts - self._before
        if tries > allowed:
            return self._next_in_group(group, attempts)
        choice = choose(self.routing, group, self.call, avoid=self.call.tried, skipped=self.skipped)
        if choice.deployment is not None:
            return self._retry(group, choice, wait_before(error, tries, others_healthy=True))
        choice = choose(self.routing, group, self.call, skipped=self.skipped)
        if choice.deployment is None:
            return None
        least = settings.retry_after
        wait = wait_before(error, tries, others_healthy=False, retry_after_min=least, jitter=self.routing.rng.random())
        return None if self.call.is_over(now + wait) else self._retry(group, choice, wait)

    def _retry(self, group: Group, choice: Choice, wait: float) -> Attempt:
        self._retried += 1
        return self._attempt(group, choice, wait)

    def _next_in_group(self, group: Group, attempts: int) -> Attempt | None:
        """The next order of deployments, or with weighted failover any other one, before other groups."""
        failover = self.routing.settings.enable_weighted_failover
        if not (group.ordered or failover) or not self.call.falls_back:
            return None
        last = self.attempts[-1].deployment.order
        passed = set() if failover else {each.id for each in group.deployments if each.order == last}
        choice = choose(self.routing, group, self.call, avoid=self.call.tried | passed, skipped=self.skipped)
        if choice.deployment is None:
            return None
        self._before = attempts
        return self._retry(group, choice, 0.0)

    def _fall_back(self, error: ProviderError, attempts: int, now: float) -> Attempt | None:
        """The first attempt in the next group, None when there is none left or too many were tried."""
        if not self.call.falls_back:
            return None
        model = self.request.model
        self._failed_groups += ((model, attempts),)
        gone = self._entered.union(name for name, _ in self._failed_groups)
        found = self.call.fallbacks.after(error, model, gone, rng=self.routing.rng)
        self._pending = (*(each for each in found if each not in self._pending), *self._pending)
        while self._pending:
            if len(self.fallback_groups) >= self.call.most_fallbacks:
                return None
            entry, *rest = self._pending
            self._pending = tuple(rest)
            if entry.key in gone or not self.call.may_use(entry):
                continue
            self._entered |= {entry.key}
            self.fallback_groups.append(entry.group)
            return self._enter(self.call.first.changed(entry), attempts, now)
        return None

    # -- what one attempt is -------------------------------------------------------------------------------------

    def _attempt(self, group: Group, choice: Choice, wait: float) -> Attempt:
        lease = self._lease(group, choice, hedge=False)
        hedging = self.routing.settings.hedging_of(group.name)
        if hedging is None or not self.request.may_be_doubled:
            return Attempt(lease.route, wait, lease=lease)
        figures = self.routing.state.figures(group.name)
        count_request(figures)
        return self._hedged(group, lease, hedging, figures)._replace(wait=wait)

    def _hedged(self, group: Group, lease: DeploymentLease, hedging: HedgeSettings, figures: GroupFigures) -> Attempt:
        """The attempt of a lease, which another one joins when it is slow; that one may be joined in its turn."""
        delay = delay_for(hedging, figures, stream=self.request.stream)
        if delay is None:
            return Attempt(lease.route, lease=lease)

        def hedge() -> Attempt | None:
            self.call.hedged_after = delay
            self.call.ask = self.call.ask._replace(now=self.call.now())
            other = choose(self.routing, group, self.call, avoid=self.call.tried, skipped={})
            if other.deployment is None or not self._may_join() or not take_hedge(hedging, figures):
                return None
            return self._hedged(group, self._lease(group, other, hedge=True), hedging, figures)

        return Attempt(lease.route, lease=lease, hedge=hedge, hedge_after=delay)

    def _may_join(self) -> bool:
        """Whether a hedge stays within the attempts of the group and of the call; one is always allowed in a group."""
        asked = len(self.attempts)
        return asked - self._asked_before < max(2, 1 + self._retries()) and asked < self._most_attempts()

    def _lease(self, group: Group, choice: Choice, *, hedge: bool) -> DeploymentLease:
        assert choice.deployment is not None
        lease = DeploymentLease(self.call, group, choice.deployment, choice.candidates, hedge=hedge)
        self.call.tried.add(choice.deployment.id)
        self.attempts.append(lease)
        self._told.append(lease.told)
        return lease

    # -- its bounds ----------------------------------------------------------------------------------------------

    def _retries(self) -> int:
        """Tries after the first: what the request says, else the deployment that was asked last, else the router."""
        number = self.call.first.options.num_retries
        if number is None and self.attempts:
            number = self.attempts[-1].deployment.template("chat").options.num_retries
        return self.routing.settings.num_retries if number is None else number

    def _most_attempts(self) -> int:
        """Requests upstream for this call: what retries, orders and fallbacks come to where nobody says."""
        settings, group = self.routing.settings, self.group
        if settings.max_attempts is not None:
            return settings.max_attempts
        retries = self._retries()
        if group is not None:
            retries = max(retries, *(self.call.policy(group) or {"": 0}).values())
            if group.ordered or settings.enable_weighted_failover:
                retries = max(retries, len(group.deployments) - 1)
        return (1 + retries) * (1 + self.call.most_fallbacks)

    # -- what is told of it --------------------------------------------------------------------------------------

    def _refused(self, error: ProviderError) -> Attempt:
        return Attempt(nowhere(self.request), error=error)

    def failure(self, outcomes: tuple[Outcome, ...]) -> ProviderError:
        """The error of the group that was asked for; what became of the fallbacks is added to its words."""
        if not self._failed_groups or not self.fallback_groups:
            return outcomes[-1].error
        first = outcomes[self._failed_groups[0][1] - 1].error
        last = outcomes[-1].error
        if first is not last:
            first.message += (
                f"\nReceived Model Group={self.call.first.model}"
                f"\nAvailable Model Group Fallbacks={self.fallback_groups}"
                f"\nError doing the fallback: {last.message}"
            )
            first.args = (first.message,)
        return first

    @property
    def continues(self) -> bool:
        return self.routing.settings.stream_continuation

    def continuation(self, error: ProviderError, text: str) -> "RouterPlan | None":
        """A plan that asks another deployment of the group first, within the same bounds and the same explanation."""
        asked = self._continued or self.request
        request = asked.continued(text)
        if request is None or self.call.sent >= self._most_attempts():
            return None
        further = RouterPlan(self.routing, request, self.call.now)
        further.call.sent, further.attempts, further._told = self.call.sent, self.attempts, self._told
        further.fallback_groups, further._entered = self.fallback_groups, self._entered
        further._shunned = frozenset({self.attempts[-1].deployment.id})
        further._continued = asked
        return further

    def explanation(self, answered: Route | None = None) -> Mapping[str, Any]:
        group = self.group
        last = self.attempts[-1] if self.attempts else None
        served = next((each for each in self.attempts if each.route is answered), last)
        headers: dict[str, Any] = {
            "x-litellm-model-group": served.group.name if served is not None else self.call.first.model,
            "x-litellm-attempted-retries": self._retried,
            "x-litellm-attempted-fallbacks": len(self.fallback_groups),
        }
        if served is not None:
            headers["x-litellm-model-id"] = served.deployment.id
        return {
            "model_id": served.deployment.id if served is not None else None,
            "additional_headers": headers,
            "routing": {
                "model_group": self.call.first.model,
                "strategy": group.strategy_name if group is not None else None,
                "considered": list(dict.fromkeys(each.id for lease in self.attempts for each in lease.candidates)),
                "skipped": dict(self.skipped),
                "attempts": self._told,
                "fallbacks": list(self.fallback_groups),
            },
        }


def unknown(model: str, names: Sequence[str]) -> ProviderError:
    """The error of a name that nothing serves."""
    near = get_close_matches(model, names, 1)
    meant = f"; did you mean {near[0]!r}?" if near else f"; it has {', '.join(map(repr, sorted(names)[:20])) or 'none'}"
    return BadRequest(
        f"You passed in model={model}. There is no 'model_name' with this string in this router's model list{meant}",
        model=model,
    )
