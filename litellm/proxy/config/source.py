"""A configuration file as text and values: parsed once, and asked for the line of any value when something is wrong
with it.
"""

from pathlib import Path
from typing import Any

Place = tuple[str | int, ...]


class ConfigError(Exception):
    """A configuration that cannot be used: every problem on a line of its own, each with its place and its remedy."""


class Source:
    """One parsed file. `node` is the parser's tree, whose marks know lines."""

    def __init__(self, path: Path, data: dict[str, Any], node: Any) -> None:
        self.path = path
        self.data = data
        self._node = node

    def at(self, place: Place) -> str:
        """File and line of a value, for messages: `config.yaml, line 12`."""
        node, line = self._node, None
        for step in place:
            found = _below(node, step)
            if found is None:
                break
            node, line = found
        return f"{self.path}, line {line + 1}" if line is not None else str(self.path)


def _below(node: Any, step: str | int) -> tuple[Any, int] | None:
    """The node below, and the line of its key or of itself."""
    if isinstance(step, int):
        if isinstance(node.value, list) and step < len(node.value):
            return node.value[step], node.value[step].start_mark.line
        return None
    for pair in node.value if isinstance(node.value, list) else ():
        if isinstance(pair, tuple) and pair[0].value == step:
            return pair[1], pair[0].start_mark.line
    return None
