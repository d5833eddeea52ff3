"""Reads answers the way callers do, by attribute or by key, and turns them into plain data."""

import base64
import inspect
from typing import Any

Json = Any
DEEPEST = 14
MISSING = object()


def read(thing: Any, name: str, default: Any = None) -> Any:
    """`thing.name`, or `thing["name"]`, or the default."""
    if thing is None:
        return default
    if isinstance(thing, dict):
        return thing.get(name, default)
    value = getattr(thing, name, MISSING)
    if value is not MISSING:
        return value
    try:
        return thing[name]
    except (KeyError, TypeError, IndexError, AttributeError):
        return default


def plain(value: Any, depth: int = 0) -> Json:
    """The value as JSON can hold it: enum members by value, objects by their fields."""
    if value is None or type(value) in (str, int, float, bool):
        return value
    if isinstance(value, str | int | float):
        return getattr(value, "value", value)
    if depth > DEEPEST:
        return repr(value)
    if isinstance(value, dict):
        return {str(getattr(name, "value", name)): plain(item, depth + 1) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item, depth + 1) for item in value]
    if isinstance(value, set | frozenset):
        return sorted((plain(item, depth + 1) for item in value), key=str)
    if isinstance(value, bytes | bytearray):
        return {"$bytes": base64.b64encode(value).decode()}
    return _object(value, depth)


def _object(value: Any, depth: int) -> Json:
    if inspect.isclass(value):
        return f"class:{value.__name__}"
    if hasattr(value, "model_dump"):
        try:
            return plain(value.model_dump(), depth + 1)
        except Exception:  # a dump that fails still has attributes to read
            pass
    if hasattr(value, "value") and hasattr(value, "name"):
        return plain(value.value, depth + 1)
    if hasattr(value, "__dict__"):
        return {name: plain(item, depth + 1) for name, item in vars(value).items() if not name.startswith("_")}
    return str(value)


def without_none(value: Json) -> Json:
    """The value with absent and null made the same, at every level of objects."""
    if isinstance(value, dict):
        cleaned = {name: without_none(item) for name, item in value.items()}
        return {name: item for name, item in cleaned.items() if item is not None}
    return [without_none(item) for item in value] if isinstance(value, list) else value


def pick(thing: Any, *names: str) -> dict[str, Json]:
    """The named fields as plain data; absent ones are left out."""
    return without_none({name: plain(read(thing, name)) for name in names})


COUNTERS = (
    "prompt_tokens", "completion_tokens", "total_tokens", "cache_creation_input_tokens", "cache_read_input_tokens",
    "input_tokens", "output_tokens",
)  # fmt: skip
INPUT_DETAILS = (
    "cached_tokens", "audio_tokens", "image_tokens", "cache_creation_tokens", "text_tokens", "web_search_requests",
)  # fmt: skip
OUTPUT_DETAILS = (
    "reasoning_tokens", "audio_tokens", "image_tokens", "accepted_prediction_tokens", "rejected_prediction_tokens",
    "text_tokens",
)  # fmt: skip
DETAILS = {
    "prompt_tokens_details": INPUT_DETAILS,
    "completion_tokens_details": OUTPUT_DETAILS,
    "input_tokens_details": INPUT_DETAILS,
    "output_tokens_details": OUTPUT_DETAILS,
}


def usage(counts: Any) -> Json:
    """The counters that both libraries document."""
    if not counts:
        return None
    seen = pick(counts, *COUNTERS)
    for name, counters in DETAILS.items():
        if details := read(counts, name):
            seen[name] = pick(details, *counters)
    if tools := read(counts, "server_tool_use"):
        seen["server_tool_use"] = without_none(plain(tools))
    return seen
