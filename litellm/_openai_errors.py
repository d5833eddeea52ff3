"""Stand-ins for the OpenAI SDK's exceptions, which become the real ones the moment that SDK is there.

Importing openai costs half a second, and most programs that meet an error never import it. So our exceptions are built
on equal classes of ours; when `openai` is, or becomes, imported, every class built on a stand-in gets the real one as
its base instead, so that `except openai.RateLimitError` catches ours. This is the only file that knows of openai.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from importlib.machinery import ModuleSpec
    from types import ModuleType

_SDK = "openai"


class OpenAIError(Exception):
    """The root of the OpenAI SDK's exceptions."""


class APIError(OpenAIError):
    """Any failure of a call."""


class APIStatusError(APIError):
    """An answer with an error status."""


class APIConnectionError(APIError):
    """No answer."""


class APITimeoutError(APIConnectionError):
    """No answer in time."""


class APIResponseValidationError(APIError):
    """An answer that is not what the API promises."""


class BadRequestError(APIStatusError):
    """400"""


class AuthenticationError(APIStatusError):
    """401"""


class PermissionDeniedError(APIStatusError):
    """403"""


class NotFoundError(APIStatusError):
    """404"""


class UnprocessableEntityError(APIStatusError):
    """422"""


class RateLimitError(APIStatusError):
    """429"""


class InternalServerError(APIStatusError):
    """500"""


_STAND_INS: dict[str, type[Exception]] = {
    stand_in.__name__: stand_in
    for stand_in in (
        OpenAIError,
        APIError,
        APIStatusError,
        APIConnectionError,
        APITimeoutError,
        APIResponseValidationError,
        BadRequestError,
        AuthenticationError,
        PermissionDeniedError,
        NotFoundError,
        UnprocessableEntityError,
        RateLimitError,
        InternalServerError,
    )
}
for _stand_in in _STAND_INS.values():
    _stand_in.__module__ = _SDK  # they are told apart by nothing that a program sees


def _adopt(sdk: ModuleType) -> None:
    """Give every class of ours the SDK's exceptions as bases, in place of the stand-ins."""
    for name, stand_in in _STAND_INS.items():
        real = getattr(sdk, name, None)
        if not isinstance(real, type):
            continue
        for ours in type.__subclasses__(stand_in):
            if ours not in _STAND_INS.values():
                ours.__bases__ = tuple(real if base is stand_in else base for base in ours.__bases__)


class _AdoptingLoader:
    """Loads the SDK as its own loader would, then adopts its exceptions."""

    def __init__(self, loader: Any) -> None:
        self._loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._loader.create_module(spec)  # type: ignore[no-any-return]

    def exec_module(self, module: ModuleType) -> None:
        module.__loader__ = self._loader
        if module.__spec__ is not None:
            module.__spec__.loader = self._loader
        self._loader.exec_module(module)
        _stop_watching()
        _adopt(module)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._loader, name)


class _Watch:
    """Waits for the SDK's import; looking whether it is installed (`importlib.util.find_spec`) is none yet."""

    def find_spec(self, fullname: str, path: Any, target: ModuleType | None = None) -> ModuleSpec | None:
        if fullname != _SDK:
            return None
        for finder in [finder for finder in sys.meta_path if finder is not self]:
            spec = finder.find_spec(fullname, path, target)
            if spec is not None and spec.loader is not None:
                spec.loader = _AdoptingLoader(spec.loader)  # type: ignore[assignment]  # a loader by its shape
                return spec
        return None


def _stop_watching() -> None:
    sys.meta_path[:] = [finder for finder in sys.meta_path if not isinstance(finder, _Watch)]


def follow_sdk() -> None:
    """Adopt the SDK's exceptions now, if it is loaded, or as soon as it is. Call it once all are there."""
    sdk = sys.modules.get(_SDK)
    if sdk is not None and hasattr(sdk, "OpenAIError"):
        _adopt(sdk)
    else:
        sys.meta_path.insert(0, _Watch())  # by its shape: importlib.abc costs 8 ms to import
