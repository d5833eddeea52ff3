"""`usage-based-routing` and its v2: the deployment that used the fewest tokens this minute, within its limits."""

from collections.abc import Sequence

from litellm.router_strategy import Ask, Strategy
from litellm.router_strategy.remembered import Remembered
from litellm.router_strategy.room import draw, has_room, minute_of, with_room
from litellm.router_utils.deployments import Deployment
from litellm.router_utils.stats import Stats, Window

_Live = tuple[Deployment, Stats, Window]


def usage_based() -> Strategy:
    """The fewest tokens this minute among those with room for the ask; one of equals at random.

    The two versions choose alike. With v2 the caller reserves the request in the shared counters before it is sent,
    which makes the limits hold over all processes.
    """
    live = Remembered(_live)

    def choose(candidates: Sequence[Deployment], ask: Ask) -> Deployment | None:
        if not candidates:
            return None
        minute = minute_of(ask.now)
        drawn = draw(_lightest(live.of(candidates), minute), ask)
        if has_room(drawn, ask):
            return drawn
        rest = with_room(candidates, ask)
        return draw(_lightest(_live(rest), minute), ask) if rest else None

    return choose


def _live(candidates: Sequence[Deployment]) -> list[_Live]:
    return [(each, each.stats, each.stats.window) for each in candidates]


def _lightest(rows: Sequence[_Live], minute: int) -> list[Deployment]:
    """Those with the fewest tokens. Written out, as this loop is the decision: a call a row would double it."""
    least = -1
    lightest: list[Deployment] = []
    for deployment, stats, own in rows:
        tokens = own.input_tokens + own.output_tokens if own.minute == minute else 0
        fleet = stats.fleet
        if fleet is not None and fleet.minute == minute:
            tokens = max(tokens, fleet.input_tokens + fleet.output_tokens)
        if tokens == least:
            lightest.append(deployment)
        elif tokens < least or least < 0:
            least = tokens
            lightest = [deployment]
    return lightest
