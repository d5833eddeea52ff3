"""Uploaded files (https://platform.openai.com/docs/api-reference/files/object)."""

from __future__ import annotations

from typing import IO, Any, Literal

import msgspec

from litellm.types.mixin import Model, unset
from litellm.types.stamps import now

OpenAIFilesPurpose = Literal[
    "assistants",
    "assistants_output",
    "batch",
    "batch_output",
    "fine-tune",
    "fine-tune-results",
    "vision",
    "user_data",
    "evals",
]
FileContent = IO[bytes] | bytes | str
FileTypes = (
    FileContent
    | tuple[str | None, FileContent]
    | tuple[str | None, FileContent, str | None]
    | tuple[str | None, FileContent, str | None, dict[str, str]]
)


class OpenAIFileObject(Model):
    """A file the provider holds; `bytes` is its size, times are seconds since 1970."""

    id: str = ""
    bytes: int | None = None
    created_at: int = msgspec.field(default_factory=now)
    filename: str | None = None
    object: str = "file"
    purpose: str | None = None
    status: str = "uploaded"
    expires_at: int | None = unset()
    status_details: str | None = unset()


class FileDeleted(Model):
    """That a file is gone."""

    id: str = ""
    deleted: bool = True
    object: str = "file"


class FileList(Model):
    """A page of files."""

    data: list[OpenAIFileObject] = msgspec.field(default_factory=list)
    object: str = "list"
    has_more: bool = False
    first_id: str | None = unset()
    last_id: str | None = unset()


class FileExpiresAfter(Model):
    """When an uploaded file expires: `seconds` after its `anchor`."""

    anchor: str = "created_at"
    seconds: int = 0


CreateFileRequest = dict[str, Any]
