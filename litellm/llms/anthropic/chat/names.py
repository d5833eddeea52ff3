"""Tool names in the characters and length that Anthropic takes, and the way back to the caller's.

Wire fact: https://platform.claude.com/docs/en/agents-and-tools/tool-use/implement-tool-use (`^[a-zA-Z0-9_-]{1,64}$`).
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any
from zlib import crc32

MAX_LENGTH = 64
_NAME = re.compile(rf"[a-zA-Z0-9_-]{{1,{MAX_LENGTH}}}")
_NOT_IN_NAME = re.compile(r"[^a-zA-Z0-9_-]")


def wire_name(name: str) -> str:
    """The name that is sent: the caller's where it is allowed, else a readable one made unique by its checksum.

    >>> wire_name("get_weather"), wire_name("weather.get")
    ('get_weather', 'weather_get_c9b7338e')
    """
    if _NAME.fullmatch(name):
        return name
    return f"{_NOT_IN_NAME.sub('_', name)[: MAX_LENGTH - 9]}_{crc32(name.encode()):08x}"


def changed_names(tools: Iterable[Any]) -> dict[str, str]:
    """For every tool whose name cannot be sent as it is: the name sent, to the caller's."""
    names = (_name(tool) for tool in tools)
    return {wire_name(name): name for name in names if name and not _NAME.fullmatch(name)}


def _name(tool: Any) -> str | None:
    if not isinstance(tool, Mapping) and not hasattr(tool, "get"):
        return None
    function = tool.get("function") or tool
    name = function.get("name")
    return name if isinstance(name, str) else None
