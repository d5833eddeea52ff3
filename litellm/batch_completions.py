"""Many completions at once: one model over many conversations, or many models over one.

The synchronous forms use threads, bounded by `max_workers`; the others run in the caller's event loop.
"""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from litellm.exceptions import BadRequestError
from litellm.main import acompletion, completion
from litellm.types.chat import ModelResponse

Conversation = Sequence[Any]
Outcome = ModelResponse | BaseException


def batch_completion(
    model: str, messages: Sequence[Conversation], *, max_workers: int | None = 100, **kwargs: Any
) -> list[Outcome]:
    """Complete many conversations with one model.

    Arguments:
        messages: the conversations, a list of messages each.
        max_workers: conversations under way at once.
        kwargs: as for `completion`.

    Returns the answers in the order of `messages`; an exception stands where a conversation failed.

    Example:
        litellm.batch_completion("openai/gpt-4o-mini", [[{"role": "user", "content": text}] for text in texts])
    """
    calls = [{**kwargs, "model": model, "messages": list(conversation)} for conversation in messages]
    if not calls:
        return []
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(min(max_workers or 100, len(calls)), "litellm-batch") as pool:
        return list(pool.map(_outcome, calls))


def _outcome(call: dict[str, Any]) -> Outcome:
    try:
        return completion(**call)  # type: ignore[no-any-return]
    except Exception as error:
        return error


async def abatch_completion(
    model: str, messages: Sequence[Conversation], *, max_workers: int | None = 100, **kwargs: Any
) -> list[Outcome]:
    """As `batch_completion`, in the running event loop."""
    from asyncio import Semaphore, gather

    free = Semaphore(max_workers or 100)

    async def outcome(conversation: Conversation) -> Outcome:
        async with free:
            return await acompletion(model, list(conversation), **kwargs)  # type: ignore[no-any-return]

    return list(await gather(*(outcome(conversation) for conversation in messages), return_exceptions=True))


def batch_completion_models(*args: Any, **kwargs: Any) -> ModelResponse:
    """Ask many models the same and return the first answer.

    Arguments:
        models: the models' names; or `deployments`: dicts of arguments, one for each.
        kwargs: as for `completion`; without `models` or `deployments`, `model` alone is asked.

    Raises the last failure when no model answers.
    """
    calls = _calls(kwargs)
    from concurrent.futures import ThreadPoolExecutor, as_completed

    pool = ThreadPoolExecutor(len(calls), "litellm-batch")
    try:
        error: BaseException | None = None
        for future in as_completed([pool.submit(completion, *args, **call) for call in calls]):
            error = future.exception()
            if error is None:
                return _whole(future.result())
        assert error is not None
        raise error
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


async def abatch_completion_models(*args: Any, **kwargs: Any) -> ModelResponse:
    """As `batch_completion_models`, in the running event loop; the slower models' calls are cancelled."""
    from asyncio import Future, as_completed, ensure_future

    tasks: list[Future[Any]] = [ensure_future(acompletion(*args, **call)) for call in _calls(kwargs)]
    failure: BaseException | None = None
    try:
        for first in as_completed(tasks):
            try:
                return _whole(await first)
            except Exception as error:
                failure = error
        assert failure is not None
        raise failure
    finally:
        for task in tasks:
            task.cancel()


def batch_completion_models_all_responses(*args: Any, **kwargs: Any) -> list[ModelResponse]:
    """Ask many models the same and return all their answers, in the order of `models`.

    Arguments as `batch_completion_models`. Raises the first failure in that order.
    """
    calls = _calls(kwargs)
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(len(calls), "litellm-batch") as pool:
        return list(pool.map(lambda call: completion(*args, **call), calls))


async def abatch_completion_models_all_responses(*args: Any, **kwargs: Any) -> list[ModelResponse]:
    """As `batch_completion_models_all_responses`, in the running event loop."""
    from asyncio import gather

    return await gather(*(acompletion(*args, **call) for call in _calls(kwargs)))


def _whole(answer: Any) -> ModelResponse:
    return cast(ModelResponse, answer)


def _calls(kwargs: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The arguments of each model's call."""
    rest = {name: value for name, value in kwargs.items() if name not in ("models", "deployments", "model")}
    deployments = kwargs.get("deployments") or ()
    if deployments:
        return [{**rest, **_own(deployment)} for deployment in deployments]
    models = kwargs.get("models") or kwargs.get("model") or ()
    names = [models] if isinstance(models, str) else list(models)
    if not names:
        raise BadRequestError("no model is named: give models=['openai/gpt-4o-mini', …], or deployments=[{…}, …]")
    return [{**rest, "model": name} for name in names]


def _own(deployment: Mapping[str, Any]) -> Mapping[str, Any]:
    own: Mapping[str, Any] = deployment.get("litellm_params") or deployment
    return own
