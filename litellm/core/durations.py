"""Lengths of time as users write them. Pure."""

import re

from litellm.core.errors import BadRequest

_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 7 * 86400, "mo": 30 * 86400}
_DURATION = re.compile(r"(\d+)(s|mo|m|h|d|w)")


def seconds(text: str, name: str) -> int:
    """The seconds in a text such as "45s", "10m", "12h", "30d", "2w" or "1mo" (30 days).

    `name` is what the text was given as; a text of another form raises `BadRequest` with it.

    >>> seconds("12h", "budget_duration")
    43200
    """
    found = _DURATION.fullmatch(text.strip()) if isinstance(text, str) else None
    if found is None or int(found[1]) == 0:
        raise BadRequest(f"{name}={text!r}: give a number above 0 and its unit (s, m, h, d, w, mo), such as '30d'")
    return int(found[1]) * _SECONDS[found[2]]
