"""What a call would send, without sending it."""

from collections.abc import Mapping
from typing import Any

from litellm import _compose, _routes
from litellm.core import intake
from litellm.core.bridge import drive
from litellm.core.errors import ProviderError
from litellm.integrations.request_log import masked
from litellm.llms import directory
from litellm.types.providers import CallTypes

JSON = Mapping[str, Any]
_NO_SECRET = "my-fake-api-key"


def get_optional_params(
    model: str, custom_llm_provider: str = "", *, drop_params: bool | None = None, **params: Any
) -> dict[str, Any]:
    """The given OpenAI parameters in the provider's own words, as they would be sent.

    Raises UnsupportedParamsError for one that the model does not take, unless it is dropped.
    """
    given = {**params, "drop_params": drop_params, "custom_llm_provider": custom_llm_provider or None}

    def mapped() -> dict[str, Any]:
        route = _route(model, [{"role": "user", "content": ""}], given)
        return _routes.adapter(*route).provider_params(*route)  # type: ignore[no-any-return]

    return _compose.public(mapped)()


def _route(model: str, content: Any, given: JSON, endpoint: Any = "chat") -> Any:
    return _routes.route(intake.take(endpoint, model, content, given, call_id="unsent", now=0.0))


_ENDPOINTS = {"completion": "chat", "text_completion": "completion", "embedding": "embedding"}


def return_raw_request(endpoint: CallTypes, kwargs: JSON) -> dict[str, Any]:
    """The request that a call would send, without sending it.

    Arguments:
        endpoint: `CallTypes.completion`, `text_completion` or `embedding`.
        kwargs: the call's arguments.

    Returns `{"raw_request_api_base": str, "raw_request_body": dict, "raw_request_headers": dict with secrets masked,
    "error": None}`; where the request cannot be made, only `error` says why.
    """
    name = _ENDPOINTS.get(endpoint.value.removeprefix("a"))
    if name is None:
        return _no_request(f"endpoint {endpoint.value!r} is not known here: use one of {sorted(_ENDPOINTS)}")
    given = dict(kwargs)
    content = next((given.pop(field) for field in ("messages", "input", "prompt") if field in given), None)
    try:
        route = _route(given.pop("model", None), content, {"api_key": _NO_SECRET, **given}, name)
        return drive(_raw_request(*route))
    except ProviderError as error:
        return _no_request(error.message)


def _no_request(reason: str) -> dict[str, Any]:
    return {"raw_request_api_base": None, "raw_request_body": None, "raw_request_headers": None, "error": reason}


async def _raw_request(call: Any, target: Any) -> dict[str, Any]:
    adapter = _routes.adapter(call, target)
    ports = _compose.ports(asynchronous=False)
    content = await adapter.load_media(call.input, target, ports.fetch)
    url = adapter.get_complete_url(target, stream=call.stream)
    try:
        headers = {**adapter.validate_environment(target), **target.headers}
    except ProviderError:  # a sign-in that needs more than a key
        headers = dict(target.headers)
    return {
        "raw_request_api_base": directory.shown_address(target.provider, call.endpoint, url),
        "raw_request_body": adapter.request_body(content, call, target),
        "raw_request_headers": masked({"content-type": "application/json", **headers}),
        "error": None,
    }
