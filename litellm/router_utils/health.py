"""Health checks: asks deployments for as little as shows that they answer, and notes for the router who did not.

Nothing of it is counted, retried or told to callbacks. When to check is for others to say.
"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from litellm import _routes
from litellm.core import engine, intake
from litellm.core.call import Endpoint
from litellm.core.errors import BadRequest, ProviderError, UnknownProvider
from litellm.core.hooks import NO_HOOKS
from litellm.core.plan import RetryPlan
from litellm.core.ports import Ports
from litellm.model_info import ModelNotMappedError, get_model_info
from litellm.router_utils.deployments import Deployment
from litellm.router_utils.routing import Routing

AT_ONCE = 8
BELIEVED_SECONDS = 600.0
PATIENCE_SECONDS = 10.0
MAX_TOKENS = 1
# Some models that think refuse a request whose limit leaves no room for an answer after it.
MAX_TOKENS_THINKING = 128
JSON = dict[str, Any]

# Mode -> the endpoint that is asked, and for what.
_KINDS: Mapping[str, tuple[Endpoint, Any]] = {
    "chat": ("chat", [{"role": "user", "content": "Hi"}]),
    "completion": ("completion", "Hi"),
    "embedding": ("embedding", "Hi"),
    "moderation": ("moderation", "Hi"),
}
_SETS_MAX_TOKENS = ("chat", "completion")
# What a probe leaves out of a deployment's parameters: other bounds than its own, and thinking that would exceed them.
_LEFT_OUT = frozenset(
    "model timeout stream stream_timeout max_tokens max_completion_tokens thinking reasoning reasoning_effort "
    "output_config num_retries fallbacks".split()
)


class Checked(NamedTuple):
    """What came of one deployment's check: the error why it failed, None when it answered."""

    deployment: Deployment
    error: ProviderError | None = None


def checkable(deployments: Iterable[Deployment], *, unasked: bool) -> list[Deployment]:
    """Those that can be checked; with `unasked` without those whose owner wants that done on request only.

    Left out are patterns, which stand for no one model, unless they name a `health_check_model`; and models of kinds
    that nothing here asks for.
    """
    return [
        each
        for each in deployments
        if not (unasked and each.info.get("disable_background_health_check"))
        and "*" not in _model(each)
        and ("*" not in each.group or each.info.get("health_check_model"))
        and _mode(each) in _KINDS
    ]


async def check(
    routing: Routing,
    deployments: Sequence[Deployment],
    ports: Ports,
    *,
    at_once: int = AT_ONCE,
    believed_for: float = BELIEVED_SECONDS,
) -> list[Checked]:
    """Check these deployments, so many at once, each with one request.

    With `enable_health_check_routing` a failure keeps requests from a deployment until a check succeeds, or for
    `health_check_staleness_threshold` seconds, by default `believed_for`.
    """
    turns = asyncio.Semaphore(at_once)

    async def one(deployment: Deployment) -> Checked:
        async with turns:
            checked = Checked(deployment, await _failure(deployment, ports))
        _note(routing, checked, ports.now(), believed_for)
        return checked

    return list(await asyncio.gather(*map(one, deployments)))


def report(checked: Iterable[Checked]) -> JSON:
    """The results as LiteLLM 1.x tells them: who is healthy, who is not and why, and how many."""
    healthy: list[JSON] = []
    unhealthy: list[JSON] = []
    for each in checked:
        (healthy if each.error is None else unhealthy).append(_shown(each))
    return {
        "healthy_endpoints": healthy,
        "unhealthy_endpoints": unhealthy,
        "healthy_count": len(healthy),
        "unhealthy_count": len(unhealthy),
    }


def _shown(checked: Checked) -> JSON:
    deployment, error = checked
    shown = {"model": f"{deployment.provider}/{deployment.model}", "model_id": deployment.id, "group": deployment.group}
    if base := deployment.params.get("api_base"):
        shown["api_base"] = base
    if error is not None:
        shown["error"] = error.message
    return shown


def _note(routing: Routing, checked: Checked, now: float, believed_for: float) -> None:
    """Let the router know, if it wants to."""
    settings, state, error = routing.settings, routing.state, checked.error
    if not settings.enable_health_check_routing:
        return
    if error is not None and error.status in (408, 429) and settings.health_check_ignore_transient_errors:
        return
    with state.lock:
        if error is None:
            state.unhealthy.pop(checked.deployment.id, None)
        else:
            state.unhealthy[checked.deployment.id] = now + (settings.health_check_staleness_threshold or believed_for)


async def _failure(deployment: Deployment, ports: Ports) -> ProviderError | None:
    """Ask the deployment once; why it failed, None when it answered."""
    try:
        await _ask(deployment, ports)
    except ProviderError as error:
        return error
    except Exception as error:  # a user's own provider may raise anything, and must not end the others' checks
        return ProviderError(f"{type(error).__name__}: {error}", status=500)
    return None


async def _ask(deployment: Deployment, ports: Ports) -> None:
    seconds = _number(deployment, "health_check_timeout", PATIENCE_SECONDS)
    mode = _mode(deployment)
    endpoint, content = _KINDS[mode]
    given = {name: value for name, value in deployment.params.items() if name not in _LEFT_OUT}
    given |= {"timeout": seconds, "drop_params": True, "model_info": deployment.info}
    if mode in _SETS_MAX_TOKENS:
        given["max_tokens"] = int(_number(deployment, "health_check_max_tokens", _fewest_tokens(deployment)))
    call = intake.take(endpoint, _model(deployment), content, given, call_id="health", now=ports.now())
    route = _routes.route(msgspec.structs.replace(call, asynchronous=ports.asynchronous))
    give_up_at = call.started + seconds
    await engine.run(RetryPlan(routes=(route,)), _routes.adapter, ports, hooks=NO_HOOKS, give_up_at=give_up_at)


def _model(deployment: Deployment) -> str:
    """The model that a check asks for."""
    return str(deployment.info.get("health_check_model") or deployment.params["model"])


def _mode(deployment: Deployment) -> str:
    """What kind of calls the deployment takes, by its model_info, else the model map; chat where neither says."""
    return str(deployment.info.get("mode") or _known(deployment).get("mode") or "chat")


def _fewest_tokens(deployment: Deployment) -> int:
    return MAX_TOKENS_THINKING if _known(deployment).get("supports_reasoning") else MAX_TOKENS


def _known(deployment: Deployment) -> Mapping[str, Any]:
    """What the model map says of the model that a check asks for, empty where it knows none."""
    other = deployment.info.get("health_check_model")
    try:
        return get_model_info(other) if other else get_model_info(deployment.model, deployment.provider)
    except (ModelNotMappedError, UnknownProvider):
        return {}


def _number(deployment: Deployment, name: str, usual: float) -> float:
    """A number above 0 from what is said of the deployment."""
    value = deployment.info.get(name)
    if value is None:
        return usual
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = 0.0
    if not 0 < number < float("inf"):
        raise BadRequest(f"model_info.{name}={value!r}: give a number above 0")
    return number
