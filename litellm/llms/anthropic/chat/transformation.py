"""Chat over Anthropic's Messages API: address, sign-in, and the request put together.

Claude at other vendors overrides address and sign-in, and says in three class attributes what its dialect lacks.
Wire facts: https://platform.claude.com/docs/en/api/messages.
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import msgspec

from litellm.core.call import Call
from litellm.core.errors import BadRequest, ProviderError
from litellm.core.http import HttpRequest, HttpResponse
from litellm.core.ports import Ports
from litellm.core.target import Target, env
from litellm.llms.anthropic.chat import betas, repair
from litellm.llms.anthropic.chat.content import inline_media
from litellm.llms.anthropic.chat.messages import to_prompt
from litellm.llms.anthropic.chat.models import can, max_output_tokens
from litellm.llms.anthropic.chat.names import changed_names
from litellm.llms.anthropic.chat.params import map_params, to_context_management, to_user_id
from litellm.llms.anthropic.chat.response import Reading, prefix_of, to_model_response
from litellm.llms.anthropic.chat.response_format import schema_of
from litellm.llms.anthropic.chat.streaming import AnthropicStreamDecoder
from litellm.llms.anthropic.chat.thinking import settled, thinks
from litellm.llms.base_llm.adapter import Fetch, encode_json
from litellm.llms.base_llm.chat.transformation import BaseConfig, StreamDecoder
from litellm.types.chat import ModelResponse

API_BASE = "https://api.anthropic.com"
API_VERSION = "2023-06-01"
OAUTH_PREFIX = "sk-ant-oat"

SUPPORTED = (
    "stream stop temperature top_p max_tokens max_completion_tokens tools tool_choice extra_headers "
    "parallel_tool_calls response_format user web_search_options speed context_management cache_control"
).split()
REASONING = ["thinking", "reasoning_effort"]


class AnthropicConfig(BaseConfig):
    """Chat with Claude at Anthropic.

    A vendor that serves Claude under its own address subclasses this and says in the class what its dialect lacks.
    """

    provider = "anthropic"
    native_structured_output: ClassVar[bool] = True
    late_system: ClassVar[bool] = True
    fetches_media: ClassVar[bool] = True

    # -- what the model takes ------------------------------------------------------------------------------------

    def get_supported_openai_params(self, model: str) -> list[str]:
        return SUPPORTED + (REASONING if can(model, "supports_reasoning", self.provider) else [])

    def takes_cache_marks(self, model: str) -> bool:
        return True

    def map_openai_params(self, params: Mapping[str, Any], target: Target) -> dict[str, Any]:
        native = can(target.family, "supports_native_structured_output", target.provider)
        return map_params(params, target, native_output=native and self.native_structured_output)

    def provider_params(self, call: Call, target: Target) -> dict[str, Any]:
        params = super().provider_params(_with_own_schema(call), target)
        if "context_management" in params:
            params["context_management"] = to_context_management(params["context_management"])
        user = to_user_id((call.options.metadata or {}).get("user_id"))
        return {"metadata": {"user_id": user}, **params} if user else params

    def default_max_tokens(self, target: Target) -> int:
        """The limit that is sent when the caller gives none: the API requires one."""
        return max_output_tokens(target.family, target.provider)

    # -- where it goes -------------------------------------------------------------------------------------------

    def get_complete_url(self, target: Target, *, stream: bool = False) -> str:
        base = (target.api_base or env("ANTHROPIC_API_BASE", "ANTHROPIC_BASE_URL") or API_BASE).rstrip("/")
        if base.endswith("/v1/messages"):
            return base
        return f"{base}/messages" if base.endswith("/v1") else f"{base}/v1/messages"

    def validate_environment(self, target: Target) -> dict[str, str]:
        version = {"anthropic-version": API_VERSION}
        if any(name.lower() in ("authorization", "x-api-key") for name in target.headers):
            return version
        key = target.key() or env("ANTHROPIC_API_KEY") or env("ANTHROPIC_AUTH_TOKEN") or self.require_key(target)
        if key.startswith(OAUTH_PREFIX):
            return {"authorization": f"Bearer {key}", **version, betas.HEADER: betas.OAUTH}
        if key == env("ANTHROPIC_AUTH_TOKEN"):
            return {"authorization": f"Bearer {key}", **version}
        return {"x-api-key": key, **version}

    def key_hint(self, target: Target) -> str:
        return "ANTHROPIC_API_KEY (or ANTHROPIC_AUTH_TOKEN)"

    # -- what is sent --------------------------------------------------------------------------------------------

    async def load_media(self, content: Any, target: Target, fetch: Fetch) -> Any:
        # The API fetches https addresses itself, and refuses plain http.
        wanted = "http://" if self.fetches_media else ("http://", "https://")
        return await inline_media(content, fetch, lambda url: url.startswith(wanted))

    def transform_request(self, content: Sequence[Any], params: dict[str, Any], target: Target) -> dict[str, Any]:
        late = self.late_system and can(target.family, "supports_mid_conversation_system", target.provider)
        messages = repair.repaired(content) if target.modify_params else content
        prompt = to_prompt(messages, late_system=late)
        if not prompt.turns:
            raise BadRequest(
                "Claude needs a message that is not a system message; pass modify_params=True to have one added",
                provider=target.provider,
                model=target.model,
            )
        if target.modify_params:
            params = _repaired_params(params, prompt.turns)
        params = settled(params, target.family, target.provider, self.default_max_tokens(target))
        body = {"model": target.model, "messages": prompt.turns, **params}
        if prompt.system and "system" not in params:
            body["system"] = prompt.system
        return body

    def request_headers(self, body: Mapping[str, Any], auth: Mapping[str, str], target: Target) -> dict[str, str]:
        """All headers: the sign-in's, the caller's last, the beta features of all of them in one."""
        headers = {"content-type": "application/json", **auth}
        headers.update((name.lower(), value) for name, value in target.headers.items())
        given = (auth.get(betas.HEADER), headers.get(betas.HEADER))
        wanted = betas.merged(betas.needed_betas(body, target.family, target.provider), *given)
        return {**headers, betas.HEADER: wanted} if wanted else headers

    async def prepare(self, call: Call, target: Target, ports: Ports) -> HttpRequest:
        content = await self.load_media(call.input, target, ports.fetch)
        body = self.request_body(content, call, target)
        auth = await self.authenticate(target, ports)
        url = self.get_complete_url(target, stream=call.stream)
        headers = self.request_headers(body, auth, target)
        return self.sign_request(HttpRequest("POST", url, headers, encode_json(body), call.stream), target)

    # -- what comes back -----------------------------------------------------------------------------------------

    def reading(self, call: Call) -> Reading:
        """How the answer to this call is read."""
        tools = [*(call.params.get("tools") or ()), *(call.params.get("functions") or ())]
        has_schema = schema_of(call.params.get("response_format")) is not None
        return Reading(changed_names(tools), json_mode=has_schema, prefix=prefix_of(call.input))

    def transform_response(self, response: HttpResponse, call: Call, target: Target) -> ModelResponse:
        return to_model_response(msgspec.json.decode(response.body), self.reading(call), target.model)

    def transform_error(self, response: HttpResponse, target: Target) -> ProviderError:
        error = super().transform_error(response, target)
        if type(error) is BadRequest:
            # LiteLLM 1.x says 400 for whatever Anthropic finds wrong with a request, be it 402 or 413 there.
            error.status = BadRequest.status
        return error

    def stream_decoder(self, call: Call, target: Target) -> StreamDecoder:
        return AnthropicStreamDecoder(self.reading(call), target)


def _with_own_schema(call: Call) -> Call:
    """The call with the schema that its answer's class gives: OpenAI's strict form would make every field required."""
    own = getattr(call.response_schema, "model_json_schema", None)
    if own is None:
        return call
    answer = {"type": "json_schema", "json_schema": {"name": call.response_schema.__name__, "schema": own()}}
    return msgspec.structs.replace(call, params={**call.params, "response_format": answer})


def _repaired_params(params: dict[str, Any], turns: list[dict[str, Any]]) -> dict[str, Any]:
    """The parameters that the conversation allows: a tool where it holds calls, no thinking where that cannot go on."""
    if not params.get("tools") and repair.uses_tools(turns):
        params = {**params, "tools": [repair.DUMMY_TOOL]}
    if thinks(params) and repair.lacks_thinking(turns):
        params = {name: value for name, value in params.items() if name != "thinking"}
    return params
