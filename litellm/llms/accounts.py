"""Where each provider keeps its key and address: environment variables, settings, defaults. Data, and reading it.

OpenAI-compatible vendors say this in their rows; the others are listed here. Nothing is known of wire formats.
"""

from collections.abc import Mapping
from typing import Any

import msgspec

from litellm.core.target import env
from litellm.llms.openai_like.provider import Provider
from litellm.llms.openai_like.providers import PROVIDERS


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """How a provider is signed in to.

    `needs` lists what must be in the environment when nothing is passed: each entry one variable, or several of which
    one is enough. `key_env` and `base_env` are read in order; `base` is the default address where resolution tells it.
    """

    key_env: tuple[str, ...] = ()
    base_env: tuple[str, ...] = ()
    base: str | None = None
    key: str | None = None
    needs: tuple[tuple[str, ...], ...] = ()
    announced: bool = False


def _keyed(*names: str, base_env: tuple[str, ...] = ()) -> Account:
    return Account(key_env=names, base_env=base_env, needs=((names[0],),))


_AWS = Account(needs=(("AWS_ACCESS_KEY_ID",), ("AWS_SECRET_ACCESS_KEY",)))
_OLLAMA = Account(
    key_env=("OLLAMA_API_KEY",), base_env=("OLLAMA_API_BASE",), base="http://localhost:11434", announced=True
)
_COHERE = _keyed("COHERE_API_KEY", "CO_API_KEY", base_env=("COHERE_API_BASE",))
_VERTEX = Account(base_env=("VERTEXAI_API_BASE",), needs=(("VERTEXAI_PROJECT",), ("VERTEXAI_LOCATION",)))
_AZURE = Account(
    key_env=("AZURE_API_KEY", "AZURE_OPENAI_API_KEY"),
    base_env=("AZURE_API_BASE",),
    needs=(("AZURE_API_BASE",), ("AZURE_API_VERSION",), ("AZURE_API_KEY",)),
)
_OPENAI = _keyed("OPENAI_API_KEY", base_env=("OPENAI_BASE_URL", "OPENAI_API_BASE"))

ACCOUNTS: Mapping[str, Account] = {
    "anthropic": _keyed("ANTHROPIC_API_KEY", base_env=("ANTHROPIC_API_BASE", "ANTHROPIC_BASE_URL")),
    "anthropic_text": _keyed("ANTHROPIC_API_KEY", base_env=("ANTHROPIC_API_BASE", "ANTHROPIC_BASE_URL")),
    "azure": _AZURE,
    "azure_text": _AZURE,
    "bedrock": _AWS,
    "black_forest_labs": _keyed("BFL_API_KEY", "BLACK_FOREST_LABS_API_KEY", base_env=("BFL_API_BASE",)),
    "bytez": _keyed("BYTEZ_API_KEY"),
    "cohere": _COHERE,
    "cohere_chat": _COHERE,
    "deepgram": _keyed("DEEPGRAM_API_KEY", base_env=("DEEPGRAM_API_BASE",)),
    "elevenlabs": _keyed("ELEVENLABS_API_KEY", base_env=("ELEVENLABS_API_BASE",)),
    "fal_ai": _keyed("FAL_AI_API_KEY", base_env=("FAL_AI_API_BASE",)),
    "gemini": Account(
        key_env=("GOOGLE_API_KEY", "GEMINI_API_KEY"),
        base_env=("GEMINI_API_BASE",),
        needs=(("GOOGLE_API_KEY", "GEMINI_API_KEY"),),
    ),
    "nlp_cloud": _keyed("NLP_CLOUD_API_KEY"),
    "ollama": _OLLAMA,
    "ollama_chat": _OLLAMA,
    "openai": _OPENAI,
    "replicate": _keyed("REPLICATE_API_KEY", "REPLICATE_API_TOKEN"),
    "recraft": _keyed("RECRAFT_API_KEY", base_env=("RECRAFT_API_BASE",)),
    "runwayml": _keyed("RUNWAYML_API_KEY", "RUNWAYML_API_SECRET", base_env=("RUNWAYML_API_BASE",)),
    "sagemaker": _AWS,
    "sagemaker_chat": _AWS,
    "snowflake": Account(
        key_env=("SNOWFLAKE_JWT",),
        base_env=("SNOWFLAKE_API_BASE",),
        needs=(("SNOWFLAKE_JWT",), ("SNOWFLAKE_ACCOUNT_ID",)),
    ),
    "stability": _keyed("STABILITY_API_KEY", base_env=("STABILITY_API_BASE",)),
    "text-completion-codestral": _keyed("CODESTRAL_API_KEY"),
    "text-completion-inception": _keyed("INCEPTION_API_KEY"),
    "text-completion-openai": _OPENAI,
    "topaz": _keyed("TOPAZ_API_KEY", base_env=("TOPAZ_API_BASE",)),
    "vertex_ai": _VERTEX,
    "vertex_ai_beta": _VERTEX,
    "watsonx": Account(
        key_env=("WATSONX_APIKEY", "WATSONX_API_KEY", "WX_API_KEY"),
        base_env=("WATSONX_API_BASE", "WATSONX_URL", "WX_URL", "WML_URL"),
        needs=(("WATSONX_APIKEY", "WATSONX_API_KEY", "WX_API_KEY"), ("WATSONX_API_BASE", "WATSONX_URL", "WX_URL")),
    ),
}

# Settings that hold a provider's key under another name than `<provider>_key`.
_KEY_SETTINGS: Mapping[str, tuple[str, ...]] = {
    "ai21_chat": ("ai21_key",),
    "anthropic_text": ("anthropic_key",),
    "azure_text": ("azure_key",),
    "cohere_chat": ("cohere_key",),
    "lambda_ai": ("lambda_key",),
    "ollama_chat": ("ollama_key",),
    "qwen_ai_platform": ("dashscope_key",),
    "qwencloud": ("dashscope_key",),
    "text-completion-codestral": ("codestral_key",),
    "text-completion-inception": ("inception_key",),
    "text-completion-openai": ("openai_key",),
    "together_ai": ("togetherai_api_key", "together_ai_key"),
}


def _accounts_of_rows() -> dict[str, Account]:
    return {
        name: Account(
            key_env=row.key_env,
            base_env=row.base_env,
            base=row.base,
            key=row.default_key,
            needs=_needs(row),
            announced=row.announced,
        )
        for name, row in PROVIDERS.items()
    }


def _needs(row: Provider) -> tuple[tuple[str, ...], ...]:
    key = ((row.key_name or row.key_env[0],),) if row.key_required and row.key_env else ()
    # Where a vendor has no address of its own, the user's is as necessary as the key.
    address = ((row.base_env[0],),) if row.key_required and row.base is None and row.base_env else ()
    return key + address


_ALL: Mapping[str, Account] = {**_accounts_of_rows(), **ACCOUNTS}
_NONE = Account()


def account(provider: str) -> Account:
    """How `provider` is signed in to; an empty account for one that we know nothing of."""
    return _ALL.get(provider, _NONE)


def credentials(
    provider: str, api_key: str | None = None, api_base: str | None = None, settings: Any = None
) -> tuple[str | None, str | None]:
    """The key and the address of one call to `provider`.

    What the caller gave comes first, then `litellm.<provider>_key`, `litellm.api_key`, the provider's environment
    variables in order. The address is None where the provider's own default holds.

    Arguments:
        settings: an object with the settings as attributes; None reads no setting.

    >>> credentials("groq", "gsk-1", "https://example.org/v1")
    ('gsk-1', 'https://example.org/v1')
    """
    known = account(provider)
    key = api_key or _key_setting(provider, settings) or env(*known.key_env) or known.key
    base = api_base or env(*known.base_env) or getattr(settings, "api_base", None)
    return key, base


def _key_setting(provider: str, settings: Any) -> str | None:
    if settings is None:
        return None
    stem = provider.replace("-", "_")
    for name in (*_KEY_SETTINGS.get(provider, ()), f"{stem}_key", f"{stem}_api_key", "api_key"):
        value: str | None = getattr(settings, name, None)
        if value:
            return value
    return None


def missing_keys(provider: str, *, api_key: str | None = None, api_base: str | None = None) -> list[str]:
    """The environment variables that a call to `provider` still needs, given what is passed.

    >>> missing_keys("groq", api_key="gsk-1")
    []
    """
    known = account(provider)
    missing: list[str] = []
    for names in known.needs:
        given = (api_key and set(names) & set(known.key_env)) or (api_base and set(names) & set(known.base_env))
        if not given and not env(*names, *(known.key_env if set(names) & set(known.key_env) else ())):
            missing.extend(names)
    return missing
