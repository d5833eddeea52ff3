"""The checks of a router, put together from its settings, and running them. Nothing is on that no setting asks for."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from litellm._settings import settings as sdk
from litellm.router_utils.budgets import Budgets, Spending, budget_of_deployment, read_budgets
from litellm.router_utils.deployments import Deployment
from litellm.router_utils.pre_call_checks import encrypted_content, prompt_caching, responses_api, sticky
from litellm.router_utils.pre_call_checks.affinity import AffinityMemory, Memory, Scope, scope_of
from litellm.router_utils.pre_call_checks.budget import BudgetLimits
from litellm.router_utils.pre_call_checks.check import Check, Kept, Observer
from litellm.router_utils.pre_call_checks.context_window import context_window
from litellm.router_utils.pre_call_checks.facts import Facts
from litellm.router_utils.pre_call_checks.parameters import parameters
from litellm.router_utils.pre_call_checks.rate_limits import rate_limits
from litellm.router_utils.pre_call_checks.region import region
from litellm.router_utils.pre_call_checks.tag_filter import TagFilter

BUDGETS = "router_budget_limiting"
HARD_LIMITS = "enforce_model_rate_limits"


class CheckSettings(Protocol):
    """What the checks read of a router's settings."""

    @property
    def enable_pre_call_checks(self) -> bool | None: ...
    @property
    def optional_pre_call_checks(self) -> Collection[str] | None: ...
    @property
    def enable_tag_filtering(self) -> bool | None: ...
    @property
    def tag_filtering_match_any(self) -> bool | None: ...
    @property
    def tag_routing_prefix(self) -> str | None: ...
    @property
    def provider_budget_config(self) -> Mapping[str, Any] | None: ...
    @property
    def deployment_affinity_ttl_seconds(self) -> float: ...
    @property
    def model_group_affinity_config(self) -> Mapping[str, Collection[str]] | None: ...


def checks_for(
    settings: CheckSettings,
    *,
    deployments: Iterable[Deployment] = (),
    memory: Memory | None = None,
    spending: Spending | None = None,
) -> tuple[Check, ...]:
    """The checks that a router's settings ask for, in the order in which they run; none when nothing is on.

    `deployments` may ask for more: tags for their group alone, or a budget of their own. `memory` and `spending` hold
    what the checks learn; give the same ones again when the list of deployments changes. The budgets of tags are the
    package's own setting, `litellm.tag_budget_config`.

    What only one deployment can do comes before limits, and what is merely better last, the strongest reason first.

    Raises `BadRequest` for a budget that is none.
    """
    known = tuple(deployments)
    named = settings.optional_pre_call_checks or ()
    return (
        *_tags(settings, known),
        *_budgets(settings, known, spending),
        *((context_window, region, parameters) if settings.enable_pre_call_checks else ()),
        *_pins(settings),
        *((rate_limits,) if settings.enable_pre_call_checks or HARD_LIMITS in named else ()),
        *_affinities(settings, AffinityMemory() if memory is None else memory),
    )


def _tags(settings: CheckSettings, deployments: Sequence[Deployment]) -> Iterator[Check]:
    on = bool(settings.enable_tag_filtering)
    if on or any(each.info.get("enable_tag_filtering") is True for each in deployments):
        match_any = settings.tag_filtering_match_any is not False
        yield TagFilter(on=on, match_any=match_any, prefix=settings.tag_routing_prefix)


def _budgets(settings: CheckSettings, deployments: Sequence[Deployment], spending: Spending | None) -> Iterator[Check]:
    providers = read_budgets(settings.provider_budget_config, "provider_budget_config")
    tags = read_budgets(sdk.tag_budget_config, "tag_budget_config")
    own = [each for each in deployments if budget_of_deployment(each) is not None]
    if providers or tags or own or BUDGETS in (settings.optional_pre_call_checks or ()):
        yield BudgetLimits(Budgets(providers=providers, tags=tags, spending=spending))


def _pins(settings: CheckSettings) -> Iterator[Check]:
    if _asked(encrypted_content.NAME, settings):
        yield encrypted_content.EncryptedContent(_scope(encrypted_content.NAME, settings))


def _affinities(settings: CheckSettings, memory: Memory) -> Iterator[Check]:
    ttl = settings.deployment_affinity_ttl_seconds
    if _asked(responses_api.NAME, settings):
        yield responses_api.ResponsesApi(_scope(responses_api.NAME, settings), memory, ttl)
    if _asked(sticky.BY_SESSION, settings):
        yield sticky.by_session(_scope(sticky.BY_SESSION, settings), memory, ttl)
    if _asked(prompt_caching.NAME, settings):
        yield prompt_caching.PromptCaching(_scope(prompt_caching.NAME, settings), memory)
    if _asked(sticky.BY_KEY, settings):
        yield sticky.by_key(_scope(sticky.BY_KEY, settings), memory, ttl)


def _asked(name: str, settings: CheckSettings) -> bool:
    """Whether an affinity is on anywhere."""
    by_group = settings.model_group_affinity_config or {}
    return name in (settings.optional_pre_call_checks or ()) or any(name in own for own in by_group.values())


def _scope(name: str, settings: CheckSettings) -> Scope:
    return scope_of(name, settings.optional_pre_call_checks or (), settings.model_group_affinity_config or {})


def observers(checks: Iterable[object]) -> tuple[Observer, ...]:
    """Those of the checks that are to be told of every answer (`note(Success(…))`)."""
    return tuple(check for check in checks if isinstance(check, Observer))


def run(checks: Sequence[Check], deployments: Sequence[Deployment], facts: Facts, now: float) -> Kept:
    """What all checks together leave of at least one deployment, with every reason against the others.

    The check that leaves none says what error that is.
    """
    skipped: Mapping[str, str] = {}
    for check in checks:
        kept = check(deployments, facts, now)
        if kept.skipped:
            skipped = {**skipped, **kept.skipped}
        deployments = kept.deployments
        if kept.error is not None or kept.pinned:
            return Kept(deployments, skipped, kept.error, kept.pinned)
    return Kept(deployments, skipped)
