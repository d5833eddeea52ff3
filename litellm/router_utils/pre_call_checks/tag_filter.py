"""Takes out deployments that the request's tags do not allow (`enable_tag_filtering`)."""

from collections.abc import Sequence

from litellm.core.errors import ProviderError
from litellm.router_utils.deployments import Deployment
from litellm.router_utils.pre_call_checks.check import Kept, refusal
from litellm.router_utils.pre_call_checks.facts import Facts
from litellm.router_utils.tags import Wish, allowed_by, opened, read_tags
from litellm.types.router import RouterErrors

# The gateway answers what tags forbid like a key that may not, as LiteLLM 1.x does.
_STATUS = 401


class TagFilter:
    """The check. `on` is for all groups but those whose `model_info.enable_tag_filtering` says otherwise."""

    def __init__(self, *, on: bool, match_any: bool = True, prefix: str | None = None) -> None:
        self._on = on
        self._match_any = match_any
        self._prefix = prefix or ""

    def __call__(self, deployments: Sequence[Deployment], facts: Facts, now: float) -> Kept:
        if not self._is_on(deployments, facts):
            return Kept(deployments)
        allowed = self._allowed(deployments, facts)
        if len(allowed) == len(deployments):
            return Kept(deployments)
        kept = {each.id for each in allowed}
        why = f"its tags do not fit the request's, {list(facts.tags)}"
        skipped = {each.id: why for each in deployments if each.id not in kept}
        return Kept(allowed, skipped, None if allowed else _error(deployments[0].group, facts))

    def _is_on(self, deployments: Sequence[Deployment], facts: Facts) -> bool:
        """A request can turn tags on (its key's or team's settings do), never off."""
        if facts.metadata.get("enable_tag_filtering") is True:
            return True
        own = (each.info.get("enable_tag_filtering") for each in deployments)
        return next((value for value in own if isinstance(value, bool)), self._on)

    def _allowed(self, deployments: Sequence[Deployment], facts: Facts) -> Sequence[Deployment]:
        wish = read_tags(facts.tags, self._prefix)
        allowed = allowed_by(wish, deployments, user_agent=facts.user_agent, match_any=self._match_any)
        if allowed or not _may_open(wish, deployments):
            return allowed
        inherited = facts.metadata.get("inherited_tags")
        return opened(wish, deployments, inherited if isinstance(inherited, list | tuple) else ())


def _may_open(wish: Wish, deployments: Sequence[Deployment]) -> bool:
    """Only what `!` and `&` forbid may be allowed after all, in a group that says so."""
    if not wish.required and not wish.excluded:
        return False
    return any(each.info.get("allow_fail_open") is True for each in deployments)


def _error(group: str, facts: Facts) -> ProviderError:
    words = RouterErrors.no_deployments_with_tag_routing.value
    return refusal(f"{words}. Passed model={group} and tags={list(facts.tags)}", model=group, status=_STATUS)
