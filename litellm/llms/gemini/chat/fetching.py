"""Media on the open web put in place before a request: the Gemini API reads data, its own files and YouTube only."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from litellm.core.errors import MediaFetchFailed
from litellm.core.http import HttpResponse
from litellm.core.target import Target
from litellm.llms.gemini.chat.media import Media, data_url, is_remote, mime_of_name, read_media

Fetch = Callable[[str], Awaitable[HttpResponse]]


async def with_media_inline(messages: Sequence[Any], target: Target, fetch: Fetch) -> list[Any]:
    """The messages with media from the web as data URLs; the caller's messages stay as they are.

    Raises:
        MediaFetchFailed: an address did not answer with the media.
    """
    loaded = []
    for message in messages:
        content = message.get("content")
        if isinstance(content, list) and any(_remote(element) for element in content):
            content = [await _loaded(element, target, fetch) for element in content]
            message = {**message, "content": content}
        loaded.append(message)
    return loaded


def _remote(element: Any) -> Media | None:
    media = read_media(element) if isinstance(element, Mapping) else None
    return media if media and is_remote(media.url) else None


async def _loaded(element: Any, target: Target, fetch: Fetch) -> Any:
    media = _remote(element)
    if media is None:
        return element
    response = await fetch(media.url)
    if not 200 <= response.status < 300:
        raise MediaFetchFailed(
            f"fetching {media.url!r} was answered with status {response.status}: check that the address is public, or "
            "send the file as a data URL",
            provider=target.provider,
            model=target.model,
        )
    mime = media.mime or _mime(response, media.url)
    return {"type": "file", "file": {"file_data": data_url(response.body, mime), "detail": media.detail}}


def _mime(response: HttpResponse, url: str) -> str:
    stated = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if stated and stated not in ("application/octet-stream", "binary/octet-stream"):
        return stated
    return mime_of_name(url) or stated or "application/octet-stream"
