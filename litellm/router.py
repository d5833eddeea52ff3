"""The Router's public methods. What it decides with is in `router_utils`; what it decides is executed by the engine."""

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from random import Random
from typing import Any

from litellm import _compose
from litellm._not_yet import NOT_YET, refuse
from litellm._settings import settings as sdk
from litellm.core import intake
from litellm.core.call import Call, Endpoint
from litellm.core.errors import ProviderError
from litellm.core.ports import Ports
from litellm.core.public_stream import CustomStreamWrapper
from litellm.core.text_bridge import as_messages, as_text, as_text_chunk
from litellm.main import MODERATION
from litellm.router_strategy.custom import custom_strategy
from litellm.router_utils.catalog import Group
from litellm.router_utils.cooldowns import USUAL_ALLOWED_FAILS
from litellm.router_utils.health import check, checkable, report
from litellm.router_utils.model_list import ModelList
from litellm.router_utils.plan import RouterPlan, unknown
from litellm.router_utils.requests import CallRequest
from litellm.router_utils.routing import Routing
from litellm.router_utils.scheduler import Scheduler
from litellm.router_utils.sharing import shared_state
from litellm.router_utils.validation import read_settings
from litellm.types.chat import ModelResponse
from litellm.types.completion import TextCompletionResponse
from litellm.types.embedding import EmbeddingResponse
from litellm.types.moderation import OpenAIModerationResponse

Answer = ModelResponse | CustomStreamWrapper
Messages = Sequence[Any]


class Router(ModelList):
    """Many deployments that answer like one: load balancing, retries, fallbacks, cooldowns, limits.

    Arguments:
        model_list: deployments, each a dict of `model_name` (the name that calls ask for; several of one name share its
            calls; a `*` stands for anything), `litellm_params` (arguments of its calls, `model` among them) and
            `model_info`.
        settings: what docs/routing.md lists, such as `num_retries`, `fallbacks`, `routing_strategy`, `timeout`.

    Raises ValueError for an argument that is unknown or wrong, naming it and the nearest valid one.

    Example:
        router = litellm.Router(
            [
                {"model_name": "gpt", "litellm_params": {"model": "openai/gpt-4o", "api_key": "sk-..."}},
                {"model_name": "gpt", "litellm_params": {"model": "azure/my-gpt", "api_base": "https://..."}},
            ],
            num_retries=2,
        )
        response = router.completion("gpt", [{"role": "user", "content": "Hello"}])
    """

    def __init__(self, model_list: Sequence[Any] | None = None, **settings: Any) -> None:
        entries = self._readable(model_list or (), bool(settings.get("ignore_invalid_deployments")))
        for name, inherited in _inherited().items():
            if settings.get(name) is None and inherited is not None:
                settings[name] = inherited
        self._arguments = settings
        self._rng = Random()
        self._through: Callable[[bool], Ports] | None = None
        self.settings = read_settings(settings, [each["model_name"] for each in entries])
        self.routing = self._routing(entries)
        self._scheduler = Scheduler()

    def _routing(self, entries: Sequence[Mapping[str, Any]]) -> Routing:
        try:
            return Routing(self.settings, entries, rng=self._rng, shared=shared_state(self.settings))
        except ProviderError as wrong:
            raise ValueError(wrong.message) from wrong

    # -- calls ---------------------------------------------------------------------------------------------------

    def completion(self, model: str, messages: Messages, **kwargs: Any) -> Any:
        """Complete a chat with one of the model group's deployments; arguments as for `litellm.completion`."""
        return self._blocking("chat", model, messages, kwargs)

    async def acompletion(self, model: str, messages: Messages, **kwargs: Any) -> Any:
        """As `completion`, in the running event loop; with `priority` (0 first … 255) it may wait for its turn."""
        own = kwargs.pop("priority", None)
        priority = self.settings.default_priority if own is None else own
        if priority is not None:
            return await self.schedule_acompletion(model, messages, priority, **kwargs)
        return await self._waiting("chat", model, messages, kwargs)

    def text_completion(self, model: str, prompt: Any, **kwargs: Any) -> Any:
        """Continue a prompt; deployments that only chat are asked in their way."""
        if self._takes_prompts(model):
            return self._blocking("completion", model, prompt, kwargs)
        return _texts(self._blocking("chat", model, _compose.public(as_messages)(prompt), kwargs))

    async def atext_completion(self, model: str, prompt: Any, **kwargs: Any) -> Any:
        """As `text_completion`, in the running event loop."""
        if self._takes_prompts(model):
            return await self._waiting("completion", model, prompt, kwargs)
        return _texts(await self._waiting("chat", model, _compose.public(as_messages)(prompt), kwargs))

    def embedding(self, model: str, input: Any, **kwargs: Any) -> EmbeddingResponse:
        """Embed texts with one of the model group's deployments."""
        return self._blocking("embedding", model, input, kwargs)  # type: ignore[no-any-return]

    async def aembedding(self, model: str, input: Any, **kwargs: Any) -> EmbeddingResponse:
        """As `embedding`, in the running event loop."""
        return await self._waiting("embedding", model, input, kwargs)  # type: ignore[no-any-return]

    def moderation(self, input: Any, model: str | None = None, **kwargs: Any) -> OpenAIModerationResponse:
        """Ask a moderation model about texts."""
        return self._blocking("moderation", model or MODERATION, input, kwargs)  # type: ignore[no-any-return]

    async def amoderation(self, input: Any, model: str | None = None, **kwargs: Any) -> OpenAIModerationResponse:
        """As `moderation`, in the running event loop."""
        return await self._waiting("moderation", model or MODERATION, input, kwargs)  # type: ignore[no-any-return]

    def __getattr__(self, name: str) -> Any:
        """The calls that no deployment can be asked for yet: they refuse as the functions of the same name do."""
        if name in NOT_YET:
            return lambda *args, **kwargs: refuse(name)
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")

    # -- many at once --------------------------------------------------------------------------------------------

    async def abatch_completion(self, models: Sequence[str], messages: Any, **kwargs: Any) -> list[Any]:
        """Ask several model groups the same, or each of several conversations.

        Answers a list in the order of `models`, an exception in the place of what failed; with several conversations
        (a list of lists of messages) one such list for each of them.
        """

        async def ask(model: str, conversation: Messages) -> Any:
            try:
                return await self.acompletion(model, conversation, **kwargs)
            except Exception as error:
                return error

        if messages and isinstance(messages[0], list):
            rows = [asyncio.gather(*(ask(model, each) for model in models)) for each in messages]
            return [list(row) for row in await asyncio.gather(*rows)]
        return list(await asyncio.gather(*(ask(model, messages) for model in models)))

    async def abatch_completion_one_model_multiple_requests(
        self, model: str, messages: Sequence[Messages], **kwargs: Any
    ) -> list[Any]:
        """Ask one model group about each of several conversations; an exception stands where one failed."""
        calls = (self.acompletion(model, conversation, **kwargs) for conversation in messages)
        return list(await asyncio.gather(*calls, return_exceptions=True))

    async def abatch_completion_fastest_response(self, model: str, messages: Messages, **kwargs: Any) -> Any:
        """Ask several model groups at once (`model`: names with commas) and answer with the first answer.

        The others are cancelled. Raises the last error when all of them fail.
        """
        names = [name.strip() for name in model.split(",") if name.strip()]
        if not names:
            raise ValueError(f"model={model!r}: give the names of model groups with commas between them")
        running = {asyncio.ensure_future(self.acompletion(name, messages, **kwargs)) for name in names}
        late = set(running)
        try:
            while True:
                done, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
                first = next((each for each in done if each.exception() is None), None)
                if first is not None:
                    late.discard(first)
                    return first.result()
                if not running:
                    return done.pop().result()
        finally:
            await _leave(late)

    async def schedule_acompletion(self, model: str, messages: Messages, priority: int, **kwargs: Any) -> Any:
        """As `acompletion`, after those of the same group whose `priority` is lower, while no deployment is free.

        Raises `litellm.Timeout` when its turn does not come within the call's `timeout`.
        """
        seconds = _patience(kwargs.get("timeout") or self.settings.timeout)
        ports = self._ports(asynchronous=True)
        with self._scheduler.place(self.routing.catalog.target(model), priority) as place:
            until = ports.now() + seconds
            while not (place.is_first() or self._is_free(model, ports.now())):
                if ports.now() >= until:
                    raise _compose.shown(place.late(model, seconds))
                await ports.sleep(self.settings.polling_interval)
        return await self._waiting("chat", model, messages, kwargs)

    def _is_free(self, model: str, now: float) -> bool:
        group = self._group(model)
        return group is None or bool(self.routing.healthy(group, now))

    def _group(self, model: Any) -> Group | None:
        """The group of a name; what is wrong with a name is said when its call is made."""
        try:
            return self.routing.catalog.find(model) if isinstance(model, str) else None
        except ProviderError:
            return None

    # -- one call ------------------------------------------------------------------------------------------------

    def _blocking(self, endpoint: Endpoint, model: Any, content: Any, given: Mapping[str, Any]) -> Any:
        ports = self._ports(asynchronous=False)
        self._mirror(endpoint, model, content, given, ports)
        return _compose.blocking(endpoint, model, content, given, self._plans(ports), ports)

    async def _waiting(self, endpoint: Endpoint, model: Any, content: Any, given: Mapping[str, Any]) -> Any:
        ports = self._ports(asynchronous=True)
        self._mirror(endpoint, model, content, given, ports)
        return await _compose.waiting(endpoint, model, content, given, self._plans(ports), ports)

    def _ports(self, *, asynchronous: bool) -> Any:
        return self._through(asynchronous) if self._through else _compose.ports(asynchronous=asynchronous)

    def _plans(self, ports: Ports) -> Callable[[Call], RouterPlan]:
        return lambda call: RouterPlan(self.routing, CallRequest(call), ports.now)

    def _mirror(self, endpoint: Endpoint, model: Any, content: Any, given: Mapping[str, Any], ports: Any) -> None:
        """Send the request to the group's `silent_model` too, whose answer nobody waits for and nobody sees."""
        group = self._group(model)
        if group is None or group.silent is None or "silent_experiment" in (given.get("metadata") or {}):
            return
        metadata = {**(given.get("metadata") or {}), "silent_experiment": True}
        quiet = {**given, "metadata": metadata, "stream": None, "stream_options": None}
        if ports.asynchronous:
            ports.spawn(lambda: self._waiting(endpoint, group.silent, content, quiet))
        else:
            ports.spawn(lambda: self._silently(endpoint, group.silent, content, quiet))

    async def _silently(self, *asked: Any) -> Any:
        return self._blocking(*asked)

    def _takes_prompts(self, model: str) -> bool:
        group = self._group(model)
        return group is not None and all(
            _compose.takes_prompts(each.params["model"], each.params) for each in group.deployments
        )

    # -- health --------------------------------------------------------------------------------------------------

    async def acheck_health(self, model: str | None = None) -> dict[str, Any]:
        """Ask every deployment, or those of one group, for one token, and say who answered.

        With `enable_health_check_routing` calls avoid those that failed until a later check succeeds, or for
        `health_check_staleness_threshold` seconds (600). A deployment with `model_info.disable_background_health_check`
        is left out.

        Answers `healthy_endpoints` and `unhealthy_endpoints`, each a list of dicts of `model`, `model_id`, `group` and,
        of those that failed, `error`; with `healthy_count` and `unhealthy_count`.

        Raises `litellm.BadRequestError` for a group that does not exist.

        Example:
            report = await router.acheck_health("gpt")
        """
        catalog = self.routing.catalog
        group = None if model is None else _compose.public(catalog.find)(model)
        if model is not None and group is None:
            raise _compose.shown(unknown(model, catalog.names()))
        asked = checkable(catalog.by_id.values() if group is None else group.deployments, unasked=True)
        return report(await check(self.routing, asked, self._ports(asynchronous=True)))

    # -- choosing ------------------------------------------------------------------------------------------------

    def get_available_deployment(
        self, model: str, messages: Messages | None = None, input: Any = None, **request: Any
    ) -> dict[str, Any]:
        """The deployment that a call would go to now, as an entry of the model list.

        Raises `litellm.RouterRateLimitError` when there is none.
        """
        given = request.get("request_kwargs") or {}
        content = messages or ([{"role": "user", "content": ""}] if input is None else input)
        call = _compose.public(_compose.taken)("chat" if input is None else "embedding", model, content, given)
        plan = RouterPlan(self.routing, CallRequest(call), self._ports(asynchronous=False).now)
        attempt = plan.next_step(())
        if attempt is not None and attempt.error is not None:
            raise _compose.shown(attempt.error)
        return plan.attempts[0].deployment.listed()

    async def async_get_available_deployment(
        self,
        model: str,
        request_kwargs: Mapping[str, Any] | None = None,
        messages: Messages | None = None,
        input: Any = None,
        **request: Any,
    ) -> dict[str, Any]:
        """As `get_available_deployment`."""
        return self.get_available_deployment(model, messages, input, request_kwargs=request_kwargs, **request)

    def set_custom_routing_strategy(self, CustomRoutingStrategy: Any) -> None:
        """Let an object of the user's choose: its `get_available_deployment` (or the async form) answers a deployment.

        It is called with `model`, `messages`, `input`, `specific_deployment` and `request_kwargs`, and answers an entry
        of the model list.
        """
        self.routing.custom = custom_strategy(CustomRoutingStrategy, self.has_model_id)
        self.routing.change(self.settings)

    @staticmethod
    def _deployment_params_with_request_reasoning_override(
        deployment_params: Mapping[str, Any] | None = None, request_kwargs: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """A deployment's parameters without its own reasoning when the request says how much it wants."""
        params, given = dict(deployment_params or {}), request_kwargs or {}
        if any(given.get(name) is not None for name in _REASONING):
            params = {name: value for name, value in params.items() if name not in _REASONING}
        return params


_REASONING = ("reasoning_effort", "thinking", "reasoning", "output_config")


def _patience(timeout: Any) -> float:
    """Seconds that a call may wait for its turn: its timeout, of an httpx.Timeout the one for reading."""
    given = getattr(timeout, "read", timeout)
    return _compose.public(intake.seconds)("timeout", sdk.request_timeout if given is None else given)


async def _leave(late: Collection[asyncio.Future[Any]]) -> None:
    """End what nobody waits for any more, streams that have begun among them."""
    for each in late:
        each.cancel()
    for answer in await asyncio.gather(*late, return_exceptions=True):
        if isinstance(answer, CustomStreamWrapper):
            await answer.aclose()


def _texts(answer: Any) -> TextCompletionResponse | CustomStreamWrapper:
    return answer.converted(as_text_chunk) if isinstance(answer, CustomStreamWrapper) else as_text(answer)


def _inherited() -> dict[str, Any]:
    """What routers take from the package's settings where they are not told."""
    return {
        "num_retries": sdk.num_retries,
        "fallbacks": sdk.fallbacks,
        "default_fallbacks": sdk.default_fallbacks,
        "context_window_fallbacks": sdk.context_window_fallbacks,
        "content_policy_fallbacks": sdk.content_policy_fallbacks,
        "allowed_fails": None if sdk.allowed_fails == USUAL_ALLOWED_FAILS else sdk.allowed_fails,
    }
