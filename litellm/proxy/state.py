"""The gateway's state as one immutable value: deployments, settings and the master key's digest. Swapped whole,
never changed.
"""

import random
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import msgspec

from litellm.core.call import Options
from litellm.proxy.forwarding import Forwarding
from litellm.proxy.http import Header

_MOST_CAPTURED = 2000


class Deployment(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """One model at one provider, under a name that clients use.

    `params` are the arguments of its calls (`litellm_params`), `info` what is said of it (`model_info`). `options` are
    LiteLLM's own among them. `weight` is its share of its group's requests. `forwarding` holds, by endpoint, how to
    send requests on that need no rewriting.
    """

    id: str
    group: str
    provider: str
    model: str
    params: Mapping[str, Any]
    info: Mapping[str, Any]
    options: Options = Options()
    weight: float = 0.0
    forwarding: Mapping[str, Forwarding] = msgspec.field(default_factory=dict)
    headers: tuple[Header, ...] = ()


class Wildcard(msgspec.Struct, frozen=True):
    """A name with one `*`, and how its deployments are made for what the star stands for."""

    start: str
    end: str
    deployments: Callable[[str], tuple[Deployment, ...]]

    def captures(self, model: str) -> str | None:
        """What the star stands for in `model`, None when the name does not fit."""
        if len(model) <= len(self.start) + len(self.end) or not model.startswith(self.start):
            return None
        return model[len(self.start) : len(model) - len(self.end)] if model.endswith(self.end) else None


class Snapshot(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """All that a request needs to know, at one moment.

    `body_limit` counts bytes. `retries` counts the tries after the first; `timeout` is seconds, for deployments that
    say nothing themselves. `aliases` are other names of groups. `key_headers` are the headers that may hold a client's
    key.
    """

    groups: Mapping[str, tuple[Deployment, ...]]
    wildcards: tuple[Wildcard, ...] = ()
    aliases: Mapping[str, str] = msgspec.field(default_factory=dict)
    master_key: bytes | None = None
    key_headers: tuple[bytes, ...] = ()
    body_limit: int = 0
    retries: int = 2
    timeout: float | None = None
    give_up_after: float = 6000.0

    def deployments(self, model: str) -> tuple[Deployment, ...]:
        """The deployments that serve a name: its group's, else those of the longest wildcard it fits; maybe none."""
        name = self.aliases.get(model, model)
        found = self.groups.get(name)
        if found is not None:
            return found
        for wildcard in self.wildcards:
            captured = wildcard.captures(name)
            if captured is not None:
                return wildcard.deployments(captured)
        return ()

    def names(self) -> list[str]:
        """Every name that clients may ask for, wildcards as they are written."""
        return sorted({*self.groups, *self.aliases, *(f"{each.start}*{each.end}" for each in self.wildcards)})


def wildcard(pattern: str, make: Callable[[str], tuple[Deployment, ...]]) -> Wildcard:
    """A wildcard whose deployments are made once for each name that it captures, for so many names."""
    start, _, end = pattern.partition("*")
    return Wildcard(start, end, lru_cache(maxsize=_MOST_CAPTURED)(make))


def shuffled(deployments: tuple[Deployment, ...], rng: random.Random) -> tuple[Deployment, ...]:
    """The deployments in random order, each one's chance to come first being its share of the weights."""
    if len(deployments) == 1:
        return deployments
    weighted = any(each.weight > 0 for each in deployments)
    # Efraimidis and Spirakis: sorting by random() ** (1 / weight) draws without replacement by weight.
    drawn = [
        (rng.random() ** (1 / each.weight) if each.weight > 0 else -rng.random()) if weighted else rng.random()
        for each in deployments
    ]
    return tuple(each for _, each in sorted(zip(drawn, deployments, strict=True), key=lambda pair: -pair[0]))
