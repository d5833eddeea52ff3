"""`CustomLogger`, the class that LiteLLM's ecosystem subclasses, and how its methods and functions become hooks."""

import inspect
import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from litellm.core.call import Call
from litellm.core.hooks import Hooks, Record
from litellm.core.http import HttpRequest
from litellm.core.recorder import in_loop, recorder
from litellm.core.target import Target
from litellm.integrations.call_details import before_call, details, shown_response

_log = logging.getLogger("LiteLLM")


class CustomLogger:
    """Is told of calls; override the methods you need.

    A coroutine method runs in the caller's event loop after an asynchronous call, and in a background thread after a
    synchronous one. `kwargs` is a dict with `model, messages, optional_params, litellm_params, response_cost,
    standard_logging_object, litellm_call_id, stream, …`.
    """

    def __init__(self, **kwargs: Any) -> None:
        self.options = kwargs

    def log_pre_api_call(self, model: str, messages: Any, kwargs: dict[str, Any]) -> None: ...

    def log_post_api_call(self, kwargs: Any, response_obj: Any, start_time: Any, end_time: Any) -> None: ...

    def log_stream_event(self, kwargs: Any, response_obj: Any, start_time: Any, end_time: Any) -> None: ...

    def log_success_event(self, kwargs: Any, response_obj: Any, start_time: Any, end_time: Any) -> None: ...

    def log_failure_event(self, kwargs: Any, response_obj: Any, start_time: Any, end_time: Any) -> None: ...

    async def async_log_pre_api_call(self, model: str, messages: Any, kwargs: dict[str, Any]) -> None: ...

    async def async_log_stream_event(self, kwargs: Any, response_obj: Any, start_time: Any, end_time: Any) -> None: ...

    async def async_log_success_event(self, kwargs: Any, response_obj: Any, start_time: Any, end_time: Any) -> None: ...

    async def async_log_failure_event(self, kwargs: Any, response_obj: Any, start_time: Any, end_time: Any) -> None: ...


Observer = Callable[[dict[str, Any], Any, datetime, datetime], Any]


def fold(settings: Any, own: Mapping[str, Any] | None = None) -> Hooks:
    """The hooks that the settings' callback lists and the call's `own` ask for.

    Names of integrations that are not here yet are left out.
    """
    own = own or {}
    everywhere = [*settings.callbacks, *_listed(own.get("callbacks"))]
    before = [*everywhere, *settings.input_callback, *settings._async_input_callback]
    after = [
        *everywhere,
        *settings.success_callback,
        *settings._async_success_callback,
        *_listed(own.get("success_callback")),
    ]
    failed = [
        *everywhere,
        *settings.failure_callback,
        *settings._async_failure_callback,
        *_listed(own.get("failure_callback")),
    ]
    return Hooks(
        on_attempt=tuple(
            _watch_attempt(callback) for callback in unique(before) if _wants_attempts(callback, settings)
        ),
        on_record=(_Tell(unique(after), unique(failed)),),
    )


def _listed(callbacks: Any) -> list[Any]:
    return list(callbacks) if isinstance(callbacks, list | tuple) else [callbacks] if callbacks else []


_BEFORE = ("log_pre_api_call", "async_log_pre_api_call")


def _wants_attempts(callback: Any, settings: Any) -> bool:
    """Whether a callback is told before a call: a logger that says so, or what stands on an input list."""
    if isinstance(callback, CustomLogger):
        return any(_overrides(callback, name) for name in _BEFORE)
    return callback in settings.input_callback or callback in settings._async_input_callback


def unique(callbacks: Iterable[Any]) -> list[Any]:
    """The callbacks that can be called, each once; a name is an integration, which is reported once when unknown."""
    found: list[Any] = []
    for callback in callbacks:
        if isinstance(callback, str):
            _report_unknown(callback)
        elif callback not in found:
            found.append(callback)
    return found


_reported: set[str] = set()


def _report_unknown(name: str) -> None:
    if name not in _reported:
        _reported.add(name)
        _log.warning("callback %r is not available in this version; pass a function or a CustomLogger instead", name)


def _watch_attempt(callback: Any) -> Callable[[Call, Target, HttpRequest], None]:
    def watch(call: Call, target: Target, request: HttpRequest) -> None:
        told = before_call(call, target, request)
        if not isinstance(callback, CustomLogger):
            _tell_now(callback, (told,), call)
            return
        arguments = (target.model, told["messages"], told)
        for name in _BEFORE:
            if _overrides(callback, name):
                _tell_now(getattr(callback, name), arguments, call)

    return watch


def _tell_now(observe: Any, arguments: tuple[Any, ...], call: Call) -> None:
    """Call an observer before the request leaves; a coroutine runs beside it. What it raises is logged."""
    if inspect.iscoroutinefunction(observe):
        if call.asynchronous:
            in_loop(observe(*arguments))
        else:
            recorder.tell(lambda: observe(*arguments))
        return
    try:
        observe(*arguments)
    except Exception:
        _log.exception("an input callback failed; the call is not affected")


class _Tell:
    """Tells every callback how a call ended."""

    def __init__(self, after: list[Any], failed: list[Any]) -> None:
        self._after = after
        self._failed = failed

    def __call__(self, record: Record) -> None:
        callbacks = self._after if record.error is None else self._failed
        if not callbacks:
            return
        response = shown_response(record)
        told = details(record, response)
        times = datetime.fromtimestamp(record.started), datetime.fromtimestamp(record.ended)
        for callback in callbacks:
            for observe in observers(callback, record):
                _schedule(observe, (told, response, *times), record.call)


def observers(callback: Any, record: Record) -> list[Callable[..., Any]]:
    """What of a callback is called for this record."""
    if not isinstance(callback, CustomLogger):
        return [callback] if callable(callback) else []
    ending = "success" if record.error is None else "failure"
    synchronous, asynchronous = f"log_{ending}_event", f"async_log_{ending}_event"
    order = (asynchronous, synchronous) if record.call.asynchronous else (synchronous, asynchronous)
    return [getattr(callback, name) for name in order if _overrides(callback, name)][:1]


def _overrides(logger: CustomLogger, name: str) -> bool:
    """Whether a logger has a method of its own under one of our names."""
    return name in vars(logger) or getattr(type(logger), name) is not getattr(CustomLogger, name)


def _schedule(observe: Any, arguments: tuple[Any, ...], call: Call) -> None:
    if call.asynchronous and inspect.iscoroutinefunction(observe):
        in_loop(observe(*arguments))
    else:
        recorder.tell(lambda: observe(*arguments))
