"""The provider that plays the table, and the deployments that lead to it."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.e2e.faults.table import FAULTS, HEALTHY, KEY, REFUSALS, SCRIPTS, Fault
from tests.support.faulty import FaultyProvider, Peer, faulty


class Provider:
    """One provider for all rows; it counts what it is asked by the last name in a deployment's address."""

    def __init__(self, server: FaultyProvider, nobody: str) -> None:
        self.server = server
        self.nobody = nobody

    def calls(self) -> list[str]:
        """The rows that were asked since the last time this was called, in order."""
        asked = [peer.path.split("/")[1] for peer in self.server.requests]
        self.server.requests.clear()
        return asked

    def deployment(self, group: str, row: str, **params: Any) -> dict[str, Any]:
        """An entry of a model list: `group` is served by what the row does."""
        base = self.nobody if row.startswith("refused") else self.server.base
        told = {"model": "openai/gpt-4o-mini", "api_base": f"{base}/{row}", "api_key": KEY, **params}
        return {"model_name": group, "litellm_params": told}

    def alone(self, fault: Fault) -> dict[str, Any]:
        """The row's own group, which nobody helps."""
        return self.deployment(fault.group, fault.group, **fault.params)

    def rescued(self, fault: Fault) -> dict[str, Any]:
        """The row's group that falls back to the healthy one."""
        return self.deployment(f"{fault.group}+", fault.group, **fault.params)

    def model_list(self) -> list[dict[str, Any]]:
        """All groups of the table."""
        rows = (*FAULTS, *REFUSALS)
        return [
            self.deployment(HEALTHY, HEALTHY),
            *(self.alone(each) for each in rows),
            *(self.rescued(each) for each in rows),
        ]


FALLBACKS = [{f"{each.group}+": [HEALTHY]} for each in FAULTS]


def _play(peer: Peer) -> None:
    SCRIPTS[peer.path.split("/")[1]](peer)


@contextmanager
def provider() -> Iterator[Provider]:
    """The provider, and an address at which nobody listens."""
    with socket.socket() as nobody, faulty(_play) as server:
        nobody.bind(("127.0.0.1", 0))
        yield Provider(server, f"http://127.0.0.1:{nobody.getsockname()[1]}")
