"""What a decision of the Router costs at 3 and at 100 deployments, and how true a weighted draw is to its weights.

Each strategy is measured as it stands in traffic: every deployment has figures of this minute and limits with room.
`_full` is the worst case of the strategies that keep limits: all deployments but one are at theirs.
"""

import random
import statistics
import time
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from benchmarks.measure import report
from litellm.router_strategy import Ask, Strategy
from litellm.router_strategy.registry import STRATEGIES
from litellm.router_utils.deployments import Deployment, deployment_of

COUNTS = (3, 100)
ROUNDS = 7
SECONDS_A_ROUND = 0.05
PICKS = 100_000
UNLIMITED = ("simple-shuffle", "least-busy", "provider-budget-routing")
NOW = 1_700_000_000.0


def deployments(count: int, *, full: bool = False, **params: Any) -> tuple[Deployment, ...]:
    """A group in traffic, each with its own figures; `full` leaves room at the last one only."""
    rng = random.Random(count)
    made = tuple(_deployment(number, params) for number in range(count))
    for each in made:
        for _ in range(20):
            each.stats.begin(NOW, input_tokens=rng.randint(1, 900), output_tokens=rng.randint(1, 900))
            each.stats.succeeded(NOW, seconds=rng.uniform(0.2, 3), output_tokens=50, first_token=rng.uniform(0.1, 1))
        each.stats.in_flight = rng.randint(0, 9)
        each.stats.window.requests += 1_000_000 if full and each is not made[-1] else 0
    return made


def _deployment(number: int, params: dict[str, Any]) -> Deployment:
    given = {"model": "openai/gpt-4o-mini", "api_key": f"sk-{number}", "rpm": 10_000, "tpm": 10_000_000, **params}
    return deployment_of({"model_name": "chat", "litellm_params": given, "model_info": {"id": str(number)}})


def microseconds(work: Callable[[], object]) -> float:
    """Median over rounds of the mean time that one `work()` takes."""
    start = time.perf_counter()
    for _ in range(200):
        work()
    times = max(100, int(SECONDS_A_ROUND * 200 / (time.perf_counter() - start)))
    return statistics.median(_mean(work, times) for _ in range(ROUNDS))


def _mean(work: Callable[[], object], times: int) -> float:
    start = time.perf_counter()
    for _ in range(times):
        work()
    return (time.perf_counter() - start) / times * 1e6


def decision(strategy: Strategy, candidates: Sequence[Deployment]) -> float:
    """Microseconds of one choice."""
    ask = Ask(NOW, random.Random(1), input_tokens=500, output_tokens=500)
    return microseconds(lambda: strategy(candidates, ask))


def deviation(weights: Sequence[float]) -> float:
    """By how much, as a share of its due, the worst deployment misses its weight in 100,000 draws."""
    rng = random.Random(7)
    made = tuple(_deployment(number, {"weight": weight}) for number, weight in enumerate(weights))
    strategy, ask = STRATEGIES["simple-shuffle"]({}), Ask(NOW, rng)
    drawn = Counter(found.id for _ in range(PICKS) if (found := strategy(made, ask)) is not None)
    due = [weight / sum(weights) * PICKS for weight in weights]
    return max(abs(drawn[str(number)] - wanted) / wanted for number, wanted in enumerate(due))


def main() -> None:
    """Measure and print."""
    figures: dict[str, float] = {}
    for name, make in STRATEGIES.items():
        short = name.replace("-routing", "").replace("-", "_")
        for count in COUNTS:
            figures[f"{short}_{count}_us"] = decision(make({}), deployments(count))
        if name not in UNLIMITED:
            figures[f"{short}_{COUNTS[-1]}_full_us"] = decision(make({}), deployments(COUNTS[-1], full=True))
    figures["weighted_worst_deviation"] = deviation((5, 3, 2))
    report(figures)


if __name__ == "__main__":
    main()
