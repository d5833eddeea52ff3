"""One deployment for one attempt: those that may be asked, less those that this request cannot have, then the best.

not resting → of the team → checks → lowest order → trusted → with a place free → the strategy's pick
"""

from collections.abc import Sequence, Set
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
    routing: Routing, group: Group, asked: Asked, *, avoid: Set[str] | None = None, skipped: dict[str, str]
) -> Choice:
    """A deployment of the group for one attempt; `avoid` are the ids that were tried already, None for a first attempt.

    Why others were left out is put into `skipped`.
    """
    ask = asked.ask
    candidates: Sequence[Deployment] = group.deployments
    if avoid or routing.anybody_ails:
        candidates = _askable(routing, group, ask.now, avoid, skipped)
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
    if routing.custom is None:
        if routing.state.suspects:
            candidates = _trusted(routing, group, candidates, ask.now, skipped, retry=bool(avoid))
        if avoid:
            candidates = _alive(_longest_without_failure(candidates), asked.started)
    chosen = group.strategy(candidates, ask)
    if chosen is None:
        return Choice(None, (), routing.none_left(group, ask.now, RouterErrors.user_defined_ratelimit_error.value))
    if _is_full(chosen) or (chosen.stats.waiting and chosen.stats.is_stuck(ask.now)):
        chosen = _another(group, candidates, ask) or chosen
    return Choice(chosen, candidates)


def _askable(
    routing: Routing, group: Group, now: float, avoid: Set[str] | None, skipped: dict[str, str]
) -> Sequence[Deployment]:
    """Those that do not rest and were not tried; when all rest, whoever may have recovered."""
    ailing = routing.ailing(group, now)
    skipped.update(ailing)
    if len(ailing) == len(group.ids):
        return [each for each in routing.mistaken(group, now) if not avoid or each.id not in avoid]
    return group.without(group.deployments, frozenset(ailing).union(avoid or ()))


def _trusted(
    routing: Routing,
    group: Group,
    candidates: Sequence[Deployment],
    now: float,
    skipped: dict[str, str],
    *,
    retry: bool,
) -> Sequence[Deployment]:
    """Those that did not fail last, and for a first attempt those whose recovery is due to be looked for.

    When none is left the request goes out all the same: to the one with the fewest requests under way, of several such
    to the one that failed first.
    """
    suspects = routing.state.suspects
    doubted = frozenset(
        key for key, stats in list(suspects.items()) if key in group.ids and (retry or not stats.may_be_probed(now))
    )
    if not doubted:
        return candidates
    kept = group.without(candidates, doubted)
    if not kept:
        return [min(candidates, key=lambda each: (each.stats.in_flight, each.stats.last_failed_at))]
    for key in doubted:
        skipped.setdefault(key, "failed last")
    return kept


def _another(group: Group, candidates: Sequence[Deployment], ask: Ask) -> Deployment | None:
    """One of those that have a place left and give signs of life."""
    others = [each for each in candidates if not _is_full(each) and not each.stats.is_stuck(ask.now)]
    return group.strategy(others, ask) if others else None


def _is_full(deployment: Deployment) -> bool:
    return deployment.parallel is not None and deployment.stats.in_flight >= deployment.parallel


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
