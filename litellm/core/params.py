"""Which of a call's parameters reach the provider: checking, dropping and cutting, without knowing any provider."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from litellm.core.call import Options
from litellm.core.errors import UnsupportedParams

# Parameters that steer the transport of the answer, not the model: a provider that cannot take them loses nothing.
_HARMLESS = frozenset({"stream", "stream_options", "user", "max_retries"})
_STEP = re.compile(r"([^.\[\]]+)|\[(\*|\d+)\]")


def select(
    given: Mapping[str, Any],
    supported: Sequence[str],
    *,
    options: Options,
    drop: bool,
    provider: str,
    model: str,
) -> dict[str, Any]:
    """The given OpenAI parameters that the model takes.

    One it does not take is dropped when the caller asked for that (`drop_params`, `additional_drop_params`) and raises
    `UnsupportedParams` otherwise; `allowed_openai_params` lets it through.
    """
    always_dropped = options.additional_drop_params or ()
    allowed = options.allowed_openai_params or ()
    chosen: dict[str, Any] = {}
    refused: dict[str, Any] = {}
    for name, value in given.items():
        if name in always_dropped or name in _EMPTY_IS_ABSENT and not value:
            continue
        if name in supported or name in allowed:
            chosen[name] = value
        elif name not in _HARMLESS:
            refused[name] = value
    if refused and not drop:
        raise UnsupportedParams(
            f"{provider} does not support parameters: {sorted(refused)}, for model={model!r}. To drop these, set "
            "`litellm.drop_params=True` or pass drop_params=True; to send them all the same, pass "
            f"allowed_openai_params={sorted(refused)}",
            provider=provider,
            model=model,
        )
    return chosen


_EMPTY_IS_ABSENT = frozenset({"tools", "functions"})


def without(body: dict[str, Any], paths: Sequence[str]) -> dict[str, Any]:
    """The body less the values at `paths`: plain names, or nested like `tools[*].function.strict`."""
    for path in paths:
        steps = [name or index for name, index in _STEP.findall(path)]
        body = _cut(body, steps)
    return body


def _cut(value: Any, steps: Sequence[str]) -> Any:
    step, rest = steps[0], steps[1:]
    if isinstance(value, dict):
        if step not in value:
            return value
        if not rest:
            return {name: item for name, item in value.items() if name != step}
        return {**value, step: _cut(value[step], rest)}
    if isinstance(value, list) and (step == "*" or step.isdigit()):
        chosen = range(len(value)) if step == "*" else (int(step),)
        if not rest:
            return [item for place, item in enumerate(value) if place not in chosen]
        return [_cut(item, rest) if place in chosen else item for place, item in enumerate(value)]
    return value
