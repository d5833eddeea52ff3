"""What a scenario file says, read and checked; `benchmarks/scenarios/README.md` explains every key."""

import tomllib
from pathlib import Path
from typing import Any, Literal

import msgspec

FOLDER = Path(__file__).parents[1] / "scenarios"
Kind = Literal["unavailable", "unavailable_late", "refused", "hang", "rate_limited"]


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of the file: a key that it does not know is an error."""


class Deployments(Part, frozen=True):
    """So many deployments that answer alike."""

    count: int
    median: float
    sigma: float
    slow_share: float = 0.0
    slow_factor: float = 1.0


class Event(Part, frozen=True):
    """Deployments fail, in rounds."""

    at: float
    lasts: float
    affected: tuple[int, ...]
    kinds: tuple[Kind, ...]
    rounds: int = 1
    flap: float | None = None
    retry_after: float | None = None


class Setting(Part, frozen=True):
    """One way to set the Router up."""

    name: str
    router: dict[str, Any] = {}
    rates: tuple[float, ...] = ()
    against: str | None = None


class Bars(Part, frozen=True):
    """What is promised; None is reported and not promised."""

    most_calls: int
    success: float | None = None
    calls: float | None = None
    p99_ratio: float | None = None


class Scenario(Part, frozen=True):
    """One world in which the Router has to serve, and how well."""

    name: str
    title: str
    duration: float
    rates: tuple[float, ...]
    measured: Literal["settled", "begun", "all"]
    deployments: tuple[Deployments, ...]
    settings: tuple[Setting, ...]
    bars: Bars
    events: tuple[Event, ...] = ()
    router: dict[str, Any] = {}

    def setting(self, name: str) -> Setting:
        """The setting of this name."""
        return next(each for each in self.settings if each.name == name)

    def rates_of(self, setting: Setting) -> tuple[float, ...]:
        """Requests a second at which a setting is run."""
        return setting.rates or self.rates


def load(path: Path) -> Scenario:
    """The scenario of a file; raises `msgspec.ValidationError` for what a scenario cannot say."""
    return msgspec.convert({"name": path.stem, **tomllib.loads(path.read_text())}, Scenario)


def load_all(only: str = "") -> list[Scenario]:
    """The scenarios whose names hold `only`, by name."""
    return [load(path) for path in sorted(FOLDER.glob("*.toml")) if only in path.stem]
