"""OpenAI's parameters as fields of Gemini's request, and where in the body each field belongs.

Source: https://ai.google.dev/api/generate-content#generationconfig
"""

from collections.abc import Callable, Mapping
from typing import Any

from litellm.core.errors import BadRequest, UnsupportedParams
from litellm.core.target import Target
from litellm.llms.gemini.chat.schema import json_schema, openapi_schema
from litellm.llms.gemini.chat.thinking import budget_config, effort_config
from litellm.llms.gemini.chat.tools import gemini_tools, tool_choice_config, tool_config
from litellm.llms.gemini.families import version

Fields = dict[str, Any]

_CONFIG = frozenset(
    "stopSequences responseMimeType responseSchema responseJsonSchema responseModalities candidateCount "
    "maxOutputTokens temperature topP topK seed presencePenalty frequencyPenalty responseLogprobs logprobs "
    "speechConfig thinkingConfig imageConfig mediaResolution audioTimestamp routingConfig "
    "enableEnhancedCivicAnswers".split()
)
_RENAMED = {
    "temperature": "temperature",
    "top_p": "topP",
    "max_tokens": "maxOutputTokens",
    "max_completion_tokens": "maxOutputTokens",
    "n": "candidateCount",
    "seed": "seed",
    "presence_penalty": "presencePenalty",
    "frequency_penalty": "frequencyPenalty",
    "logprobs": "responseLogprobs",
    "top_logprobs": "logprobs",
}
_TIERS = {"default": "standard"}
_JSON = "application/json"


def fields(params: Mapping[str, Any], target: Target) -> Fields:
    """The parameters as Gemini's fields, by name and still flat: `body` puts each in its place.

    Raises:
        BadRequest: a value that Gemini has no word for.
        UnsupportedParams: several tools that must not be called in parallel.
    """
    found: Fields = {_RENAMED[name]: value for name, value in params.items() if name in _RENAMED}
    for name, read in _READERS.items():
        if name in params:
            found.update(read(params[name], target))
    found.update(_tool_fields(params, target))
    return found


def body(given: Mapping[str, Any]) -> dict[str, Any]:
    """The body that flat fields make, each in camelCase: those of the generationConfig under it, the rest beside it."""
    config: Fields = {}
    placed: Fields = {}
    for name, value in given.items():
        field = camel(name)
        if field == "generationConfig":
            config.update({camel(key): item for key, item in value.items()})
        elif field in _CONFIG:
            config[field] = value
        else:
            placed[field if field != name and field in _BESIDE else name] = value
    return {**placed, "generationConfig": config} if config else placed


_BESIDE = frozenset("safetySettings cachedContent systemInstruction toolConfig serviceTier".split())


def camel(name: str) -> str:
    """`top_k` as `topK`; Google reads both, and one spelling keeps a field from being sent twice."""
    head, *rest = name.split("_")
    return head + "".join(word[:1].upper() + word[1:] for word in rest) if head else name


def _stop(value: Any, target: Target) -> Fields:
    return {"stopSequences": [value] if isinstance(value, str) else list(value)}


def _response_format(given: Any, target: Target) -> Fields:
    kind = given.get("type")
    if kind == "text":
        return {"responseMimeType": "text/plain"}
    schema = (given.get("json_schema") or {}).get("schema") or given.get("response_schema") or given.get("schema")
    if not schema:
        return {"responseMimeType": _JSON}
    if version(target.model) >= (2, 0):
        return {"responseMimeType": _JSON, "responseJsonSchema": json_schema(schema)}
    return {"responseMimeType": _JSON, "responseSchema": openapi_schema(schema, ordered=True)}


def _modalities(value: Any, target: Target) -> Fields:
    return {"responseModalities": [str(kind).upper() for kind in value]}


def _audio(given: Any, target: Target) -> Fields:
    """A voice; the answer is PCM of 16 bits at 24 kHz (https://ai.google.dev/gemini-api/docs/speech-generation)."""
    if given.get("format") not in (None, "pcm16", "pcm"):
        raise BadRequest(
            f"audio format {given['format']!r} is not known: Gemini speaks 'pcm16' only",
            provider=target.provider,
            model=target.model,
        )
    voice = given.get("voice")
    config = {"speechConfig": {"voiceConfig": {"prebuiltVoiceConfig": {"voiceName": voice}}}} if voice else {}
    return {"responseModalities": ["AUDIO"], **config}


def _effort(value: Any, target: Target) -> Fields:
    return {"thinkingConfig": effort_config(value, target)}


def _thinking(value: Any, target: Target) -> Fields:
    return {"thinkingConfig": budget_config(value, target)}


def _tier(value: Any, target: Target) -> Fields:
    return {} if value == "auto" else {"serviceTier": _TIERS.get(value, value)}


_READERS: dict[str, Callable[[Any, Target], Fields]] = {
    "stop": _stop,
    "response_format": _response_format,
    "modalities": _modalities,
    "audio": _audio,
    "reasoning_effort": _effort,
    "thinking": _thinking,
    "service_tier": _tier,
}


def _tool_fields(params: Mapping[str, Any], target: Target) -> Fields:
    given = [*(params.get("tools") or ()), *({"function": function} for function in params.get("functions") or ())]
    _check_parallel(params, len(given), target)
    tools = gemini_tools(given, target)
    if "web_search_options" in params and not any("googleSearch" in tool for tool in tools):
        tools.append({"googleSearch": {}})
    config = tool_config(given)
    if "tool_choice" in params:
        config["functionCallingConfig"] = tool_choice_config(params["tool_choice"], target)
    if params.get("include_server_side_tool_invocations"):
        config["includeServerSideToolInvocations"] = True
    return {**({"tools": tools} if tools else {}), **({"toolConfig": config} if config else {})}


def _check_parallel(params: Mapping[str, Any], tools: int, target: Target) -> None:
    """Gemini cannot be kept from calling several tools at once; with one tool the wish is granted anyway."""
    if params.get("parallel_tool_calls") is not False or tools < 2 or target.drop_params:
        return
    raise UnsupportedParams(
        f"parallel_tool_calls=False is not supported by {target.provider} with {tools} tools: give one tool, or pass "
        "drop_params=True to let the model decide",
        provider=target.provider,
        model=target.model,
    )
