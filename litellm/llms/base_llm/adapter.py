"""The shape of every adapter: pure functions from a call to an HTTP request, and from an HTTP answer to a result.

An adapter does no I/O. Where a vendor's sign-in or a prompt's media need some, the way to do it is passed in.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, ClassVar, Generic, TypeVar

import msgspec

from litellm._settings import settings
from litellm.core import cache_marks
from litellm.core import params as openai_params
from litellm.core.call import Call
from litellm.core.errors import Authentication, InvalidResponse, ProviderError, classify, concealed, quote
from litellm.core.http import HttpRequest, HttpResponse
from litellm.core.ports import Ports
from litellm.core.streaming import ChunkStream
from litellm.core.target import Target

Result = TypeVar("Result")
Fetch = Callable[[str], Awaitable[HttpResponse]]

encode_json = msgspec.json.Encoder().encode


class BaseAdapter(Generic[Result]):
    """One endpoint of one provider.

    Override what differs; every method but `prepare` is pure. `provider` is the provider's public name.
    """

    provider: str = ""
    local: ClassVar[bool] = False
    stream_type: ClassVar[Any] = ChunkStream
    # How many stop sequences are sent of those given, where the provider documents a limit; None sends all.
    stop_limit: ClassVar[int | None] = None

    # -- what the model takes ------------------------------------------------------------------------------------

    def get_supported_openai_params(self, model: str) -> list[str]:
        """The OpenAI parameters that this model takes, by OpenAI's names."""
        raise NotImplementedError

    def map_openai_params(self, params: Mapping[str, Any], target: Target) -> dict[str, Any]:
        """OpenAI's parameters in the provider's words."""
        return dict(params)

    def unchanged_params(self, model: str) -> frozenset[str]:
        """The OpenAI parameters that this model gets as they were given.

        A request in OpenAI's format with no others is sent on as it is, but for the model's name, and so is its answer.
        Empty, as here, when requests or answers are always rewritten.
        """
        return frozenset()

    def takes_cache_marks(self, model: str) -> bool:
        """Whether `cache_control` in a prompt reaches the provider and says there what is kept."""
        return False

    # -- where it goes -------------------------------------------------------------------------------------------

    def get_complete_url(self, target: Target, *, stream: bool = False) -> str:
        """The URL to post to."""
        raise NotImplementedError

    def validate_environment(self, target: Target) -> dict[str, str]:
        """The headers that sign the request in; raises `Authentication` when a credential is missing."""
        return {"authorization": f"Bearer {self.require_key(target)}"}

    async def authenticate(self, target: Target, ports: Ports) -> dict[str, str]:
        """As `validate_environment`, where signing in takes a request of its own."""
        return self.validate_environment(target)

    def sign_request(self, request: HttpRequest, target: Target) -> HttpRequest:
        """The request with a signature over its final bytes."""
        return request

    # -- what is sent --------------------------------------------------------------------------------------------

    async def load_media(self, content: Any, target: Target, fetch: Fetch) -> Any:
        """The input with media that the provider does not fetch itself put in place."""
        return content

    def transform_request(self, content: Any, params: dict[str, Any], target: Target) -> dict[str, Any]:
        """The JSON body: `content` is the call's messages, prompt or texts, `params` the provider's own."""
        raise NotImplementedError

    # -- what comes back -----------------------------------------------------------------------------------------

    def transform_response(self, response: HttpResponse, call: Call, target: Target) -> Result:
        """The result of a 2xx answer; raises `InvalidResponse` for a body that is none."""
        raise NotImplementedError

    def transform_error(self, response: HttpResponse, target: Target) -> ProviderError:
        """The error that an answer outside 2xx stands for."""
        message = error_message(response.body) or f"upstream answered {response.status}: {quote(response.body)}"
        error = classify(
            response,
            message,
            provider=target.provider,
            model=target.model,
            prose=response.body.decode("utf-8", "replace"),
        )
        return concealed(error, target.key())

    # -- put together --------------------------------------------------------------------------------------------

    def provider_params(self, call: Call, target: Target) -> dict[str, Any]:
        """The call's parameters, checked against what the model takes, in the provider's words."""
        given = openai_params.select(
            call.params,
            self.get_supported_openai_params(target.family),
            options=call.options,
            drop=target.drop_params,
            provider=target.provider,
            model=target.model,
        )
        stops = given.get("stop")
        if self.stop_limit and isinstance(stops, list) and not settings.disable_stop_sequence_limit:
            given["stop"] = stops[: self.stop_limit]
        mapped = self.map_openai_params(given, target)
        mapped.update(call.extra)
        return mapped

    def request_body(self, content: Any, call: Call, target: Target) -> dict[str, Any]:
        """The whole JSON body of a call."""
        if settings.enable_anthropic_prompt_caching and self.takes_cache_marks(target.family):
            content = cache_marks.automatic(call, content)
        body = self.transform_request(content, self.provider_params(call, target), target)
        if call.options.extra_body:
            body = {**body, **call.options.extra_body}
        if call.options.additional_drop_params:
            body = openai_params.without(body, call.options.additional_drop_params)
        return body

    async def prepare(self, call: Call, target: Target, ports: Ports) -> HttpRequest:
        """The request of one attempt, ready to send; raises before anything is sent when the call is wrong."""
        content = await self.load_media(call.input, target, ports.fetch)
        body = self.request_body(content, call, target)
        auth = await self.authenticate(target, ports)
        # Names in any case are one header; the caller's wins.
        given = {name.lower(): value for name, value in target.headers.items()}
        headers = {"content-type": "application/json", **auth, **given}
        url = self.get_complete_url(target, stream=call.stream)
        return self.sign_request(HttpRequest("POST", url, headers, encode_json(body), call.stream), target)

    def require_key(self, target: Target) -> str:
        """The API key, or an error that says what to set."""
        key = target.key()
        if not key:
            raise Authentication(
                f"no API key for provider {target.provider!r} (model {target.model!r}): pass api_key=… or set "
                f"{self.key_hint(target)}",
                provider=target.provider,
                model=target.model,
            )
        return key

    def key_hint(self, target: Target) -> str:
        """The environment variables that hold this provider's key, for messages."""
        return f"{target.provider.upper().replace('-', '_')}_API_KEY"


def require_items(items: Any, what: str, response: HttpResponse, target: Target) -> None:
    """Raise `InvalidResponse`, quoting what was received, for a 200 whose list of answers is empty or no list."""
    if not isinstance(items, list) or not items:
        raise InvalidResponse(
            f"upstream answered 200 without any {what}: {quote(response.body)}",
            provider=target.provider,
            model=target.model,
            headers=response.headers,
            body=response.body,
        )


def error_message(body: bytes) -> str | None:
    """The human sentence in a JSON error body, wherever the vendor put it."""
    try:
        answer = msgspec.json.decode(body)
    except msgspec.DecodeError:
        return None
    return _sentence(answer)


def _sentence(answer: Any) -> str | None:
    if isinstance(answer, str):
        return answer or None
    if isinstance(answer, list):
        return _sentence(answer[0]) if answer else None
    if not isinstance(answer, dict):
        return None
    for name in ("error", "message", "detail", "error_message", "msg", "errors"):
        found = _sentence(answer.get(name))
        if found:
            return found
    return None
