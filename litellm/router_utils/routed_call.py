"""One call on its way through a router: what it says itself, what is known of it, and what it has used up so far.

Plan and leases share it. It chooses nothing.
"""

from collections.abc import Callable, Mapping
from typing import Any

from litellm.core import errors, retry_policy
from litellm.core.plan import Route
from litellm.router_strategy import Ask
from litellm.router_utils.catalog import Group
from litellm.router_utils.deployments import Deployment
from litellm.router_utils.fallbacks import Entry, Fallbacks
from litellm.router_utils.pre_call_checks.facts import Facts
from litellm.router_utils.requests import Request
from litellm.router_utils.routing import Routing

_PATIENCE = 600.0
_USUAL_OUTPUT = 500
_REFUSED = errors.ContentPolicyViolation("")


class RoutedCall:
    """What the caller asked for (`first`), and the request that is being served, which a fallback may have changed.

    `tried` are the deployments of the group that were asked, `sent` is how often anybody was; `now` tells the time.
    `hedged_after` is after how many seconds another attempt joined a slow one, 0 while none did.
    """

    __slots__ = (
        "_facts",
        "_fallbacks",
        "_give_up_at",
        "ask",
        "first",
        "hedged_after",
        "now",
        "request",
        "routing",
        "sent",
        "tried",
    )

    ask: Ask

    def __init__(self, routing: Routing, request: Request, now: Callable[[], float]) -> None:
        self.routing: Routing = routing
        self.first: Request = request
        self.request: Request = request
        self.now = now
        self.sent: int = 0
        self.hedged_after: float = 0.0
        self.tried: set[str] = set()
        self._facts: Facts | None = None
        self._fallbacks: Fallbacks | None = None
        total = request.options.total_timeout or routing.settings.total_timeout
        self._give_up_at = request.started + total if total else None

    def serve(self, request: Request) -> None:
        """Serve this request from now on."""
        self.request = request
        self.tried = set()
        self._facts = None

    def asks(self, group: Group, now: float) -> None:
        """Say what the request asks of a deployment of the group."""
        read = written = 0
        if self.routing.counts_tokens(group):
            read = self.facts.input_tokens
            longest = self.routing.state.figures(group.name).longest_output
            written = self.facts.output_tokens or longest or _USUAL_OUTPUT
        self.ask = Ask(now, self.routing.rng, read, written, self.request.stream, group.name, self.request)

    @property
    def facts(self) -> Facts:
        """What is known of the request that is being served."""
        if self._facts is None:
            self._facts = Facts(self.request.as_call())
        return self._facts

    # -- its time ------------------------------------------------------------------------------------------------

    @property
    def started(self) -> float:
        """When the call began (seconds since the epoch)."""
        return self.first.started

    def is_over(self, at: float) -> bool:
        """Whether the call's time is up by then."""
        return self._give_up_at is not None and at >= self._give_up_at

    def patience(self, now: float) -> float:
        """Seconds that the call may wait for a place."""
        return max(self._give_up_at - now, 0.0) if self._give_up_at is not None else _PATIENCE

    def route(self, request: Request, deployment: Deployment) -> Route:
        """The request as it goes to a deployment, within what is left of the call's time."""
        route = request.route(deployment)
        if self._give_up_at is None:
            return route
        left = max(self._give_up_at - self.now(), 0.001)
        return route._replace(target=route.target.within(left))

    # -- what it says itself -------------------------------------------------------------------------------------

    @property
    def own_timeout(self) -> bool:
        """Whether the caller said how long a deployment may take."""
        return self.first.options.timeout is not None or self.first.options.stream_timeout is not None

    @property
    def own_account(self) -> bool:
        """Whether the caller brought a key or an address: what happens there says nothing of the deployment."""
        return self.first.options.api_key is not None or self.first.options.api_base is not None

    def policy(self, group: Group) -> Mapping[str, int] | None:
        """Retries by kind of error: the caller's, else the group's or the router's."""
        own = self.said("retry_policy")
        return retry_policy.numbers(own) if own else self.routing.settings.retries_of(group.name) or None

    def said(self, name: str) -> Any:
        """An argument for the Router alone, None where the caller says nothing."""
        return self.first.options.other.get(name)

    # -- its fallbacks -------------------------------------------------------------------------------------------

    @property
    def fallbacks(self) -> Fallbacks:
        """Where the call goes when a group failed: the router's word, or the caller's."""
        if self._fallbacks is None:
            options = self.first.options
            self._fallbacks = self.routing.fallbacks.for_request(
                fallbacks=options.fallbacks,
                content_policy=options.content_policy_fallbacks,
                context_window_dict=options.context_window_fallbacks,
            )
        return self._fallbacks

    @property
    def falls_back(self) -> bool:
        """Whether other groups may be asked at all."""
        return not self.said("disable_fallbacks")

    @property
    def most_fallbacks(self) -> int:
        """How many other groups may be asked."""
        own = self.said("max_fallbacks")
        return self.routing.settings.max_fallbacks if own is None else int(own)

    @property
    def detours_refusals(self) -> bool:
        """Whether a refused content has a fallback."""
        if not self.routing.fallbacks.content_policy.entries and self.first.options.content_policy_fallbacks is None:
            return False
        return self.fallbacks.has_detour(_REFUSED, self.request.model)

    def may_use(self, entry: Entry) -> bool:
        """Whether the caller may use a fallback's group, and pay for it."""
        settings = self.routing.settings
        checks = (settings.fallback_access_check, settings.fallback_budget_check)
        return all(check is None or check(entry.group, self.first.options.metadata or {}) for check in checks)
