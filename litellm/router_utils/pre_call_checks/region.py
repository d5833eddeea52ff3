"""Takes out deployments that are not where the request may go. One that does not say where it is may not serve it."""

import re
from collections.abc import Mapping, Sequence

from litellm.core.errors import BadRequest
from litellm.router_utils.deployments import Deployment
from litellm.router_utils.pre_call_checks.check import Kept, sieve
from litellm.router_utils.pre_call_checks.facts import Facts

# Regions of the large clouds: their own words for Europe (London and Zürich among them) and for the United States.
_AREAS: Mapping[str, re.Pattern[str]] = {
    "eu": re.compile(
        r"^eu\b|europe|sweden|switzerland|france|germany|norway|poland|italy|spain|austria|belgium|denmark|finland"
        r"|^uk|ireland|netherlands"
    ),
    "us": re.compile(
        r"^us\b|^(east|west|(north|south|west)?central)us\d?\b|(^|-)us-(east|west|central|south|north|gov)"
    ),
}


def region(deployments: Sequence[Deployment], facts: Facts, now: float) -> Kept:
    """Keep the deployments in `allowed_model_region`: "eu", "us", or a region's own name, or a list of them."""
    allowed = facts.region
    if not allowed:
        return Kept(deployments)

    def reason(deployment: Deployment) -> str | None:
        place = region_of(deployment)
        if place is None:
            return f"its region is not known, and only {', '.join(allowed)} is allowed"
        if any(is_in(place, each) for each in allowed):
            return None
        return f"its region {place!r} is not in {', '.join(allowed)}"

    def error(skipped: Mapping[str, str]) -> BadRequest:
        return BadRequest(
            f"No deployment of {deployments[0].group!r} is in allowed_model_region={', '.join(allowed)}; give the "
            "deployments of that region a region_name",
            model=deployments[0].group,
        )

    return sieve(deployments, reason, error)


def region_of(deployment: Deployment) -> str | None:
    """Where the deployment is: its `region_name`, or the region or location that its vendor's sign-in names."""
    if deployment.region:
        return deployment.region
    for name, value in deployment.params.items():
        if name.endswith(("_region_name", "_location")) and isinstance(value, str) and value:
            return value
    return None


def is_in(place: str, allowed: str) -> bool:
    """Whether a region is the allowed one, or lies in the allowed area.

    >>> is_in("europe-west1", "eu"), is_in("eastus2", "us"), is_in("eastus2", "eu")
    (True, True, False)
    """
    place, allowed = place.lower(), allowed.lower()
    area = _AREAS.get(allowed)
    return place == allowed or (area is not None and area.search(place) is not None)
