"""Large files and functions, with the reason for each: questions to answer, not crimes."""

from dataclasses import dataclass

from tests.architecture.sources import functions, modules, tree

FILE_LINES = 400
FUNCTION_LINES = 60

REASONS: dict[str, str] = {}
"""Module, or `module:function`, to why it belongs together."""


@dataclass(frozen=True)
class Outlier:
    """A file or function over its mark."""

    name: str
    lines: int


def outliers() -> list[Outlier]:
    """Everything over its mark, largest first."""
    found = []
    for module, path in modules().items():
        lines = len(path.read_text("utf-8").splitlines())
        found += [Outlier(module, lines)] if lines > FILE_LINES else []
        for function in functions(tree(module)):
            lines = (function.end_lineno or function.lineno) - function.lineno + 1
            found += [Outlier(f"{module}:{function.name}", lines)] if lines > FUNCTION_LINES else []
    return sorted(found, key=lambda outlier: -outlier.lines)


def main() -> None:
    """Print the report."""
    for outlier in outliers():
        print(f"{outlier.lines:5} {outlier.name:60} {REASONS.get(outlier.name, '(no reason given)')}")


if __name__ == "__main__":
    main()
