"""Facts about providers that the model map cannot say per model. Data only: names, families, buckets, defaults.

Code that looks up or prices a model asks these tables and never names a provider itself.
"""

from typing import Final, NamedTuple

# A provider's name, as calls use it, and the further labels under which the map lists its models.
PROVIDER_FAMILIES: Final[dict[str, tuple[str, ...]]] = {
    "azure": ("azure_text",),
    "bedrock": ("bedrock_converse", "bedrock_mantle"),
    "codestral": ("text-completion-codestral",),
    "cohere": ("cohere_chat",),
    "cohere_chat": ("cohere",),
    "fireworks_ai": ("fireworks_ai-embedding-models",),
    "inception": ("text-completion-inception",),
    "openai": ("text-completion-openai",),
    "text-completion-openai": ("openai",),
    "sagemaker_chat": ("sagemaker",),
    "vertex_ai": (
        "vertex_ai-ai21_models",
        "vertex_ai-anthropic_models",
        "vertex_ai-deepseek_models",
        "vertex_ai-embedding-models",
        "vertex_ai-language-models",
        "vertex_ai-llama_models",
        "vertex_ai-minimax_models",
        "vertex_ai-mistral_models",
        "vertex_ai-moonshot_models",
        "vertex_ai-openai_models",
        "vertex_ai-qwen_models",
        "vertex_ai-text-models",
        "vertex_ai-video-models",
        "vertex_ai-zai_models",
    ),
    "vertex_ai_beta": ("vertex_ai", "vertex_ai-language-models"),
}

# Names that calls may use for another provider's key space in the map.
PROVIDER_ALIASES: Final[dict[str, str]] = {
    "azure_text": "azure",
    "bedrock_converse": "bedrock",
    "sagemaker_chat": "sagemaker",
    "text-completion-codestral": "codestral",
    "text-completion-inception": "inception",
    "vertex_ai_beta": "vertex_ai",
}

# Providers that forward to any other provider, so that an entry of any provider may price them.
FORWARDING_PROVIDERS: Final[frozenset[str]] = frozenset({"litellm_proxy"})

# Words between provider and model that choose a route, not a model.
ROUTE_WORDS: Final[frozenset[str]] = frozenset(
    {"chat", "completion", "converse", "converse_like", "invoke", "openai_like", "responses"}
)

# Inference profiles of Amazon Bedrock: a geography before the model's id.
# https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html
GEOGRAPHIES: Final[tuple[str, ...]] = ("us-gov", "global", "apac", "us", "eu", "ap", "au", "ca", "jp", "sa", "me")

# Providers that put their models under a fixed path and let callers leave it out.
MODEL_NAMESPACES: Final[dict[str, str]] = {"fireworks_ai": "accounts/fireworks/models/"}

# What every model of a provider can do, for models that the map does not list or does not describe.
PROVIDER_ABILITIES: Final[dict[str, frozenset[str]]] = {
    # https://docs.x.ai/docs/guides/tools/search-tools
    "xai": frozenset({"supports_web_search"}),
}

# Map labels whose searches are billed once per prompt, however many were made, unless the map's
# `web_search_billing_unit` is `per_query` or the model is one of SEARCH_BILLED_PER_QUERY; all others bill each search.
# https://ai.google.dev/gemini-api/docs/pricing https://docs.perplexity.ai/getting-started/pricing
SEARCH_BILLED_PER_PROMPT: Final[frozenset[str]] = frozenset(
    {"gemini", "perplexity", "vertex_ai", "vertex_ai-language-models"}
)
SEARCH_BILLED_PER_QUERY: Final[frozenset[str]] = frozenset({"perplexity/sonar-deep-research"})

# Map labels whose chat answers do not count searches: asking for them is the only sign.
SEARCH_UNCOUNTED: Final[frozenset[str]] = frozenset({"azure", "openai"})

# Dollars per file search call, by provider. https://platform.openai.com/docs/pricing
FILE_SEARCH_PRICES: Final[dict[str, float]] = {"openai": 0.0025, "azure": 0.0025}


class Bucket(NamedTuple):
    """Price entry `key` for models of up to `billions` of parameters."""

    billions: float
    key: str


class SizePricing(NamedTuple):
    """How a provider prices the models that it does not list: by parameters, mixtures of experts apart."""

    dense: tuple[Bucket, ...]
    mixtures: tuple[Bucket, ...] = ()
    embeddings: tuple[Bucket, ...] = ()
    default: str | None = None


_BEYOND: Final = float("inf")

# https://www.together.ai/pricing and https://fireworks.ai/pricing
SIZE_PRICING: Final[dict[str, SizePricing]] = {
    "together_ai": SizePricing(
        dense=(
            Bucket(4.0, "together-ai-up-to-4b"),
            Bucket(8.0, "together-ai-4.1b-8b"),
            Bucket(21.0, "together-ai-8.1b-21b"),
            Bucket(41.0, "together-ai-21.1b-41b"),
            Bucket(80.0, "together-ai-41.1b-80b"),
            Bucket(110.0, "together-ai-81.1b-110b"),
        ),
        embeddings=(
            Bucket(0.150, "together-ai-embedding-up-to-150m"),
            Bucket(0.350, "together-ai-embedding-151m-to-350m"),
        ),
    ),
    "fireworks_ai": SizePricing(
        dense=(
            Bucket(4.0, "fireworks-ai-up-to-4b"),
            Bucket(16.0, "fireworks-ai-4.1b-to-16b"),
            Bucket(_BEYOND, "fireworks-ai-above-16b"),
        ),
        mixtures=(Bucket(56.0, "fireworks-ai-moe-up-to-56b"), Bucket(176.0, "fireworks-ai-56b-to-176b")),
        embeddings=(
            Bucket(0.150, "fireworks-ai-embedding-up-to-150m"),
            Bucket(0.350, "fireworks-ai-embedding-150m-to-350m"),
        ),
        default="fireworks-ai-default",
    ),
}

_CHAT: Final[frozenset[str]] = frozenset({"chat", "responses"})
_EMBEDDING: Final[frozenset[str]] = frozenset({"embedding"})
_IMAGES: Final[frozenset[str]] = frozenset({"image_generation", "image_edit"})

# Public name of a set of models -> (map labels, modes; empty is all modes). Names as LiteLLM 1.x has them.
MODEL_SETS: Final[dict[str, tuple[frozenset[str], frozenset[str]]]] = {
    "open_ai_chat_completion_models": (frozenset({"openai"}), _CHAT),
    "open_ai_text_completion_models": (frozenset({"text-completion-openai"}), frozenset()),
    "open_ai_embedding_models": (frozenset({"openai"}), _EMBEDDING),
    "openai_image_generation_models": (frozenset({"openai"}), _IMAGES),
    "openai_video_generation_models": (frozenset({"openai"}), frozenset({"video_generation"})),
    "cohere_models": (frozenset({"cohere"}), frozenset()),
    "cohere_chat_models": (frozenset({"cohere_chat"}), frozenset()),
    "cohere_embedding_models": (frozenset({"cohere", "cohere_chat"}), _EMBEDDING),
    "bedrock_embedding_models": (frozenset({"bedrock"}), _EMBEDDING),
    "all_embedding_models": (frozenset(), _EMBEDDING),
    "mistral_chat_models": (frozenset({"mistral"}), frozenset()),
    "text_completion_codestral_models": (frozenset({"text-completion-codestral"}), frozenset()),
    "text_completion_inception_models": (frozenset({"text-completion-inception"}), frozenset()),
    "ai21_chat_models": (frozenset({"ai21"}), _CHAT),
    "vertex_language_models": (frozenset({"vertex_ai-language-models"}), frozenset()),
    "vertex_vision_models": (frozenset({"vertex_ai-vision-models"}), frozenset()),
    "vertex_chat_models": (frozenset({"vertex_ai-chat-models"}), frozenset()),
    "vertex_code_chat_models": (frozenset({"vertex_ai-code-chat-models"}), frozenset()),
    "vertex_text_models": (frozenset({"vertex_ai-text-models"}), frozenset()),
    "vertex_code_text_models": (frozenset({"vertex_ai-code-text-models"}), frozenset()),
    "vertex_embedding_models": (frozenset({"vertex_ai-embedding-models"}), frozenset()),
    "vertex_anthropic_models": (frozenset({"vertex_ai-anthropic_models"}), frozenset()),
    "vertex_llama3_models": (frozenset({"vertex_ai-llama_models"}), frozenset()),
    "vertex_deepseek_models": (frozenset({"vertex_ai-deepseek_models"}), frozenset()),
    "vertex_mistral_models": (frozenset({"vertex_ai-mistral_models"}), frozenset()),
    "vertex_ai_ai21_models": (frozenset({"vertex_ai-ai21_models"}), frozenset()),
    "vertex_ai_image_models": (frozenset({"vertex_ai-image-models"}), frozenset()),
    "vertex_ai_video_models": (frozenset({"vertex_ai-video-models"}), frozenset()),
    "vertex_openai_models": (frozenset({"vertex_ai-openai_models"}), frozenset()),
    "vertex_qwen_models": (frozenset({"vertex_ai-qwen_models"}), frozenset()),
    "vertex_minimax_models": (frozenset({"vertex_ai-minimax_models"}), frozenset()),
    "vertex_moonshot_models": (frozenset({"vertex_ai-moonshot_models"}), frozenset()),
    "vertex_zai_models": (frozenset({"vertex_ai-zai_models"}), frozenset()),
    "fireworks_ai_embedding_models": (frozenset({"fireworks_ai-embedding-models"}), frozenset()),
}
