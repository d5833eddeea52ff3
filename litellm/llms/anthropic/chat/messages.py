"""OpenAI's messages as Anthropic's: the system prompt apart, turns that alternate, calls and results as blocks.

Wire facts: https://platform.claude.com/docs/en/api/messages, …/build-with-claude/extended-thinking (signed blocks go
back unchanged), …/build-with-claude/mid-conversation-system-messages (where a late system message may stand).
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from litellm.core.errors import BadRequest
from litellm.llms.anthropic.chat.content import Block, content_blocks, last_block_marked, text_block
from litellm.llms.anthropic.chat.names import wire_name

Message = Mapping[str, Any]
Turn = dict[str, Any]

SYSTEM_ROLES = ("system", "developer")
LATE_SYSTEM = "The operator of this application (not the user) gives this instruction at this point:"
_NOT_IN_ID = re.compile(r"[^a-zA-Z0-9_-]")


class Prompt(NamedTuple):
    """A conversation in Anthropic's words."""

    system: list[Block]
    turns: list[Turn]


def to_prompt(messages: Sequence[Message], *, late_system: bool = False) -> Prompt:
    """The conversation, its leading system messages apart.

    `late_system` says that the model takes system messages inside the conversation; otherwise, or where one may not
    stand, a late one is put into the user's turn with a note that says who speaks. Consecutive messages of one role
    become one turn, tool results are part of the user's.

    >>> to_prompt([{"role": "system", "content": "Be terse."}, {"role": "user", "content": "Hello"}]).turns
    [{'role': 'user', 'content': [{'type': 'text', 'text': 'Hello'}]}]
    """
    start = next((at for at, message in enumerate(messages) if message.get("role") not in SYSTEM_ROLES), len(messages))
    system = [block for message in messages[:start] for block in _system_blocks(message)]
    building = _Building(late_system)
    for at in range(start, len(messages)):
        building.add(messages[at], _following_role(messages, at))
    return Prompt(system, _finished(building.turns))


def _following_role(messages: Sequence[Message], at: int) -> str | None:
    """The role of the next message that is no system message; None at the end."""
    roles = (message.get("role") for message in messages[at + 1 :])
    return next((role for role in roles if role not in SYSTEM_ROLES), None)


class _Building:
    """The turns so far, and the ids that calls of the legacy `function_call` form were given."""

    def __init__(self, late_system: bool) -> None:
        self.turns: list[Turn] = []
        self._late_system = late_system
        self._legacy_ids: list[str] = []

    def add(self, message: Message, following: str | None) -> None:
        role = message.get("role")
        if role == "user":
            self._append("user", last_block_marked(content_blocks(message.get("content")), message))
        elif role == "assistant":
            self._append("assistant", self._assistant(message))
        elif role in ("tool", "function"):
            self._append("user", [self._result(message)])
        elif role in SYSTEM_ROLES:
            self._add_system(message, following)
        else:
            raise BadRequest(f"a message has role {role!r}: use system, developer, user, assistant or tool")

    def _append(self, role: str, blocks: list[Block]) -> None:
        if self.turns and self.turns[-1]["role"] == role:
            self.turns[-1]["content"] += blocks
        elif blocks:
            self.turns.append({"role": role, "content": blocks})

    def _add_system(self, message: Message, following: str | None) -> None:
        blocks = _system_blocks(message)
        before = self.turns[-1]["role"] if self.turns else None
        if self._late_system and before in ("user", "system") and following in (None, "assistant"):
            self._append("system", blocks)
        elif blocks:
            self._append("user", [text_block(LATE_SYSTEM), *blocks])

    def _assistant(self, message: Message) -> list[Block]:
        kept = (message.get("provider_specific_fields") or {}).get("content_blocks")
        if kept:
            return [dict(block) for block in kept]
        said = [block for block in content_blocks(message.get("content")) if block.get("text") != ""]
        blocks = [*_thinking(message, said), *last_block_marked(said, message)]
        calls = [call for call in message.get("tool_calls") or () if call.get("function")]
        blocks += [_tool_use(call["id"], call["function"]) for call in calls]
        legacy = message.get("function_call")
        if legacy:
            self._legacy_ids.append(f"call_{legacy['name']}_{len(self.turns)}")
            blocks.append(_tool_use(self._legacy_ids[-1], legacy))
        return blocks

    def _result(self, message: Message) -> Block:
        call_id = message.get("tool_call_id")
        if not call_id:
            call_id = self._legacy_ids.pop(0) if self._legacy_ids else f"call_{message.get('name')}"
        result: Block = {"type": "tool_result", "tool_use_id": wire_id(call_id)}
        content = message.get("content")
        marked = message.get("cache_control")
        if isinstance(content, str) or content is None:
            result["content"] = content or ""
        else:
            parts = content_blocks(content)
            # A part inside a result cannot be a cache breakpoint of its own; the result can.
            marked = marked or next((part["cache_control"] for part in parts if "cache_control" in part), None)
            result["content"] = [{k: v for k, v in part.items() if k != "cache_control"} for part in parts]
        if marked is not None:
            result["cache_control"] = marked
        if message.get("is_error"):
            result["is_error"] = True
        return result


def _system_blocks(message: Message) -> list[Block]:
    blocks = content_blocks(message.get("content"))
    return last_block_marked((block for block in blocks if block.get("text") != ""), message)


def _thinking(message: Message, said: list[Block]) -> list[Block]:
    """The signed thinking of a turn; what another provider thought has no signature and would be refused."""
    if any(block["type"] in ("thinking", "redacted_thinking") for block in said):
        return []
    kept = []
    for block in message.get("thinking_blocks") or ():
        if block.get("type") == "redacted_thinking":
            kept.append({"type": "redacted_thinking", "data": block["data"]})
        elif block.get("signature"):
            thought = {"type": "thinking", "thinking": block.get("thinking") or "", "signature": block["signature"]}
            kept.append(thought)
    return kept


def _tool_use(call_id: str, function: Mapping[str, Any]) -> Block:
    return {
        "type": "tool_use",
        "id": wire_id(call_id),
        "name": wire_name(function["name"]),
        "input": _arguments(function.get("arguments")),
    }


def _arguments(text: Any) -> Any:
    if not isinstance(text, str):
        return text or {}
    try:
        value = msgspec.json.decode(text) if text.strip() else {}
    except msgspec.DecodeError as reason:
        raise BadRequest(f"the arguments of a tool call are no JSON ({reason}): {text[:100]!r}") from reason
    if not isinstance(value, dict):
        raise BadRequest(f"the arguments of a tool call must be a JSON object, got {text[:100]!r}")
    return value


def wire_id(call_id: str) -> str:
    """A tool call's id in the characters that Anthropic takes."""
    return _NOT_IN_ID.sub("_", call_id)


def _finished(turns: list[Turn]) -> list[Turn]:
    """The turns as they may be sent: a final one of the assistant's must not end in white space."""
    if not turns or turns[-1]["role"] != "assistant" or turns[-1]["content"][-1]["type"] != "text":
        return turns
    *before, last = turns[-1]["content"]
    text = last["text"].rstrip()
    blocks = [*before, {**last, "text": text}] if text else before
    return [*turns[:-1], {"role": "assistant", "content": blocks}] if blocks else turns[:-1]
