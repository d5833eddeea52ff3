"""Small peculiarities of OpenAI-compatible vendors: each function turns one request body into the vendor's form.

Rows name them (`Provider.quirks`). None changes what it is given. Why a vendor needs one is on the vendor's page.
"""

from collections.abc import Callable, Mapping
from typing import Any

from litellm.core.errors import UnsupportedParams
from litellm.core.target import Target
from litellm.model_info import supports_vision

Body = dict[str, Any]
Message = dict[str, Any]
Quirk = Callable[[Body, Target], Body]


def text_content_to_string(body: Body, target: Target) -> Body:
    """Content that is a list of texts alone becomes one string."""
    return _each_message(body, lambda message: _flattened(message, texts_only=True))


def content_to_string(body: Body, target: Target) -> Body:
    """Content is a string always, unless the model sees images: what is not text is left out."""
    texts_only = supports_vision(target.model, target.provider)
    return _each_message(body, lambda message: _flattened(message, texts_only=texts_only))


def names_on_tool_messages_only(body: Body, target: Target) -> Body:
    """`name` is taken on the results of tools and nowhere else."""
    return _each_message(body, lambda message: message if message.get("role") == "tool" else without(message, "name"))


def names_on_user_messages_only(body: Body, target: Target) -> Body:
    """`name` is taken on the user's messages and nowhere else."""
    return _each_message(body, lambda message: message if message.get("role") == "user" else without(message, "name"))


def without_past_reasoning(body: Body, target: Target) -> Body:
    """What the model thought in earlier turns is not sent back."""
    return _each_message(body, lambda message: without(message, "reasoning_content", "thinking_blocks"))


def tools_without_strict(body: Body, target: Target) -> Body:
    """`strict` is taken off the functions of tools."""
    tools = body.get("tools")
    if not isinstance(tools, list):
        return body
    return {**body, "tools": [_tool_without_strict(tool) for tool in tools]}


def tool_choice_any(body: Body, target: Target) -> Body:
    """A tool that must be chosen is asked for as "any"."""
    return {**body, "tool_choice": "any"} if body.get("tool_choice") == "required" else body


def ask_for_a_tool(body: Body, target: Target) -> Body:
    """`tool_choice="required"` is unknown to the vendor: the model is told in words instead."""
    if body.get("tool_choice") != "required":
        return body
    request = {"role": "user", "content": "Please select a tool to handle the current issue."}
    return {**without(body, "tool_choice"), "messages": [*body["messages"], request]}


def refuse_forced_tool_choice(body: Body, target: Target) -> Body:
    """The model alone decides on tools: any `tool_choice` but "auto" and "none" is dropped or refused."""
    choice = body.get("tool_choice")
    if choice in (None, "auto", "none"):
        return body
    if target.drop_params:
        return without(body, "tool_choice")
    raise UnsupportedParams(
        f"{target.provider} takes tool_choice 'auto' and 'none' only, got {choice!r}. To drop it, set "
        "`litellm.drop_params=True` or pass drop_params=True",
        provider=target.provider,
        model=target.model,
    )


def json_schema_only(body: Body, target: Target) -> Body:
    """Of the response formats only `json_schema` is known to the vendor; another is left out."""
    wanted = body.get("response_format")
    if not isinstance(wanted, Mapping) or wanted.get("type") == "json_schema":
        return body
    return without(body, "response_format")


def thinking_switch(body: Body, target: Target) -> Body:
    """`thinking` is a switch: it has a type and no budget."""
    thinking = body.get("thinking")
    if not isinstance(thinking, Mapping) or "budget_tokens" not in thinking:
        return body
    return {**body, "thinking": without(dict(thinking), "budget_tokens")}


def effort_with_thinking(body: Body, target: Target) -> Body:
    """`reasoning_effort` counts when `thinking` is switched on; no effort is `thinking` switched off."""
    effort = body.get("reasoning_effort")
    if effort is None:
        return body
    if effort == "none":
        return {**without(body, "reasoning_effort"), "thinking": {"type": "disabled"}}
    return {"thinking": {"type": "enabled"}, **body}


_EFFORT_BY_BUDGET = ((4096, "high"), (2048, "medium"), (1, "low"))


def thinking_as_effort(body: Body, target: Target) -> Body:
    """`thinking` with a budget becomes the nearest `reasoning_effort`, unless that is given too."""
    thinking = body.get("thinking")
    if not isinstance(thinking, Mapping):
        return body
    rest = without(body, "thinking")
    budget = thinking.get("budget_tokens") or 0
    if thinking.get("type") != "enabled" or "reasoning_effort" in rest:
        return rest
    effort = next((word for least, word in _EFFORT_BY_BUDGET if budget >= least), "medium")
    return {**rest, "reasoning_effort": effort}


def without(body: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """A copy of the mapping less these names."""
    return {name: value for name, value in body.items() if name not in names}


def _each_message(body: Body, change: Callable[[Message], Message]) -> Body:
    return {**body, "messages": [change(message) for message in body["messages"]]}


def _flattened(message: Message, *, texts_only: bool) -> Message:
    content = message.get("content")
    if not isinstance(content, list):
        return message
    texts = [part.get("text") or "" for part in content if isinstance(part, Mapping) and part.get("type") == "text"]
    if texts_only and len(texts) != len(content):
        return message
    return {**message, "content": "".join(texts)}


def _tool_without_strict(tool: Any) -> Any:
    if not isinstance(tool, Mapping) or not isinstance(tool.get("function"), Mapping):
        return tool
    return {**tool, "function": without(tool["function"], "strict")}


QUIRKS: Mapping[str, Quirk] = {
    quirk.__name__: quirk
    for quirk in (
        text_content_to_string,
        content_to_string,
        names_on_tool_messages_only,
        names_on_user_messages_only,
        without_past_reasoning,
        tools_without_strict,
        tool_choice_any,
        ask_for_a_tool,
        refuse_forced_tool_choice,
        json_schema_only,
        thinking_switch,
        effort_with_thinking,
        thinking_as_effort,
    )
}
