"""The SDK's composition root: settings, registry, plan, ports and hooks are put together here for one call.

The public functions are one line into `blocking` or `waiting`; both run the same coroutine.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache, wraps
from logging import DEBUG
from time import time
from typing import Any, ParamSpec, TypeVar

import msgspec

from litellm import exceptions
from litellm._logging import set_level, verbose_logger
from litellm._routes import adapter, plan, provider_of
from litellm._settings import settings
from litellm.constants import CONNECT_TIMEOUT
from litellm.core import durations, engine, intake, roles, rules
from litellm.core.assemble import assemble
from litellm.core.bridge import drive
from litellm.core.call import Call, Endpoint
from litellm.core.egress import Policy
from litellm.core.errors import BudgetExceeded, ProviderError
from litellm.core.hooks import NO_HOOKS, Hooks, Record
from litellm.core.http import Deadlines, HttpRequest, HttpResponse
from litellm.core.merged_reasoning import MergedChunks, merge_reasoning
from litellm.core.named_credentials import with_named
from litellm.core.plan import Plan
from litellm.core.public_stream import CustomStreamWrapper
from litellm.core.schema_check import require_schema
from litellm.core.settle import cost_of, hidden_params
from litellm.core.transport import AsyncPorts, BlockingPorts, TransportOptions
from litellm.core.unavailable import refuse
from litellm.llms import registry
from litellm.model_info import models_of

Plans = Callable[[Call], Plan]
"""What makes the plan of a call: the SDK's own, or a router's."""


def blocking(
    endpoint: Endpoint, model: Any, content: Any, given: Mapping[str, Any], plans: Plans = plan, through: Any = None
) -> Any:
    """Make the call and wait for it in this thread. Raises what `litellm.exceptions` lists.

    `through` are the ports it takes, by default those that the settings describe.
    """
    try:
        return drive(_run(endpoint, model, content, given, plans, through, asynchronous=False))
    except ProviderError as error:
        shown = exceptions.public(error)
        raise shown from exceptions.cause_of(shown, error)


async def waiting(
    endpoint: Endpoint, model: Any, content: Any, given: Mapping[str, Any], plans: Plans = plan, through: Any = None
) -> Any:
    """Make the call in the running event loop. Raises what `litellm.exceptions` lists."""
    try:
        return await _run(endpoint, model, content, given, plans, through, asynchronous=True)
    except ProviderError as error:
        shown = exceptions.public(error)
        raise shown from exceptions.cause_of(shown, error)


P = ParamSpec("P")
T = TypeVar("T")


def public(function: Callable[P, T]) -> Callable[P, T]:
    """A function of the engine as users call it: what it raises is what they catch."""

    @wraps(function)
    def called(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return function(*args, **kwargs)
        except ProviderError as error:
            shown = exceptions.public(error)
            raise shown from exceptions.cause_of(shown, error)

    return called


def shown(error: ProviderError) -> Exception:
    """What users catch for an error of the engine."""
    return exceptions.public(error)


def taken(endpoint: Endpoint, model: Any, content: Any, given: Mapping[str, Any]) -> Call:
    """The call in a public function's arguments."""
    return intake.take(endpoint, model, content, given, call_id=intake.new_id(), now=time())


def takes_prompts(model: Any, given: Mapping[str, Any]) -> bool:
    """Whether the model continues plain prompts, and so has no need of a chat."""
    base = given.get("api_base")
    name, provider = public(provider_of)(model, given.get("custom_llm_provider"), base, given)
    vendor = registry.row(provider)
    if vendor is not None:
        return vendor.completion
    if "chat" not in registry.PACKAGES.get(provider, {}):
        return True
    return "completion" in registry.PACKAGES[provider] and name in models_of((f"text-completion-{provider}",))


async def _run(
    endpoint: Endpoint,
    model: Any,
    content: Any,
    given: Mapping[str, Any],
    plans: Plans,
    through: Any,
    *,
    asynchronous: bool,
) -> Any:
    if settings.credential_list:
        given = with_named(given, settings.credential_list)
    started = time() if through is None else through.now()
    call = intake.take(endpoint, model, content, given, call_id=intake.new_id(), now=started)
    call = msgspec.structs.replace(call, asynchronous=asynchronous)
    if call.options.ensure_alternating_roles or call.options.supports_system_message is False:
        call = roles.arranged(call)
    if call.options.other:
        refuse(call.options.other, model=call.model)
    if settings.max_budget:
        _check_budget(call.started)
    hooks = _hooks(call)
    try:
        for rewrite in hooks.on_request:
            call = await rewrite(call)
        if settings.pre_call_rules:
            rules.check_prompt(settings.pre_call_rules, call)
        steps = plans(call)
        answer = await engine.run(
            steps,
            adapter,
            through or ports(asynchronous=asynchronous, verify=call.options.other.get("ssl_verify")),
            hooks=hooks,
            give_up_at=call.started + settings.request_timeout,
        )
    except BaseException as error:
        if hooks.on_record:
            _record(Record(call, None, None, _caught(error), call.started, time()), hooks)
        raise
    told = steps.explanation(answer.route)
    return _stream(answer, hooks, told) if call.stream else await _settle(answer, hooks, told)


def _accept(answer: engine.Answer, call: Call) -> None:
    """Put the user's own conditions to an answer, which raises where one is not met."""
    options, target = call.options, answer.route.target
    if options.merge_reasoning_content_in_choices:
        merge_reasoning(answer.result)
    if settings.post_call_rules:
        rules.check_answer(settings.post_call_rules, answer.result, provider=target.provider, model=target.model)
    validate = options.enable_json_schema_validation
    if settings.enable_json_schema_validation if validate is None else validate:
        wanted = call.params.get("response_format")
        require_schema(answer.result, wanted, provider=target.provider, model=target.model)


# -- before ----------------------------------------------------------------------------------------------------------


def _check_budget(now: float) -> None:
    if settings.budget_duration:
        _renew_budget(now, durations.seconds(settings.budget_duration, "litellm.budget_duration"))
    if settings._current_cost > settings.max_budget:
        error = BudgetExceeded(
            f"this process has spent {settings._current_cost} of litellm.max_budget={settings.max_budget} US dollars",
            status=settings.budget_exceeded_status_code,
        )
        error.spent, error.limit = settings._current_cost, settings.max_budget
        raise error


def _renew_budget(now: float, seconds: int) -> None:
    """Count what is spent from zero again when the running duration is over; it begins with the first call."""
    started = settings._budget_started
    if started and now < started + seconds:
        return
    if started:
        settings._current_cost = 0.0
    settings._budget_started = now


def _hooks(call: Call) -> Hooks:
    hooks = NO_HOOKS
    if not call.options.no_log and (_OWN_CALLBACKS & call.options.other.keys() or _any_callback()):
        from litellm.integrations.custom_logger import fold

        hooks = fold(settings, call.options.other)
    if settings.set_verbose or verbose_logger.isEnabledFor(DEBUG):
        from litellm.integrations.request_log import verbose

        if settings.set_verbose and not verbose_logger.isEnabledFor(DEBUG):
            set_level(DEBUG)
        hooks = verbose(hooks, with_content=not settings.turn_off_message_logging)
    return hooks


_OWN_CALLBACKS = frozenset({"callbacks", "success_callback", "failure_callback"})


def _any_callback() -> bool:
    return bool(
        settings.callbacks
        or settings.success_callback
        or settings.failure_callback
        or settings.input_callback
        or settings._async_input_callback
        or settings._async_success_callback
        or settings._async_failure_callback
    )


def ports(*, asynchronous: bool, verify: bool | str | None = None) -> Any:
    """The ports through which a call reaches the network, as the settings say; `verify` wins over `ssl_verify`."""
    options = _transport_options()
    return _ports(asynchronous, options if verify is None else options._replace(verify=verify), _egress_policy())


_BRIEF = Deadlines(CONNECT_TIMEOUT, 60.0, 60.0, 60.0)


def send(request: HttpRequest) -> HttpResponse:
    """Send one request of our own and wait for the answer; raises `ProviderError` when none comes."""
    return drive(ports(asynchronous=False).send(request, _BRIEF))  # type: ignore[no-any-return]


def _transport_options() -> TransportOptions:
    return TransportOptions(
        settings.ssl_verify,
        settings.ssl_certificate,
        settings.http2,
        settings.force_ipv4,
        settings.aiohttp_trust_env,
    )


def _egress_policy() -> Policy:
    return Policy(settings.user_url_validation, frozenset(settings.user_url_allowed_hosts))


@lru_cache(maxsize=32)
def _ports(asynchronous: bool, options: TransportOptions, policy: Policy) -> Any:
    return AsyncPorts(options, policy) if asynchronous else BlockingPorts(options, policy)


# -- after -----------------------------------------------------------------------------------------------------------


def _hidden(answer: engine.Answer, told: Mapping[str, Any]) -> dict[str, Any]:
    """`_hidden_params` of an answer, with what its plan tells of it."""
    hidden = hidden_params(answer, answer.route.call)
    if told:
        headers = {**hidden["additional_headers"], **told["additional_headers"]}
        hidden.update(told, additional_headers=headers)
    return hidden


async def _settle(answer: engine.Answer, hooks: Hooks, told: Mapping[str, Any]) -> Any:
    """Count what the answer cost, then let the user's conditions and hooks have their say: it is paid for anyway."""
    call, target = answer.route
    result, ended = answer.result, time()
    hidden = _hidden(answer, told)
    cost = hidden["response_cost"] = cost_of(result, call, target)
    result._hidden_params = {**getattr(result, "_hidden_params", {}), **hidden}
    result._response_headers = answer.headers
    result._response_ms = (ended - call.started) * 1000
    _spend(cost)
    error: BaseException | None = None
    try:
        _accept(answer, call)
        for change in hooks.on_response:
            result = await change(call, result)
    except BaseException as refusal:
        error = _caught(refusal)
        raise
    finally:
        if hooks.on_record:
            record = Record(
                call, target, result, error, call.started, ended, None, cost, answer.outcomes, answer.request,
                answer.body,
            )  # fmt: skip
            _record(record, hooks)
    return result


def _stream(answer: engine.Answer, hooks: Hooks, told: Mapping[str, Any]) -> CustomStreamWrapper:
    call, target = answer.route
    chunks = shown_chunks = answer.result
    chunks.counts = bool(hooks.on_record or settings.max_budget)
    for wrap in hooks.wrap_stream:
        shown_chunks = wrap(call, shown_chunks)
    hidden = _hidden(answer, told)
    stream = CustomStreamWrapper(
        shown_chunks,
        target.model,
        custom_llm_provider=target.provider,
        translate=_translate,
        hidden_params=hidden,
        response_headers=answer.headers,
        keep=bool(hooks.on_record),
        repeat_limit=settings.REPEATED_STREAMING_CHUNK_LIMIT,
        asynchronous=call.asynchronous,
        convert=MergedChunks() if call.options.merge_reasoning_content_in_choices else None,
    )

    def on_end(error: BaseException | None) -> None:
        error = error or stream.failure
        usage = chunks.usage or chunks.counted or (chunks.count() if chunks.counts else None)
        whole = assemble(stream.chunks, call, usage=usage) if hooks.on_record else None
        cost = cost_of(whole or {"model": target.model, "usage": usage}, call, target) if usage else None
        hidden["response_cost"] = cost
        _spend(cost)
        if hooks.on_record:
            record = Record(
                call, target, whole, error and _translate(error), call.started, time(), chunks.first_chunk_at, cost,
                answer.outcomes, answer.request,
            )  # fmt: skip
            _record(record, hooks)

    chunks.on_end = on_end
    return stream


def _caught(error: BaseException) -> BaseException:
    """What the caller of a whole answer catches for an error."""
    return exceptions.public(error) if isinstance(error, ProviderError) else error


def _translate(error: BaseException) -> BaseException:
    if isinstance(error, ProviderError):
        if error.original is None:
            return exceptions.public(error)
        error = error.original
    if isinstance(error, RuntimeError):
        return exceptions.InternalServerError(str(error))
    return error


def _spend(cost: float | None) -> None:
    if cost and settings.max_budget:
        import litellm

        litellm._current_cost += cost


def _record(record: Record, hooks: Hooks) -> None:
    for observe in hooks.on_record:
        observe(record)


def version() -> str:
    """This package's version."""
    import litellm

    return litellm.__version__
