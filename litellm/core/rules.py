"""Rules of the user's own over prompts and answers. Pure.

A rule is a function of a text. It refuses by answering False, or `{"decision": False, "message": …}`, or by raising.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from litellm.core.call import Call
from litellm.core.errors import RuleBroken

Rule = Callable[[str], Any]


def check_prompt(rules: Iterable[Rule], call: Call) -> None:
    """Raise `RuleBroken` when one of the rules refuses the text of the call's messages, prompt or input."""
    _check(rules, text_of(call.input), "prompt", "litellm.pre_call_rules", "", call.model)


def check_answer(rules: Iterable[Rule], response: Any, *, provider: str, model: str) -> None:
    """Raise `RuleBroken` when one of the rules refuses the text of an answer."""
    for text in answers_of(response):
        _check(rules, text, "answer", "litellm.post_call_rules", provider, model)


def _check(rules: Iterable[Rule], text: str, what: str, setting: str, provider: str, model: str) -> None:
    for rule in rules:
        decision, reason = rule(text), ""
        if isinstance(decision, Mapping):
            decision, reason = decision.get("decision", True), str(decision.get("message") or "")
        if decision is False:
            named = getattr(rule, "__name__", repr(rule))
            raise RuleBroken(
                reason or f"the {what} was refused by your rule {named!r} in {setting}", provider=provider, model=model
            )


def text_of(content: Any) -> str:
    """The text of messages, prompts or inputs, joined: what a rule over a prompt is shown."""
    if isinstance(content, str):
        return content
    if isinstance(content, Mapping):
        return text_of(content.get("content") or content.get("text") or "")
    if isinstance(content, list | tuple):
        return "".join(text_of(item) for item in content)
    return ""


def answers_of(response: Any) -> list[str]:
    """The texts of a response's choices."""
    choices = getattr(response, "choices", None) or ()
    return [_text(choice) for choice in choices]


def _text(choice: Any) -> str:
    message = getattr(choice, "message", None)
    return (message.content if message is not None else getattr(choice, "text", None)) or ""
