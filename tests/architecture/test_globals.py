"""Mutable module globals are settings, the registry and the default engine; no others."""

import ast
from collections.abc import Iterator

from tests.architecture.sources import functions, modules, tree

STATEFUL = {
    "litellm": "settings are attributes of the package",
    "litellm._lazy": "a name that was looked up once is kept on the package",
    "litellm._settings": "settings",
    "litellm.llms.registry": "adapters that were loaded, and those that users add",
    "litellm.llms.custom_llm": "adapters that users add",
    "litellm._compose": "the default engine",
    "litellm.core.transport": "the process's runtime, and whether it was forked since",
    "litellm.core.recorder": "tasks in flight, which the loop holds only weakly",
    "litellm.types.decoding": "a decoder per type, made on first use",
    "litellm.types.wire": "a field list per type, made on first use",
    "litellm.integrations.custom_logger": "which unsupported hooks were reported, so that each is reported once",
    "litellm.core.model_map": "the model map, which register_model changes",
    "litellm.model_info": "the model map, which register_model changes",
}
CHANGES = {"append", "extend", "insert", "add", "update", "setdefault", "pop", "popitem", "clear", "remove", "discard"}


def local_names(function: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    """Names that a function binds itself."""
    arguments = function.args
    named = [*arguments.args, *arguments.posonlyargs, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
    bound = {argument.arg for argument in named if argument}
    return bound | {n.id for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}


def changed(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[tuple[int, str]]:
    """Line and name of whatever the function changes that it does not bind."""
    local = local_names(function)
    for node in ast.walk(function):
        if isinstance(node, ast.Global):
            yield from ((node.lineno, name) for name in node.names)
        target: ast.expr | None = None
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CHANGES:
            target = node.func.value
        elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store | ast.Del):
            target = node.value
        if isinstance(target, ast.Name) and target.id not in local:
            yield node.lineno, target.id


def module_names(body: list[ast.stmt]) -> set[str]:
    """Names assigned at the top of a module."""
    targets: list[ast.expr] = []
    for statement in body:
        if isinstance(statement, ast.Assign):
            targets += statement.targets
        elif isinstance(statement, ast.AnnAssign):
            targets.append(statement.target)
    return {target.id for target in targets if isinstance(target, ast.Name)}


def test_module_globals_do_not_change() -> None:
    found = []
    for module in modules():
        if module in STATEFUL:
            continue
        own = module_names(tree(module).body)
        for function in functions(tree(module)):
            found += [f"{module}:{line} {name}" for line, name in changed(function) if name in own]
    assert sorted(set(found)) == []


def test_the_rule_sees_changes() -> None:
    source = "def f(a):\n    CACHE[a] = 1\n    SEEN.add(a)\n    mine = []\n    mine.append(a)\n    global N\n"
    function = next(functions(ast.parse(source)))
    assert sorted(name for _, name in changed(function)) == ["CACHE", "N", "SEEN"]
