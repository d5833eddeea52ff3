"""What a Gemini model's name says where the model map has nothing to say. It knows names only, no requests."""

import re
from functools import lru_cache

from litellm.core.model_map import find_key, model_cost
from litellm.model_info import supports_audio_output, supports_reasoning

_GEMINI = re.compile(r"gemini-(?:[a-z]+-)*?(\d{1,2})(?!\d)(?:\.(\d+))?")
_OTHER_FAMILIES = re.compile(r"\b(gemma|learnlm|lyria|imagen|veo)")
_CURRENT = (2, 5)


@lru_cache(maxsize=256)
def version(model: str) -> tuple[int, int]:
    """The model's generation; a name without a number (`gemini-flash-latest`, a tuned model) counts as current.

    >>> version("gemini-3.1-pro-preview")
    (3, 1)
    """
    found = _GEMINI.search(model.lower())
    if found:
        return int(found[1]), int(found[2] or 0)
    return (1, 0) if _OTHER_FAMILIES.search(model.lower()) else _CURRENT


def is_gemini_3(model: str) -> bool:
    """Gemini 3 or newer: thinking has levels, signatures are checked, the temperature should stay at 1."""
    return version(model) >= (3, 0)


def thinks(model: str, provider: str) -> bool:
    """Whether the model takes a thinking configuration: the map's word, and for models it does not list the name's."""
    if supports_reasoning(model, provider):
        return True
    return find_key(model, provider) is None and (version(model) >= (2, 5) or "thinking" in model)


def speaks(model: str, provider: str) -> bool:
    """Whether the model answers in audio."""
    return "tts" in model or supports_audio_output(model, provider)


def takes_instructions(model: str, provider: str) -> bool:
    """Whether the model has a system instruction; all do but those of which the map says no (Gemma 3)."""
    key = find_key(model, provider)
    return key is None or model_cost()[key].get("supports_system_messages") is not False
