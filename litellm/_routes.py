"""Where a call goes, and where it goes next: its target, its adapter, its plan. Part of the SDK's composition root."""

import random
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from litellm._settings import settings
from litellm.constants import DEFAULT_RETRIES
from litellm.core import cache_marks, intake, retry_policy, tool_prompt
from litellm.core.call import Call, Options
from litellm.core.errors import BadRequest
from litellm.core.plan import Fallback, RetryPlan, Route
from litellm.core.target import Secret, Target, headers_for
from litellm.core.unavailable import refuse
from litellm.llms import custom_llm, registry
from litellm.llms.accounts import credentials
from litellm.llms.resolution import directed, find_provider
from litellm.types.call_arguments import DIRECTIONS


def route(call: Call) -> Route:
    """Where the call goes: its model's provider, with credentials from the call, the settings or the environment."""
    asked = settings.model_alias_map.get(call.model, call.model)
    options = call.options
    model, provider = provider_of(asked, options.custom_llm_provider, options.api_base, options.other)
    key, base = credentials(provider, options.api_key, options.api_base, settings)
    target = Target(
        provider=provider,
        model=model,
        base_model=options.base_model
        or (options.model_info or {}).get("base_model")
        or (asked if options.other.get("deployment_id") else None),
        api_key=Secret(key) if key else None,
        api_base=base,
        api_version=options.api_version or settings.api_version,
        organization=options.organization or settings.organization,
        headers={**(settings.headers or {}), **(options.headers or {}), **_headers_for(provider, options)},
        credentials=options.credentials,
        deadlines=intake.deadlines(call),
        drop_params=settings.drop_params if options.drop_params is None else options.drop_params,
        modify_params=settings.modify_params if options.modify_params is None else options.modify_params,
        client=options.client or (settings.aclient_session if call.asynchronous else settings.client_session),
    )
    if options.other or settings.add_function_to_prompt:
        call = _prompted(call, target)
    return Route(call, target)


def provider_of(model: Any, given: Any, api_base: Any, arguments: Mapping[str, Any]) -> tuple[str, str]:
    """The model's own name and its provider; `arguments` may direct the call elsewhere."""
    if not arguments:
        return find_provider(model, given, api_base)
    model, given = directed(model, given, arguments)
    return find_provider(model, given, api_base, own_way=arguments.get("use_litellm_proxy") is False)


def _headers_for(provider: str, options: Options) -> Mapping[str, str]:
    specific = options.other.get("provider_specific_header")
    return headers_for(provider, specific) if specific else {}


def _prompted(call: Call, target: Target) -> Call:
    """The call with its prompt as the user wants it for this target: marked for caching, tools told in words."""
    if call.endpoint != "chat":
        return call
    points = call.options.other.get("cache_control_injection_points")
    if points:
        call = cache_marks.injected(call, points)
    if settings.add_function_to_prompt and not tool_prompt.PARAMS.isdisjoint(call.params):
        chosen = adapter(call, target)
        if not chosen.local and "tools" not in chosen.get_supported_openai_params(target.family):
            call = tool_prompt.described(call)
    return call


def adapter(call: Call, target: Target) -> Any:
    """The adapter of one attempt: a mock where one is asked for, the user's own provider, or the registry's."""
    options = call.options
    if options.mock_response is not None or options.mock_tool_calls or options.mock_timeout:
        return registry.adapter(call.endpoint, "mock")
    handler = custom_llm.handler_of(target.provider) if settings.custom_provider_map else None
    if handler is not None:
        return custom_llm.CustomLLMConfig(handler)
    return registry.adapter(call.endpoint, target.provider)


def plan(call: Call) -> RetryPlan:
    """The SDK's plan: the call's route with its retries, then its fallbacks."""
    options = call.options
    return RetryPlan(
        routes=(route(call),),
        fallbacks=tuple(_fallback(call, entry) for entry in _fallbacks(options)),
        retries=_retries(options),
        constant_wait=options.retry_strategy == "constant_retry",
        jitter=random.random(),
        policy=retry_policy.numbers(policy) if (policy := options.other.get("retry_policy")) else None,
        context_window=_fallback_of(options.context_window_fallbacks or settings.context_window_fallbacks, call),
        content_policy=_fallback_of(options.content_policy_fallbacks or settings.content_policy_fallbacks, call),
    )


def _fallbacks(options: Options) -> Sequence[Any]:
    """The call's own fallbacks, which may be none at all, or else those of the settings."""
    if options.fallbacks is None:
        given = settings.fallbacks or settings.model_fallbacks or settings.default_fallbacks or ()
    else:
        given = options.fallbacks
    if isinstance(given, str):
        raise BadRequest(f"fallbacks={given!r}: give a list of models, such as [{given!r}]")
    return given


def _fallback(call: Call, entry: Any) -> Fallback:
    """What is asked for and cannot be done is said at once; where the fallback goes is found when it is needed."""
    if isinstance(entry, Mapping):
        refuse(entry, model=entry.get("model") or call.model)
    return Fallback(call, lambda: route(with_fallback(call, entry)))


def _retries(options: Options) -> int:
    for number in (options.num_retries, settings.num_retries):
        if number is not None:
            return number
    return DEFAULT_RETRIES


def with_fallback(call: Call, entry: Any) -> Call:
    """The call as a fallback entry changes it: a model's name, or arguments that win over the call's."""
    if isinstance(entry, str):
        return msgspec.structs.replace(call, model=entry, options=_without_account(call.options))
    if not isinstance(entry, Mapping):
        raise BadRequest(f"fallbacks: {entry!r} is neither a model's name nor a dict of a call's arguments")
    changed = intake.take(
        call.endpoint,
        entry.get("model") or call.model,
        entry.get("messages") or call.input,
        {name: value for name, value in entry.items() if name not in ("model", "messages")},
        call_id=call.id,
        now=call.started,
    )
    given = {
        name: value
        for name in Options.__struct_fields__
        if (value := getattr(changed.options, name)) != getattr(_NO_OPTIONS, name)
    }
    kept = _without_account(call.options)
    if "other" in given:
        given["other"] = {**kept.other, **given["other"]}
    return msgspec.structs.replace(
        call,
        model=changed.model,
        input=changed.input,
        params={**call.params, **changed.params},
        extra={**call.extra, **changed.extra},
        options=msgspec.structs.replace(kept, **given),
    )


_NO_OPTIONS = Options()


def _without_account(options: Options) -> Options:
    """The options less what belongs to the first provider's account."""
    other = {name: value for name, value in options.other.items() if name not in DIRECTIONS}
    return msgspec.structs.replace(
        options, api_key=None, api_base=None, api_version=None, custom_llm_provider=None, base_model=None, other=other
    )


def _fallback_of(mapping: Any, call: Call) -> Fallback | None:
    """The route for this call's model in a mapping, or a list of mappings, of model to fallback."""
    entries = mapping if isinstance(mapping, list) else [mapping] if mapping else []
    for entry in entries:
        chosen = entry.get(call.model) if isinstance(entry, Mapping) else entry
        if isinstance(chosen, list):
            chosen = chosen[0] if chosen else None
        if chosen:
            return _fallback(call, chosen)
    return None
