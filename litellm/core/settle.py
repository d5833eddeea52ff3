"""What is attached to a result once it is there: cost, identity, upstream's headers. Never sent, never dumped."""

from collections.abc import Mapping
from typing import Any

from litellm._settings import settings
from litellm.core.call import Call
from litellm.core.engine import Answer
from litellm.core.errors import UnknownProvider
from litellm.core.target import Target
from litellm.cost.ordinary import is_listed, ordinary_cost
from litellm.model_info import ModelNotMappedError
from litellm.types.chat import ModelResponse

_PASSED_ON = ("x-ratelimit-", "retry-after", "x-request-id", "request-id")


def hidden_params(answer: Answer, call: Call) -> dict[str, Any]:
    """`_hidden_params` of a result, but for its cost."""
    target = answer.route.target
    return {
        "model_id": (call.options.model_info or {}).get("id"),
        "api_base": target.api_base or (answer.request.url if answer.request else None),
        "custom_llm_provider": target.provider,
        "litellm_model_name": target.model,
        "model": target.model,
        "region_name": call.options.credentials.get("region_name"),
        "litellm_call_id": call.id,
        "optional_params": call.params,
        "additional_headers": _additional(answer.headers),
        "attempts": len(answer.outcomes) + 1,
        "response_cost": None,
    }


def _additional(headers: Mapping[str, str]) -> dict[str, str]:
    shown = {f"llm_provider-{name}": value for name, value in headers.items()}
    shown.update((name, value) for name, value in headers.items() if name.startswith(_PASSED_ON))
    return shown


def cost_of(response: Any, call: Call, target: Target) -> float | None:
    """US dollars the answer cost; None when its model has no price anywhere."""
    if _is_plain(response, call):
        cost = ordinary_cost(response.usage, target.family, target.provider)
        if cost is not None:
            return cost
    return _whole_bill(response, call, target)


def _is_plain(response: Any, call: Call) -> bool:
    """Whether nothing but the tokens of a text answer can cost anything."""
    if not isinstance(response, ModelResponse) or call.options.custom_pricing or call.options.credentials:
        return False
    if settings.cost_discount_config or settings.cost_margin_config or "web_search_options" in call.params:
        return False
    return response.service_tier in (None, "default") and all(
        choice.message.annotations is None for choice in response.choices
    )


def _is_unpriced(response: Any, call: Call, target: Target) -> bool:
    """Whether neither the call, nor upstream, nor the map names a price: most models that people serve themselves."""
    if call.options.custom_pricing or (response.get("usage") or {}).get("cost") is not None:
        return False
    names = (target.base_model, target.model, response.get("model"))
    return not any(is_listed(name, target.provider) for name in names if isinstance(name, str))


def _whole_bill(response: Any, call: Call, target: Target) -> float | None:
    from litellm.cost_calculator import response_cost_calculator

    if _is_unpriced(response, call, target):
        return None
    try:
        return response_cost_calculator(
            response,
            model=target.model,
            custom_llm_provider=target.provider,
            base_model=target.base_model,
            region_name=call.options.credentials.get("region_name"),
            custom_pricing=call.options.custom_pricing,
            optional_params=call.params,
            service_tier=call.params.get("service_tier"),
            cost_discount_config=settings.cost_discount_config,
            cost_margin_config=settings.cost_margin_config,
        )
    except (ModelNotMappedError, UnknownProvider):
        return None
