"""`CustomLogger`, the class that LiteLLM's ecosystem subclasses, and how its methods and plain functions become hooks."""

import inspect
import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from litellm.core.call import Call
from litellm.core.hooks import Hooks, Record
from litellm.core.http import HttpRequest
from litellm.core.recorder import in_loop, recorder
from litellm.core.target import Target
from litellm.integrations.call_details import before_call, details

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


def fold(settings: Any) -> Hooks:
    """The hooks that the settings' callback lists ask for; names of integrations that are not here yet are left out."""
    before = [*settings.callbacks, *settings.input_callback, *settings._async_input_callback]
    after = [*settings.callbacks, *settings.success_callback, *settings._async_success_callback]
    failed = [*settings.callbacks, *settings.failure_callback, *settings._async_failure_callback]
    if not (before or after or failed):
        return Hooks()
    return Hooks(
        on_attempt=tuple(_watch_attempt(callback) for callback in unique(before)),
        on_record=(_Tell(unique(after), unique(failed)),),
    )


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
        if isinstance(callback, CustomLogger):
            callback.log_pre_api_call(target.model, call.input, told)
        elif not inspect.iscoroutinefunction(callback):
            callback(told)

    return watch


class _Tell:
    """Tells every callback how a call ended."""

    def __init__(self, after: list[Any], failed: list[Any]) -> None:
        self._after = after
        self._failed = failed

    def __call__(self, record: Record) -> None:
        callbacks = self._after if record.error is None else self._failed
        if not callbacks:
            return
        told = details(record)
        times = datetime.fromtimestamp(record.started), datetime.fromtimestamp(record.ended)
        for callback in callbacks:
            for observe in observers(callback, record):
                _schedule(observe, told, record, times)


def observers(callback: Any, record: Record) -> list[Callable[..., Any]]:
    """What of a callback is called for this record."""
    if not isinstance(callback, CustomLogger):
        return [callback] if callable(callback) else []
    ending = "success" if record.error is None else "failure"
    asynchronous = getattr(callback, f"async_log_{ending}_event")
    synchronous = getattr(callback, f"log_{ending}_event")
    if record.call.asynchronous and _overridden(asynchronous):
        return [asynchronous]
    return [synchronous] if _overridden(synchronous) or not _overridden(asynchronous) else [asynchronous]


def _overridden(method: Any) -> bool:
    return getattr(CustomLogger, method.__name__, None) is not getattr(method, "__func__", method)


def _schedule(observe: Any, told: dict[str, Any], record: Record, times: tuple[datetime, datetime]) -> None:
    if record.call.asynchronous and inspect.iscoroutinefunction(observe):
        in_loop(observe(told, record.response, *times))
    else:
        recorder.tell(lambda: observe(told, record.response, *times))

