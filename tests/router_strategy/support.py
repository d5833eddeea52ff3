"""Deployments and asks to choose with: what a test does not name is out of its way."""

from random import Random
from typing import Any

from litellm.router_strategy import Ask
from litellm.router_utils.deployments import Deployment
from litellm.router_utils.stats import Window

NOW = 1_700_000_000.0


def deployment(name: str, **fields: Any) -> Deployment:
    """A deployment of this id, without limits and without figures."""
    return Deployment(
        **{"id": name, "group": "chat", "provider": "p", "model": "m", "params": {}, "info": {}, **fields}
    )


def group(names: str, **fields: Any) -> tuple[Deployment, ...]:
    """One deployment a letter, all alike."""
    return tuple(deployment(name, **fields) for name in names)


def ask(**fields: Any) -> Ask:
    """A request now, with the same randomness every time."""
    return Ask(**{"now": NOW, "rng": Random(3), **fields})


def used(requests: int = 0, read: int = 0, written: int = 0, *, at: float = NOW) -> Window:
    """The counters of a minute."""
    window = Window().at(at)
    window.requests, window.input_tokens, window.output_tokens = requests, read, written
    return window


def uses(deployment: Deployment, requests: int = 0, read: int = 0, written: int = 0) -> None:
    """Let the deployment have taken so much this minute."""
    for _ in range(requests):
        deployment.stats.begin(NOW)
        deployment.stats.in_flight -= 1
    window = deployment.stats.window.at(NOW)
    window.input_tokens, window.output_tokens = read, written


def answered(deployment: Deployment, *seconds: float, at: float = NOW) -> None:
    """Let the deployment have answered one token, and the first of a stream, in each of these times."""
    for each in seconds:
        deployment.stats.succeeded(at, seconds=each, output_tokens=1, first_token=each)
