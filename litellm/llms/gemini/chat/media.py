"""Images, audio, video and files of a message as Gemini's inlineData and fileData parts.

It reads references and never fetches. Source: https://ai.google.dev/gemini-api/docs/file-input-methods
"""

from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import unquote_to_bytes, urlsplit

from litellm.core.errors import BadRequest
from litellm.core.target import Target

FILES_API = "https://generativelanguage.googleapis.com/"
_YOUTUBE = frozenset({"www.youtube.com", "youtube.com", "m.youtube.com", "youtu.be"})
_KINDS = ("image_url", "video_url", "audio_url", "input_audio", "file", "image", "document")

MIME_TYPES = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "gif": "image/gif",
    "heic": "image/heic",
    "heif": "image/heif",
    "wav": "audio/wav",
    "mp3": "audio/mp3",
    "aiff": "audio/aiff",
    "aac": "audio/aac",
    "ogg": "audio/ogg",
    "flac": "audio/flac",
    "m4a": "audio/m4a",
    "opus": "audio/opus",
    "mp4": "video/mp4",
    "mpeg": "video/mpeg",
    "mpg": "video/mpg",
    "mov": "video/quicktime",
    "avi": "video/avi",
    "flv": "video/x-flv",
    "webm": "video/webm",
    "wmv": "video/wmv",
    "3gp": "video/3gpp",
    "3gpp": "video/3gpp",
    "pdf": "application/pdf",
    "txt": "text/plain",
    "md": "text/md",
    "html": "text/html",
    "css": "text/css",
    "csv": "text/csv",
    "xml": "text/xml",
    "rtf": "text/rtf",
    "json": "application/json",
    "js": "text/javascript",
    "py": "text/x-python",
}
# How the base64 of a file without a name begins.
_BEGINNINGS = {
    "iVBORw0KGgo": "image/png",
    "/9j/": "image/jpeg",
    "R0lGOD": "image/gif",
    "JVBERi0": "application/pdf",
    "UklGR": "image/webp",
}


class Media(NamedTuple):
    """One piece of media: where it is (a URL, a data URL, or base64), and what the caller says of it."""

    url: str
    mime: str | None = None
    detail: str | None = None
    video: Mapping[str, Any] | None = None


def read_media(element: Mapping[str, Any]) -> Media | None:
    """The media of one element of a message's content; None for an element that holds none."""
    kind = element.get("type")
    if kind not in _KINDS:
        return None
    given = element.get(kind)
    if kind == "input_audio":
        return _audio(given or {})
    if kind == "file":
        return _file(given or {})
    if "source" in element:
        return _source(element["source"])
    if isinstance(given, str):
        return Media(given)
    if not isinstance(given, Mapping) or not given.get("url"):
        return None
    return Media(given["url"], given.get("format"), given.get("detail"), given.get("video_metadata"))


def _audio(given: Mapping[str, Any]) -> Media:
    kind = given.get("format") or "wav"
    return Media(given.get("data") or "", kind if "/" in kind else f"audio/{kind}")


def _file(given: Mapping[str, Any]) -> Media | None:
    url = given.get("file_id") or given.get("file_data")
    if not url:
        return None
    mime = given.get("format") or (None if url.startswith("data:") else mime_of_name(given.get("filename") or ""))
    return Media(url, mime, given.get("detail"), given.get("video_metadata"))


def _source(source: Mapping[str, Any]) -> Media | None:
    """An Anthropic source: base64 with a media type, or a URL."""
    url = source.get("data") or source.get("url")
    return Media(url, source.get("media_type")) if url else None


def media_part(media: Media, target: Target) -> dict[str, Any]:
    """The part for a piece of media: data goes inline, everything with an address by its address.

    Raises:
        BadRequest: the kind of a file at `gs://` cannot be told from its name.
    """
    part = _located(media, target) if _is_address(media.url) else _inline(media)
    return {**part, "videoMetadata": _video_metadata(media.video)} if media.video else part


def _is_address(url: str) -> bool:
    return url.startswith(("gs://", "http://", "https://", "files/"))


def is_remote(url: str) -> bool:
    """Whether the Gemini API takes this address from nobody: the open web, less its own files and YouTube."""
    if not url.startswith(("http://", "https://")):
        return False
    return not url.startswith(FILES_API) and urlsplit(url).hostname not in _YOUTUBE


def mime_of_name(name: str) -> str | None:
    """The media type that a file's name or address says."""
    path = urlsplit(name).path if "://" in name else name
    return MIME_TYPES.get(path.rpartition(".")[2].lower()) if "." in path else None


def _located(media: Media, target: Target) -> dict[str, Any]:
    uri = f"{FILES_API}v1beta/{media.url}" if media.url.startswith("files/") else media.url
    mime = media.mime or mime_of_name(uri)
    if mime is None and uri.startswith("gs://"):
        raise BadRequest(
            f"the media type of {uri!r} cannot be told from its name: give it as format, for example "
            '{"type": "file", "file": {"file_id": "gs://…", "format": "application/pdf"}}',
            provider=target.provider,
            model=target.model,
        )
    return {"fileData": {"fileUri": uri, **({"mimeType": mime} if mime else {})}}


def _inline(media: Media) -> dict[str, Any]:
    if not media.url.startswith("data:"):
        return {"inlineData": {"mimeType": media.mime or _sniffed(media.url), "data": media.url}}
    head, _, data = media.url[len("data:") :].partition(",")
    stated, *options = head.split(";")
    if "base64" not in options:
        data = _base64(unquote_to_bytes(data))
    return {"inlineData": {"mimeType": media.mime or stated or _sniffed(data), "data": data}}


def _base64(data: bytes) -> str:
    from binascii import b2a_base64

    return b2a_base64(data, newline=False).decode()


def _sniffed(data: str) -> str:
    return next((mime for start, mime in _BEGINNINGS.items() if data.startswith(start)), "application/octet-stream")


def data_url(body: bytes, mime: str) -> str:
    """The bytes as a data URL."""
    return f"data:{mime};base64,{_base64(body)}"


def _video_metadata(given: Mapping[str, Any]) -> dict[str, Any]:
    names = {"start_offset": "startOffset", "end_offset": "endOffset"}
    return {names.get(name, name): value for name, value in given.items()}


# OpenAI's `detail` as a resolution for all media of a request; per part it exists in v1alpha only.
# https://ai.google.dev/gemini-api/docs/media-resolution
_DETAILS = {"low": 1, "medium": 2, "high": 3, "ultra_high": 3}
_RESOLUTIONS = ("", "MEDIA_RESOLUTION_LOW", "MEDIA_RESOLUTION_MEDIUM", "MEDIA_RESOLUTION_HIGH")


def resolution(details: list[str | None]) -> str | None:
    """The finest resolution that any of these details asks for."""
    return _RESOLUTIONS[max((_DETAILS.get(detail or "", 0) for detail in details), default=0)] or None
