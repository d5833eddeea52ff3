"""Writes the documentation's page of the Router's settings: `python scripts/router_settings_table.py`.

Names, types and defaults are those of `litellm/router_utils/settings.py`, meanings its documentation. `--check` writes
nothing and fails when the page is not what the code says.
"""

import ast
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "litellm"
SOURCE = PACKAGE / "router_utils/settings.py"
BREAKER = PACKAGE / "router_utils/circuit_breaker.py"
PAGE = ROOT / "docs/my-website/docs/router_settings.md"
READERS = (PACKAGE / "router.py", *(PACKAGE / "router_utils").rglob("*.py"))

HEAD = """# The Router's settings

Arguments of `litellm.Router(model_list, …)`, and of `router_settings` in the gateway's [config.yaml](proxy/config.md).
`None` stands for the default. What they are good for: [routing](routing.md), [strategies](routing_strategies.md),
[reliability](proxy/reliability.md).

A name that does not exist, a value of the wrong kind and a group that is not there raise `ValueError` when the Router
is made: the message names the argument, the value and the nearest valid one.

○ marks what can be set as in LiteLLM 1.x and has no effect in this version. The gateway names those at its start, and
refuses those that protect something.

*This page is made from `litellm/router_utils/settings.py` by `python scripts/router_settings_table.py`.*
"""

GROUPS: Mapping[str, str] = {
    "Choosing": "routing_strategy routing_strategy_args routing_groups model_group_alias default_litellm_params "
    "default_max_parallel_requests router_general_settings ignore_invalid_deployments",
    "Trying again and elsewhere": "num_retries retry_policy model_group_retry_policy retry_after "
    "enable_weighted_failover fallbacks default_fallbacks context_window_fallbacks content_policy_fallbacks "
    "max_fallbacks fallback_access_check fallback_budget_check max_attempts stream_continuation",
    "Time": "timeout stream_timeout connect_timeout first_byte_timeout stream_idle_timeout total_timeout",
    "Deployments that fail": "allowed_fails allowed_fails_policy cooldown_time disable_cooldowns circuit_breaker "
    "model_group_circuit_breaker hedging model_group_hedging enable_health_check_routing "
    "health_check_staleness_threshold health_check_ignore_transient_errors",
    "Which deployments fit": "enable_pre_call_checks optional_pre_call_checks deployment_affinity_ttl_seconds "
    "model_group_affinity_config enable_tag_filtering tag_filtering_match_any tag_routing_prefix "
    "provider_budget_config",
    "Priority": "default_priority polling_interval",
    "Redis": "redis_url redis_host redis_port redis_password redis_db cache_kwargs",
    "Everything else": "cache_responses caching_groups client_ttl assistants_config search_tools guardrail_list "
    "alerting_config plugins set_verbose debug_level",
}
PARTS = (
    ("hedging", SOURCE, "HedgeSettings"),
    ("circuit_breaker", BREAKER, "BreakerSettings"),
    ("routing_groups, each", SOURCE, "RoutingGroup"),
    ("router_general_settings", SOURCE, "GeneralSettings"),
)
WORDS = (
    ("Seconds", "seconds, above 0"),
    ("Pause", "seconds, 0 or more"),
    ("Percent", "0 … 100"),
    ("Whole", "whole number, 0 or more"),
    ("Count", "whole number, 1 or more"),
    ("Json", "dict"),
    ("Annotated[int, Meta(ge=0, le=255)]", "0 … 255"),
    ("Annotated[float, Meta(gt=0, le=1)]", "above 0, up to 1"),
    ("_Count", "whole number, 1 or more"),
    ("_Seconds", "seconds, above 0"),
)
KINDS = {
    "HedgeSettings | None": "dict or `bool`",
    "BreakerSettings | None": "dict or `bool`",
    "GeneralSettings": "dict",
}


class Setting(NamedTuple):
    """One setting: its name, type, default and meaning, as the page shows them."""

    name: str
    kind: str
    default: str
    meaning: str


def fields(source: Path, name: str) -> dict[str, Setting]:
    """The settings of a class in the order of the source."""
    body = ast.parse(source.read_text("utf-8")).body
    found = next(node for node in body if isinstance(node, ast.ClassDef) and node.name == name)
    meanings = dict(_documented(ast.get_docstring(found) or ""))
    return {each.name: each for each in _fields(found, meanings)}


def _fields(found: ast.ClassDef, meanings: Mapping[str, str]) -> Iterator[Setting]:
    for field in found.body:
        if not isinstance(field, ast.AnnAssign) or not isinstance(field.target, ast.Name):
            continue
        name = field.target.id
        default = "" if field.value is None else _default(field.value)
        yield Setting(name, kind_of(name, ast.unparse(field.annotation)), default, meanings.get(name, ""))


def _documented(text: str) -> Iterator[tuple[str, str]]:
    """What a docstring says of each name: the lines `name: meaning`."""
    for line in text.splitlines():
        name, colon, meaning = line.partition(": ")
        if colon and name.isidentifier():
            yield name, meaning[:1].upper() + meaning[1:]


def kind_of(name: str, annotation: str) -> str:
    """A type in words where its name says little."""
    if annotation in KINDS:
        return KINDS[annotation]
    plain, _, _ = annotation.partition(" | None")
    if plain == "Any":
        return "function" if name.endswith("_check") else "list"
    for kind, words in WORDS:
        if plain == kind:
            return words
    if annotation.startswith(("tuple[", "Mapping[")):
        return "list" if annotation.startswith("tuple[") else "dict"
    if annotation.startswith("Seconds | "):
        return "seconds, or such as `p95`"
    return f"`{plain}`".replace(" | ", "` or `")


def _default(value: ast.expr) -> str:
    shown = ast.unparse(value)
    empty = shown in ("None", "()", "{}") or isinstance(value, ast.Call)
    return "" if empty else f"`{shown}`"


def names_in_use() -> set[str]:
    """The settings that code of the router reads: `settings.name`, `….settings.name`, in the settings `self.name`."""
    used: set[str] = set()
    for path in READERS:
        if path.name == "validation.py":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Attribute):
                owner = node.value
                last = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
                if last == "settings" or (last == "self" and path == SOURCE):
                    used.add(node.attr)
            elif path == SOURCE and isinstance(node, ast.Assign):
                used.update(str(each.value) for each in ast.walk(node.value) if isinstance(each, ast.Constant))
    return used


def page() -> str:
    """The whole page."""
    settings, used, lines = fields(SOURCE, "Settings"), names_in_use(), [HEAD]
    placed = [name for names in GROUPS.values() for name in names.split()]
    if sorted(placed) != sorted(settings):
        raise ValueError(f"in one only of GROUPS and Settings, or twice: {set(placed) ^ set(settings) or placed}")
    for group, names in GROUPS.items():
        lines.append(f"\n## {group}\n\n| setting | type | default | meaning |\n| --- | --- | --- | --- |\n")
        lines += [_row(settings[name], used) for name in names.split()]
    for title, source, name in PARTS:
        lines.append(f"\n## {title}\n\n{_about(source, name)}| setting | type | default | meaning |\n")
        lines.append("| --- | --- | --- | --- |\n")
        lines += [_row(each, None) for each in fields(source, name).values()]
    return "".join(lines)


def _about(source: Path, name: str) -> str:
    """The prose of a class whose fields are explained in it together."""
    body = ast.parse(source.read_text("utf-8")).body
    found = next(node for node in body if isinstance(node, ast.ClassDef) and node.name == name)
    text = ast.get_docstring(found) or ""
    if dict(_documented(text)):
        return ""
    return " ".join(text.partition("\n\n")[2].split()) + "\n\n"


def _row(setting: Setting, used: set[str] | None) -> str:
    mark = "" if used is None or setting.name in used else " ○"
    cells = (f"`{setting.name}`{mark}", setting.kind, setting.default, setting.meaning.replace("|", "\\|"))
    return f"| {' | '.join(cells)} |\n"


def main() -> int:
    """Write the page, or check it."""
    text = page()
    if "--check" not in sys.argv[1:]:
        PAGE.write_text(text, encoding="utf-8")
        return 0
    if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == text:
        return 0
    print(f"{PAGE} is not what the code says: run python scripts/router_settings_table.py", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
