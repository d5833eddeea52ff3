"""Whether a deployment's limits of this minute leave room for one more request, and a fair draw among those with room.

It prefers no deployment to another.
"""

from collections.abc import Iterable, Sequence

from litellm.router_strategy import Ask
from litellm.router_utils.deployments import Deployment

_MINUTE = 60.0


def minute_of(now: float) -> int:
    """The minute of the clock in which `now` (seconds since the epoch) lies, as `Window.minute` counts."""
    return int(now // _MINUTE)


def has_room(deployment: Deployment, ask: Ask) -> bool:
    """Whether one more request with the ask's tokens stays within `rpm`, `tpm`, `itpm` and `otpm`."""
    rpm, tpm, itpm, otpm = deployment.rpm, deployment.tpm, deployment.itpm, deployment.otpm
    if rpm is None and tpm is None and itpm is None and otpm is None:
        return True
    requests, read, written = used(deployment, minute_of(ask.now))
    read += ask.input_tokens
    written += ask.output_tokens
    return (
        (rpm is None or requests < rpm)
        and (tpm is None or read + written <= tpm)
        and (itpm is None or read <= itpm)
        and (otpm is None or written <= otpm)
    )


def used(deployment: Deployment, minute: int) -> tuple[int, int, int]:
    """Requests, input and output tokens of this minute: what this process counts, or all together if that is more."""
    stats = deployment.stats
    own, fleet = stats.window, stats.fleet
    if own.minute == minute:
        requests, read, written = own.requests, own.input_tokens, own.output_tokens
    else:
        requests = read = written = 0
    if fleet is None or fleet.minute != minute:
        return requests, read, written
    return max(requests, fleet.requests), max(read, fleet.input_tokens), max(written, fleet.output_tokens)


def with_room(candidates: Iterable[Deployment], ask: Ask) -> list[Deployment]:
    """Those that have room. Our own count of requests or tokens alone is often enough to tell that one has none."""
    minute = minute_of(ask.now)
    wanted = ask.input_tokens + ask.output_tokens
    found = []
    for each in candidates:
        own = each.stats.window
        if own.minute == minute:
            rpm, tpm = each.rpm, each.tpm
            if rpm is not None and own.requests >= rpm:
                continue
            if tpm is not None and own.input_tokens + own.output_tokens + wanted > tpm:
                continue
        if has_room(each, ask):
            found.append(each)
    return found


def draw(candidates: Sequence[Deployment], ask: Ask) -> Deployment:
    """One of them, each as likely."""
    count = len(candidates)
    return candidates[0] if count == 1 else candidates[int(ask.rng.random() * count)]


def draw_with_room(candidates: Sequence[Deployment], ask: Ask) -> Deployment | None:
    """One of those that have room, each as likely; looks at all of them only when the first one drawn has none."""
    if not candidates:
        return None
    drawn = draw(candidates, ask)
    if has_room(drawn, ask):
        return drawn
    rest = with_room(candidates, ask)
    return draw(rest, ask) if rest else None
