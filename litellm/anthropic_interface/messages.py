"""`create` and `acreate` of Anthropic's Messages API."""

from collections.abc import Callable
from typing import Any

from litellm._not_yet import stand_in

create: Callable[..., Any] = stand_in("anthropic.messages.create")
acreate: Callable[..., Any] = stand_in("anthropic.messages.acreate")
