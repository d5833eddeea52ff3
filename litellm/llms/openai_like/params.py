"""Which OpenAI parameters the vendors of the table take, and under which names.

Abilities of models come from the model map.
"""

from collections.abc import Mapping
from typing import Any

from litellm.core.model_map import find_key
from litellm.llms.openai_like.provider import Provider
from litellm.model_info import supports_function_calling, supports_reasoning

# https://platform.openai.com/docs/api-reference/chat/create, as most vendors take it.
USUAL: tuple[str, ...] = (
    "frequency_penalty",
    "logit_bias",
    "logprobs",
    "top_logprobs",
    "max_tokens",
    "max_completion_tokens",
    "modalities",
    "prediction",
    "n",
    "presence_penalty",
    "seed",
    "stop",
    "stream",
    "stream_options",
    "temperature",
    "top_p",
    "tools",
    "tool_choice",
    "function_call",
    "functions",
    "max_retries",
    "extra_headers",
    "parallel_tool_calls",
    "audio",
    "web_search_options",
    "service_tier",
    "safety_identifier",
    "prompt_cache_key",
    "prompt_cache_retention",
    "store",
    "response_format",
)
TOOL_PARAMS = frozenset({"tools", "tool_choice", "function_call", "functions", "parallel_tool_calls"})


def supported_params(vendor: Provider, model: str) -> list[str]:
    """The OpenAI parameters that `model` of this vendor takes.

    >>> "tools" in supported_params(Provider(name="acme", base=None), "a-model")
    True
    """
    names = list(USUAL if vendor.supported is None else sorted(vendor.supported))
    names += [name for name in sorted(vendor.more) if name not in names]
    if vendor.supported is None and "/" not in model and find_key(model, "openai"):
        names.append("user")
    if vendor.tools == "by model":
        names = _with_tools(names, vendor, model)
    for name, when in (("reasoning_effort", vendor.reasoning_effort), ("thinking", vendor.thinking)):
        if name not in names and (when == "always" or when == "by model" and supports_reasoning(model, vendor.name)):
            names.append(name)
    return [name for name in names if name not in vendor.unsupported]


def _with_tools(names: list[str], vendor: Provider, model: str) -> list[str]:
    kept = [name for name in names if name not in TOOL_PARAMS]
    if supports_function_calling(model, vendor.name):
        kept += [name for name in names if name in TOOL_PARAMS] or ["tools", "tool_choice"]
    return kept


def renamed(params: Mapping[str, Any], renames: Mapping[str, str]) -> dict[str, Any]:
    """The parameters under the vendor's names; a value given under the vendor's own name stays."""
    return {
        renames.get(name, name): value
        for name, value in params.items()
        if name not in renames or renames[name] not in params
    }
