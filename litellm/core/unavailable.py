"""Arguments that would change what a call means and that nothing here acts on: refused, never ignored. Pure."""

from collections.abc import Mapping
from typing import Any

from litellm.core.errors import BadRequest

_GUARDRAILS = (
    "guardrails do not exist yet, and without them the call would go out unchecked: check the prompt yourself, or with "
    "functions in litellm.pre_call_rules and litellm.post_call_rules, and take the argument out"
)
_PROMPTS = (
    "kept prompts do not exist yet, and the call would go out without the one that is named: put its text into "
    "messages=[…] and take the argument out"
)
_WHY = {
    "guardrails": _GUARDRAILS,
    "prompt_id": _PROMPTS,
    "prompt_variables": _PROMPTS,
    "prompt_version": _PROMPTS,
    "prompt_label": _PROMPTS,
}


def refuse(arguments: Mapping[str, Any], *, model: str) -> None:
    """Raise `BadRequest` for the first argument that asks for what is not here; empty ones ask for nothing.

    >>> refuse({"guardrails": [], "azure": True}, model="openai/gpt-4o-mini")
    """
    for name, why in _WHY.items():
        value = arguments.get(name)
        if value not in (None, [], (), {}, ""):
            raise BadRequest(f"{name}={value!r}: {why}", model=model)
