"""Databricks' content lists: reasoning and text as parts of one list, in answers and in chunks.

https://docs.databricks.com/aws/en/machine-learning/model-serving/query-reason-models
"""

from collections.abc import Mapping
from typing import Any

from litellm.types.chat import Message
from litellm.types.stream import Delta


def read_message(message: Message | Delta) -> None:
    """Put the parts of a content list where callers look for them: text as content, thinking as reasoning."""
    content: Any = message.content
    if not isinstance(content, list):
        return
    parts = [part for part in content if isinstance(part, Mapping)]
    message.content = "".join(part.get("text") or "" for part in parts if part.get("type") == "text")
    summaries = [summary for part in parts if part.get("type") == "reasoning" for summary in part.get("summary") or ()]
    if summaries:
        message.reasoning_content = "".join(summary.get("text") or "" for summary in summaries)
        message.thinking_blocks = [_block(summary) for summary in summaries]


def _block(summary: Mapping[str, Any]) -> dict[str, Any]:
    block = {"type": "thinking", "thinking": summary.get("text") or ""}
    if summary.get("signature"):
        block["signature"] = summary["signature"]
    return block
