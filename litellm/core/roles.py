"""Putting messages into the order that strict chat templates want: user and assistant in turn. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import structs

from litellm.core.call import Call

Message = Mapping[str, Any]

CONTINUE: Message = {"role": "user", "content": "Please continue."}
ANSWER: Message = {"role": "assistant", "content": "Please continue."}
_OPENING_ROLES = ("system", "developer")


def arranged(call: Call) -> Call:
    """The call with its messages as the options `supports_system_message` and `ensure_alternating_roles` want them."""
    options, messages = call.options, call.input
    if call.endpoint != "chat":
        return call
    if options.supports_system_message is False:
        messages = without_system(messages)
    if options.ensure_alternating_roles:
        messages = alternating(
            messages,
            user_continue=options.user_continue_message,
            assistant_continue=options.assistant_continue_message,
        )
    return structs.replace(call, input=messages)


def alternating(
    messages: Sequence[Message],
    *,
    user_continue: Message | None = None,
    assistant_continue: Message | None = None,
) -> list[Message]:
    """The messages with a turn put between two of the same role, starting and ending with the user's.

    System messages and tool calls with their results stay as they are. `user_continue` and `assistant_continue` are the
    messages that are put in.

    >>> [m["role"] for m in alternating([{"role": "user", "content": "a"}, {"role": "user", "content": "b"}])]
    ['user', 'assistant', 'user']
    """
    user, assistant = user_continue or CONTINUE, assistant_continue or ANSWER
    fixed: list[Message] = []
    for message in messages:
        before = fixed[-1] if fixed else {}
        role = message.get("role")
        if role == "user" and before.get("role") == "user":
            fixed.append(assistant)
        elif role == "assistant" and (before.get("role") in (None, *_OPENING_ROLES) or _both_speak(before, message)):
            fixed.append(user)
        fixed.append(message)
    if fixed and fixed[-1].get("role") == "assistant" and not _calls(fixed[-1]):
        fixed.append(user)
    return fixed


def _both_speak(before: Message, message: Message) -> bool:
    return before.get("role") == "assistant" and not _calls(before) and not _calls(message)


def _calls(message: Message) -> bool:
    return bool(message.get("tool_calls") or message.get("function_call"))


def without_system(messages: Sequence[Message]) -> list[Message]:
    """The messages with system ones said by the user, for models that take none.

    >>> without_system([{"role": "system", "content": "Be brief."}])
    [{'role': 'user', 'content': 'Be brief.'}]
    """
    return [{**message, "role": "user"} if message.get("role") in _OPENING_ROLES else message for message in messages]
