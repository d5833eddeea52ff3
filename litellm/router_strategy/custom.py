"""A strategy of the user's own: an object that answers entries of the model list."""

from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import Any, cast

from litellm.core.bridge import drive
from litellm.router_strategy import Ask, Strategy
from litellm.router_utils.deployments import Deployment
from litellm.types.router import CustomRoutingStrategyBase


def custom_strategy(chooser: Any, known: Callable[[str], bool]) -> Strategy:
    """The strategy of an object with `get_available_deployment`, or `async_get_available_deployment`.

    The async form must not wait. An answer that may not be asked just now, since it rests or has failed already, is as
    none; one that is not `known` by its id is a `ValueError`.
    """
    names = ("async_get_available_deployment", "get_available_deployment")
    method = next((getattr(chooser, name) for name in names if _has_own(chooser, name)), None)
    if method is None:
        raise ValueError(f"{chooser!r} has neither {' nor '.join(names)}: give an object of CustomRoutingStrategyBase")

    def choose(candidates: Sequence[Deployment], ask: Ask) -> Deployment | None:
        call = ask.request.as_call() if ask.request is not None else None
        answer = method(
            model=ask.group,
            messages=call.input if call is not None and call.endpoint == "chat" else None,
            input=call.input if call is not None and call.endpoint != "chat" else None,
            specific_deployment=False,
            request_kwargs=dict(call.params) if call is not None else {},
        )
        if hasattr(answer, "__await__"):
            answer = drive(cast(Coroutine[Any, Any, Any], answer))
        return _among(candidates, answer, known)

    return choose


def _has_own(chooser: Any, name: str) -> bool:
    """Whether the object chooses by this method: the base class's answers nothing."""
    method = getattr(chooser, name, None)
    return callable(method) and getattr(method, "__func__", None) is not getattr(CustomRoutingStrategyBase, name)


def _among(candidates: Sequence[Deployment], answer: Any, known: Callable[[str], bool]) -> Deployment | None:
    """The candidate that an entry of the model list means: by its id, else by its parameters."""
    if answer is None:
        return None
    entry = answer if isinstance(answer, Mapping) else answer.model_dump(exclude_none=True)
    key = (entry.get("model_info") or {}).get("id")
    params = entry.get("litellm_params")
    for each in candidates:
        if each.id == key or (key is None and params == each.given):
            return each
    if key is not None and known(key):
        return None
    raise ValueError(f"the custom strategy answered {key!r}, which is no deployment of the model list")
