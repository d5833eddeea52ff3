"""No provider's name outside the adapters: the engine, the router and the gateway ask the config object."""

import ast
import re
from collections.abc import Iterator

from tests.architecture.sources import docstrings, modules, top, tree

ORDINARY_WORDS = {
    "a2a", "auto_router", "custom", "exa_ai", "github", "infinity", "inception", "manus", "meta", "morph", "petals",
    "poe", "stability", "synthetic", "transcribe", "triton", "v0", "valkey", "mongodb", "cursor", "topaz", "sap",
    "oci", "openai_like", "custom_openai", "litellm_proxy", "brave", "langfuse", "helicone", "humanloop", "dotprompt",
}  # fmt: skip
"""Provider ids that are words of the language, of Python or of other parts of the product too."""

NAMES_PROVIDERS = ("llms", "types", "constants")
"""The adapters, and the parts that are data only."""

ALLOWED: dict[str, dict[str, str]] = {
    "litellm": {"*": "the public names that LiteLLM 1.x has, and nothing else"},
    "litellm._lazy": {"*": "the table of public names and their homes"},
    "litellm._not_yet": {"*": "public names that are still to come"},
    "litellm._model_lists": {"*": "public lists are named after providers (`litellm.cohere_models`)"},
    "litellm.utils": {"openai": "public names such as `validate_and_fix_openai_tools`"},
    "litellm._settings": {"*": "public settings are named after providers (`litellm.openai_key`)"},
    "litellm.exceptions": {
        "openai": "exceptions subclass the openai SDK's",
        "azure": "AzureOpenAIError is a public name",
    },
    "litellm._openai_errors": {"openai": "stand-ins for the openai SDK's exceptions"},
    "litellm.core.foreign": {"openai": "recognises a client of the openai SDK that the user brought"},
    "litellm.core.tokens.tokenizers": {
        "huggingface": "the tokenizer library; `huggingface_tokenizer` is a public value"
    },
    "litellm.anthropic_interface": {"anthropic": "the public entrance in Anthropic's format"},
    "litellm.anthropic": {"anthropic": "the public entrance in Anthropic's format"},
    "litellm.main": {"openai": "`OpenAI` and `AzureOpenAI` are public names"},
}
"""Module (and all below it) to the provider names it may speak, each with its reason."""

CALL_SHAPE = (
    "openai_params",
    "OPENAI_CHAT_COMPLETION_PARAMS",
    "OPENAI_TEXT_COMPLETION_PARAMS",
    "OPENAI_EMBEDDING_PARAMS",
)
"""Public names where `openai` is the one call shape, not the vendor; a text that contains one of these is fine."""


def providers() -> set[str]:
    """Every provider id that is no ordinary word."""
    from litellm.types.utils import LlmProviders

    return {str(member.value) for member in LlmProviders} - ORDINARY_WORDS


def spoken(module: str) -> Iterator[tuple[int, str]]:
    """Line and text of every identifier and every string that code reads."""
    documents = docstrings(tree(module))
    for node in ast.walk(tree(module)):
        line = getattr(node, "lineno", 0)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documents:
            yield line, node.value
        for field in ("id", "attr", "arg", "name"):
            if isinstance(text := getattr(node, field, None), str):
                yield line, text


def names_in(text: str, ids: set[str]) -> set[str]:
    """Ids that are the text, its `provider/` prefix, or whole words of an identifier."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", text).lower()
    padded = f"_{words}_"
    if re.fullmatch(r"[\w./-]+", text) is None or any(shape in text for shape in CALL_SHAPE):
        return set()
    return {name for name in ids if f"_{name}_" in padded or words.startswith(f"{name}/")}


def allowed(module: str, name: str) -> bool:
    """Whether the list of reasons covers this name there."""
    homes = (
        ALLOWED[home] for home in ALLOWED if module == home or (home != "litellm" and module.startswith(f"{home}."))
    )
    return any("*" in names or any(part in name for part in names) for names in homes)


def test_the_rule_sees_names() -> None:
    ids = {"openai", "azure_ai", "xai"}
    assert names_in("is_azure_ai_model", ids) == {"azure_ai"}
    assert names_in("openai/gpt", ids) == names_in("OpenAIError".replace("AI", "ai"), ids) == {"openai"}
    assert names_in("an answer of openai", ids) == names_in("maxai", ids) == set()


def test_providers_are_named_in_adapters_only() -> None:
    ids = providers()
    found = [
        f"{module}:{line} {text!r}"
        for module in modules()
        if top(module) not in NAMES_PROVIDERS
        for line, text in spoken(module)
        for name in names_in(text, ids)
        if not allowed(module, name)
    ]
    assert found == []
