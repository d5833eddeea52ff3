"""Chat with Gemini over Google AI Studio: address, key, and the body put together.

`GeminiChat` knows the format (bodies, answers, streams) and serves every host of it; `GeminiConfig` adds Google AI
Studio's address and key. Source: https://ai.google.dev/api/generate-content
"""

from collections.abc import Mapping
from typing import Any

from litellm._settings import settings
from litellm.core import params as openai_params
from litellm.core.call import Call
from litellm.core.errors import ProviderError
from litellm.core.http import HttpResponse
from litellm.core.target import Target
from litellm.llms.base_llm.adapter import Fetch
from litellm.llms.base_llm.chat.transformation import BaseConfig
from litellm.llms.gemini.address import GoogleAIStudio
from litellm.llms.gemini.chat.contents import contents, details, instructions_as_user, system_instruction
from litellm.llms.gemini.chat.fetching import with_media_inline
from litellm.llms.gemini.chat.generation import body, fields
from litellm.llms.gemini.chat.media import resolution
from litellm.llms.gemini.chat.response import read_response
from litellm.llms.gemini.chat.streaming import GeminiStreamDecoder
from litellm.llms.gemini.errors import read_error
from litellm.llms.gemini.families import is_gemini_3, speaks, takes_instructions, thinks
from litellm.types.chat import ModelResponse

_SUPPORTED: tuple[str, ...] = tuple(
    "temperature top_p max_tokens max_completion_tokens stream tools tool_choice functions response_format n stop "
    "logprobs frequency_penalty presence_penalty modalities parallel_tool_calls web_search_options "
    "include_server_side_tool_invocations service_tier".split()
)


class GeminiChat(BaseConfig):
    """The generateContent format, wherever it is served."""

    # Taken although LiteLLM 1.x does not list them; Gemini's documentation does.
    also_taken: tuple[str, ...] = ("seed", "top_logprobs")

    def get_supported_openai_params(self, model: str) -> list[str]:
        names = list(_SUPPORTED)
        if thinks(model, self.provider):
            names += ["reasoning_effort", "thinking"]
        return [*names, "audio"] if speaks(model, self.provider) else names

    def map_openai_params(self, params: Mapping[str, Any], target: Target) -> dict[str, Any]:
        return fields(params, target)

    def provider_params(self, call: Call, target: Target) -> dict[str, Any]:
        given = openai_params.select(
            _with_own_schema(call),
            [*self.get_supported_openai_params(target.model), *self.also_taken],
            options=call.options,
            drop=target.drop_params,
            provider=target.provider,
            model=target.model,
        )
        return {**self.map_openai_params(given, target), **call.extra}

    def transform_request(self, content: Any, params: dict[str, Any], target: Target) -> dict[str, Any]:
        if not takes_instructions(target.model, self.provider):
            content = instructions_as_user(content)
        found: dict[str, Any] = {"contents": contents(content, target)}
        instruction = system_instruction(content)
        if instruction:
            found["systemInstruction"] = instruction
        asked = body(params)
        config = {**_defaults(content, target), **asked.pop("generationConfig", {})}
        if settings.vertex_ai_safety_settings:
            found["safetySettings"] = settings.vertex_ai_safety_settings
        return {**found, **asked, **({"generationConfig": config} if config else {})}

    def request_body(self, content: Any, call: Call, target: Target) -> dict[str, Any]:
        made = self.transform_request(content, self.provider_params(call, target), target)
        made = _merged(made, call.options.extra_body or {})
        return openai_params.without(made, call.options.additional_drop_params or ())

    def transform_response(self, response: HttpResponse, call: Call, target: Target) -> ModelResponse:
        return read_response(response, target)

    def transform_error(self, response: HttpResponse, target: Target) -> ProviderError:
        return read_error(response, target)

    def stream_decoder(self, call: Call, target: Target) -> GeminiStreamDecoder:
        return GeminiStreamDecoder(target)


class GeminiConfig(GoogleAIStudio, GeminiChat):
    """Chat over Google AI Studio."""

    provider = "gemini"

    def get_complete_url(self, target: Target, *, stream: bool = False) -> str:
        return self.model_url(target, "streamGenerateContent?alt=sse" if stream else "generateContent")

    def transform_request(self, content: Any, params: dict[str, Any], target: Target) -> dict[str, Any]:
        # Labels are for bills of Google Cloud; AI Studio refuses a request that has any.
        kept = {name: value for name, value in params.items() if name != "labels"}
        return super().transform_request(content, kept, target)

    async def load_media(self, content: Any, target: Target, fetch: Fetch) -> Any:
        return await with_media_inline(content, target, fetch)


def _defaults(messages: Any, target: Target) -> dict[str, Any]:
    """What the request says where the caller does not.

    Gemini 3 is made for a temperature of 1 (https://ai.google.dev/gemini-api/docs/gemini-3#temperature).
    """
    found: dict[str, Any] = {"temperature": 1.0} if is_gemini_3(target.model) else {}
    wanted = resolution(details(messages))
    return {**found, "mediaResolution": wanted} if wanted else found


def _with_own_schema(call: Call) -> Mapping[str, Any]:
    """The parameters; a pydantic class given as response_format speaks for itself, without OpenAI's strictness."""
    describe = getattr(call.response_schema, "model_json_schema", None) or getattr(call.response_schema, "schema", None)
    if describe is None or "response_format" not in call.params:
        return call.params
    return {**call.params, "response_format": {"type": "json_schema", "json_schema": {"schema": describe()}}}


def _merged(made: dict[str, Any], extra: Mapping[str, Any]) -> dict[str, Any]:
    """The body with the caller's additions, objects joined with objects: a generationConfig adds to the one made."""
    merged = dict(made)
    for name, value in extra.items():
        known = merged.get(name)
        merged[name] = _merged(known, value) if isinstance(known, dict) and isinstance(value, Mapping) else value
    return merged
