"""Health checks in the background: round after round over all deployments, while the gateway lives."""

import asyncio
import logging
from collections.abc import Callable
from random import Random
from typing import Any

from litellm.core.ports import Ports
from litellm.router_utils.health import Checked, check, checkable, report
from litellm.router_utils.routing import Routing

ROUNDS_BELIEVED = 2
_SPREAD = 0.1  # so that processes that began together do not check together for ever

_log = logging.getLogger("litellm.proxy")


class HealthChecks:
    """A round every so many seconds, so many deployments at once. `latest` is the report of the last whole round.

    Its `checked_at` is in seconds since the epoch, None before the first round is over.
    """

    def __init__(self, *, every: float, at_once: int, rng: Random | None = None) -> None:
        self.every = every
        self.at_once = at_once
        self.latest: dict[str, Any] = {**report(()), "checked_at": None}
        self._rng = rng or Random()
        self._failing: frozenset[str] = frozenset()
        self._task: asyncio.Task[None] | None = None

    def begin(self, routing: Callable[[], Routing], ports: Ports) -> None:
        """Check from now on, in the running event loop, whatever `routing` answers at the beginning of a round."""
        self._task = asyncio.get_running_loop().create_task(self._rounds(routing, ports))

    async def end(self) -> None:
        """Check no more; a round that is under way is left."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    async def _rounds(self, routing: Callable[[], Routing], ports: Ports) -> None:
        while True:
            try:
                await self.round(routing(), ports)
            except Exception:
                _log.exception("a round of health checks failed inside the gateway")
            await ports.sleep(self.every * self._rng.uniform(1 - _SPREAD, 1 + _SPREAD))

    async def round(self, routing: Routing, ports: Ports) -> None:
        """Check every deployment once."""
        asked = checkable(routing.catalog.by_id.values(), unasked=True)
        believed = ROUNDS_BELIEVED * self.every
        checked = await check(routing, asked, ports, at_once=self.at_once, believed_for=believed)
        self.latest = {**report(checked), "checked_at": ports.now()}
        self._tell(checked)

    def _tell(self, checked: list[Checked]) -> None:
        """Log what has changed since the last round."""
        failing = frozenset(each.deployment.id for each in checked if each.error is not None)
        for deployment, error in checked:
            if error is not None and deployment.id not in self._failing:
                _log.warning("health check of %s (%s) fails: %s", deployment.group, deployment.id, error.message)
            elif error is None and deployment.id in self._failing:
                _log.warning("health check of %s (%s) succeeds again", deployment.group, deployment.id)
        self._failing = failing
