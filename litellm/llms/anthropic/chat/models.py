"""What a Claude model can do: the model map where it lists the model, its generation where it does not.

Wire facts: https://platform.claude.com/docs/en/build-with-claude/extended-thinking (thinking since 3.7),
…/adaptive-thinking (since 4.6), …/structured-outputs (since 4.5).
"""

import re

from litellm import model_info
from litellm._settings import settings
from litellm.core.model_map import find_key, model_cost

Generation = tuple[int, int]

_NEW_NAME = re.compile(r"claude-(?!instant)[a-z]+-(\d+)(?:[-.](\d{1,2}))?(?!\d)")
_OLD_NAME = re.compile(r"claude-(\d)(?:[-.](\d))?(?!\d)")
# Abilities that every model has from a generation on.
_SINCE: dict[str, Generation] = {
    "supports_reasoning": (3, 7),
    "supports_native_structured_output": (4, 5),
    "supports_adaptive_thinking": (4, 6),
    "supports_output_config": (4, 6),
}
_LEGACY_THINKING_UNTIL: Generation = (4, 6)


def generation(model: str) -> Generation | None:
    """Major and minor version in a model's name, wherever in it.

    >>> generation("anthropic.claude-3-5-sonnet-20240620-v1:0"), generation("claude-opus-4-6")
    ((3, 5), (4, 6))
    """
    found = _NEW_NAME.search(model) or _OLD_NAME.search(model)
    return (int(found[1]), int(found[2] or 0)) if found else None


def can(model: str, ability: str, provider: str) -> bool:
    """Whether a model has an ability, named as in the model map."""
    if find_key(model, provider) is not None:
        return model_info.supports(model, ability, provider)
    since, version = _SINCE.get(ability), generation(model)
    return since is not None and version is not None and version >= since


def takes_budgets(model: str, provider: str) -> bool:
    """Whether the model takes a thinking budget; the newest decide by themselves and refuse one."""
    if not can(model, "supports_adaptive_thinking", provider):
        return True
    if find_key(model, provider) is not None:
        return model_info.supports(model, "supports_legacy_thinking", provider)
    version = generation(model)
    return version is not None and version <= _LEGACY_THINKING_UNTIL


def max_output_tokens(model: str, provider: str) -> int:
    """How many tokens the model can write, `litellm.max_tokens` where the map does not say."""
    key = find_key(model, provider)
    entry = model_cost()[key] if key is not None else {}
    return int(entry.get("max_output_tokens") or entry.get("max_tokens") or settings.max_tokens)
