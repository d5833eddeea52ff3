"""Takes out deployments that would refuse one of the request's OpenAI parameters, where those are not dropped."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from litellm._settings import settings
from litellm.core.call import Endpoint
from litellm.core.errors import UnsupportedParams
from litellm.core.params import select
from litellm.llms.directory import get_supported_openai_params
from litellm.router_utils.deployments import Deployment, merged
from litellm.router_utils.pre_call_checks.check import Kept, all_reasons, sieve
from litellm.router_utils.pre_call_checks.context_window import family
from litellm.router_utils.pre_call_checks.facts import Facts

_REQUEST_TYPES: Mapping[Endpoint, str] = {
    "chat": "chat_completion",
    "completion": "text_completion",
    "embedding": "embeddings",
    "moderation": "moderation",
}


def parameters(deployments: Sequence[Deployment], facts: Facts, now: float) -> Kept:
    """Keep the deployments that take every parameter of the request, or drop those they do not take."""
    if not facts.params:
        return Kept(deployments)

    def error(skipped: Mapping[str, str]) -> UnsupportedParams:
        return UnsupportedParams(all_reasons(skipped), model=deployments[0].group)

    return sieve(deployments, lambda deployment: _reason(deployment, facts), error)


def _reason(deployment: Deployment, facts: Facts) -> str | None:
    call = facts.call
    supported = _supported(deployment.provider, family(deployment), call.endpoint)
    if supported is None or supported.issuperset(call.params):
        return None
    options = merged(deployment.template(call.endpoint).options, call.options)
    if settings.drop_params if options.drop_params is None else options.drop_params:
        return None
    try:
        select(
            call.params,
            tuple(supported),
            options=options,
            drop=False,
            provider=deployment.provider,
            model=deployment.model,
        )
    except UnsupportedParams as error:
        return error.message
    return None


@lru_cache(maxsize=1024)
def _supported(provider: str, model: str, endpoint: Endpoint) -> frozenset[str] | None:
    """The parameters that a model takes; None when nobody knows."""
    known = get_supported_openai_params(model, provider, _REQUEST_TYPES[endpoint])
    return None if known is None else frozenset(known)
