"""How much a model shall think: OpenAI's effort and Anthropic's budget as Gemini's thinkingConfig.

Gemini 2.5 takes a budget in tokens, Gemini 3 a level; neither takes both.
Source: https://ai.google.dev/gemini-api/docs/thinking
"""

from collections.abc import Mapping
from typing import Any

from litellm.core.errors import BadRequest
from litellm.core.target import Target
from litellm.llms.gemini.families import is_gemini_3, version

EFFORT_BUDGETS = {"low": 1024, "medium": 2048, "high": 4096, "xhigh": 8192, "max": 16384}
_OFF = ("none", "disable", "disabled")
# The least that a 2.5 model may be asked to think; Pro cannot be told not to.
_LEAST_BUDGET = {"lite": 512, "flash": 1, "pro": 128}
_PRO_FLOOR = 128
# Which levels each Gemini 3 line has; an effort between two goes up, one below the least goes to the least.
_FLASH_LEVELS = ("minimal", "low", "medium", "high")
_PRO_LEVELS = ("low", "medium", "high")
_FIRST_PRO_LEVELS = ("low", "high")
_EFFORTS = ("minimal", "low", "medium", "high")


def effort_config(effort: Any, target: Target) -> dict[str, Any]:
    """The thinkingConfig of a `reasoning_effort`, given as OpenAI's word or as the Responses API's mapping.

    Raises:
        BadRequest: a word that is no effort.
    """
    word = effort.get("effort") if isinstance(effort, Mapping) else effort
    if word in _OFF:
        return _off(target.model)
    if word != "minimal" and word not in EFFORT_BUDGETS:
        raise BadRequest(
            f"reasoning_effort={effort!r} is not known: use one of none, minimal, {', '.join(EFFORT_BUDGETS)}",
            provider=target.provider,
            model=target.model,
        )
    if is_gemini_3(target.model):
        return {"thinkingLevel": _level(word, target.model), "includeThoughts": True}
    budget = _least(target.model) if word == "minimal" else EFFORT_BUDGETS[word]
    return {"thinkingBudget": budget, "includeThoughts": True}


def budget_config(thinking: Mapping[str, Any], target: Target) -> dict[str, Any]:
    """The thinkingConfig of Anthropic's `thinking` parameter: `{"type": "enabled", "budget_tokens": 2048}`."""
    budget = thinking.get("budget_tokens")
    if thinking.get("type") == "disabled" or budget == 0:
        return _off(target.model)
    config: dict[str, Any] = {"includeThoughts": True}
    if not isinstance(budget, int):
        return config
    if is_gemini_3(target.model):
        return {**config, "thinkingLevel": _level(_effort_of(budget), target.model)}
    return {**config, "thinkingBudget": budget}


def _off(model: str) -> dict[str, Any]:
    if is_gemini_3(model):
        return {"thinkingLevel": _levels(model)[0], "includeThoughts": False}
    return {"thinkingBudget": _PRO_FLOOR if _is_pro(model) else 0, "includeThoughts": False}


def _is_pro(model: str) -> bool:
    return "-pro" in model and version(model) >= (2, 5)


def _least(model: str) -> int:
    return next((budget for line, budget in _LEAST_BUDGET.items() if f"-{line}" in model), _PRO_FLOOR)


def _levels(model: str) -> tuple[str, ...]:
    if "flash" in model:
        return _FLASH_LEVELS
    return _FIRST_PRO_LEVELS if version(model) == (3, 0) else _PRO_LEVELS


def _level(effort: str, model: str) -> str:
    wanted = _EFFORTS.index(effort) if effort in _EFFORTS else len(_EFFORTS) - 1
    levels = _levels(model)
    return next(level for level in levels if _EFFORTS.index(level) >= wanted)


def _effort_of(budget: int) -> str:
    return next((effort for effort, tokens in EFFORT_BUDGETS.items() if budget <= tokens), "high")
