"""Which model groups come after one that failed. Pure: which were tried and the randomness come in.

A list of fallbacks maps groups to entries, `[{"gpt-4o": ["claude", {"model": "gemini", "temperature": 0}]}]`; one
request may instead bring a plain list of entries, which is for whatever group it asks for.
"""

from collections.abc import Collection, Mapping, Sequence
from random import Random
from typing import Any

import msgspec

from litellm.core.errors import BadRequest, ContentPolicyViolation, ContextWindowExceeded, ProviderError
from litellm.router_utils.patterns import Patterns

ANY = "*"
_SHAPE = "give a list such as [{'gpt-4o': ['claude', 'gemini']}]"
_ENTRY = "give the name of a model group, or a dict with its 'model' and what to change in the request"


class Entry(msgspec.Struct, frozen=True):
    """A group to go to: what changes in the request there, and its weight in a draw.

    `key` is what to remember it by: the group's name, unless it changes the request, for the same group with a shorter
    prompt is another try.
    """

    group: str
    key: str
    overrides: Mapping[str, Any] = {}
    weight: float | None = None


class Table(msgspec.Struct, frozen=True):
    """Entries by group; `patterns` are those of its names that have a `*`."""

    entries: Mapping[str, tuple[Entry, ...]] = {}
    patterns: Patterns = msgspec.field(default_factory=lambda: Patterns(()))

    def of(self, group: str) -> tuple[Entry, ...] | None:
        """The entries of a group: by its name, its name without the provider's, a pattern, `*`; None without any."""
        found = self.entries.get(group)
        if found is None and "/" in group:
            found = self.entries.get(group.partition("/")[2])
        if found is None and self.patterns and (match := self.patterns.match(group)):
            found = self.entries[match.pattern]
        return found


class Fallbacks(msgspec.Struct, frozen=True, kw_only=True):
    """All that is said of fallbacks; made by `read_fallbacks`, and `for_request` where a request says its own."""

    general: Table = Table()
    context_window: Table = Table()
    content_policy: Table = Table()
    default: tuple[Entry, ...] = ()
    requested: tuple[Entry, ...] | None = None

    def after(
        self, error: ProviderError, group: str, tried: Collection[str], *, rng: Random | None = None
    ) -> Sequence[Entry]:
        """Where to go, in this order, when `group` failed with this error; nothing whose key was `tried` already.

        The error's own fallbacks come first (context window, content policy), then what the request asks for, then
        the group's, then those of `*`, then the default ones: the first of them that says anything of the group,
        be it an empty list. Entries with weights are drawn; without an `rng` the heaviest comes first.
        """
        left: dict[str, Entry] = {}
        for entry in self._entries(error, group):
            if entry.key not in tried and entry.key != group:
                left.setdefault(entry.key, entry)
        return _drawn(tuple(left.values()), rng)

    def has_detour(self, error: ProviderError, group: str) -> bool:
        """Whether the error has fallbacks of its own kind for this group."""
        return bool(self._special(error).of(group))

    def for_request(
        self,
        *,
        fallbacks: Any = None,
        context_window: Any = None,
        content_policy: Any = None,
        context_window_dict: Any = None,
    ) -> "Fallbacks":
        """What holds for one request that says something itself: that replaces what the router says.

        `fallbacks` is a list of entries, or by group as for the router; `[]` is none at all. `context_window_dict`
        maps a model to the one with the longer window. Raises `BadRequest` for other shapes.
        """
        changes: dict[str, Any] = {}
        try:
            if fallbacks is not None:
                changes = {"general": Table(), "default": (), "requested": None, **_of_request(fallbacks)}
            if context_window is not None:
                changes["context_window"] = table(context_window, "context_window_fallbacks")
            if content_policy is not None:
                changes["content_policy"] = table(content_policy, "content_policy_fallbacks")
            if context_window_dict is not None:
                changes["context_window"] = table(context_window_dict, "context_window_fallback_dict")
        except ValueError as wrong:
            raise BadRequest(str(wrong)) from wrong
        return msgspec.structs.replace(self, **changes) if changes else self

    def _special(self, error: ProviderError) -> Table:
        if isinstance(error, ContextWindowExceeded):
            return self.context_window
        if isinstance(error, ContentPolicyViolation):
            return self.content_policy
        return _NOTHING

    def _entries(self, error: ProviderError, group: str) -> tuple[Entry, ...]:
        special = self._special(error).of(group)
        if special is not None:
            return special
        if self.requested is not None:
            return self.requested
        general = self.general.of(group)
        return self.default if general is None else general


_NOTHING = Table()


def read_fallbacks(
    general: Any = None, *, context_window: Any = None, content_policy: Any = None, default: Any = None
) -> Fallbacks:
    """The fallbacks of a router, from its arguments; raises `ValueError` naming the argument of another shape."""
    return Fallbacks(
        general=table(general or (), "fallbacks"),
        context_window=table(context_window or (), "context_window_fallbacks"),
        content_policy=table(content_policy or (), "content_policy_fallbacks"),
        default=entries(default or (), "default_fallbacks"),
    )


def table(given: Any, name: str) -> Table:
    """Entries by group, from a list of dicts or one dict; what a group has twice is joined.

    >>> table([{"a": "b"}], "fallbacks").of("a")[0].group
    'b'
    """
    parts = [given] if isinstance(given, Mapping) else given
    if isinstance(parts, str) or not isinstance(parts, Sequence):
        raise ValueError(f"{name}={given!r}: {_SHAPE}")
    found: dict[str, tuple[Entry, ...]] = {}
    for part in parts:
        if not isinstance(part, Mapping):
            raise ValueError(f"{name}: {part!r} names no group that it is for; {_SHAPE}")
        for group, listed in part.items():
            if not isinstance(group, str) or not group:
                raise ValueError(f"{name}: {group!r} is no name of a model group; {_SHAPE}")
            added = entries(listed, f"{name}[{group!r}]", first=len(found.get(group, ())))
            found[group] = found.get(group, ()) + added
    return Table(found, Patterns(found))


def entries(given: Any, name: str, *, first: int = 0) -> tuple[Entry, ...]:
    """The entries of a list, or of one entry alone; `first` is the number of the first one in their keys."""
    listed = [given] if isinstance(given, str | Mapping) else given
    if not isinstance(listed, Sequence):
        raise ValueError(f"{name}={given!r}: {_ENTRY}")
    return tuple(_entry(each, name, at) for at, each in enumerate(listed, first))


def _entry(given: Any, name: str, at: int) -> Entry:
    if isinstance(given, str) and given:
        return Entry(given, given)
    group = given.get("model") if isinstance(given, Mapping) else None
    if not isinstance(group, str) or not group:
        shown = f"a dict of {sorted(map(str, given))}" if isinstance(given, Mapping) else repr(given)
        raise ValueError(f"{name}: {shown}: {_ENTRY}")
    overrides = {key: value for key, value in given.items() if key not in ("model", "weight")}
    return Entry(group, f"{name}[{at}]" if overrides else group, overrides, _weight(given.get("weight"), name))


def _weight(given: Any, name: str) -> float | None:
    if given is None:
        return None
    if isinstance(given, bool) or not isinstance(given, int | float) or not 0 <= given < float("inf"):
        raise ValueError(f"{name}: weight={given!r}: give a number from 0 on")
    return float(given)


def _of_request(given: Any) -> dict[str, Any]:
    """A request's own: by group when every part maps names to lists, else a list of entries."""
    parts = [given] if isinstance(given, Mapping) else given
    if isinstance(parts, str) or not isinstance(parts, Sequence):
        raise ValueError(f"fallbacks={given!r}: give a list of names of model groups")
    by_group = parts and all(isinstance(part, Mapping) and not isinstance(part.get("model"), str) for part in parts)
    if by_group:
        return {"general": table(parts, "fallbacks")}
    return {"requested": entries(parts, "fallbacks")}


def _drawn(listed: tuple[Entry, ...], rng: Random | None) -> Sequence[Entry]:
    """The entries in an order drawn by their weights, as soon as one has any; one without weighs 1, those of 0 last."""
    if len(listed) < 2 or all(entry.weight is None for entry in listed):
        return listed
    weighed = [(1.0 if entry.weight is None else entry.weight, entry) for entry in listed]
    if rng is None:
        return [entry for _, entry in sorted(weighed, key=lambda each: -each[0])]
    # The greatest of u^(1/w) wins: Efraimidis and Spirakis, "Weighted random sampling with a reservoir", 2006.
    marks = [(rng.random() ** (1 / weight) if weight else -1.0, entry) for weight, entry in weighed]
    return [entry for _, entry in sorted(marks, key=lambda each: -each[0])]
