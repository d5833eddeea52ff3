"""An answer of Anthropic's as a chat completion: text, calls, thinking, citations, and what its own tools did.

Wire facts: https://platform.claude.com/docs/en/api/messages (content blocks), …/build-with-claude/citations.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from litellm.llms.anthropic.chat.response_format import JSON_TOOL
from litellm.llms.anthropic.chat.usage import to_usage
from litellm.types.chat import ChatCompletionMessageToolCall, Choices, Function, Message, ModelResponse
from litellm.types.finish_reasons import OpenAIFinishReason, map_finish_reason

Block = Mapping[str, Any]
Fields = dict[str, Any]

PLAIN_BLOCKS = frozenset({"text", "thinking", "redacted_thinking", "tool_use"})


class Reading:
    """How the answers of one request are read: its tools by the caller's names, whether one of them is the answer, and
    the beginning that the caller wrote for it (whole answers start with it; a stream only continues it).
    """

    __slots__ = ("json_mode", "names", "prefix")

    def __init__(self, names: Mapping[str, str], *, json_mode: bool = False, prefix: str = "") -> None:
        self.names = names
        self.json_mode = json_mode
        self.prefix = prefix

    def name(self, sent: str) -> str:
        """The caller's name of a tool."""
        return self.names.get(sent, sent)

    def is_answer(self, block: Block) -> bool:
        """Whether a block is the call whose input is the answer."""
        return self.json_mode and block.get("type") == "tool_use" and block.get("name") == JSON_TOOL

    def finish_reason(self, stop_reason: str | None, *, calls: bool, answered: bool) -> OpenAIFinishReason:
        """OpenAI's word for why the model stopped; `answered` by a forced call, the model has simply stopped."""
        if stop_reason == "tool_use" and answered and not calls:
            return "stop"
        return map_finish_reason(stop_reason) if stop_reason else "stop"


def to_model_response(answer: Mapping[str, Any], reading: Reading, model: str) -> ModelResponse:
    """The chat completion that a whole answer stands for; `model` is the name that the caller knows it by."""
    blocks = answer["content"]
    message = _message(blocks, reading, _answer_fields(answer))
    answered = any(reading.is_answer(block) for block in blocks)
    finish = reading.finish_reason(answer.get("stop_reason"), calls=bool(message.tool_calls), answered=answered)
    counts = answer.get("usage") or {}
    made = ModelResponse(
        id=answer.get("id"),
        model=model,
        choices=[Choices(finish_reason=finish, index=0, message=message)],
        usage=to_usage(counts, message.reasoning_content or ""),
    )
    if counts.get("service_tier"):
        made.service_tier = counts["service_tier"]
    return made


def _message(blocks: list[Block], reading: Reading, fields: Fields) -> Message:
    texts = [block["text"] for block in blocks if block["type"] == "text"]
    answers = [dump(block["input"]) for block in blocks if reading.is_answer(block)]
    calls = [
        ChatCompletionMessageToolCall(
            id=block["id"],
            type="function",
            function=Function(name=reading.name(block["name"]), arguments=dump(block["input"])),
        )
        for block in blocks
        if block["type"] == "tool_use" and not reading.is_answer(block)
    ]
    thinking = [dict(block) for block in blocks if block["type"] in ("thinking", "redacted_thinking")]
    thoughts = "".join(block.get("thinking") or "" for block in thinking)
    said = answers or ([reading.prefix, *texts] if texts else [])
    return Message(
        content="".join(said) if said else None,
        tool_calls=calls or None,
        reasoning_content=thoughts or None,
        thinking_blocks=thinking or None,
        annotations=_annotations(blocks) or None,
        provider_specific_fields={**_citations(blocks), **own_tools(blocks), **fields} or None,
    )


def prefix_of(messages: Sequence[Mapping[str, Any]]) -> str:
    """The beginning of the answer that the caller wrote: a last assistant message marked `prefix`."""
    last = messages[-1] if messages else {}
    marked = last.get("role") == "assistant" and last.get("prefix") and isinstance(last.get("content"), str)
    return str(last["content"]) if marked else ""


def dump(value: Any) -> str:
    """JSON text of a tool's input."""
    return msgspec.json.encode(value).decode()


def _answer_fields(answer: Mapping[str, Any]) -> Fields:
    names = ("container", "context_management", "stop_sequence", "stop_details")
    return {name: answer[name] for name in names if answer.get(name) is not None}


def _citations(blocks: Iterable[Block]) -> Fields:
    """The citations of each text that has any, every one with the text that it supports."""
    cited = [
        [{**citation, "supported_text": block["text"]} for citation in block["citations"]]
        for block in blocks
        if block["type"] == "text" and block.get("citations")
    ]
    return {"citations": cited} if cited else {}


def _annotations(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    """OpenAI's annotations for the citations that lead to a web page."""
    found, start = [], 0
    for block in blocks:
        if block["type"] != "text":
            continue
        end = start + len(block["text"])
        pages = [citation for citation in block.get("citations") or () if citation.get("url")]
        found += [url_annotation(page, start, end) for page in pages]
        start = end
    return found


def url_annotation(citation: Mapping[str, Any], start: int, end: int) -> dict[str, Any]:
    """The annotation of the characters from `start` to `end` of the answer with the page they rest on."""
    where = {"start_index": start, "end_index": end, "url": citation["url"], "title": citation.get("title") or ""}
    return {"type": "url_citation", "url_citation": where}


def own_tools(blocks: list[Block]) -> Fields:
    """What the provider's own tools did; `content_blocks` holds the whole turn, to be sent back as it was."""
    if all(block["type"] in PLAIN_BLOCKS for block in blocks):
        return {}
    searches = [block for block in blocks if block["type"] == "web_search_tool_result"]
    others = [block for block in blocks if block["type"].endswith("_tool_result") and block not in searches]
    compactions = [block for block in blocks if block["type"] == "compaction"]
    fields: Fields = {"content_blocks": blocks}
    if searches:
        fields["web_search_results"] = searches
    if others:
        fields["tool_results"] = others
    if compactions:
        fields["compaction_blocks"] = compactions
    return fields
