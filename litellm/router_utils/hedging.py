"""When a slow request gets a second attempt elsewhere, and which requests never do. Pure."""

from collections.abc import Mapping
from typing import Any

from litellm.router_utils.settings import HedgeSettings
from litellm.router_utils.state import GroupFigures

FREE_HEDGES = 5
MOST_MEDIANS = 4.0
USUAL_MEDIANS = 3.0
ENOUGH = 60
_FORGET_AFTER = 1000.0


def delay_for(settings: HedgeSettings, figures: GroupFigures, *, stream: bool) -> float | None:
    """Seconds after which a second attempt joins; None while nobody knows what is slow.

    A percentile counts up to four medians: one in twenty that is slow would else make "p95" as slow as itself. While
    there are too few answers to know it, it is three medians.
    """
    delay = settings.delay
    if not isinstance(delay, str):
        return delay
    times = figures.first_tokens if stream else figures.answers
    median = times.at(0.5)
    if median is None:
        return None
    quantile = times.at(float(delay[1:]) / 100) if len(times) >= ENOUGH else None
    return USUAL_MEDIANS * median if quantile is None else min(quantile, MOST_MEDIANS * median)


def count_request(figures: GroupFigures) -> None:
    """One more request of the group, for the share of those that were hedged; the past counts ever less."""
    figures.requests += 1
    if figures.requests > _FORGET_AFTER:
        figures.requests /= 2
        figures.hedged /= 2


def take_hedge(settings: HedgeSettings, figures: GroupFigures) -> bool:
    """Whether one more hedge stays within the share of traffic that is allowed; it is counted if so.

    A few are free, since at first there is no traffic to take a share of.
    """
    if figures.hedged + 1 > FREE_HEDGES + figures.requests * settings.max_percent / 100:
        return False
    figures.hedged += 1
    return True


def may_be_doubled(params: Mapping[str, Any]) -> bool:
    """Whether asking twice does no more than asking once: nothing is stored, and no tool runs at the provider."""
    if params.get("store") or params.get("web_search_options") is not None:
        return False
    return all(isinstance(tool, Mapping) and tool.get("type") == "function" for tool in params.get("tools") or ())
