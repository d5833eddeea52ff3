"""What OpenAI's model families take, where the model map does not say: parameters, and the values they may have.

Sources: https://platform.openai.com/docs/guides/reasoning, https://platform.openai.com/docs/guides/latest-model and the
API reference of chat completions.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from litellm.core.errors import UnsupportedParams
from litellm.core.target import Target

CHAT_PARAMS = (
    "frequency_penalty logit_bias logprobs top_logprobs max_tokens max_completion_tokens modalities prediction n "
    "presence_penalty seed stop stream stream_options temperature top_p tools tool_choice function_call functions "
    "max_retries extra_headers parallel_tool_calls audio web_search_options service_tier safety_identifier "
    "prompt_cache_key prompt_cache_retention store response_format user"
).split()

_O_SERIES = re.compile(r"(^|/)o[1-9](-|$)")
_GPT_5 = re.compile(r"(^|/)gpt-5(?:\.(\d+))?(-|$)")

_NOT_FOR_O_SERIES = frozenset({"frequency_penalty", "presence_penalty", "top_p", "logprobs", "top_logprobs"})
_NOT_FOR_GPT_5 = frozenset(
    "frequency_penalty presence_penalty top_p logprobs top_logprobs logit_bias stop modalities prediction audio "
    "web_search_options".split()
)
# From GPT-5.1 on, a model that is told not to reason (the default there) samples like any other; a Codex model never
# does, and from GPT-5.6 on log probabilities are gone again.
_BACK_SINCE_GPT_5_1 = frozenset({"top_p", "logprobs", "top_logprobs"})
_BACK_SINCE_GPT_5_6 = frozenset({"top_p"})
# What `map_params` renames or refuses by its value.
_MAPPED = _BACK_SINCE_GPT_5_1 | {"max_tokens", "max_completion_tokens", "temperature", "reasoning_effort"}


@lru_cache(maxsize=1024)
def is_o_series(model: str) -> bool:
    """o1, o3, o4 and their variants."""
    return bool(_O_SERIES.search(model))


@lru_cache(maxsize=1024)
def gpt_5_version(model: str) -> int | None:
    """The minor version of a GPT-5 reasoning model (0 for GPT-5 itself); None for others and for chat variants."""
    match = _GPT_5.search(model)
    if match is None or "-chat" in model:
        return None
    return int(match.group(2) or 0)


def reasons(model: str) -> bool:
    """Whether the model thinks before it answers, and so counts max_completion_tokens."""
    return is_o_series(model) or gpt_5_version(model) is not None


def supported_params(model: str, *, parallel_tool_calls: bool) -> list[str]:
    """OpenAI's chat parameters that this model takes; `parallel_tool_calls` is what the model map knows of that one."""
    version = gpt_5_version(model)
    if version is not None:
        refused = _NOT_FOR_GPT_5 - _samples_with(model, version)
        return [name for name in CHAT_PARAMS if name not in refused] + ["reasoning_effort", "verbosity"]
    if is_o_series(model):
        refused = _NOT_FOR_O_SERIES if parallel_tool_calls else _NOT_FOR_O_SERIES | {"parallel_tool_calls"}
        return [name for name in CHAT_PARAMS if name not in refused] + ["reasoning_effort"]
    return list(CHAT_PARAMS)


def unchanged_params(supported: Iterable[str], model: str) -> frozenset[str]:
    """Those of the supported parameters that `map_params` never touches."""
    return frozenset(supported) - _MAPPED if reasons(model) else frozenset(supported)


def _samples_with(model: str, version: int) -> frozenset[str]:
    """The sampling parameters that a GPT-5 model of this minor version takes when it does not reason."""
    if version < 1 or "codex" in model:
        return frozenset()
    return _BACK_SINCE_GPT_5_1 if version < 6 else _BACK_SINCE_GPT_5_6


def map_params(params: Mapping[str, Any], target: Target) -> dict[str, Any]:
    """The parameters as a model of this family wants them; raises `UnsupportedParams` for a value it refuses."""
    mapped = dict(params)
    if not reasons(target.family):
        return mapped
    if "max_tokens" in mapped:
        limit = mapped.pop("max_tokens")
        mapped.setdefault("max_completion_tokens", limit)
    for name in _refused_values(mapped, target.family):
        if not target.drop_params:
            raise UnsupportedParams(
                f"{target.model} does not take {name}={mapped[name]!r}: reasoning models sample with temperature 1. To "
                "drop it, set `litellm.drop_params=True` or pass drop_params=True",
                provider=target.provider,
                model=target.model,
            )
        del mapped[name]
    return mapped


def _refused_values(params: Mapping[str, Any], model: str) -> list[str]:
    version = gpt_5_version(model)
    may_sample = version is not None and version >= 1 and params.get("reasoning_effort") in (None, "none")
    if may_sample:
        return []
    refused = [name for name in _BACK_SINCE_GPT_5_1 if version and name in params]
    if params.get("temperature", 1) != 1:
        refused.append("temperature")
    return refused
