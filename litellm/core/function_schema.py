"""A Python function as the JSON schema of a tool: its signature and its docstring in numpydoc form.

Source of the docstring's form: numpydoc.readthedocs.io/en/latest/format.html (the summary and the section Parameters).
"""

import ast
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

_JSON_TYPES = {
    "str": "string",
    "int": "integer",
    "float": "number",
    "bool": "boolean",
    "list": "array",
    "tuple": "array",
    "set": "array",
    "dict": "object",
    "None": "null",
    "NoneType": "null",
}
_UNDERLINE = re.compile(r"-{3,}\s*$")
_CHOICES = re.compile(r"\{.*\}")
_TYPE_NAME = re.compile(r"[A-Za-z_]+")
_SELF = ("self", "cls")


class Parameter(NamedTuple):
    """An entry of the section Parameters: its type as written, and its description."""

    type: str
    description: str


def function_to_dict(input_function: Callable[..., Any]) -> dict[str, Any]:
    """Describe a function as `{"name", "description", "parameters"}`, what a tool of type `function` holds.

    A parameter's type comes from the docstring, or from its annotation where the docstring has none; a type
    `{'celsius', 'fahrenheit'}` becomes an `enum`; a parameter without a default is required.

    Example: `tools=[{"type": "function", "function": function_to_dict(get_weather)}]`.
    """
    import inspect

    summary, documented = _read_docstring(inspect.getdoc(input_function) or "")
    properties: dict[str, Any] = {}
    required: list[str] = []
    for name, parameter in inspect.signature(input_function).parameters.items():
        if name in _SELF or parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            continue
        annotation = "" if parameter.annotation is parameter.empty else _annotation_name(parameter.annotation)
        properties[name] = _property(documented.get(name), annotation)
        if parameter.default is parameter.empty:
            required.append(name)
    parameters: dict[str, Any] = {"type": "object", "properties": properties}
    if required:
        parameters["required"] = required
    return {"name": input_function.__name__, "description": summary, "parameters": parameters}


def _property(documented: Parameter | None, annotation: str) -> dict[str, Any]:
    written, description = documented or Parameter("", "")
    choices = _choices(written)
    kind = _json_type(type(choices[0]).__name__) if choices else _json_type(written) or _json_type(annotation)
    schema: dict[str, Any] = {"type": kind} if kind else {}
    if description:
        schema["description"] = description
    if choices:
        schema["enum"] = choices
    return schema


def _json_type(written: str) -> str | None:
    """The JSON type of the first word of a type as written: `list[str], optional` is an array."""
    word = _TYPE_NAME.match(written.strip())
    return _JSON_TYPES.get(word[0]) if word else None


def _annotation_name(annotation: Any) -> str:
    if isinstance(annotation, str):
        return annotation
    origin = getattr(annotation, "__origin__", annotation)
    return str(getattr(origin, "__name__", annotation))


def _choices(written: str) -> list[Any]:
    found = _CHOICES.search(written)
    if not found:
        return []
    try:
        return list(ast.literal_eval(f"[{found[0][1:-1]}]"))
    except (ValueError, SyntaxError):
        return []


def _read_docstring(docstring: str) -> tuple[str, dict[str, Parameter]]:
    lines = docstring.splitlines()
    summary: list[str] = []
    for line in lines:
        if not line.strip():
            break
        summary.append(line.strip())
    return "\n".join(summary), dict(_read_parameters(_section(lines, "Parameters")))


def _section(lines: list[str], title: str) -> list[str]:
    """The lines below a title that is underlined, up to the next one."""
    titles = [i for i, line in enumerate(lines[1:]) if _UNDERLINE.match(line)] + [len(lines)]
    for start, end in zip(titles, titles[1:], strict=False):
        if lines[start].strip() == title:
            return lines[start + 2 : end]
    return []


def _read_parameters(lines: list[str]) -> Iterator[tuple[str, Parameter]]:
    """Entries start at the margin: `name : type`, `a, b : type` or `name`; what is indented describes them."""
    at = 0
    while at < len(lines):
        names, _, kind = lines[at].partition(":")
        at += 1
        start = at
        while at < len(lines) and (not lines[at].strip() or lines[at][0].isspace()):
            at += 1
        description = "\n".join(line.strip() for line in lines[start:at]).strip()
        for name in names.split(","):
            if name.strip():
                yield name.strip(), Parameter(kind.strip(), description)
