"""How one of the deployments that may take a call is chosen: one file each, pure functions of live figures."""

from collections.abc import Callable, Sequence
from random import Random
from typing import Any, NamedTuple

from litellm.router_utils.deployments import Deployment


class Ask(NamedTuple):
    """What a strategy knows of a request.

    `now` is in seconds since the epoch; tokens are what the request may take, 0 where nobody counted them;
    `request` is for strategies of users.
    """

    now: float
    rng: Random
    input_tokens: int = 0
    output_tokens: int = 0
    stream: bool = False
    group: str = ""
    request: Any = None


Strategy = Callable[[Sequence[Deployment], Ask], Deployment | None]
