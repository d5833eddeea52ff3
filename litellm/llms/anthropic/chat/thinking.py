"""How long Claude thinks: OpenAI's `reasoning_effort` and Anthropic's `thinking`, for models of either kind.

Older models take a budget in tokens, newer ones decide by themselves under an effort.
Wire facts: https://platform.claude.com/docs/en/build-with-claude/extended-thinking (at least 1024 tokens, below
max_tokens), …/adaptive-thinking, …/effort.
"""

from collections.abc import Mapping
from typing import Any

from litellm.core.errors import BadRequest
from litellm.llms.anthropic.chat.models import can, takes_budgets

Params = dict[str, Any]

MIN_BUDGET = 1024
# What an answer may still be when the caller gave a budget for thinking and no limit.
ANSWER_TOKENS = 4096
BUDGETS = {"minimal": 1024, "low": 1024, "medium": 2048, "high": 4096, "xhigh": 8192, "max": 16384}


def effort_params(effort: Any, max_tokens: int | None, model: str, provider: str) -> Params:
    """The parameters that stand for a `reasoning_effort`: a word, or a dict that holds one as `effort`.

    A budget stays below `max_tokens`; where that leaves less than the least budget, the model does not think.
    Raises `BadRequest` for a word that nobody knows.
    """
    word = effort.get("effort") if isinstance(effort, Mapping) else effort
    if word in (None, "none", "default"):
        return {}
    if word not in BUDGETS:
        raise BadRequest(f"reasoning_effort must be one of {['none', *BUDGETS]}, got {word!r}")
    if can(model, "supports_adaptive_thinking", provider):
        return _adaptive(word, model, provider)
    budget = BUDGETS[word] if max_tokens is None else min(BUDGETS[word], max_tokens - 1)
    if budget < MIN_BUDGET:
        return {}
    params: Params = {"thinking": {"type": "enabled", "budget_tokens": budget}}
    if can(model, "supports_output_config", provider):
        params["output_config"] = {"effort": _level(word, model, provider)}
    return params


def _adaptive(word: str, model: str, provider: str) -> Params:
    # Without `display` the newest models keep their thinking to themselves.
    thinking = {"type": "adaptive", "display": "summarized"}
    return {"thinking": thinking, "output_config": {"effort": _level(word, model, provider)}}


def _level(word: str, model: str, provider: str) -> str:
    """The model's own level for an effort: the nearest below where it does not have that one."""
    if word == "minimal":
        return "low"
    if word == "max" and not can(model, "supports_max_reasoning_effort", provider):
        word = "xhigh"
    if word == "xhigh" and not can(model, "supports_xhigh_reasoning_effort", provider):
        word = "high"
    return word


def settled(params: Params, model: str, provider: str, default_max_tokens: int) -> Params:
    """The parameters with `thinking` in a form that the model takes, and with `max_tokens` above any budget."""
    params = _with_accepted_thinking(params, model, provider)
    thinking, limit = params.get("thinking"), params.get("max_tokens")
    budget = thinking.get("budget_tokens") if isinstance(thinking, Mapping) else None
    if budget and (limit is None or limit <= budget):
        return {**params, "max_tokens": budget + ANSWER_TOKENS}
    return params if limit is not None else {**params, "max_tokens": default_max_tokens}


def _with_accepted_thinking(params: Params, model: str, provider: str) -> Params:
    thinking = params.get("thinking")
    if not isinstance(thinking, Mapping) or thinking.get("type") != "enabled" or takes_budgets(model, provider):
        return params
    adaptive = _adaptive(_word(thinking.get("budget_tokens") or MIN_BUDGET), model, provider)
    if "display" in thinking:
        adaptive["thinking"]["display"] = thinking["display"]
    adaptive["output_config"] |= params.get("output_config") or {}
    return {**params, **adaptive}


def _word(budget: int) -> str:
    """The effort that a budget stands for."""
    reached = [word for word, tokens in BUDGETS.items() if tokens <= budget]
    return reached[-1] if reached else "low"


def thinks(params: Mapping[str, Any]) -> bool:
    """Whether a request asks for thinking."""
    thinking = params.get("thinking")
    return isinstance(thinking, Mapping) and thinking.get("type") in ("enabled", "adaptive")
