"""`simple-shuffle`: a random draw, weighted by what the deployments say of themselves. Reads no live figures."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, compress
from operator import attrgetter
from typing import NamedTuple

from litellm.router_strategy import Ask, Strategy
from litellm.router_strategy.remembered import Remembered
from litellm.router_utils.deployments import Deployment

_METRICS = (attrgetter("weight"), attrgetter("rpm"), attrgetter("tpm"))


class _Draw(NamedTuple):
    """Deployments with a share, the running sums of their shares, and the whole; a whole of 0 is a draw of equals."""

    deployments: Sequence[Deployment]
    sums: Sequence[float]
    whole: float


def simple_shuffle() -> Strategy:
    """Draw in proportion to `weight`, else `rpm`, else `tpm`: the first that any candidate has more than 0 of.

    A candidate without that figure is not drawn. Where nobody has any, all are as likely.
    """
    draws = Remembered(_weighed)

    def choose(candidates: Sequence[Deployment], ask: Ask) -> Deployment | None:
        deployments, sums, whole = draws.of(candidates)
        if not deployments:
            return None
        if whole:
            return deployments[bisect_right(sums, ask.rng.random() * whole, 0, len(sums) - 1)]
        return deployments[int(ask.rng.random() * len(deployments))]

    return choose


def _weighed(candidates: Sequence[Deployment]) -> _Draw:
    for metric in _METRICS:
        shares = list(map(metric, candidates))
        if any(shares):
            sums = list(accumulate(filter(None, shares)))
            return _Draw(list(compress(candidates, shares)), sums, sums[-1])
    return _Draw(candidates, (), 0.0)
