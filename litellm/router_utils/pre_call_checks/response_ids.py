"""Reads the deployment out of ids that LiteLLM 1.x wrote it into: of responses, and of items with encrypted content."""

import binascii
from base64 import b64decode
from collections.abc import Iterator, Mapping
from typing import Any

_OWN = "litellm:"
_RESPONSE = "resp_"
_ITEM = "encitem_"
_CONTENT = "litellm_enc:"


def deployment_of_response(response_id: str) -> str | None:
    """The deployment that made a response, None when its id does not say.

    The id is `resp_` and the base64 form of `litellm:custom_llm_provider:…;model_id:…;response_id:…`, with or without
    that prefix, or that text itself.
    """
    told = response_id.removeprefix(_RESPONSE)
    return _model_id(told if told.startswith(_OWN) else _decoded(told))


def deployments_of_items(content: Any) -> Iterator[str]:
    """The deployments that made the encrypted items of a Responses API input, as far as the items say it.

    An item says it in its id, `encitem_` and base64 of `litellm:model_id:…;item_id:…`, or in front of its encrypted
    content, `litellm_enc:`, base64 of `model_id:…` and `;`.
    """
    for item in content if isinstance(content, list) else ():
        if not isinstance(item, Mapping):
            continue
        found = _deployment_of_item(item.get("id"), item.get("encrypted_content"))
        if found is not None:
            yield found


def _deployment_of_item(item_id: Any, content: Any) -> str | None:
    found = None
    if isinstance(item_id, str) and item_id.startswith(_ITEM):
        found = _model_id(_decoded(item_id.removeprefix(_ITEM)))
    if found is None and isinstance(content, str) and content.startswith(_CONTENT):
        found = _model_id(_decoded(content.removeprefix(_CONTENT).partition(";")[0]))
    return found


def _decoded(text: str) -> str:
    """The text behind base64 of either alphabet, padded or not; empty when it is none."""
    try:
        raw = b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4), altchars=_alphabet(text), validate=True)
        return raw.decode()
    except (binascii.Error, ValueError):
        return ""


def _alphabet(text: str) -> bytes:
    return b"-_" if "-" in text or "_" in text else b"+/"


def _model_id(told: str) -> str | None:
    """The value of `model_id` among fields with semicolons between."""
    for field in told.removeprefix(_OWN).split(";"):
        name, _, value = field.partition(":")
        if name == "model_id" and value:
            return value
    return None
