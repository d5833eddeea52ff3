"""What is asked of a router, before it is known where it goes. The gateway has a request of its own, read less far."""

from typing import Any, Protocol

import msgspec

from litellm import _routes
from litellm.core.call import Call, Options
from litellm.core.plan import Route
from litellm.core.target import Target
from litellm.router_utils.deployments import Deployment
from litellm.router_utils.fallbacks import Entry
from litellm.router_utils.hedging import may_be_doubled


class Request(Protocol):
    """One request as plans see it. `model` is the name that is asked for, `started` seconds since the epoch."""

    @property
    def model(self) -> str: ...
    @property
    def stream(self) -> bool: ...
    @property
    def started(self) -> float: ...
    @property
    def options(self) -> Options:
        """What the request says to us."""
        ...

    @property
    def may_be_doubled(self) -> bool:
        """Whether asking twice does no more than asking once."""
        ...

    def as_call(self) -> Call:
        """The request as a call that goes nowhere yet."""
        ...

    def route(self, deployment: Deployment) -> Route:
        """The request as it goes to a deployment."""
        ...

    def changed(self, entry: Entry) -> "Request":
        """The request as it goes to the group of a fallback."""
        ...

    def continued(self, text: str) -> "Request | None":
        """The request to go on after so much of the answer, None where that cannot be asked."""
        ...


class CallRequest:
    """A call of the SDK's Router."""

    __slots__ = ("call", "model", "started", "stream")

    def __init__(self, call: Call) -> None:
        self.call: Call = call
        self.model: str = call.model
        self.stream: bool = call.stream
        self.started: float = call.started

    def as_call(self) -> Call:
        return self.call

    @property
    def options(self) -> Options:
        return self.call.options

    @property
    def may_be_doubled(self) -> bool:
        return may_be_doubled(self.call.params)

    def route(self, deployment: Deployment) -> Route:
        call = deployment.call(self.call)
        about = {
            "model_group": self.model,
            "deployment": deployment.params["model"],
            "model_info": deployment.info,
            "api_base": deployment.params.get("api_base"),
        }
        metadata = {**(call.options.metadata or {}), **about}
        options = msgspec.structs.replace(call.options, metadata=metadata)
        return _routes.route(msgspec.structs.replace(call, options=options))

    def changed(self, entry: Entry) -> "CallRequest":
        arguments: Any = {"model": entry.group, **entry.overrides} if entry.overrides else entry.group
        return CallRequest(_routes.with_fallback(self.call, arguments))

    def continued(self, text: str) -> "CallRequest | None":
        call = self.call
        if call.endpoint != "chat":
            return None
        return CallRequest(msgspec.structs.replace(call, input=with_beginning(call.input, text)))


NOWHERE = Route(Call(id="", endpoint="chat", model="", input=()), Target(provider="", model=""))
"""Where an attempt goes before it has its place."""


def nowhere(request: Request) -> Route:
    """The route of an attempt that found no deployment."""
    call = Call(id="", endpoint="chat", model=request.model, input=(), stream=request.stream)
    return Route(call, Target(provider="", model=request.model))


_GO_ON = (
    "Your answer was cut off in transit. It began with the assistant message that follows. Go on exactly where that "
    "ends: repeat nothing, explain nothing."
)


def with_beginning(messages: Any, text: str) -> list[dict[str, Any]]:
    """The messages, and the beginning of the answer that is to be continued.

    `prefix` is how providers that continue an assistant's message know it from one that is over; the others follow the
    instruction.
    """
    begun = {"role": "assistant", "content": text, "prefix": True}
    return [*messages, {"role": "system", "content": _GO_ON}, begun]
