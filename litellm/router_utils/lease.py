"""A place at one deployment for one attempt: taken before it is sent, given back however it ends, with what it taught.

Counts, cooldowns, breakers and checks hear of the attempt here and nowhere else.
"""

from collections.abc import Sequence
from typing import Any

import msgspec

from litellm.core.errors import ContentPolicyViolation, ProviderError, RateLimited
from litellm.core.plan import Ended, Route, retry_after
from litellm.core.ports import Ports
from litellm.core.settle import cost_of
from litellm.core.slots import Slots
from litellm.router_strategy import Ask
from litellm.router_strategy.room import has_room
from litellm.router_utils.catalog import Group
from litellm.router_utils.circuit_breaker import NO_PROBE, CircuitBreaker
from litellm.router_utils.cooldowns import allowed_by_policy, cooldown_for
from litellm.router_utils.deployments import Deployment
from litellm.router_utils.pre_call_checks import Success
from litellm.router_utils.pre_call_checks.rate_limits import rate_limited
from litellm.router_utils.requests import NOWHERE
from litellm.router_utils.routed_call import RoutedCall
from litellm.router_utils.shared_state import Place, SharedState
from litellm.router_utils.state import Rest

TIMEOUT_PENALTY = 1000.0
SHORT = 1.0
PATIENT_TIMES = 2.0
_FIRST_PAUSE = 0.02
_LONGEST_PAUSE = 0.25
_BYTES_PER_TOKEN = 3


class _Tokens(msgspec.Struct, frozen=True):
    prompt_tokens: int | None = 0
    completion_tokens: int | None = 0


_read_tokens = msgspec.json.Decoder(_Tokens).decode


class DeploymentLease:
    """One attempt's place. `told` is what the explanation says of it; it is filled in when the attempt ends."""

    __slots__ = (
        "_ask",
        "_begun",
        "_breaker",
        "_place",
        "_call",
        "_probes",
        "_request",
        "_slots",
        "_ticket",
        "candidates",
        "deployment",
        "group",
        "route",
        "told",
    )

    def __init__(
        self, call: RoutedCall, group: Group, deployment: Deployment, candidates: Sequence[Deployment], *, hedge: bool
    ) -> None:
        self._call = call
        self._request = call.request
        self._ask = call.ask
        self._begun = 0.0
        self._slots: Slots | None = None
        self._place: Place | None = None
        self._probes = False
        self._breaker: CircuitBreaker | None = None
        self._ticket = NO_PROBE
        self.group: Group = group
        self.candidates: Sequence[Deployment] = candidates
        self.deployment: Deployment = deployment
        self.route: Route = NOWHERE
        self.told: dict[str, Any] = {"deployment": deployment.id, "group": group.name, "outcome": "in flight"}
        if hedge:
            self.told["hedge"] = True

    async def begin(self, ports: Ports) -> None:
        call = self._call
        routing = call.routing
        try:
            if routing.reserves(self.group):
                await self._reserve(ports)
            else:
                with routing.state.lock:
                    self._count(self.deployment, ports.now())
            if routing.shared is not None and self._place is None:
                self._place = self._note(routing.shared, ports)
            await self._take_slot(ports)
            self.route = call.route(self._request, self.deployment)
        except BaseException as error:
            self._undo(error, ports.now())
            raise
        call.sent += 1

    def accept(self, result: Any, now: float) -> None:
        """Count an answer that the provider cut for its contents as a refusal, where such have fallbacks."""
        with self._call.routing.state.lock:
            self.deployment.stats.heard(now, self)
        if not self._call.detours_refusals:
            return
        choices = getattr(result, "choices", None)
        if choices and all(choice.finish_reason == "content_filter" for choice in choices):
            raise ContentPolicyViolation("the provider cut the answer for its contents (finish_reason content_filter)")

    # -- taking the place ----------------------------------------------------------------------------------------

    async def _reserve(self, ports: Ports) -> None:
        """Count the request against the limits of the first candidate that has room, here or for all processes."""
        routing, now = self._call.routing, ports.now()
        ranked = [self.deployment, *(each for each in self.candidates if each is not self.deployment)]
        if routing.shared is not None and await self._admitted(routing.shared, ranked, ports):
            return
        with routing.state.lock:
            for each in ranked:
                if has_room(each, self._ask._replace(now=now)):
                    return self._count(each, now)
        raise self._full(now)

    async def _admitted(self, shared: SharedState, ranked: Sequence[Deployment], ports: Ports) -> bool:
        """Whether Redis gave a place; False when it does not answer. Asks again while all places at once are taken."""
        started = ports.now()
        pause = _FIRST_PAUSE
        while True:
            now = ports.now()
            read, written = self._ask.input_tokens, self._ask.output_tokens
            granted = await shared.admit(
                self.group.name, ranked, input_tokens=read, output_tokens=written, now=now, ports=ports
            )
            if granted is None:
                return False
            if granted.place is not None:
                self._place = granted.place
                with self._call.routing.state.lock:
                    self._count(ranked[granted.index], now)
                return True
            if granted.retry_after or now - started + pause > self._call.patience(started):
                raise self._full(now)
            await ports.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)

    def _note(self, shared: SharedState, ports: Ports) -> Place:
        """Tell the others of a request that needed nobody's leave."""
        read, written = self._ask.input_tokens, self._ask.output_tokens
        return shared.note(
            self.group.name,
            self.deployment,
            input_tokens=read,
            output_tokens=written,
            now=self._begun,
            asynchronous=ports.asynchronous,
        )

    def _full(self, now: float) -> RateLimited:
        return rate_limited(self.group.name, "all deployments are at their limits", now)

    def _count(self, deployment: Deployment, now: float) -> None:
        """Take the deployment: it counts from now on. The caller holds the lock."""
        self.deployment = deployment
        self._call.tried.add(deployment.id)
        self.told["deployment"] = deployment.id
        self._begun = now
        stats, ask = deployment.stats, self._ask
        stats.begin(now, input_tokens=ask.input_tokens, output_tokens=ask.output_tokens, of=self)
        self._probes = deployment.id in self._call.routing.state.suspects
        if self._probes:
            stats.probed_at = now
        breaker = self._call.routing.settings.breaker_of(self.group.name)
        if breaker is not None:
            self._breaker = self._call.routing.state.breaker(deployment, breaker)
            self._ticket = self._breaker.begin(now)

    async def _take_slot(self, ports: Ports) -> None:
        """Wait for one of the deployment's places, as long as the call may take."""
        slots = self._call.routing.state.slots(self.deployment)
        if slots is None:
            return
        if not slots.take() and not await ports.acquire(slots, self._call.patience(ports.now())):
            raise RateLimited(
                f"{self.group.name}: {slots.limit} requests are in flight at deployment {self.deployment.id!r}, as "
                "many as its max_parallel_requests allows, and none ended in time",
                headers={"retry-after": "1"},
            )
        self._slots = slots

    def _undo(self, error: BaseException, now: float) -> None:
        """Nothing was sent: give back what was taken, and count nothing."""
        self.told.update(outcome=type(error).__name__, status=getattr(error, "status", None), sent=False)
        if isinstance(error, ProviderError):
            error.model = error.model or self._request.model
        if not self._begun:
            return
        with self._call.routing.state.lock:
            self._says_nothing()
            self.deployment.stats.withdraw(now, self._begun)
            self._settle(now, 0, 0)
        self._give_back(now, 0, 0, None)

    # -- giving it back ------------------------------------------------------------------------------------------

    def end(self, ended: Ended) -> None:
        call, error, told = self._call, ended.error, self.told
        read, written = (0, 0) if error is not None else tokens_of(ended.result, self._ask)
        told["outcome"] = "cancelled" if ended.cancelled else type(error).__name__ if error else "success"
        told["seconds"] = ended.seconds
        learn = not (ended.cancelled or call.own_account)
        with call.routing.state.lock:
            if error is not None:
                told["status"] = error.status
            if not learn:
                self._says_nothing()
                self._left(ended)
            elif error is not None:
                self._failed(error, ended)
            else:
                self._succeeded(ended, written)
            self._settle(ended.at, read, written)
        answered = ended if learn and error is None else None
        self._give_back(ended.at, read, written, answered)
        if answered is not None and call.routing.observers:
            self._tell(answered)

    def _failed(self, error: ProviderError, ended: Ended) -> None:
        routing, deployment = self._call.routing, self.deployment
        policy = routing.settings.allowed_fails_policy
        counted = says_something(error, deployment) or (policy and allowed_by_policy(policy, error) is not None)
        impatient = self._call.own_timeout and self._was_impatient(error, ended)
        if not counted or impatient:
            return self._says_nothing()
        penalty = TIMEOUT_PENALTY if error.status == 408 else None
        deployment.stats.failed(ended.at, seconds=ended.seconds, penalty=penalty)
        routing.state.suspects[deployment.id] = deployment.stats
        if self._breaker:
            self._breaker.failure(ended.at, self._ticket, asked=retry_after(error.headers))
            if self._breaker.open_until is not None:
                routing.state.tripped[deployment.id] = self._breaker
            return
        seconds = cooldown_for(
            error,
            deployment,
            group_size=len(self.group.deployments),
            settings=routing.settings,
            now=ended.at,
        )
        if seconds is not None:
            rest = Rest(ended.at + seconds, error.status, f"{type(error).__name__} {error.status}")
            routing.state.resting[deployment.id] = rest
            if routing.shared is not None:
                routing.shared.cool(self.group.name, deployment.id, rest.until, rest.reason)

    def _was_impatient(self, error: ProviderError, ended: Ended) -> bool:
        """Whether the caller gave the deployment less time than its answers take."""
        usual = self.deployment.stats.usual or 0.0
        return error.status == 408 and ended.seconds < max(SHORT, PATIENT_TIMES * usual)

    def _succeeded(self, ended: Ended, written: int) -> None:
        seconds, first = ended.seconds, ended.first_token
        state = self._call.routing.state
        state.suspects.pop(self.deployment.id, None)
        if self._begun >= self.deployment.stats.last_failed_at:
            self._wake()
        self.deployment.stats.succeeded(ended.at, seconds=seconds, output_tokens=written, first_token=first)
        figures = self._call.routing.state.figures(self.group.name)
        figures.answers.add(seconds) if first is None else figures.first_tokens.add(first)
        figures.longest_output = max(figures.longest_output, written)
        if self._breaker:
            self._breaker.success(ended.at, self._ticket)
            if self._breaker.open_until is None:
                state.tripped.pop(self.deployment.id, None)

    def _wake(self) -> None:
        """End the deployment's rest: it answered a request that began after it failed."""
        routing = self._call.routing
        routing.state.unhealthy.pop(self.deployment.id, None)
        if routing.state.resting.pop(self.deployment.id, None) and routing.shared is not None:
            routing.shared.warm(self.group.name, self.deployment.id)

    def _says_nothing(self) -> None:
        """The deployment has shown neither that it is well nor that it is not."""
        if self._breaker:
            self._breaker.abandoned(self._ticket)

    def _left(self, ended: Ended) -> None:
        """The caller left, or another attempt was quicker: this one took at least as long as that was waited for."""
        delay = self._call.hedged_after
        if ended.cancelled and delay and ended.seconds >= delay and "hedge" not in self.told:
            figures = self._call.routing.state.figures(self.group.name)
            (figures.first_tokens if self._request.stream else figures.answers).add(delay)
            self.deployment.stats.observe(ended.at, ended.seconds)

    def _settle(self, now: float, read: int, written: int) -> None:
        """Correct what was reserved by what it took. The caller holds the lock."""
        ask, stats = self._ask, self.deployment.stats
        more_read, more_written = read - ask.input_tokens, written - ask.output_tokens
        stats.settle(now, self._begun, input_tokens=more_read, output_tokens=more_written, of=self)
        if self._probes:
            stats.probed_at = 0.0

    def _give_back(self, now: float, read: int, written: int, answered: Ended | None) -> None:
        """Let the next one have the place, and tell the other processes."""
        if self._slots is not None:
            self._slots.release()
        shared, ask = self._call.routing.shared, self._ask
        if shared is None or self._place is None:
            return
        shared.settle(
            self._place,
            now=now,
            more_input=read - ask.input_tokens,
            more_output=written - ask.output_tokens,
            latency=None if answered is None else answered.seconds / (written or 1),
            first_token=None if answered is None else answered.first_token,
        )

    def _tell(self, ended: Ended) -> None:
        cost = _cost(ended.result, self.route)
        success = Success(self.deployment, self._call.facts, ended.at, ended.result, cost)
        for each in self._call.routing.observers:
            each.note(success)


def _cost(result: Any, route: Route) -> float | None:
    """US dollars of a whole answer, or of a stream by its usage; None where neither has a price."""
    if hasattr(result, "model_dump"):
        return cost_of(result, *route)
    usage = getattr(result, "usage", None) or getattr(result, "counted", None)
    if usage is None:
        return None
    if isinstance(usage, msgspec.Raw):
        usage = msgspec.json.decode(usage)
    return cost_of({"model": route.target.model, "usage": usage}, *route)


def says_something(error: ProviderError, deployment: Deployment) -> bool:
    """Whether a failure is the deployment's: what is wrong with the request itself says nothing of it.

    Which model a deployment of a pattern is asked for is the request's.
    """
    if deployment.from_wildcard and error.status == 404:
        return False
    return error.status in (401, 403, 404, 408, 409, 429) or not 400 <= error.status < 500


def tokens_of(result: Any, ask: Ask) -> tuple[int, int]:
    """Input and output tokens of an answer; where nobody reported any, those that were reserved and what was said."""
    usage = getattr(result, "usage", None)
    if usage is None:
        usage = getattr(result, "counted", None)
    if isinstance(usage, msgspec.Raw):
        usage = _read_tokens(usage)
    if usage is None:
        text = getattr(result, "text", None)
        return ask.input_tokens, len(text().encode()) // _BYTES_PER_TOKEN if callable(text) else ask.output_tokens
    return getattr(usage, "prompt_tokens", 0) or 0, getattr(usage, "completion_tokens", 0) or 0
