"""The model map: read once when first asked for, a dict that users may edit, and the rules that find a model in it.

Knows names and labels only; what an entry means is for `model_info` and the cost package. No network.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from litellm.types.model_rules import (
    FORWARDING_PROVIDERS,
    GEOGRAPHIES,
    MODEL_NAMESPACES,
    PROVIDER_ALIASES,
    PROVIDER_FAMILIES,
    ROUTE_WORDS,
)

Entry = dict[str, Any]
ModelMap = dict[str, Entry]

MAP_FILE = Path(__file__).parent.parent / "model_prices_and_context_window.json"

_TUNED = re.compile(r"(ft:[^:]+):.+")
_REVISION = re.compile(r"(@[^/@]+|-\d{3})$")
_GEOGRAPHY = re.compile(rf"(?:{'|'.join(GEOGRAPHIES)})\.(?=[a-z0-9]+\.)")
_AWS_REGION = re.compile(r"[a-z]{2}(?:-gov)?-[a-z]+-\d")


class _Registry:
    """The one map of this process and the two indexes derived from it."""

    __slots__ = ("entries", "lowered", "lowered_for", "providers")

    def __init__(self) -> None:
        self.entries: ModelMap | None = None
        self.lowered: dict[str, str] = {}
        self.providers: frozenset[str] = frozenset()
        self.lowered_for: tuple[int, int] = (0, 0)


_registry = _Registry()


def load_model_map(path: Path = MAP_FILE) -> ModelMap:
    """Read a map from `path`; the file that comes with this package unless told otherwise."""
    return msgspec.json.decode(path.read_bytes(), type=ModelMap)


def model_cost() -> ModelMap:
    """Answer the map of this process, the very dict that `litellm.model_cost` is."""
    if _registry.entries is None:
        _registry.entries = load_model_map()
    return _registry.entries


def replace_model_cost(entries: ModelMap) -> None:
    """Make `entries` the map of this process."""
    _registry.entries = entries
    _registry.lowered_for = (0, 0)


def known_providers() -> frozenset[str]:
    """Answer every provider label of the map and every name by which calls reach one."""
    _refresh_indexes()
    return _registry.providers


def family(provider: str) -> frozenset[str]:
    """Answer the labels under which the map may list models of `provider`.

    >>> "vertex_ai-language-models" in family("vertex_ai")
    True
    """
    provider = PROVIDER_ALIASES.get(provider, provider)
    return frozenset((provider, *PROVIDER_FAMILIES.get(provider, ())))


def provider_of(entry: Mapping[str, Any]) -> str | None:
    """Answer the name by which calls reach the provider of an entry, whatever label the map lists it under.

    >>> provider_of({"litellm_provider": "vertex_ai-language-models"})
    'vertex_ai'
    """
    label: str | None = entry.get("litellm_provider")
    if label is None or label in PROVIDER_FAMILIES:
        return label
    owners = (owner for owner, labels in PROVIDER_FAMILIES.items() if label in labels)
    return next(owners, label)


def split_provider(model: str) -> tuple[str | None, str]:
    """Split `provider/model` where the part before the slash is a provider the map knows; else `(None, model)`."""
    prefix, slash, rest = model.partition("/")
    if slash and prefix in known_providers():
        return prefix, rest
    return None, model


def find_key(model: str, provider: str | None = None, *, region: str | None = None) -> str | None:
    """Find the map's key for `model`, `None` when the map does not list it.

    The most exact spelling wins: in the region, with provider, bare, without route words or region, without revision or
    geography; letter case is ignored last. An entry of another provider never answers.
    """
    if provider is None:
        provider, bare = split_provider(model)
    else:
        bare = model.removeprefix(provider + "/")
    entries = model_cost()
    regional = f"{PROVIDER_ALIASES.get(provider, provider)}/{region}/{bare}" if provider and region else ""
    if regional in entries:
        return regional
    if model in entries and _serves(entries[model], provider):
        return model
    candidates = list(dict.fromkeys(_spellings(bare, provider)))
    for name in candidates:
        if name in entries and _serves(entries[name], provider):
            return name
    return _find_ignoring_case([model, *candidates], provider)


def _find_ignoring_case(names: list[str], provider: str | None) -> str | None:
    _refresh_indexes()
    entries = model_cost()
    for name in names:
        key = _registry.lowered.get(name.lower())
        if key is not None and key in entries and _serves(entries[key], provider):
            return key
    return None


def _spellings(bare: str, provider: str | None) -> Iterator[str]:
    for name in _simpler_names(bare):
        if provider is not None:
            owner = PROVIDER_ALIASES.get(provider, provider)
            yield f"{owner}/{name}"
            if namespace := MODEL_NAMESPACES.get(owner):
                yield f"{owner}/{namespace}{name}"
        yield name


def _simpler_names(name: str) -> Iterator[str]:
    """`name` as given, then each form with less in it: route, region, geography, tuning, revision."""
    yield name
    head, slash, rest = name.partition("/")
    while slash and (head in ROUTE_WORDS or _AWS_REGION.fullmatch(head)):
        name = rest
        yield name
        head, slash, rest = name.partition("/")
    without_geography = _GEOGRAPHY.sub("", name, count=1) if _GEOGRAPHY.match(name) else name
    if without_geography != name:
        yield without_geography
    if tuned := _TUNED.fullmatch(name):
        yield tuned[1]
    revisionless = _REVISION.sub("", without_geography)
    if revisionless != without_geography:
        yield revisionless


def _serves(entry: Mapping[str, Any], provider: str | None) -> bool:
    label = entry.get("litellm_provider")
    if provider is None or label is None or provider in FORWARDING_PROVIDERS:
        return True
    return label in family(provider) or provider == label


def _refresh_indexes() -> None:
    entries = model_cost()
    state = (id(entries), len(entries))
    if _registry.lowered_for == state:
        return
    lowered: dict[str, str] = {}
    for key in entries:
        lowered.setdefault(key.lower(), key)
    labels = {str(entry["litellm_provider"]) for entry in entries.values() if entry.get("litellm_provider")}
    _registry.lowered = lowered
    _registry.providers = frozenset(labels.union(PROVIDER_FAMILIES, PROVIDER_ALIASES, FORWARDING_PROVIDERS))
    _registry.lowered_for = state
