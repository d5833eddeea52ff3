"""Content parts in Anthropic's words: text, images, documents, files. A part already in its words passes untouched.

Wire facts: https://platform.claude.com/docs/en/build-with-claude/vision, …/pdf-support, …/files, …/citations.
"""

from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from litellm.core.errors import BadRequest, MediaFetchFailed
from litellm.llms.base_llm.adapter import Fetch

Block = dict[str, Any]
Part = Mapping[str, Any]

_NATIVE = frozenset(
    "image document search_result container_upload tool_use tool_result thinking redacted_thinking server_tool_use "
    "mcp_tool_use mcp_tool_result compaction".split()
)
_DOCUMENT_FIELDS = ("title", "context", "citations")
_MEDIA_TYPES = {"image/jpg": "image/jpeg"}
_EXTENSIONS = {
    "pdf": "application/pdf",
    "txt": "text/plain",
    "md": "text/plain",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
}


def text_block(text: str, part: Part | None = None) -> Block:
    """A text block with what `part` says about caching and citations."""
    return _marked({"type": "text", "text": text}, part, "citations")


def content_blocks(content: Any) -> list[Block]:
    """The blocks of a message's content: a string, a list of parts, or nothing.

    Raises `BadRequest` for a part that Claude cannot take.
    """
    if content is None:
        return []
    if isinstance(content, str):
        return [text_block(content)]
    return [content_block(part) for part in content]


def content_block(part: Any) -> Block:
    """One content part of OpenAI's as a block of Anthropic's.

    >>> content_block({"type": "image_url", "image_url": {"url": "https://example.com/cat.png"}})
    {'type': 'image', 'source': {'type': 'url', 'url': 'https://example.com/cat.png'}}
    """
    if isinstance(part, str):
        return text_block(part)
    kind = part.get("type")
    if kind == "text":
        return text_block(part["text"], part)
    if kind == "image_url":
        return _marked(_image(part["image_url"]), part)
    if kind == "file":
        return _marked(_file(part["file"], part), part)
    if kind in _NATIVE or str(kind).endswith("_tool_result"):
        return dict(part)
    raise BadRequest(f"Claude takes no content of type {kind!r}: send text, image_url, file or document parts")


def _marked(block: Block, part: Part | None, *fields: str) -> Block:
    for name in ("cache_control", *fields):
        if part is not None and part.get(name) is not None:
            block[name] = part[name]
    return block


def _image(image: Any) -> Block:
    if isinstance(image, str):
        return _located(image, None)
    return _located(image["url"], image.get("format"))


def _file(file: Part, part: Part) -> Block:
    data, file_id = file.get("file_data"), file.get("file_id")
    media_type = file.get("format") or _by_name(file.get("filename"))
    if data:
        block = _located(data, file.get("format")) if data.startswith("data:") else _source(data, media_type)
    elif not file_id:
        raise BadRequest(f"a file part needs file_id or file_data, got {sorted(file)!r}")
    elif file_id.startswith(("http://", "https://", "data:")):
        block = _located(file_id, media_type or "application/pdf")
    else:
        block = _uploaded(file_id, media_type)
    if block["type"] == "document":
        for name in _DOCUMENT_FIELDS:
            value = part.get(name, file.get(name))
            if value is not None:
                block[name] = value
    return block


def _uploaded(file_id: str, media_type: str | None) -> Block:
    """A file of the Files API; what is neither a document nor an image goes to the code execution container."""
    if media_type and media_type.startswith("image/"):
        return {"type": "image", "source": {"type": "file", "file_id": file_id}}
    if media_type is None or media_type == "application/pdf" or media_type.startswith("text/plain"):
        return {"type": "document", "source": {"type": "file", "file_id": file_id}}
    return {"type": "container_upload", "file_id": file_id}


def _located(url: str, media_type: str | None) -> Block:
    """The block of a `data:` or web URL."""
    if url.startswith("data:"):
        declared, data = split_data_url(url)
        return _source(data, media_type or declared)
    if not url.startswith(("http://", "https://")):
        raise BadRequest(f"Claude reads images and files from http(s) and data: URLs only, got {url[:60]!r}")
    media_type = media_type or _by_name(url.partition("?")[0])
    kind = "document" if media_type == "application/pdf" else "image"
    return {"type": kind, "source": {"type": "url", "url": url}}


def _source(data: str, media_type: str | None) -> Block:
    media_type = _MEDIA_TYPES.get(media_type or "", media_type) or "application/pdf"
    if media_type.startswith("text/"):
        text = b64decode(data).decode("utf-8", "replace")
        return {"type": "document", "source": {"type": "text", "media_type": "text/plain", "data": text}}
    kind = "image" if media_type.startswith("image/") else "document"
    return {"type": kind, "source": {"type": "base64", "media_type": media_type, "data": data}}


def split_data_url(url: str) -> tuple[str, str]:
    """Media type and base64 data of a `data:` URL (RFC 2397)."""
    head, comma, data = url[5:].partition(",")
    media_type, *parameters = head.split(";")
    if not comma or "base64" not in parameters:
        raise BadRequest(f"a data: URL must be data:<type>;base64,<data>, got {url[:60]!r}")
    return media_type, data


def _by_name(name: str | None) -> str | None:
    return _EXTENSIONS.get((name or "").rpartition(".")[2].lower())


async def inline_media(messages: Any, fetch: Fetch, wanted: Callable[[str], bool]) -> Any:
    """The messages with every image and file whose URL is `wanted` fetched and put in place as a `data:` URL.

    Raises `MediaFetchFailed` when one cannot be had.
    """
    return [await _inline_message(message, fetch, wanted) for message in messages]


async def _inline_message(message: Any, fetch: Fetch, wanted: Callable[[str], bool]) -> Any:
    content = message.get("content")
    if not isinstance(content, list) or not any(wanted(_url(part)) for part in content):
        return message
    parts = [await _inline(part, fetch) if wanted(_url(part)) else part for part in content]
    return {**dict(message), "content": parts}


def _url(part: Any) -> str:
    """The address in a part, or an empty string."""
    if isinstance(part, str):
        return ""
    image = part.get("image_url")
    if image is not None:
        return image if isinstance(image, str) else str(image.get("url") or "")
    return str((part.get("file") or {}).get("file_id") or "")


async def _inline(part: Part, fetch: Fetch) -> Part:
    url = _url(part)
    response = await fetch(url)
    if not 200 <= response.status < 300:
        raise MediaFetchFailed(f"the URL {url!r} in the prompt answered {response.status}: give one that can be read")
    declared = response.headers.get("content-type", "").partition(";")[0].strip()
    media_type = _stated(part) or (declared if "/" in declared else None) or _by_name(url.partition("?")[0])
    data = f"data:{media_type or 'application/octet-stream'};base64,{b64encode(response.body).decode()}"
    if part.get("file"):
        file = {name: value for name, value in dict(part["file"]).items() if name != "file_id"}
        return {**part, "file": {**file, "file_data": data}}
    return {**part, "image_url": {"url": data}}


def _stated(part: Part) -> str | None:
    holder = part.get("file") or part.get("image_url")
    return None if isinstance(holder, str) or holder is None else holder.get("format")


def last_block_marked(blocks: Iterable[Block], part: Part) -> list[Block]:
    """The blocks with a message's own `cache_control` on the last of them."""
    marked = list(blocks)
    if marked and part.get("cache_control") is not None:
        marked[-1] = {**marked[-1], "cache_control": part["cache_control"]}
    return marked
