"""Which beta features a request uses, by the names that the `anthropic-beta` header takes.

Wire facts: https://platform.claude.com/docs/en/api/beta-headers and the pages of each feature.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from litellm.llms.anthropic.chat.models import can

Body = Mapping[str, Any]

HEADER = "anthropic-beta"
STRUCTURED_OUTPUTS = "structured-outputs-2025-11-13"
FILES = "files-api-2025-04-14"
EFFORT = "effort-2025-11-24"
CONTEXT_MANAGEMENT = "context-management-2025-06-27"
COMPACTION = "compact-2026-01-12"
ADVANCED_TOOLS = "advanced-tool-use-2025-11-20"
MCP_TOOLSETS = "mcp-client-2025-11-20"
MCP_SERVERS = "mcp-client-2025-04-04"
SKILLS = "skills-2025-10-02"
FAST_MODE = "fast-mode-2026-02-01"
OAUTH = "oauth-2025-04-20"

# By the type of a tool, without later versions that need no beta.
_BY_TOOL = {
    "computer_20241022": "computer-use-2024-10-22",
    "bash_20241022": "computer-use-2024-10-22",
    "text_editor_20241022": "computer-use-2024-10-22",
    "computer_20250124": "computer-use-2025-01-24",
    "computer_20251124": "computer-use-2025-11-24",
    "code_execution_20250522": "code-execution-2025-05-22",
    "code_execution_20250825": "code-execution-2025-08-25",
    "web_fetch_20250910": "web-fetch-2025-09-10",
    "memory_20250818": CONTEXT_MANAGEMENT,
    "mcp_toolset": MCP_TOOLSETS,
}
_ADVANCED_FIELDS = ("defer_loading", "allowed_callers", "input_examples")


def needed_betas(body: Body, model: str, provider: str) -> list[str]:
    """The beta features that a request's body uses, each once, in no particular order."""
    found = dict.fromkeys(beta for tool in body.get("tools") or () if (beta := _of_tool(tool)))
    if "output_format" in body:
        found[STRUCTURED_OUTPUTS] = None
    if (body.get("output_config") or {}).get("effort") and not can(model, "supports_adaptive_thinking", provider):
        found[EFFORT] = None
    if body.get("mcp_servers") and MCP_TOOLSETS not in found:
        found[MCP_SERVERS] = None
    if body.get("speed") == "fast":
        found[FAST_MODE] = None
    found |= dict.fromkeys(_of_context(body.get("context_management")))
    if isinstance(body.get("container"), Mapping) and body["container"].get("skills"):
        found[SKILLS] = None
    if _uses_files(body.get("messages") or ()):
        found[FILES] = None
    return list(found)


def _of_tool(tool: Mapping[str, Any]) -> str | None:
    kind = str(tool.get("type") or "")
    if kind.startswith("tool_search_tool_") or any(tool.get(name) for name in _ADVANCED_FIELDS):
        return ADVANCED_TOOLS
    return _BY_TOOL.get(kind)


def _of_context(context: Any) -> list[str]:
    edits = (context or {}).get("edits") or ()
    kinds = [str(edit.get("type")) for edit in edits]
    compacts = [kind.startswith("compact_") for kind in kinds]
    return ([COMPACTION] if any(compacts) else []) + ([CONTEXT_MANAGEMENT] if not all(compacts) else [])


def _uses_files(turns: Iterable[Mapping[str, Any]]) -> bool:
    contents = (turn.get("content") for turn in turns)
    return any(_is_uploaded(block) for blocks in contents if isinstance(blocks, list) for block in blocks)


def _is_uploaded(block: Mapping[str, Any]) -> bool:
    source = block.get("source")
    return block.get("type") == "container_upload" or (isinstance(source, Mapping) and source.get("type") == "file")


def merged(needed: Iterable[str], *given: str | None) -> str | None:
    """One header value from what a request needs and what the caller wrote; None when there is nothing to say."""
    names = dict.fromkeys(needed)
    for value in given:
        names |= dict.fromkeys(name.strip() for name in (value or "").split(",") if name.strip())
    return ",".join(names) or None
