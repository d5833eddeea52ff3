"""Tag routing: which deployments a request's tags allow. Pure.

A request's tag is plain ("paid": any of them, or all, must be a tag of the deployment), required ("&fast": the
deployment must have it) or excluded ("!trial": it must not). Deployments tagged "default" serve what names no plain
tag, and what no deployment matches. `tag_regex` are patterns for "User-Agent: …", any of which is as good as a tag.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from litellm.router_utils.deployments import Deployment

DEFAULT = "default"
REQUIRED, EXCLUDED = "&", "!"

Deployments = Sequence[Deployment]


class Wish(NamedTuple):
    """A request's tags, sorted by what they ask for; `declared` are those that a prefix marks as meant for routing."""

    plain: frozenset[str] = frozenset()
    required: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()
    declared: frozenset[str] = frozenset()


def read_tags(tags: Iterable[str], prefix: str = "") -> Wish:
    """The tags sorted by what they ask for; `prefix` is taken off those that begin with it.

    >>> read_tags(["paid", "!trial"]).excluded
    frozenset({'trial'})
    """
    plain: set[str] = set()
    required: set[str] = set()
    excluded: set[str] = set()
    declared: set[str] = set()
    for tag in tags:
        is_declared = bool(prefix) and tag.startswith(prefix)
        asked = tag.removeprefix(prefix) if is_declared else tag
        name = asked.removeprefix(asked[:1]) if asked[:1] in (REQUIRED, EXCLUDED) else asked
        (required if asked[:1] == REQUIRED else excluded if asked[:1] == EXCLUDED else plain).add(name)
        if is_declared:
            declared.add(name)
    return Wish(frozenset(plain), frozenset(required), frozenset(excluded), frozenset(declared))


def allowed_by(wish: Wish, deployments: Deployments, *, user_agent: str | None, match_any: bool) -> Deployments:
    """The deployments that the tags allow, none when they allow none."""
    left = _constrained(wish, deployments)
    plain = _meant(wish, deployments)
    if plain:
        by_tag = [each for each in left if matches(each, plain, match_any=match_any)]
        by_agent = [each for each in left if each not in by_tag and _fits_agent(each, user_agent, strict=not match_any)]
        return by_tag + by_agent or [each for each in left if DEFAULT in each.tags]
    if not wish.required:
        by_agent = [each for each in left if _fits_agent(each, user_agent, strict=not match_any)]
        if by_agent:
            return by_agent
    pool = _untagged_pool(deployments, None if wish.required else user_agent)
    return [each for each in pool if each in left] if len(left) < len(deployments) else pool


def matches(deployment: Deployment, tags: Collection[str], *, match_any: bool) -> bool:
    """Whether the deployment has any, or all, of these tags."""
    return not deployment.tags.isdisjoint(tags) if match_any else deployment.tags.issuperset(tags)


def _constrained(wish: Wish, deployments: Deployments) -> Deployments:
    if not wish.required and not wish.excluded:
        return deployments
    return [each for each in deployments if each.tags.isdisjoint(wish.excluded) and each.tags.issuperset(wish.required)]


def _meant(wish: Wish, deployments: Deployments) -> frozenset[str]:
    """The plain tags, unless they stand beside others and no deployment knows one: then they only name the request."""
    if not wish.plain or not (wish.required or wish.excluded or wish.declared):
        return wish.plain
    known = _all_tags(deployments)
    return wish.plain if wish.plain & (known | wish.declared) else frozenset()


def _untagged_pool(deployments: Deployments, user_agent: str | None) -> Deployments:
    """Who serves a request without tags: the default deployments, else all but those for other clients."""
    default = [each for each in deployments if DEFAULT in each.tags]
    if default or user_agent is None:
        return default or deployments
    return [each for each in deployments if not each.tag_regex]


def _fits_agent(deployment: Deployment, user_agent: str | None, *, strict: bool) -> bool:
    """Whether a pattern fits; `strict`: one that has tags is reached by its tags alone."""
    if not deployment.tag_regex or user_agent is None or (strict and deployment.tags):
        return False
    header = f"User-Agent: {user_agent}"
    return any(pattern is not None and pattern.search(header) for pattern in map(_compiled, deployment.tag_regex))


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str] | None:
    """A pattern that is none fits nothing: the configuration is checked where it is read."""
    try:
        return re.compile(pattern)
    except re.error:
        return None


def opened(wish: Wish, deployments: Deployments, inherited: Iterable[str]) -> Deployments:
    """The pool for tags that cannot be met, in a group that lets go of what the caller asked for.

    What the caller's key or team demands (`inherited`) stays. A demand that no deployment knows must not open what the
    others alone would have decided.
    """
    known = _all_tags(deployments) | wish.declared
    sober = Wish(wish.plain, wish.required & known, wish.excluded & known, wish.declared)
    if sober != wish and _constrained(sober, deployments):
        return ()
    return _constrained(read_tags(inherited), _untagged_pool(deployments, None))


def _all_tags(deployments: Deployments) -> frozenset[str]:
    return frozenset(tag for each in deployments for tag in each.tags)
