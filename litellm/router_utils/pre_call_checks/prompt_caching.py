"""Prefers the deployment whose account holds the prompt's beginning in its cache (`prompt_caching`).

A cache is marked with `cache_control`, and marks move on with a conversation: so the end of every message before the
last mark is compared with the beginnings that were marked before. The marks themselves do not count.
"""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Any, NamedTuple

import msgspec

from litellm.core.tokens import estimate_tokens
from litellm.router_utils.deployments import Deployment
from litellm.router_utils.pre_call_checks.affinity import Memory, Scope, prefer
from litellm.router_utils.pre_call_checks.check import Kept, Success
from litellm.router_utils.pre_call_checks.facts import Facts

NAME = "prompt_caching"
LEAST_TOKENS = 1024
TTL = 300.0
"""Seconds that vendors keep a beginning since it was used last ("Prompt caching", docs.claude.com: 5 minutes)."""
LOOK_BACK = 20
"""Ends of messages before the last mark that are compared, as many blocks as vendors look back for a cache."""


class Beginning(NamedTuple):
    """The digest of a prompt up to some place, and whether a mark is there."""

    digest: str
    marked: bool


class PromptCaching:
    """Remembers which deployment of a group read which marked beginning of at least 1,024 tokens."""

    def __init__(self, scope: Scope, memory: Memory) -> None:
        self._scope = scope
        self._memory = memory

    def __call__(self, deployments: Sequence[Deployment], facts: Facts, now: float) -> Kept:
        group = deployments[0].group
        if len(deployments) == 1 or not self._scope.covers(group):
            return Kept(deployments)
        for each in reversed(beginnings(facts)[-LOOK_BACK:]):
            wanted = self._memory.get(_key(group, each), now)
            if wanted is not None:
                return prefer(deployments, wanted, "another deployment has the prompt's beginning in its cache")
        return Kept(deployments)

    def note(self, success: Success) -> None:
        """Remember who read the marked beginnings of the prompt."""
        deployment = success.deployment
        if self._scope.covers(deployment.group):
            for each in beginnings(success.facts):
                if each.marked:
                    self._memory.put(_key(deployment.group, each), deployment.id, success.now, TTL)


def _key(group: str, beginning: Beginning) -> str:
    return f"{NAME}:{group}:{beginning.digest}"


def beginnings(facts: Facts) -> tuple[Beginning, ...]:
    """The beginnings of a prompt that are long enough to be cached, up to its last mark; none without marks."""
    messages, tools = facts.messages, facts.params.get("tools") or ()
    last = max((place for place, message in enumerate(messages) if _is_marked(message)), default=-1)
    if last < 0 and not any("cache_control" in tool for tool in tools):
        return ()
    return tuple(_digests(tools, messages[: last + 1]))


def _digests(tools: Sequence[Any], messages: Sequence[Mapping[str, Any]]) -> Iterator[Beginning]:
    digest, tokens = blake2b(digest_size=16), 0
    for block, marked, is_end in _blocks(tools, messages):
        told = msgspec.json.encode(block, enc_hook=repr)
        digest.update(told)
        tokens += estimate_tokens(told)
        if tokens >= LEAST_TOKENS and (marked or is_end):
            yield Beginning(digest.hexdigest(), marked)


def _blocks(tools: Sequence[Any], messages: Sequence[Mapping[str, Any]]) -> Iterator[tuple[Any, bool, bool]]:
    """The prompt in the order in which it is cached, each block with: whether it is marked, whether a message ends."""
    for tool in tools:
        yield _unmarked(tool), "cache_control" in tool, False
    for message in messages:
        content = message.get("content")
        parts = content if isinstance(content, list) else [{"type": "text", "text": content}]
        yield {name: value for name, value in message.items() if name not in ("content", "cache_control")}, False, False
        for place, part in enumerate(parts, 1):
            is_end = place == len(parts)
            yield _unmarked(part), _has_mark(part) or (is_end and "cache_control" in message), is_end


def _is_marked(message: Mapping[str, Any]) -> bool:
    content = message.get("content")
    return "cache_control" in message or (isinstance(content, list) and any(map(_has_mark, content)))


def _has_mark(part: Any) -> bool:
    return isinstance(part, Mapping) and "cache_control" in part


def _unmarked(part: Any) -> Any:
    return {name: value for name, value in part.items() if name != "cache_control"} if _has_mark(part) else part
