"""OpenAI's Responses API. The package is also the function, so that `litellm.responses()` works beside its modules."""

import sys
from types import ModuleType
from typing import Any


class _Callable(ModuleType):
    """A module that is called like the function of its name."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        from litellm.responses.main import responses

        return responses(*args, **kwargs)


sys.modules[__name__].__class__ = _Callable
