"""What a decision of the Router costs at 3 and at 100 deployments, and how true a weighted draw is to its weights.

A decision is all of it: a new plan and its first step, over a router in traffic whose deployments have figures and
limits of this minute. `_worst` is the same while ten deployments rest and ten more failed last, so that no candidates
can be remembered. State is local.
"""

import random
import statistics
import time
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from benchmarks.measure import report
from litellm import Router
from litellm.core import intake
from litellm.router_strategy.registry import STRATEGIES
from litellm.router_utils.plan import RouterPlan
from litellm.router_utils.requests import CallRequest
from litellm.router_utils.state import Rest

COUNTS = (3, 100)
ROUNDS = 7
SECONDS_A_ROUND = 0.05
PICKS = 100_000
AILING = 10
NOW = 1_700_000_000.0
QUESTION = [{"role": "user", "content": "Which deployment answers this?"}]


def router(strategy: str, count: int, **params: Any) -> Router:
    """A router in traffic: each deployment has figures of its own."""
    limits = {} if strategy in ("simple-shuffle", "least-busy") else {"rpm": 10_000, "tpm": 10_000_000}
    made = Router(
        [
            {
                "model_name": "chat",
                "litellm_params": {"model": "openai/gpt-4o-mini", "api_key": f"sk-{number}", **limits, **params},
                "model_info": {"id": str(number)},
            }
            for number in range(count)
        ],
        routing_strategy=strategy,
    )
    rng = random.Random(count)
    for each in made.routing.catalog.by_id.values():
        for _ in range(20):
            each.stats.begin(NOW, input_tokens=rng.randint(1, 900), output_tokens=rng.randint(1, 900))
            each.stats.succeeded(NOW, seconds=rng.uniform(0.2, 3), output_tokens=50, first_token=rng.uniform(0.1, 1))
        each.stats.in_flight = rng.randint(0, 9)
    return made


def ail(made: Router) -> None:
    """Let ten deployments rest and ten more have failed last."""
    state = made.routing.state
    for number, each in enumerate(made.routing.catalog.by_id.values()):
        if number < AILING:
            state.resting[each.id] = Rest(NOW + 5, 429, "RateLimited 429")
        elif number < 2 * AILING:
            each.stats.failed(NOW)
            state.suspects[each.id] = each.stats


def decision(made: Router) -> float:
    """Microseconds of one decision."""
    request = CallRequest(intake.take("chat", "chat", QUESTION, {}, call_id="", now=NOW))
    routing = made.routing

    def decide() -> None:
        plan = RouterPlan(routing, request, _now)
        plan.next_step(())

    return microseconds(decide)


def _now() -> float:
    return NOW


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


def deviation(weights: Sequence[float]) -> float:
    """By how much, as a share of its due, the worst deployment misses its weight in 100,000 decisions."""
    made = Router(
        [
            {
                "model_name": "chat",
                "litellm_params": {"model": "openai/gpt-4o-mini", "api_key": "sk", "weight": weight},
                "model_info": {"id": str(number)},
            }
            for number, weight in enumerate(weights)
        ]
    )
    made._rng.seed(7)
    request = CallRequest(intake.take("chat", "chat", QUESTION, {}, call_id="", now=NOW))
    drawn: Counter[str] = Counter()
    for _ in range(PICKS):
        plan = RouterPlan(made.routing, request, _now)
        plan.next_step(())
        drawn[plan.attempts[0].deployment.id] += 1
    due = [weight / sum(weights) * PICKS for weight in weights]
    return max(abs(drawn[str(number)] - wanted) / wanted for number, wanted in enumerate(due))


def main() -> None:
    """Measure and print; `few_us` and `many_us` are the worst of all strategies."""
    figures: dict[str, float] = {}
    for name in STRATEGIES:
        short = name.replace("-routing", "").replace("-", "_")
        for count in COUNTS:
            figures[f"{short}_{count}_us"] = decision(router(name, count))
        ailing = router(name, COUNTS[-1])
        ail(ailing)
        figures[f"{short}_{COUNTS[-1]}_worst_us"] = decision(ailing)
    few, many = (
        max(value for key, value in figures.items() if key.endswith(ending)) for ending in ("_3_us", "_100_us")
    )
    figures |= {"few_us": few, "many_us": many, "weighted_worst_deviation": deviation((5, 3, 2))}
    report(figures)


if __name__ == "__main__":
    main()
