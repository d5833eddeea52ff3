"""Requests that go to a group's `silent_model` too: nobody waits for that answer, and nobody sees it."""

from collections.abc import Coroutine
from typing import Any

import msgspec

from litellm.core import engine
from litellm.core.hooks import NO_HOOKS
from litellm.proxy.gateway import Gateway
from litellm.proxy.llm_endpoints.request import LLMRequest
from litellm.router_utils.plan import RouterPlan


def mirror(request: LLMRequest, silent: str, gateway: Gateway, adapters: engine.Adapters) -> None:
    """Ask the silent model the same, without streaming. A model that mirrors is not mirrored again."""
    fields = {name: raw for name, raw in request.fields.items() if name not in ("stream", "stream_options")}
    quiet = msgspec.structs.replace(request, model=silent, stream=False, fields=fields, known=None)
    plan = RouterPlan(gateway.snapshot.routing, quiet, gateway.ports.now)
    give_up_at = request.started + gateway.snapshot.give_up_after

    def ask() -> Coroutine[Any, Any, Any]:
        return engine.run(plan, adapters, gateway.ports, hooks=NO_HOOKS, give_up_at=give_up_at)

    gateway.ports.spawn(ask)
