"""The model map as public data: `litellm.model_cost`, `model_list`, `models_by_provider` and the sets of LiteLLM 1.x.

Each is made when it is asked for, and made again when the map has changed.
"""

from functools import lru_cache
from typing import Any

from litellm import model_info
from litellm.core.model_map import load_model_map, replace_model_cost
from litellm.core.model_map import model_cost as current_map
from litellm.types.providers import LlmProviders

provider_list: list[LlmProviders] = list(LlmProviders)

model_cost: dict[str, dict[str, Any]]
"""Prices, limits and abilities by model; edit it, or use `register_model`."""
model_list: list[str]
model_list_set: set[str]
models_by_provider: dict[str, list[str]]
open_ai_chat_completion_models: set[str]
open_ai_text_completion_models: set[str]
open_ai_embedding_models: set[str]
cohere_models: set[str]
cohere_chat_models: set[str]
cohere_embedding_models: set[str]
anthropic_models: set[str]
openrouter_models: set[str]
vertex_language_models: set[str]
vertex_vision_models: set[str]
vertex_chat_models: set[str]
vertex_code_chat_models: set[str]
vertex_embedding_models: set[str]
vertex_anthropic_models: set[str]
ai21_models: set[str]
ai21_chat_models: set[str]
nlp_cloud_models: set[str]
bedrock_models: set[str]
bedrock_converse_models: set[str]
deepinfra_models: set[str]
perplexity_models: set[str]
replicate_models: set[str]
groq_models: set[str]
mistral_chat_models: set[str]
gemini_models: set[str]
xai_models: set[str]
deepseek_models: set[str]
azure_models: set[str]
watsonx_models: set[str]
together_ai_models: set[str]
ollama_models: set[str]
all_embedding_models: set[str]


def __getattr__(name: str) -> Any:
    if name == "model_cost":
        return current_map()
    if name not in __annotations__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    entries = current_map()
    return _made(name, id(entries), len(entries))


@lru_cache(maxsize=128)
def _made(name: str, identity: int, size: int) -> Any:
    if name == "model_list":
        return model_info.model_list()
    if name == "model_list_set":
        return set(model_info.model_list())
    if name == "models_by_provider":
        return model_info.models_by_provider()
    return model_info.model_set(name)


def restore_model_cost() -> None:
    """Go back to the map that comes with this package."""
    replace_model_cost(load_model_map())


__all__ = [*__annotations__, "replace_model_cost", "restore_model_cost"]
