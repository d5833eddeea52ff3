"""One deployment for one attempt: those that may be asked, less those that this request cannot have, then the best.

not resting → of the team → checks → lowest order → trusted → with a place free → the strategy's pick
"""

from collections.abc import Collection, Sequence
from typing import NamedTuple, Protocol

from litellm.core.errors import ProviderError
from litellm.router_strategy import Ask
from litellm.router_utils import pre_call_checks
from litellm.router_utils.catalog import Group
from litellm.router_utils.deployments import Deployment
from litellm.router_utils.pre_call_checks.facts import Facts
from litellm.router_utils.routing import Routing
from litellm.types.router import RouterErrors

LATELY = 5.0


class Choice(NamedTuple):
    """The deployment for one attempt, and those that were candidates with it; or the error why there is none."""

    deployment: Deployment | None
    candidates: Sequence[Deployment] = ()
    error: ProviderError | None = None


class Asked(Protocol):
    """What a choice asks of a request."""

    @property
    def ask(self) -> Ask: ...
    @property
    def facts(self) -> Facts: ...
    @property
    def started(self) -> float: ...


def choose(
    routing: Routing, group: Group, asked: Asked, *, avoid: set[str] | None = None, skipped: dict[str, str]
) -> Choice:
    """A deployment of the group for one attempt; `avoid` are the ids that were tried already, None for a first attempt.

    Why others were left out is put into `skipped`.
    """
    ask = asked.ask
    candidates = routing.healthy(group, ask.now, skipped)
    if avoid:
        candidates = [each for each in candidates if each.id not in avoid]
    if group.teams and candidates:
        candidates = _of_team(candidates, asked.facts.team_id, skipped)
    if not candidates:
        return Choice(None, (), routing.none_left(group, ask.now))
    if routing.checks:
        kept = pre_call_checks.run(routing.checks, candidates, asked.facts, ask.now)
        skipped.update(kept.skipped)
        if kept.error is not None or not kept.deployments:
            return Choice(None, (), kept.error or routing.none_left(group, ask.now))
        candidates = kept.deployments
    if group.ordered:
        candidates = _first_in_order(candidates, skipped)
    if routing.state.suspects and routing.custom is None:
        candidates = _trusted(candidates, routing.state.suspects, ask.now, skipped, retry=bool(avoid))
    if avoid and routing.custom is None:
        candidates = _alive(_longest_without_failure(candidates), asked.started)
    if group.bounded:
        candidates = _with_places(candidates)
    chosen = group.strategy(candidates, ask)
    if chosen is None:
        return Choice(None, (), routing.none_left(group, ask.now, RouterErrors.user_defined_ratelimit_error.value))
    if chosen.stats.is_stuck(ask.now):
        others = [each for each in candidates if not each.stats.is_stuck(ask.now)]
        chosen = (group.strategy(others, ask) if others else None) or chosen
    return Choice(chosen, candidates)


def _trusted(
    candidates: Sequence[Deployment], suspects: Collection[str], now: float, skipped: dict[str, str], *, retry: bool
) -> Sequence[Deployment]:
    """Those that did not fail last, and for a first attempt those whose recovery is due to be looked for.

    When none is left the request goes out all the same: to the one with the fewest requests under way, of several such
    to the one that failed first.
    """
    kept = [each for each in candidates if each.id not in suspects or (not retry and each.stats.may_be_probed(now))]
    if len(kept) == len(candidates):
        return candidates
    if not kept:
        return [min(candidates, key=lambda each: (each.stats.in_flight, each.stats.last_failed_at))]
    for each in candidates:
        if each.id in suspects and not (not retry and each.stats.may_be_probed(now)):
            skipped[each.id] = f"failed {each.stats.consecutive_failures} times in a row"
    return kept


def _longest_without_failure(candidates: Sequence[Deployment]) -> Sequence[Deployment]:
    """Those whose last failure is longest ago: all that never failed, or the one that failed first."""
    earliest = min(each.stats.last_failed_at for each in candidates)
    return [each for each in candidates if each.stats.last_failed_at == earliest]


def _alive(candidates: Sequence[Deployment], since: float) -> Sequence[Deployment]:
    """Those that something came back from lately; when there are none, those with the fewest unanswered requests.

    So calls that failed together do not all go to the next deployment that hangs.
    """
    alive = [each for each in candidates if each.stats.heard_at > since - LATELY]
    if alive:
        return alive
    fewest = min(len(each.stats.waiting) for each in candidates)
    return [each for each in candidates if len(each.stats.waiting) == fewest]


def _of_team(candidates: Sequence[Deployment], team: str | None, skipped: dict[str, str]) -> Sequence[Deployment]:
    """The team's own deployments where it has some, else those of nobody."""
    own = [each for each in candidates if team is not None and each.info.get("team_id") == team]
    kept = own or [each for each in candidates if each.info.get("team_id") is None]
    skipped.update({each.id: "belongs to another team" for each in candidates if each not in kept})
    return kept


def _first_in_order(candidates: Sequence[Deployment], skipped: dict[str, str]) -> Sequence[Deployment]:
    """Those of the lowest `order`; one without an order comes after all that have one."""
    lowest = min((each.order for each in candidates if each.order is not None), default=None)
    kept = [each for each in candidates if each.order == lowest]
    skipped.update({each.id: f"its order comes after {lowest}" for each in candidates if each.order != lowest})
    return kept


def _with_places(candidates: Sequence[Deployment]) -> Sequence[Deployment]:
    """Those that could take a request at once, or all of them when each one is full."""
    full = [each for each in candidates if each.parallel is not None and each.stats.in_flight >= each.parallel]
    if not full or len(full) == len(candidates):
        return candidates
    ids = {each.id for each in full}
    return [each for each in candidates if each.id not in ids]
